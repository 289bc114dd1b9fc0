"""Pages beside the document: which files, what is said, what happens without a converter or with one that fails."""

from __future__ import annotations

import shutil
import struct
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import planwriter
from planwriter import actions
from planwriter.diagnostic import Diagnostic, FileError, Severity, UsageError
from planwriter.pages import choosing, publishing, reading
from planwriter.pages.automation import OfficeAutomation, export
from planwriter.pages.choosing import converters, find_converter
from planwriter.pages.converter import Converter, ConverterFailed, converter_failed
from planwriter.pages.running import converted
from tests.cli.conftest import Run, run
from tests.pages.blank_pdf import blank_pdf
from tests.pages.papers import notice, plan

__all__ = ["run"]

FORM = Path(__file__).parents[2] / "examples" / "women_annual_notice.yaml"


class Fake:
    """A converter whose every document has two empty pages, or which fails."""

    name = "假想软件"

    def __init__(self, *, fails: bool = False, pages: int = 2) -> None:
        self.fails, self.pages, self.asked = fails, pages, 0

    def available(self) -> bool:
        return True

    def to_pdf(self, docx: bytes) -> bytes:
        self.asked += 1
        if self.fails:
            raise converter_failed(self.name, "没有得到 PDF")
        return blank_pdf(self.pages)


Install = Callable[[Converter | None], None]


@pytest.fixture
def install(monkeypatch: pytest.MonkeyPatch) -> Install:
    """Make one converter, or none, the only one at hand."""

    def only(one: Converter | None) -> None:
        monkeypatch.setattr(choosing, "converters", lambda: iter([one] if one else []))

    return only


def test_a_document_with_an_imprint_is_looked_at_unless_it_is_not_to_be(install: Install, tmp_path: Path) -> None:
    install(fake := Fake())
    left = planwriter.write_file(notice(1), tmp_path / "原样.docx", finish=False)
    assert (fake.asked, [d.code for d in left.diagnostics]) == (0, ["pages-unchecked"])
    looked = planwriter.write_file(notice(1), tmp_path / "通知.docx")
    assert fake.asked > 0 and [d.code for d in looked.diagnostics][-1] == "pages-judged"


def test_a_plan_without_an_imprint_starts_no_converter(install: Install, tmp_path: Path) -> None:
    install(fake := Fake())
    assert planwriter.write_file(plan(1), tmp_path / "计划.docx").diagnostics == ()
    assert fake.asked == 0


def test_without_a_converter_the_document_is_written_and_that_is_told(install: Install, tmp_path: Path) -> None:
    install(None)
    written = planwriter.write_file(notice(1), tmp_path / "通知.docx")
    assert [d.code for d in written.diagnostics] == ["pages-no-converter", "pages-unchecked"]
    assert (tmp_path / "通知.docx").read_bytes() == planwriter.write(notice(1))


def test_an_extension_that_cannot_be_used_does_not_refuse_the_document(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def broken() -> None:
        raise FileError(Diagnostic("pages-bad-converter", "扩展包提供的转换程序“坏”不能用"))

    monkeypatch.setattr(choosing, "find_converter", broken)
    monkeypatch.setattr(publishing, "find_converter", broken)
    written = planwriter.write_file(notice(1), tmp_path / "通知.docx")
    assert "pages-bad-converter" in [d.code for d in written.diagnostics]
    assert (tmp_path / "通知.docx").exists()


def test_pdf_and_pictures_stand_beside_the_document(install: Install, tmp_path: Path) -> None:
    install(Fake())
    written = planwriter.write_file(plan(1), tmp_path / "计划.docx", pdf=True, png=True)
    assert [path.name for path in written.pages] == ["计划.pdf", "计划-1.png", "计划-2.png"]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        ["计划.docx", "计划.pdf", "计划-1.png", "计划-2.png"]
    )
    picture = (tmp_path / "计划-1.png").read_bytes()
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", picture[16:24]) == (1241, 1754)


def test_no_finish_leaves_the_document_as_plain_write_gives_it(install: Install, tmp_path: Path) -> None:
    install(fake := Fake())
    written = planwriter.write_file(notice(1), tmp_path / "通知.docx", pdf=True, finish=False)
    assert written.data == planwriter.write(notice(1))
    assert fake.asked == 1
    assert [d.code for d in written.diagnostics] == ["pages-unchecked"]


