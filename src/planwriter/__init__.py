"""planwriter: from a filled form to an official Chinese document (.docx) after GB/T 9704-2012.

``write(form) -> bytes`` and ``write_file(form, path)`` make a document of a form; ``fill(template,
context) -> bytes`` fills any docxtpl template behind the same strict door. Heavy libraries are
imported when a name is first used.

Loose data (text where the model holds a unit or a date, Chinese or English keys) is for ``write``, ``read_form``
and ``WorkPlan.model_validate``, whose types take it; the constructor ``WorkPlan(...)`` is typed for finished
values. ``Written`` and ``Reading`` are what ``write_file`` and ``read_form`` return; ``show`` returns a
``planwriter.word.shown.Shown``.
"""

from __future__ import annotations

TYPE_CHECKING = False  # as good as that of typing, whose import takes longer than all of this module

if TYPE_CHECKING:
    from planwriter.actions import Written, check_template, fill, new_form, read_form, schema, show, write, write_file
    from planwriter.diagnostic import Diagnostic, PlanwriterError
    from planwriter.model.document import Reading
    from planwriter.model.official import OfficialDocument
    from planwriter.model.plan import WorkPlan
    from planwriter.template.pictures import Picture

__version__ = "0.1.0"

_HOMES = {
    "Diagnostic": "planwriter.diagnostic",
    "OfficialDocument": "planwriter.model.official",
    "Picture": "planwriter.template.pictures",
    "PlanwriterError": "planwriter.diagnostic",
    "Reading": "planwriter.model.document",
    "WorkPlan": "planwriter.model.plan",
    "Written": "planwriter.actions",
    "check_template": "planwriter.actions",
    "fill": "planwriter.actions",
    "new_form": "planwriter.actions",
    "read_form": "planwriter.actions",
    "schema": "planwriter.actions",
    "show": "planwriter.actions",
    "write": "planwriter.actions",
    "write_file": "planwriter.actions",
}

__all__ = [
    "Diagnostic",
    "OfficialDocument",
    "Picture",
    "PlanwriterError",
    "Reading",
    "WorkPlan",
    "Written",
    "__version__",
    "check_template",
    "fill",
    "new_form",
    "read_form",
    "schema",
    "show",
    "write",
    "write_file",
]


if not TYPE_CHECKING:  # a misspelt name must not pass a type check

    def __getattr__(name: str) -> object:
        home = _HOMES.get(name)
        if home is None:
            raise AttributeError(f"module 'planwriter' has no attribute {name!r}")
        from importlib import import_module

        return getattr(import_module(home), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOMES])
