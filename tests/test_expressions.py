"""Regular expressions that wait until they are asked are as good as compiled ones."""

from __future__ import annotations

import importlib
import pickle
import pkgutil
import re
from collections.abc import Iterator

import planwriter
from planwriter.expression import Expression, expression


def waiting() -> Iterator[tuple[str, Expression]]:
    for found in pkgutil.walk_packages(planwriter.__path__, "planwriter."):
        if not found.name.endswith("__main__"):
            for name, value in vars(importlib.import_module(found.name)).items():
                if isinstance(value, Expression):
                    yield f"{found.name}.{name}", value


def test_each_of_them_can_be_compiled() -> None:
    held = dict(waiting())
    assert len(held) > 50
    assert {name: error for name, one in held.items() if (error := wrong(one))} == {}


def wrong(one: Expression) -> str:
    try:
        re.compile(*one._written)
    except re.error as error:
        return str(error)
    return ""


def test_it_answers_as_the_pattern_does() -> None:
    late, ready = expression("(?P<n>[0-9]+)月", re.ASCII), re.compile("(?P<n>[0-9]+)月", re.ASCII)
    for text in ("3月和12月", "没有"):
        assert late.findall(text) == ready.findall(text)
        assert late.sub("x", text) == ready.sub("x", text)
    assert (late.pattern, late.flags, late.groupindex) == (ready.pattern, ready.flags, ready.groupindex)
    assert expression(b"a+").findall(b"aab") == [b"aa"]


def test_it_travels_to_another_process() -> None:
    asked = expression("[0-9]+")
    asked.search("1")
    assert pickle.loads(pickle.dumps(expression("[0-9]+"))).findall("1 22") == ["1", "22"]
