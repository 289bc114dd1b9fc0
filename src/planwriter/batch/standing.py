"""Sections that are the same for many rows: set once, then kept as standing type and put into every document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from planwriter.actions.open_places import signs_of
from planwriter.chinese.numerals import ordinal_mark
from planwriter.model.document import to_form
from planwriter.model.plan import WorkPlan
from planwriter.model.sections import Narrative, Section
from planwriter.template.blocks import Block, Writer, block
from planwriter.template.compiled import CompiledTemplate
from planwriter.template.placeholders import SIGN
from planwriter.template.table_sheets import drawn_tables
from planwriter.template.values import Finished
from planwriter.word.extra_part import ExtraPart
from planwriter.word.markup import fault_of
from planwriter.word.plan_part import plan_parts

TOKEN = "\ue0f2"
"""Begins the heading of a stand-in; rows that hold it are not set this way."""
_BODY = "正文"

Context = dict[str, Any]
Slot = tuple[int, str, bool, str]
Place = tuple[str, list[Block], int, "StandingSection"]


class NotStanding(Exception):
    """A section, or a row, cannot be set this way."""


@dataclass(frozen=True, slots=True, eq=False)
class StandingSection:
    """A section of the model that is not read, checked, set or written out again; ``at`` is its own number.

    ``tail`` is its last paragraph where that is a plain one, for the last paragraph of a plan is set with the sign-off.
    """

    at: int
    section: Section
    tail: str | None
    answering: bool
    carried: bytes

    def stand_in(self, *, last: bool) -> Narrative:
        """What takes its place while a row is read and set. Raises :class:`NotStanding`."""
        if last and self.tail is None:
            raise NotStanding
        return Narrative(heading=f"{TOKEN}{self.at}", text=[self.tail] if last and self.tail is not None else [])

    @property
    def token(self) -> str:
        """The heading of the stand-in."""
        return f"{TOKEN}{self.at}"


def standing_section(at: int, section: Section) -> StandingSection:
    """Raises :class:`NotStanding` where it has gaps, which are told and shown in the whole document."""
    plain = _plain(section)
    if signs_of(plain):
        raise NotStanding
    blocks = _blocks(section, 1)
    if len(blocks) < 2 or _says_gap(plain):
        raise NotStanding
    tail = blocks[-1]["文"] if blocks[-1] == block(_BODY, text=blocks[-1]["文"]) else None
    answering = any(one.answers for one in section.walk())
    return StandingSection(at, section, tail, answering, carried(plain))


def _plain(section: Section) -> Any:
    return to_form(WorkPlan(sections=[section]))["章节"][0]


def _says_gap(plain: Any) -> bool:
    if isinstance(plain, str):
        return SIGN in plain
    below = plain.values() if isinstance(plain, Mapping) else plain if isinstance(plain, list) else ()
    return any(map(_says_gap, below))


def carried(plain: Any) -> bytes:
    """Data as it stands inside the part that carries the form."""
    before, after = plan_parts({"x": "\ue0f3"})[0].content.split("\ue0f3".encode())
    content = plan_parts({"x": plain})[0].content
    quote = 1 if before.endswith(b'"') else len("&quot;")
    return content[len(before) - quote : len(content) - (len(after) - quote)]


def _blocks(section: Section, number: int) -> list[Block]:
    """The blocks of a section as the ``number``-th of a text."""
    writer = Writer()
    writer.sections([*(Narrative(heading=TOKEN) for _ in range(number - 1)), section])
    return writer.blocks[number - 1 :]


class StandingText:
    """The pieces of one template's documents that were set once; ``layout`` is what they were set for."""

    def __init__(self, compiled: CompiledTemplate, layout: Any) -> None:
        self.compiled, self.layout = compiled, layout
        self._pieces: dict[Slot, Finished] = {}
        self._carried: dict[tuple[int, str | None], bytes] = {}

    def put_in(self, context: Context, standing: Sequence[StandingSection], last: StandingSection | None) -> None:
        """Replace the headings of stand-ins, wherever they stand, by the sections. Raises :class:`NotStanding`."""
        places = list(_places(context, {one.token: one for one in standing}))
        if {one.at for _, _, _, one in places} != {one.at for one in standing}:
            raise NotStanding
        keys = [(one.at, slot, one is last, texts[at]["序"]) for slot, texts, at, one in places]
        if missing := [n for n, key in enumerate(keys) if key not in self._pieces]:
            self._learn(context, [(keys[n], places[n]) for n in missing])
        for key, (_, texts, at, _) in zip(keys, places, strict=True):
            texts[at] = block("成品", xml=self._pieces[key])

    def _learn(self, context: Context, missing: list[tuple[Slot, Place]]) -> None:
        """Set the sections in their place between marks, and take out what stands between them."""
        opened: dict[int, tuple[list[Block], list[Block]]] = {}
        for number, ((_, _, last, ordinal), (_, texts, at, one)) in reversed(list(enumerate(missing))):
            opened.setdefault(id(texts), (texts, list(texts)))
            mark = block("成品", xml=Finished(_mark(number), drawn_here=True))
            texts[at : at + 1] = [mark, *self._set(one, ordinal, last), mark]
        rendered = [part.rendered(context) for part in self.compiled.parts]
        for texts, before in opened.values():
            texts[:] = before
        for number, (key, _) in enumerate(missing):
            self._pieces[key] = _between(rendered, _mark(number))

    def _set(self, one: StandingSection, ordinal: str, last: bool) -> list[Block]:
        number = next(number for number in range(1, 100) if ordinal_mark(1, number) == ordinal)
        blocks = _blocks(one.section, number)
        blocks = blocks[:-1] if last else blocks
        drawn_tables({_BODY: [*blocks, block(_BODY)], "附件": []}, self.layout, turnable=self.compiled.turnable)
        return blocks

    def carry(self, form: Mapping[str, Any], standing: Mapping[str, StandingSection]) -> tuple[ExtraPart, ...]:
        """The part that carries the form of a row, with the sections in the place of their stand-ins."""
        (part,) = plan_parts(form)
        content = part.content
        for stand_in in _stand_ins(form):
            one = standing.get(str(stand_in.get("标题")))
            if one is None:
                continue
            key = one.at, "正文" in stand_in
            if key not in self._carried:
                self._carried[key] = carried(stand_in)
            if content.count(self._carried[key]) != 1:
                raise NotStanding
            content = content.replace(self._carried[key], one.carried)
        return (replace(part, content=content),)


