"""The verbs: read a form, write a document, make a blank form, show what a document says.

Each is imported when it is first asked for.
"""

from __future__ import annotations

TYPE_CHECKING = False  # as good as that of typing, whose import takes longer than all of this module

if TYPE_CHECKING:
    from planwriter.actions.blanks import Blank, blank, new_form, write_new
    from planwriter.actions.forms import read_form, schema
    from planwriter.actions.looking import doctor, show
    from planwriter.actions.templates import check_template, export_template, fill, template_names
    from planwriter.actions.writing import Written, compose, write, write_file

_HOMES = {
    "Blank": "blanks", "blank": "blanks", "new_form": "blanks", "write_new": "blanks",
    "read_form": "forms", "schema": "forms",
    "doctor": "looking", "show": "looking",
    "check_template": "templates", "export_template": "templates", "fill": "templates", "template_names": "templates",
    "Written": "writing", "compose": "writing", "write": "writing", "write_file": "writing",
}  # fmt: skip

__all__ = ["Blank", "Written", "blank", "check_template", "compose", "doctor", "export_template", "fill", "new_form",
           "read_form", "schema", "show", "template_names", "write", "write_file", "write_new"]  # fmt: skip


if not TYPE_CHECKING:  # a misspelt name must not pass a type check

    def __getattr__(name: str) -> object:
        home = _HOMES.get(name)
        if home is None:
            raise AttributeError(f"module 'planwriter.actions' has no attribute {name!r}")
        from importlib import import_module

        found = globals()[name] = getattr(import_module(f"planwriter.actions.{home}"), name)
        return found


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOMES])
