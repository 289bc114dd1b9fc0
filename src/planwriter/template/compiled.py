"""A template read, checked and compiled once, then filled as often as needed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from lxml import etree

from planwriter.diagnostic import Diagnostic, Place, TemplateError
from planwriter.template.extra import ExtraPart, attached
from planwriter.template.fill import PartTemplate
from planwriter.template.mistakes import syntax_mistakes, tree_mistakes
from planwriter.template.names import check_names
from planwriter.template.output import Finish
from planwriter.template.reading import TaggedPart, tagged_parts
from planwriter.template.sandbox import TagEnvironment
from planwriter.template.shape import Record, Shape, shape_of
from planwriter.template.source import Source, build_source
from planwriter.template.tags import TagList
from planwriter.template.values import NeedsRelationships
from planwriter.word.package import Package, PackageWriter, read_package
from planwriter.word.relationships import CONTENT_TYPES, WORDPROCESSING, main_part
