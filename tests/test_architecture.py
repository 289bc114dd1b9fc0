"""The house stands as designed: layers, doors, no circles, small files and functions, words in every docstring."""

from __future__ import annotations

import ast
import importlib
import inspect
import statistics
import subprocess
import sys
from collections.abc import Iterator

import pytest

import planwriter
from tests.architecture import PACKAGE, Module, circles, modules, own

MODULES = modules()

LAYERS = {
    "diagnostic": 0, "placed": 0, "visible": 0, "nearest": 0, "width": 0, "expression": 0,
    "standard": 1, "chinese": 1, "files": 1, "scratch": 1, "user_cache": 1,
    "model": 2, "word": 2, "machine": 2, "calendar": 2,
    "form": 3, "template": 3, "pages": 3,
    "actions": 4, PACKAGE: 4,
    "batch": 5,
    "cli": 6, "__main__": 6,
}  # fmt: skip
"""Room → layer; imports go down. The package itself only hands on names of ``actions`` and below."""

DOORS = {
    "docxtpl": {"template"}, "jinja2": {"template"}, "markupsafe": {"template"},
    "lxml": {"word", "template"}, "docx": {"word", "template"},
    "yaml": {"form"}, "python_calamine": {"form"}, "xlsxwriter": {"form"}, "cn2an": {"chinese"}, "budoux": {"chinese"},
    "pypdfium2": {"pages"}, "win32com": {"pages"}, "comtypes": {"pages"},
    "holidays": {"calendar"}, "borax": {"calendar"},
    "fsspec": {"batch"}, "distributed": {"batch"},
    "click": {"cli"}, "pydantic": {"model", "form"}, "pydantic_core": {"model", "form"},
}  # fmt: skip
"""Foreign library → the rooms that may import it."""

LAZY = {
    "planwriter", "planwriter.actions", "planwriter.expression", "planwriter.cli.program", "planwriter.template.context",
    "planwriter.actions.blanks", "planwriter.actions.forms", "planwriter.actions.looking", "planwriter.actions.looks", "planwriter.actions.open_places", "planwriter.actions.seals",
    "planwriter.actions.templates", "planwriter.actions.writing", "planwriter.model.collector", "planwriter.model.messages",
    "planwriter.cli.batch_command", "planwriter.template.compiled",
    "planwriter.template.fill", "planwriter.template.kept",
    "planwriter.template.opening", "planwriter.template.telling",
}  # fmt: skip
"""Modules that name a heavy library in annotations only, so that importing them stays light."""

FORBIDDEN_NAMES = {
    "manager", "helper", "util", "handler", "processor", "service", "data", "info", "base", "common", "misc",
}  # fmt: skip
HEAVY = {
    "pydantic", "lxml", "jinja2", "docx", "docxtpl", "yaml", "click", "cn2an", "budoux", "holidays", "borax",
    "python_calamine", "xlsxwriter", "fsspec", "distributed",
}  # fmt: skip

each_module = pytest.mark.parametrize("module", MODULES.values(), ids=MODULES)


def ours(module: Module) -> Iterator[str]:
    """Modules of ours that are imported when the program runs, at once or when a function is called."""
    for imported in module.imports:
        target = own(imported, MODULES)
        if target is not None and not imported.typing_only and imported.name != "__version__":
            yield target


@each_module
def test_every_room_has_a_layer(module: Module) -> None:
    assert module.room in LAYERS


@each_module
def test_imports_go_down_and_rooms_of_one_layer_do_not_know_each_other(module: Module) -> None:
    targets = {MODULES[target].room for target in ours(module)} - {module.room}
    assert not {room for room in targets if LAYERS[room] >= LAYERS[module.room]} - permitted(module)


def permitted(module: Module) -> set[str]:
    """Placed data carries the ``Place`` of a diagnostic, widths are looked up by an expression; ``python -m planwriter``
    opens the command line."""
    return {"placed": {"diagnostic"}, "width": {"expression"}, "__main__": {"cli"}}.get(module.room, set())


@each_module
def test_every_foreign_library_has_its_door(module: Module) -> None:
    foreign = {i.target.split(".")[0] for i in module.imports if not i.typing_only}
    assert {name for name in foreign if module.room not in DOORS.get(name, {module.room})} == set()


def test_no_module_imports_itself_in_a_circle() -> None:
    """Imports inside functions count: a circle is one also when it is walked later."""
    edges = {name: set(ours(module)) for name, module in MODULES.items() if name != PACKAGE}
    assert circles(edges) == []


@each_module
def test_typing_only_imports_stand_where_laziness_needs_them(module: Module) -> None:
    assert module.name in LAZY or not any(i.typing_only for i in module.imports)


@each_module
def test_a_file_has_fewer_than_400_lines(module: Module) -> None:
    assert len(module.text.splitlines()) < 400


@each_module
def test_a_function_has_at_most_60_lines(module: Module) -> None:
    assert {f.name: length(f) for f in module.functions() if length(f) > 60} == {}


def test_the_median_function_has_at_most_8_lines() -> None:
    assert statistics.median(length(f) for module in MODULES.values() for f in module.functions()) <= 8


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


@each_module
def test_a_module_is_named_for_what_it_is(module: Module) -> None:
    words = set(module.name.replace(".", "_").split("_"))
    assert not {word for word in words if word in FORBIDDEN_NAMES or word.removesuffix("s") in FORBIDDEN_NAMES}


@each_module
def test_public_names_are_documented(module: Module) -> None:
    if module.name.endswith("__main__"):
        assert ast.get_docstring(module.tree)
        return
    loaded = importlib.import_module(module.name)
    silent = [] if inspect.getdoc(loaded) else [module.name]
    for name, value in vars(loaded).items():
        here = inspect.isclass(value) or inspect.isroutine(value)
        if here and not name.startswith("_") and getattr(value, "__module__", "") == module.name:
            silent += undocumented(name, value)
    assert silent == []


def undocumented(name: str, value: object) -> Iterator[str]:
    """The names without a docstring, of their own or inherited, among a public thing and its methods."""
    if not inspect.getdoc(value):
        yield name
    if inspect.isclass(value):
        for inner, method in vars(value).items():
            callable_or_property = inspect.isroutine(method) or isinstance(method, property)
            if callable_or_property and not inner.startswith("_") and not inspect.getdoc(getattr(value, inner)):
                yield f"{name}.{inner}"


def test_importing_the_package_loads_no_heavy_library() -> None:
    code = f"import sys, planwriter; print(*sorted({HEAVY} & {{m.split('.')[0] for m in sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_every_public_name_of_the_package_can_be_had() -> None:
    assert [name for name in planwriter.__all__ if getattr(planwriter, name, None) is None] == []
    assert set(planwriter.__all__) <= set(dir(planwriter))


def test_the_package_has_few_public_names() -> None:
    assert len(planwriter.__all__) <= 16


def test_an_unknown_public_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="wirte"):
        planwriter.wirte  # noqa: B018


def test_a_circle_would_be_seen() -> None:
    edges = {"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": {"d"}}
    assert sorted(circles(edges)) == [["b", "c"], ["d"]]
