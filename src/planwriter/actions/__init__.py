"""The verbs: read a form, write a document, make a blank form, show what a document says."""

from planwriter.actions.blanks import Blank, blank, new_form, write_new
from planwriter.actions.forms import read_form, schema
from planwriter.actions.looking import doctor, show
from planwriter.actions.templates import check_template, export_template, fill, template_names
from planwriter.actions.writing import Written, compose, write, write_file

__all__ = ["Blank", "Written", "blank", "check_template", "compose", "doctor", "export_template", "fill", "new_form",
           "read_form", "schema", "show", "template_names", "write", "write_file", "write_new"]  # fmt: skip
