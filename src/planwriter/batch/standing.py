"""Sections that are the same for many rows: set once, then kept as standing type and put into every document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from planwriter.actions.open_places import signs_of
from planwriter.chinese.numerals import ordinal_mark
from planwriter.chinese.rare import may_hold_rare
from planwriter.model.document import to_form
from planwriter.model.plan import WorkPlan
from planwriter.model.sections import Narrative, Section
from planwriter.template.blocks import Block, Writer, block
from planwriter.template.compiled import CompiledTemplate
from planwriter.template.signs import GAP as SIGN
from planwriter.template.signs import LANDSCAPE as TURNED_PAGE
from planwriter.template.table_sheets import drawn_tables
from planwriter.template.values import Finished
from planwriter.word.extra_part import ExtraPart
from planwriter.word.markup import fault_of
from planwriter.word.plan_part import plan_parts

ABSENT = "\ue0f2"
"""Begins the heading of a stand-in; rows that hold it are not set this way."""
_TURNED = TURNED_PAGE.decode()
_BODY, _SECTIONS = "正文", "章节"
_PLAN_KEYS = tuple(str(field.alias) for field in WorkPlan.model_fields.values())

Context = dict[str, Any]
Slot = tuple[int, str, str, bool]
"""Which section, in which text, under which ordinal, whether as the last."""
Place = tuple[Slot, list[Block], int, "StandingSection"]


class StandIn(Narrative):
    """Takes the place of a section while a row is read and set: a heading that is a token, at most one paragraph."""

    @property
    def order(self) -> tuple[str, ...]:
        """Only what may be there."""
        return ("text",) if self.text else ()


class NotStanding(Exception):
    """A section, or a row, cannot be set this way."""


@dataclass(frozen=True, slots=True, eq=False)
class StandingSection:
    """A section of the model that is not read, checked, set or written out again; ``at`` is its own number.

    ``whole`` takes its place; ``ending``, where the section is the last, has its last paragraph, which is set with the
    sign-off, and is ``None`` where that is no plain one. ``carried`` is how it stands in the part of the form.
    """

    at: int
    section: Section
    whole: StandIn
    ending: StandIn | None
    answering: bool
    carried: bytes
    carried_token: bytes

    @property
    def token(self) -> str:
        """The heading of what takes its place."""
        return _token(self.at)


def is_plain(text: str) -> bool:
    """Whether texts surely hold no rare character and no turned page."""
    return not (_TURNED in text or may_hold_rare(text))


def said_in(context: Context) -> str:
    """All texts of a context, in no particular order and without the marks of stand-ins; what is no text, as Python
    shows it."""
    said: list[str] = []
    left: list[Any] = [context]
    while left:
        value = left.pop()
        if type(value) is dict:
            left += value.values()
        elif type(value) is list:
            left += value
        else:
            said.append(value if isinstance(value, str) else repr(value))
    return "".join(said).replace(ABSENT, "")


def _token(at: int) -> str:
    return f"{ABSENT}{at}"


def standing_section(at: int, section: Section) -> StandingSection:
    """Raises :class:`NotStanding` where it has gaps, which are told and shown in the whole document."""
    plain = _plain(section)
    if signs_of(plain):
        raise NotStanding
    blocks = _blocks(section, 1)
    if len(blocks) < 2 or _says_gap(plain):
        raise NotStanding
    tail = [blocks[-1]["文"]] if blocks[-1] == block(_BODY, text=blocks[-1]["文"]) else []
    whole = StandIn(heading=_token(at))
    ending = StandIn(heading=_token(at), text=tail) if tail else None
    answering = any(one.answers for one in section.walk())
    return StandingSection(at, section, whole, ending, answering, _carried(plain), _carried(_token(at)))


def _plain(section: Section) -> Any:
    return to_form(WorkPlan(sections=[section]))["章节"][0]


def _says_gap(plain: Any) -> bool:
    if isinstance(plain, str):
        return SIGN in plain
    below = plain.values() if isinstance(plain, Mapping) else plain if isinstance(plain, list) else ()
    return any(map(_says_gap, below))


def _carried(plain: Any) -> bytes:
    """Data as it stands inside the part that carries the form."""
    empty, holding = plan_parts({"x": []})[0].content, plan_parts({"x": [plain]})[0].content
    before = empty.index(b"[]") + 1
    return holding[before : len(holding) - (len(empty) - before)]


def _blocks(section: Section, number: int) -> list[Block]:
    """The blocks of a section as the ``number``-th of a text."""
    writer = Writer()
    writer.sections([*(Narrative(heading=ABSENT) for _ in range(number - 1)), section])
    return writer.blocks[number - 1 :]


class StandingText:
    """The pieces of one template's documents that were set once; ``layout`` is what they were set for."""

    def __init__(self, compiled: CompiledTemplate, layout: Any) -> None:
        self.compiled, self.layout = compiled, layout
        self._pieces: dict[Slot, Finished] = {}
        self.plain = all(is_plain(compiled.package.parts[part.name].decode("utf-8")) for part in compiled.parts)
        """Whether nothing in the template and the pieces asks for what only the whole text shows."""

    def put_in(self, context: Context, standing: Sequence[tuple[StandingSection, bool]]) -> None:
        """Replace the headings of stand-ins, wherever they stand, by the sections, each told whether it is the last.

        Raises :class:`NotStanding`.
        """
        places = list(_places(context, {one.token: (one, last) for one, last in standing}))
        if len({key[0] for key, _, _, _ in places}) != len(standing):
            raise NotStanding
        if missing := [place for place in places if place[0] not in self._pieces]:
            self._learn(context, missing)
        for key, texts, at, _ in places:
            texts[at] = block("成品", xml=self._pieces[key])

    def _learn(self, context: Context, missing: list[Place]) -> None:
        """Set the sections in their place between marks, and take out what stands between them."""
        opened: dict[int, tuple[list[Block], list[Block]]] = {}
        for number, (key, texts, at, one) in reversed(list(enumerate(missing))):
            opened.setdefault(id(texts), (texts, list(texts)))
            mark = block("成品", xml=Finished(_mark(number), drawn_here=True))
            texts[at : at + 1] = [mark, *self._set(one, key), mark]
        rendered = [part.rendered(context) for part in self.compiled.parts]
        for texts, before in opened.values():
            texts[:] = before
        for number, (key, _, _, _) in enumerate(missing):
            self._pieces[key] = _between(rendered, _mark(number))
            self.plain = self.plain and is_plain(self._pieces[key])

    def _set(self, one: StandingSection, key: Slot) -> list[Block]:
        _, _, ordinal, last = key
        number = next(number for number in range(1, 100) if ordinal_mark(1, number) == ordinal)
        blocks = _blocks(one.section, number)
        blocks = blocks[:-1] if last else blocks
        drawn_tables({_BODY: [*blocks, block(_BODY)], "附件": []}, self.layout, turnable=self.compiled.turnable)
        return blocks