def _stand_ins(form: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield from (one for one in form.get("章节", ()) if str(one.get("标题", "")).startswith(TOKEN))


def _places(context: Context, tokens: Mapping[str, StandingSection]) -> Iterator[Place]:
    """(slot, blocks, index, section) of every heading of a stand-in; lists that are the same are given once."""
    paper = context.get("公文") or {}
    texts = [("0", context[_BODY]), ("1", paper.get(_BODY, [])), *(("2", one[_BODY]) for one in context["附件"])]
    seen: set[int] = set()
    for slot, blocks in texts:
        if id(blocks) in seen:
            continue
        seen.add(id(blocks))
        for at, one in enumerate(blocks):
            if (found := tokens.get(one["文"])) is not None and one["类"] == "一级标题":
                yield slot, blocks, at, found


def _mark(number: int) -> str:
    return f"<w:p><w:r><w:t>{TOKEN}{number}:</w:t></w:r></w:p>"


def _between(rendered: list[str], mark: str) -> Finished:
    """What a part holds between two marks; nothing where no part prints that text."""
    cut = [pieces for xml in rendered if len(pieces := xml.split(mark)) > 1]
    if not cut:
        return Finished("", drawn_here=True)
    if len(cut) > 1 or len(cut[0]) != 3 or fault_of(f"<w>{cut[0][1]}</w>".encode("utf-8", "replace")) is not None:
        raise NotStanding
    return Finished(cut[0][1], drawn_here=True)
