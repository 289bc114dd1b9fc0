"""Papers of a chosen length, and a converter that remembers every PDF it made."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from planwriter.pages.libreoffice import LibreOffice
from planwriter.pages.locating import Located
from planwriter.pages.reading import PrintedPage, read_pages
from planwriter.word.edit import DocumentEdit
from planwriter.word.packing import write_parts

ROW = "读书是最平常也最长久的事情，办好每周一次的见面会。"


def notice(rows: int) -> dict[str, Any]:
    """A notice of so many one-row paragraphs, with signature and imprint."""
    paper = {
        "发文机关": "云溪县图书馆", "发文字号": "云图〔2026〕9号", "标题": "云溪县图书馆关于做好读者服务工作的通知",
        "主送机关": ["各科室"], "正文": [ROW] * rows, "署名": ["云溪县图书馆"], "成文日期": "2026年12月8日",
        "抄送机关": ["县文化和旅游局"], "印发机关": "云溪县图书馆办公室", "印发日期": "2026年12月9日",
    }  # fmt: skip
    return {"公文": paper}


def plan(rows: int, tasks: int = 1) -> dict[str, Any]:
    """A plan of so many one-row paragraphs and then tasks, each a heading with a row below it."""
    return {
        "单位": "云溪县图书馆", "期间": "2027年", "引言": [ROW] * rows,
        "主要任务": [{"标题": "办好阅读推广活动", "正文": ROW}] * tasks,
        "署名": "云溪县图书馆", "成文日期": "2026年12月8日",
    }  # fmt: skip


def parts_of(document: bytes) -> dict[str, bytes]:
    """Every part of a .docx by name."""
    with zipfile.ZipFile(io.BytesIO(document)) as package:
        return {name: package.read(name) for name in package.namelist()}


def loose(document: bytes) -> bytes:
    """The document as a template of one's own may give it: nothing holds the sign-off on the page of the text."""
    parts = parts_of(document)
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"<w:keepNext/>", b"")
    return write_parts(parts)


def grown(document: bytes, rows: int) -> bytes:
    """The document with so many more paragraphs of one row in its text."""
    parts = parts_of(document)
    body = parts["word/document.xml"]
    at = body.index(ROW[:6].encode())
    begin = body.rindex(b"<w:p>", 0, at)
    row = body[begin : body.index(b"</w:p>", at) + len(b"</w:p>")]
    return write_parts(parts | {"word/document.xml": body[:begin] + row * rows + body[begin:]})


class Remembering(LibreOffice):
    """LibreOffice, with every PDF it made, the first one that of the document as it was."""

    def __init__(self) -> None:
        self.made: list[bytes] = []

    def to_pdf(self, docx: bytes) -> bytes:
        """The document as a PDF."""
        self.made.append(super().to_pdf(docx))
        return self.made[-1]


def looked_at(document: bytes, pdf: bytes) -> tuple[Located, tuple[PrintedPage, ...]]:
    """The pages of a document, and what stands where on them."""
    pages = read_pages(pdf)
    return Located(DocumentEdit(document), pages), pages