def carry(
    form: Mapping[str, Any], order: Sequence[StandingSection | None], *, listed: bool = True
) -> tuple[ExtraPart, ...]:
    """The part that carries the form of a row; ``form`` holds the sections that are ``None`` in ``order``.

    Without ``listed`` there is no plan, so no list of sections.
    """
    if not listed:
        return tuple(plan_parts(form))
    own = iter(form.get(_SECTIONS, ()))
    sections = [next(own) if one is None else one.token for one in order]
    head = {key: value for key, value in form.items() if key not in _PLAN_KEYS}
    plan = {key: sections if key == _SECTIONS else form[key] for key in _PLAN_KEYS if key in form or key == _SECTIONS}
    (part,) = plan_parts(head | plan)
    pieces: list[bytes] = []
    rest = part.content
    for one in order:
        if one is not None:  # the tokens stand in this order, each once
            before, _, rest = rest.partition(one.carried_token)
            pieces += (before, one.carried)
    content = b"".join((*pieces, rest))
    return (ExtraPart(part.name, content, part.content_type, part.relationship_type, part.relationships),)


def _places(context: Context, standing: Mapping[str, tuple[StandingSection, bool]]) -> Iterator[Place]:
    """Every heading of a stand-in: the blocks and where in them; lists that are the same are given once."""
    paper = context.get("公文") or {}
    texts = [("文", context[_BODY]), ("公文", paper.get(_BODY, [])), *(("附件", one[_BODY]) for one in context["附件"])]
    seen: set[int] = set()
    for slot, blocks in texts:
        if id(blocks) in seen:
            continue
        seen.add(id(blocks))
        for at, head in enumerate(blocks):
            if (found := standing.get(head["文"])) is not None:
                yield (found[0].at, slot, head["序"], found[1]), blocks, at, found[0]


def _mark(number: int) -> str:
    return f"<w:p><w:r><w:t>{ABSENT}{number}:</w:t></w:r></w:p>"


def _between(rendered: list[str], mark: str) -> Finished:
    """What a part holds between two marks; nothing where no part prints that text."""
    cut = [pieces for xml in rendered if len(pieces := xml.split(mark)) > 1]
    if not cut:
        return Finished("", drawn_here=True)
    if len(cut) > 1 or len(cut[0]) != 3 or fault_of(f"<w>{cut[0][1]}</w>".encode("utf-8", "replace")) is not None:
        raise NotStanding
    return Finished(cut[0][1], drawn_here=True)