@pytest.mark.parametrize("name", ["计划.docx", "计划.pdf", "计划-2.png"])
def test_nothing_is_written_when_one_of_the_files_exists(install: Install, tmp_path: Path, name: str) -> None:
    install(Fake())
    (tmp_path / name).write_bytes(b"old")
    with pytest.raises(UsageError) as caught:
        planwriter.write_file(plan(1), tmp_path / "计划.docx", pdf=True, png=True)
    assert caught.value.diagnostics[0].code == "file-exists"
    assert [path.name for path in tmp_path.iterdir()] == [name]
    planwriter.write_file(plan(1), tmp_path / "计划.docx", pdf=True, png=True, force=True)
    assert (tmp_path / name).read_bytes() != b"old"


def test_a_picture_of_an_earlier_longer_version_is_named(install: Install, tmp_path: Path) -> None:
    install(Fake())
    (tmp_path / "计划-3.png").write_bytes(b"old")
    written = planwriter.write_file(plan(1), tmp_path / "计划.docx", png=True, finish=False)
    assert [d.code for d in written.diagnostics] == ["pages-stale-picture"]
    assert (tmp_path / "计划-3.png").read_bytes() == b"old"


def test_pdf_without_a_converter_is_status_five_and_nothing_is_written(
    install: Install, run: Run, tmp_path: Path
) -> None:
    install(None)
    ran = run("write", FORM, "-o", tmp_path / "通知.docx", "--pdf")
    assert ran.status == 5
    assert "LibreOffice" in ran.said
    assert "怎么改" in ran.said
    assert list(tmp_path.iterdir()) == []


def test_finish_without_a_converter_writes_the_document_and_says_so(install: Install, run: Run, tmp_path: Path) -> None:
    install(None)
    ran = run("write", FORM, "-o", tmp_path / "通知.docx", "--finish")
    assert ran.status == 0
    assert (tmp_path / "通知.docx").read_bytes() == planwriter.write(FORM)
    assert "[pages-no-converter]" in ran.said
    assert "[pages-unchecked]" in ran.said


def test_a_converter_that_fails_leaves_a_document_and_a_note(install: Install, run: Run, tmp_path: Path) -> None:
    install(Fake(fails=True))
    ran = run("write", FORM, "-o", tmp_path / "通知.docx", "--finish")
    assert ran.status == 0
    assert "说明：假想软件 没有转换成 PDF" in ran.said
    assert (tmp_path / "通知.docx").read_bytes() == planwriter.write(FORM)


def test_a_converter_that_fails_is_an_error_for_who_wants_the_pdf(install: Install, run: Run, tmp_path: Path) -> None:
    install(fake := Fake(fails=True))
    ran = run("write", FORM, "-o", tmp_path / "通知.docx", "--pdf")
    assert ran.status == 5
    assert "错误：假想软件 没有转换成 PDF" in ran.said
    assert fake.asked == 1
    assert "[pages-document-only]" in ran.said
    assert [path.name for path in tmp_path.iterdir()] == ["通知.docx"]


