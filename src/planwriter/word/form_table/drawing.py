"""A table form drawn as a .docx: the same rows give the same bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planwriter.word.escaping import escape, quoted
from planwriter.word.form_table.package import package
from planwriter.word.form_table.rows import (
    CHOOSE,
    LABEL_HEAD,
    PROMPT,
    REQUIRED,
    TAG,
    VALUE_HEAD,
    Entry,
    Grid,
    Row,
    Sheet,
    Title,
)

_LABEL, _VALUE = 3005, 6633
"""Widths of the columns in twentieths of a point; together the width between the margins."""
_SHADES = ("D9E2EC", "E9EFF4", "F4F7FA")
_STEP = 200


def draw_sheet(sheet: Sheet) -> bytes:
    """The form as the bytes of a .docx."""
    remarks = "".join(_paragraph("PwRemark", _run(text)) for text in sheet.remarks)
    rows = "".join(_row(row, number) for number, row in enumerate(sheet.rows, 1))
    table = (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="PwForm"/><w:tblW w:w="{_LABEL + _VALUE}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid><w:gridCol w:w="{_LABEL}"/><w:gridCol w:w="{_VALUE}"/>'
        f"</w:tblGrid>{_head()}{rows}</w:tbl>"
    )
    return package(_paragraph("PwHeading", _run(sheet.heading)) + remarks + table + _paragraph("PwRemark"))


def _head() -> str:
    cells = _cell(_LABEL, _paragraph("PwLabel", _run(LABEL_HEAD)), _SHADES[0])
    cells += _cell(_VALUE, _paragraph("PwLabel", _run(VALUE_HEAD)), _SHADES[0])
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>"


def _row(row: Row, number: int) -> str:
    if isinstance(row, Title):
        return _title(row, number)
    value = _nested(row) if isinstance(row, Grid) else "".join(_values(row, number))
    label = _paragraph("PwLabel", _control(row.tag, number, _run(row.key)), _mark(row), indent=_indent(row))
    if row.hint:
        label += _paragraph("PwHint", _run(row.hint), indent=_indent(row))
    return f"<w:tr>{_cell(_LABEL, label)}{_cell(_VALUE, value)}</w:tr>"


def _mark(row: Entry | Grid) -> str:
    return _run(REQUIRED, "PwMark") if isinstance(row, Entry) and row.required else ""


def _indent(row: Row) -> int:
    return (row.level - 1) * _STEP


def _title(row: Title, number: int) -> str:
    shade = _SHADES[min(row.level, len(_SHADES)) - 1]
    said = _control(row.tag, number, _run(row.text)) + (_run(f"　{row.hint}", "PwAside") if row.hint else "")
    content = _paragraph("PwTitle", said, indent=_indent(row))
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{_cell(_LABEL + _VALUE, content, shade, span=2)}</w:tr>"


def _values(row: Entry, number: int) -> Iterator[str]:
    if row.one or row.choices:
        yield _paragraph("PwValue", _filled(row, number))
    else:
        for value in row.values or ("",):
            yield _paragraph("PwValue", _run(value) if value else "")


def _filled(row: Entry, number: int) -> str:
    kind = _drop_down(row.choices) if row.choices else '<w:text w:multiLine="1"/>'
    said = "\n".join(row.values)
    shown = _run(said) if said else _run(CHOOSE if row.choices else PROMPT, "PwPrompt")
    return _control(f"{TAG}:v", 100_000 + number, shown, kind, untouched=not said)


def _drop_down(choices: Iterable[str]) -> str:
    listed = "".join(f"<w:listItem w:displayText={quoted(one)} w:value={quoted(one)}/>" for one in choices)
    return f"<w:dropDownList>{listed}</w:dropDownList>"


def _control(tag: str, number: int, content: str, kind: str = "", *, untouched: bool = False) -> str:
    prompt = "<w:showingPlcHdr/>" if untouched else ""
    told = f'<w:sdtPr><w:tag w:val={quoted(tag)}/><w:id w:val="{number}"/>{prompt}{kind}</w:sdtPr>'
    return f"<w:sdt>{told}<w:sdtContent>{content}</w:sdtContent></w:sdt>"


def _nested(grid: Grid) -> str:
    columns = max((len(row) for row in grid.rows), default=1)
    width = (_VALUE - 240) // columns
    grid_columns = f'<w:gridCol w:w="{width}"/>' * columns
    rows = "".join(f"<w:tr>{_short(columns - len(row))}{_cells(row, width)}</w:tr>" for row in grid.rows)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="PwForm"/><w:tblW w:w="{width * columns}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid_columns}</w:tblGrid>'
        f"{rows}</w:tbl>{_paragraph('PwHint')}"
    )


def _short(missing: int) -> str:
    return f'<w:trPr><w:gridAfter w:val="{missing}"/></w:trPr>' if missing else ""


def _cells(row: tuple[str, ...], width: int) -> str:
    return "".join(_cell(width, _paragraph("PwValue", _run(text) if text else "")) for text in row)


def _cell(width: int, content: str, shade: str = "", span: int = 1) -> str:
    told = f'<w:tcW w:w="{width}" w:type="dxa"/>' + (f'<w:gridSpan w:val="{span}"/>' if span > 1 else "")
    told += f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>' if shade else ""
    return f"<w:tc><w:tcPr>{told}</w:tcPr>{content}</w:tc>"


def _paragraph(style: str, *content: str, indent: int = 0) -> str:
    left = f'<w:ind w:left="{indent}"/>' if indent else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{left}</w:pPr>{"".join(content)}</w:p>'


def _run(text: str, style: str = "") -> str:
    look = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    lines = "<w:br/>".join("<w:tab/>".join(map(_text, line.split("\t"))) for line in text.split("\n"))
    return f"<w:r>{look}{lines}</w:r>"


def _text(text: str) -> str:
    return f'<w:t xml:space="preserve">{escape(text)}</w:t>' if text else ""
