"""Templates of one's own for the benchmark, made with python-docx: loops and conditions, pictures, sub-documents."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

from docx import Document
from docxtpl import DocxTemplate


def looping() -> bytes:
    """A table with a row loop, paragraphs with conditions, in a python-docx default package."""
    document = Document()
    document.add_heading("{{ title }}", 1)
    for line in ("{%p for part in parts %}", "{%p if part.open %}", "{{ loop.index }}. {{ part.name }}", "{%p else %}",
                 "{{ part.name|upper }}（{{ part.note }}）", "{%p endif %}", "{%p endfor %}"):  # fmt: skip
        document.add_paragraph(line)
    table = document.add_table(rows=4, cols=3)
    rows = (("月份", "工作", "责任"), ("{%tr for row in rows %}", "", ""),
            ("{{ row.month }}", "{{ row.work }}", "{% if row.unit %}{{ row.unit }}{% else %}办公室{% endif %}"),
            ("{%tr endfor %}", "", ""))  # fmt: skip
    for at, row in enumerate(rows):
        for cell, text in zip(table.rows[at].cells, row, strict=True):
            cell.text = text
    return _saved(document)


def looping_context() -> dict[str, Any]:
    """Content for :func:`looping`: sixty paragraphs, a table of twelve rows."""
    return {
        "title": "二〇二七年工作计划",
        "parts": [
            {"open": n % 2 == 0, "name": f"第{n}项任务，抓好落实", "note": f"第{n % 4 + 1}季度"} for n in range(60)
        ],
        "rows": [{"month": f"{n}月", "work": f"走访<{n}>户 & 回访", "unit": "权益部" * (n % 2)} for n in range(1, 13)],
    }


def pictured() -> bytes:
    """A picture and a sub-document."""
    document = Document()
    for line in ("{{ title }}", "{{ picture }}", "{{p below }}"):
        document.add_paragraph(line)
    return _saved(document)


def below(template: DocxTemplate) -> Any:
    """A sub-document of ten paragraphs."""
    made = template.new_subdoc()
    for number in range(10):
        made.add_paragraph(f"附录第{number}段")
    return made


def png(side: int = 64) -> bytes:
    """A small picture."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" + b"\x80" * 3 * side) * 1)
        + chunk(b"IEND", b"")
    )


def _saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
