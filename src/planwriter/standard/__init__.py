"""GB/T 9704-2012 as data: every size, face and position once, with its clause and strength.

Cheap to import (standard library and ``planwriter.diagnostic`` only). Templates are drawn from it,
the checker reads it, the page documenting the standard is generated from ``catalogue.all_rules``.
"""

from planwriter.standard.faces import Face, Font
from planwriter.standard.layout import Layout
from planwriter.standard.profile import Departure, Profile, profile, profile_names
from planwriter.standard.roles import ROLES, Align, Role, RoleKind, Tab, role
from planwriter.standard.rules import Rule, Strength
from planwriter.standard.sizes import TYPE_SIZES, size
from planwriter.standard.units import Chars, Mm, Pt, cells, text_width

__all__ = [
    "ROLES",
    "TYPE_SIZES",
    "Align",
    "Chars",
    "Departure",
    "Face",
    "Font",
    "Layout",
    "Mm",
    "Profile",
    "Pt",
    "Role",
    "RoleKind",
    "Rule",
    "Strength",
    "Tab",
    "cells",
    "profile",
    "profile_names",
    "role",
    "size",
    "text_width",
]