def test_without_the_reading_library_there_is_a_pdf_but_no_picture(
    install: Install, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    install(Fake())
    monkeypatch.setattr(publishing, "can_read", lambda: False)
    written = planwriter.write_file(plan(1), tmp_path / "计划.docx", pdf=True)
    assert [path.name for path in written.pages] == ["计划.pdf"]
    assert [d.code for d in written.diagnostics] == ["pages-no-reader", "pages-unchecked"]
    assert {d.severity for d in written.diagnostics} == {Severity.NOTE}
    with pytest.raises(FileError, match="pypdfium2"):
        planwriter.write_file(plan(1), tmp_path / "另.docx", png=True)


def test_the_command_names_every_file(install: Install, run: Run, tmp_path: Path) -> None:
    install(Fake(pages=1))
    ran = run("write", FORM, "-o", tmp_path / "通知.docx", "--pdf", "--png", "--json")
    assert [Path(name).name for name in ran.facts["pages"]] == ["通知.pdf", "通知-1.png"]


def test_pages_cannot_go_to_standard_output(install: Install, run: Run) -> None:
    install(Fake())
    ran = run("write", FORM, "-o", "-", "--pdf")
    assert (ran.status, ran.output) == (2, b"")
    assert "[cli-pages-nowhere]" in ran.said


def test_standard_output_may_be_finished(install: Install) -> None:
    install(fake := Fake())
    made = actions.compose(plan(1), finish=True)
    assert (fake.asked, made.data) == (1, planwriter.write(plan(1)))
    assert [d.code for d in made.diagnostics] == ["pages-judged"]


def test_document_and_pdf_cannot_be_one_file(install: Install, tmp_path: Path) -> None:
    install(Fake())
    with pytest.raises(UsageError, match="只能存成"):
        planwriter.write_file(plan(1), tmp_path / "计划.pdf", pdf=True)


def test_converters_are_tried_in_their_order() -> None:
    assert [one.name for one in converters()] == ["Word", "WPS", "LibreOffice", "docx2pdf"]
    assert all(isinstance(one, Converter) for one in converters())


def test_a_converter_of_an_extension_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    class Point:
        name, value = "fake", "tests:Fake"

        def load(self) -> type[Fake]:
            return Fake

    monkeypatch.setattr(choosing, "entry_points", lambda group: [Point()] if group == choosing.GROUP else [])
    found = find_converter()
    assert found is not None
    assert found.name == "假想软件"


def test_an_extension_that_gives_no_converter_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    class Point:
        name, value = "broken", "nowhere:nothing"

        def load(self) -> type[str]:
            return str

    monkeypatch.setattr(choosing, "entry_points", lambda group: [Point()])
    with pytest.raises(FileError, match="broken"):
        find_converter()


def test_a_program_that_takes_too_long_is_ended() -> None:
    sleeping = [sys.executable, "-c", "import time; time.sleep(60)"]
    with pytest.raises(ConverterFailed, match=r"超过 0\.5 秒"):
        converted("慢", b"", lambda source, target: sleeping, seconds=0.5)


@pytest.mark.parametrize(
    ("program", "why"),
    [("import sys; sys.exit('no display')", "no display"), ("pass", "没有得到 PDF"), (None, "启动不了")],
)
def test_a_program_that_gives_nothing_says_why(program: str | None, why: str) -> None:
    command = [sys.executable, "-c", program] if program else ["/nowhere/at/all"]
    with pytest.raises(ConverterFailed, match=why):
        converted("坏", b"", lambda source, target: command)


def test_libreoffice_is_looked_for_on_the_path(monkeypatch: pytest.MonkeyPatch) -> None:
    from planwriter.pages.libreoffice import LibreOffice

    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert not LibreOffice().available()
    monkeypatch.setattr(shutil, "which", lambda name: "/opt/soffice")
    assert LibreOffice().available()


def test_word_is_asked_to_export_and_always_ended() -> None:
    told: list[str] = []

    class Document:
        def Repaginate(self) -> None:
            told.append("repaginate")

        def ExportAsFixedFormat(self, target: str, kind: int) -> None:
            told.append(f"export {target} {kind}")
            raise OSError

        def Close(self, saving: int) -> None:
            told.append(f"close {saving}")

    class Application:
        Documents = property(lambda self: self)

        def Open(self, source: str, **how: bool) -> Document:
            told.append(f"open {source} {how['ReadOnly']}")
            return Document()

        def Quit(self) -> None:
            told.append("quit")

    with pytest.raises(OSError):
        export(Application(), "a.docx", "a.pdf")
    assert told == ["open a.docx True", "repaginate", "export a.pdf 17", "close 0", "quit"]


@pytest.mark.skipif(sys.platform == "win32", reason="Word may be there")
def test_automation_is_not_at_hand_outside_windows() -> None:
    assert not OfficeAutomation("Word", "Word.Application").available()


def test_a_pdf_that_is_none_is_a_file_error() -> None:
    with pytest.raises(FileError, match="读不出来"):
        reading.read_pages(b"%PDF-1.4 nothing")
