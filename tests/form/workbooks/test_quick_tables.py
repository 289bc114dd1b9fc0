"""Tables are read by a quick road where they are as spreadsheets write them: it says what the careful road says."""

from __future__ import annotations

import io
import pickle
import re
import zipfile
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from planwriter.diagnostic import FormError
from planwriter.form.workbook import read_roster
from planwriter.form.workbook.cells import Sheet, open_sheets, open_table_sheets
from planwriter.form.workbook.quick_book import quick_sheets
from planwriter.form.workbook.tables import read_table
from planwriter.placed import place_of
from tests.form.workbooks.making import repacked, table

SHEET, STRINGS, STYLES = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"
PLAIN = table(("名单", [["单位全称", "期间"], ["甲县妇联", "2027年"]]))


def sheet_of(rows: str, strings: str | None = None, tail: str = "", head: str = "") -> bytes:
    """A workbook with such rows, shared texts, and XML behind and before the rows."""

    def cells(content: bytes) -> bytes:
        made = f"{head}<sheetData>{rows}</sheetData>{tail}".encode()
        return re.sub(rb"<sheetData>.*</sheetData>", lambda _: made, content, flags=re.S)

    def texts(content: bytes) -> bytes:
        made = (strings or "").encode()
        return re.sub(rb"(<sst[^>]*>).*</sst>", lambda found: found[1] + made + b"</sst>", content, flags=re.S)

    return repacked(PLAIN, {SHEET: cells, **({} if strings is None else {STRINGS: texts})})


def row(cells: str, number: int = 1) -> str:
    return f'<row r="{number}">{cells}</row>'


def shown(sheets: list[Sheet]) -> list[Any]:
    """All that a sheet says: names, merged cells, every value and what is said of it."""
    found = []
    for sheet in sheets:
        rows: list[Any] = []
        for number, values in enumerate(sheet.rows()):
            told: list[Any] = []
            texts = [sheet.text(number, at, value, told) for at, value in enumerate(values)]
            typed = [(type(value), repr(value)) for value in values]
            while texts and not texts[-1] and typed[-1][0] is str:
                del texts[-1], typed[-1]
            rows.append((texts, typed, told))
        while rows and rows[-1] == ([], [], []):
            rows.pop()
        found.append((sheet.file, sheet.name, sheet.hidden, sheet.merged, rows))
    return found


def both(data: bytes) -> bool:
    """Whether the quick road reads the file; where it does, the careful road says the same."""
    quick = quick_sheets(data, "名单.xlsx")
    if quick is None:
        return False
    by_quick = [Sheet("名单.xlsx", name, hidden, cells, cells.faults) for name, hidden, cells in quick]
    assert shown(by_quick) == shown(open_sheets(data, "名单.xlsx")[0])
    return True


TEXTS = {
    "plain": "<t>甲县妇联</t>", "spaces around": "<t> \t甲\n </t>", "spaces kept": '<t xml:space="preserve"> 甲 </t>',
    "wide spaces": "<t>\u3000甲\u00a0</t>", "entities": "<t>a&amp;b&lt;&gt;&quot;&apos;&#10;&#x41;</t>",
    "entities twice": "<t>&amp;amp;lt;</t>", "spaces by number": "<t>&#32;甲&#32;</t>", "line breaks": "<t>a\r\nb\rc\nd</t>",
    "returns of excel": "<t>甲_x000D_乙 _x0041_ _x005F_x0041_</t>", "an escape by number": "<t>&#95;x0041_</t>",
    "half of a pair": "<t>_xD83D__xDE00_</t>", "a short escape": "<t>_x41_ _x</t>", "nothing": "<t/>", "empty": "<t></t>", "no text": "",
    "signs": "<t>a>b\"c'd]]></t>", "beyond the plane": "<t>𠮷😀</t>", "a control sign": "<t>a\x01\x0b</t>", "a mark": "<t>\ufeffa</t>",
}  # fmt: skip
SHARED_TEXTS = TEXTS | {
    "reading aids": '<t>甲</t><rPh sb="0" eb="1"><t>jia</t></rPh><phoneticPr fontId="1" type="noConversion"/>',
    "no conversion": '<t>甲</t><phoneticPr fontId="1" type="noConversion"/>',
    "rich": '<r><t>甲 </t></r><r><rPr><b/><sz val="11"/></rPr><t xml:space="preserve"> 乙</t></r>',
    "rich with aids": '<r><rPr><b/></rPr><t>甲</t></r><rPh sb="0" eb="1"><t>x</t></rPh><phoneticPr fontId="1"/>',
    "rich with entities": "<r><t>&lt;_x000D_</t></r><r><t/></r>",
}  # fmt: skip


@pytest.mark.parametrize("kind", SHARED_TEXTS)
def test_a_shared_text_is_read_alike(kind: str) -> None:
    strings = f"<si>{SHARED_TEXTS[kind]}</si><si><t>乙</t></si>\n<si>{SHARED_TEXTS[kind]}</si>"
    used = [f'<c r="A{n}" t="s"><v>{n % 3}</v></c><c r="B{n}" s="0" t="s"><v>1</v></c>' for n in range(1, 40)]
    assert both(sheet_of("".join(row(cells, n) for n, cells in enumerate(used, 1)), strings))


@pytest.mark.parametrize("kind", TEXTS)
def test_a_text_of_its_own_is_read_alike(kind: str) -> None:
    inline = f'<c r="B{{n}}" t="inlineStr"><is>{TEXTS[kind]}</is></c>'
    of_formula = TEXTS[kind].replace("<t", "<v").replace("</t", "</v").replace(' xml:space="preserve"', "")
    strings = (
        f'<c r="C{{n}}" t="str">{of_formula}</c><c r="D{{n}}" t="str"><f>A1&amp;"x"</f>{of_formula or "<v>x</v>"}</c>'
    )
    rows = "".join(row((inline + strings).replace("{n}", str(n)), n) for n in range(1, 40))
    assert both(sheet_of(rows)) == (kind not in ("nothing", "no text"))
    assert both(sheet_of("".join(row(inline.replace("{n}", str(n)), n) for n in range(1, 40)))) == (
        kind not in ("nothing", "no text")
    )


CELLS = {
    "a number": '<c r="A1"><v>1</v></c>', "a fraction": '<c r="A1" t="n"><v>1.50</v></c>', "a power": '<c r="A1"><v>1E-3</v></c>',
    "a sign": '<c r="A1"><v>+5</v></c><c r="B1"><v>-.5</v></c><c r="C1"><v>5.</v></c><c r="D1"><v>-0</v></c>',
    "a long number": '<c r="A1"><v>123456789012345678</v></c>', "too large a number": '<c r="A1"><v>1e999</v></c>',
    "a truth": '<c r="A1" t="b"><v>1</v></c><c r="B1" t="b"><v>0</v></c>', "an error": '<c r="A1" t="e"><v>#N/A</v></c><c r="B1"><v>1</v></c>',
    "an error of a formula": '<c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c>', "a formula": '<c r="A1"><f>1+1</f><v>2</v></c>',
    "a shared formula": '<c r="A1"><f t="shared" si="0"/><v>2</v></c>', "a formula without result": '<c r="A1"><f>1+1</f></c>',
    "a formula of openpyxl": '<c r="A1"><f>1+1</f><v /></c>', "a formula with an empty result": '<c r="A1" t="str"><f>""</f><v></v></c>',
    "a cell without a value": '<c r="A1"/><c r="B1" s="0" /><c r="C1"></c><c r="D1"><v></v></c><c r="E1"><v/></c><c r="F1"><v>1</v></c>',
    "no value of a type": '<c r="A1" t="s"/><c r="B1" t="n" /><c r="C1" t="inlineStr"/><c r="D1" t="str"/><c r="E1" t="s"><v></v></c><c r="F1"><v>1</v></c>',
    "a gap": '<c r="C1"><v>1</v></c><c r="AA1"><v>1</v></c>', "a style that is not there": '<c r="A1" s="999" t="s"><v>1</v></c>',
    "a padded index": '<c r="A1" t="s"><v>01</v></c>',
}  # fmt: skip
STRANGE = {
    "a comment": '<c r="A1"><v>1</v></c><!-- x -->', "a section": '<c r="A1" t="inlineStr"><is><t><![CDATA[x]]></t></is></c>',
    "a rich text of its own": '<c r="A1" t="inlineStr"><is><r><t>x</t></r></is></c>', "a word for a number": '<c r="A1"><v>abc</v></c>',
    "no number": '<c r="A1"><v>nan</v></c>', "an underline": '<c r="A1"><v>1_0</v></c>', "spaces": '<c r="A1"><v> 1 </v></c>', "no place": "<c><v>1</v></c>",
    "a place twice": '<c r="A1"><v>1</v></c><c r="A1"><v>2</v></c>', "backwards": '<c r="B1"><v>1</v></c><c r="A1"><v>2</v></c>',
    "another row": '<c r="A2"><v>1</v></c>', "an index beyond": '<c r="A1" t="s"><v>99</v></c>', "a date as text": '<c r="A1" t="d"><v>2026-01-02T00:00:00</v></c>',
    "an unknown type": '<c r="A1" t="x"><v>1</v></c>', "an unknown entity": '<c r="A1" t="str"><v>&foo;</v></c>', "a bare sign": '<c r="A1" t="str"><v>a & b</v></c>',
    "no character": '<c r="A1" t="str"><v>&#0;</v></c>', "single quotes": "<c r='A1'><v>1</v></c>", "more attributes": '<c r="A1" cm="1"><v>1</v></c>',
    "another order": '<c t="str" r="A1"><v>x</v></c>', "small letters": '<c r="a1"><v>1</v></c>', "a prefix": '<x:c r="A1"><x:v>1</x:v></x:c>',
    "a number of digits without end": f'<c r="A1" t="s"><v>{"9" * 5000}</v></c>', "far to the right": '<c r="ZZ1"><v>1</v></c>',
}  # fmt: skip


@pytest.mark.parametrize("kind", CELLS)
def test_a_cell_is_read_alike_alone_and_among_many(kind: str) -> None:
    assert both(sheet_of(row(CELLS[kind])))
    many = (row(re.sub(r'r="([A-Z]+)1"', rf'r="\g<1>{n}"', CELLS[kind]), n) for n in range(1, 40))
    assert both(sheet_of("".join(many)))
    assert both(sheet_of("".join(many_with(CELLS[kind]))))


def many_with(odd: str, among: int = 25) -> list[str]:
    """Rows alike, one of which has other cells."""
    alike = '<c r="A{n}" t="s"><v>0</v></c><c r="B{n}"><v>7</v></c>'
    return [
        row(re.sub(r'r="([A-Za-z]+)1"', rf'r="\g<1>{n}"', odd) if n == among else alike.replace("{n}", str(n)), n)
        for n in range(1, 60)
    ]


@pytest.mark.parametrize("kind", STRANGE)
def test_a_strange_cell_is_left_to_the_careful_road(kind: str) -> None:
    for rows in (row(STRANGE[kind]), "".join(many_with(STRANGE[kind]))):
        data = sheet_of(rows)
        assert quick_sheets(data, "名单.xlsx") is None
        try:
            careful = shown(open_sheets(data, "名单.xlsx")[0])
        except FormError as refused:
            with pytest.raises(FormError) as caught:
                open_table_sheets(data, "名单.xlsx")
            assert caught.value.diagnostics == refused.diagnostics
        else:
            assert shown(open_table_sheets(data, "名单.xlsx")) == careful


ONE = '<c r="A{n}"><v>{n}</v></c>'
USUAL_ROWS = {
    "gaps": "".join(row(ONE.format(n=n), n) for n in (3, 4, 9, 40)),
    "empty rows": row(ONE.format(n=1)) + '<row r="2"/><row r="3" spans="1:2" /><row r="4"></row>' + row(ONE.format(n=5), 5),
    "only empty rows": '<row r="2"/>', "nothing": "", "a new line after each": "\n".join(row("\n" + ONE.format(n=n), n) for n in range(1, 40)) + "\n",
    "attributes": "".join(f'<row r="{n}" spans="1:1" customFormat="false" ht="12.8" x14ac:dyDescent="0.2">{ONE.format(n=n)}</row>' for n in range(1, 40)),
    "ragged": "".join(row("".join(f'<c r="{"ABCDE"[i]}{n}" t="str"><v>{n}{i}</v></c>' for i in range(5) if (n * 7 + i) % 3), n) for n in range(1, 80)),
    "mixed": "".join(row([f'<c r="A{n}" t="s"><v>1</v></c>', f'<c r="A{n}" t="b"><v>1</v></c>', f'<c r="A{n}" s="0"><v>{n}</v></c>', f'<c r="A{n}" s="0"/>'][n % 4], n) for n in range(1, 200)),
}  # fmt: skip
STRANGE_ROWS = {
    "no number": "<row><c><v>1</v></c></row>", "a number twice": row(ONE.format(n=5), 5) + row('<c r="B5"><v>1</v></c>', 5),
    "backwards": row(ONE.format(n=5), 5) + row(ONE.format(n=3), 3), "a number twice in a row": f'<row r="1" r="2">{ONE.format(n=1)}</row>',
    "an attribute that is none": f'<row r="1" hidden>{ONE.format(n=1)}</row>', "a comment between": row(ONE.format(n=1)) + "<!-- x -->",
    "text between": row(ONE.format(n=1)) + "x", "a prefix": '<x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row>', "an open row": f'<row r="1">{ONE.format(n=1)}',
    "two ends": row(ONE.format(n=1)) + "</sheetData><sheetData>" + row(ONE.format(n=2), 2),
}  # fmt: skip


@pytest.mark.parametrize("kind", USUAL_ROWS)
def test_rows_are_read_alike(kind: str) -> None:
    assert both(sheet_of(USUAL_ROWS[kind]))


@pytest.mark.parametrize("kind", STRANGE_ROWS)
def test_strange_rows_are_left_to_the_careful_road(kind: str) -> None:
    usual = "".join(row(ONE.format(n=n), n) for n in range(1, 40))
    later = re.sub(r'r="([A-Z]*)(\d)"', lambda found: f'r="{found[1]}{int(found[2]) + 40}"', STRANGE_ROWS[kind])
    for rows in (STRANGE_ROWS[kind], usual + later):
        assert quick_sheets(sheet_of(rows), "名单.xlsx") is None


FORMATS = (
    "General", "0.00", "yyyy-mm-dd", 'yyyy"年"m"月"d"日"', "h:mm", "[h]:mm", "mm:ss.0", "yyyy/m/d h:mm", '"日"0', "[Red]0", "@", "[$-804]yyyy", "d", "0;[s]0",
    "m/d/yy", "h:mm AM/PM", "\\d0", "aaaa", "[DBNum1]yyyy",
)  # fmt: skip
NUMBERS = (0.0, 0.5, 1.0, 59.0, 60.0, 61.25, 45000.0, 45000.99999, 45000.123456789, 2958465.0, 2958466.0, -1.5, 12345.0)


BUILTIN = (14, 15, 20, 22, 45, 46, 47, 27, 30, 36, 50, 57)
WHOLE = tuple(number for number in NUMBERS if number.is_integer())
QUICK = {"General", "yyyy-mm-dd", 'yyyy"年"m"月"d"日"', "m/d/yy", "@", 14}
"""Formats that show a whole number, or all of a date."""


@pytest.mark.parametrize("since", [1900, 1904])
@pytest.mark.parametrize("numbers", [NUMBERS, WHOLE], ids=["any", "whole"])
@pytest.mark.parametrize("form", [*FORMATS, *BUILTIN], ids=str)
def test_a_number_is_what_its_style_says(form: str | int, numbers: tuple[float, ...], since: int) -> None:
    """What a format shows otherwise than its value says is left to the careful road."""

    def draw(book: Any, sheets: dict[str, Any]) -> None:
        look = book.add_format({"num_format": form})
        for number in range(40):
            sheets["名单"].write_number(number, 0, numbers[number % len(numbers)], look)

    quick = both(table(("名单", []), draw=draw, date_1904=since == 1904))
    assert quick or form not in QUICK or numbers is NUMBERS


@pytest.mark.parametrize("number", [1e9, -1e9, 1e300])
def test_a_number_that_no_date_can_be_is_told_at_its_row(number: float) -> None:
    def draw(book: Any, sheets: dict[str, Any]) -> None:
        sheets["名单"].write_number(1, 1, number, book.add_format({"num_format": "[h]:mm"}))

    data = table(("名单", [["单位全称", "期间"]]), draw=draw)
    for read in (open_table_sheets, lambda data, name: open_sheets(data, name)[0]):
        with pytest.raises(FormError) as caught:
            list(read(data, "名单.xlsx")[0].rows())
        assert [str(one.place) for one in caught.value.diagnostics] == ["名单.xlsx 名单!A2"]


def test_what_a_style_means_is_asked_for_each_number_once() -> None:
    day = date(2026, 3, 8)
    rows = [[f"单位{n}", day + timedelta(n % 300), n / 7, n % 2 == 0, n % 60] for n in range(3000)]
    assert both(table(("名单", rows), default_date_format="yyyy-mm-dd"))


def test_a_date_with_a_time_is_seen_as_its_format_says() -> None:
    rows = [[f"单位{n}", datetime(2026, 1, 1, n % 24, n % 60)] for n in range(30)]
    assert not both(table(("名单", rows), default_date_format="yyyy-mm-dd"))


def test_several_sheets_hidden_ones_and_merged_cells_are_read_alike() -> None:
    def draw(book: Any, sheets: dict[str, Any]) -> None:
        sheets["隐藏"].hide()
        sheets["藏得深"].very_hidden()
        sheets["名单"].merge_range("A2:A9", "城关镇")
        sheets["名单"].merge_range("C1:D1", "标题")
        sheets["名单"].freeze_panes(1, 0)
        sheets["名单"].data_validation("B2:B9", {"validate": "list", "source": ["甲", "乙"]})
        sheets["名单"].write_comment("B3", "批注")
        sheets["名单"].write_url("B4", "https://example.invalid/?a=1&b=2", None, "网址")

    rows = [[f"{n}", "甲"] for n in range(30)]
    assert both(table(("隐藏", rows), ("名单", rows), ("藏得深", [["x"]]), ("空", []), draw=draw))


CHANGES = {
    "no sheet data": (SHEET, lambda c: re.sub(rb"<sheetData>.*</sheetData>", b"<sheetData/>", c, flags=re.S), True),
    "another namespace": (SHEET, lambda c: c.replace(b"spreadsheetml/2006", b"spreadsheetml/2007"), False),
    "a prefix for the main names": (SHEET, lambda c: c.replace(b"<worksheet xmlns=", b"<worksheet xmlns:x="), False),
    "a byte order mark": (SHEET, lambda c: b"\xef\xbb\xbf" + c, True),
    "a comment before": (SHEET, lambda c: c.replace(b"<sheetData>", b"<!-- <row/> --><sheetData>"), False),
    "a second table of rows": (SHEET, lambda c: c.replace(b"</worksheet>", b"<sheetData/></worksheet>"), False),
    "a broken end": (SHEET, lambda c: c.replace(b"</worksheet>", b"</worksheets>"), False),
    "a prefix that is nowhere declared": (
        SHEET, lambda c: c.replace(b"</sheetData>", b'</sheetData><x:a/>'), False,
    ),
    "a binding with such a prefix": ("xl/workbook.xml", lambda c: c.replace(b"<sheets>", b"<x:a/><sheets>"), False),
    "a strange merge": (SHEET, lambda c: c.replace(b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A1"/></mergeCells>'), False),
    "a doctype": (SHEET, lambda c: c.replace(b"<worksheet", b"<!DOCTYPE x []><worksheet", 1), False),
    "another encoding": (SHEET, lambda c: c.replace(b"UTF-8", b"GB2312"), False),
    "bytes that are no text": (SHEET, lambda c: c.replace(b"<v>0</v>", b"<v>\xff</v>").replace(b't="s"', b't="str"'), False),
    "strings in another encoding": (STRINGS, lambda c: c.replace(b"UTF-8", b"GB2312"), False),
    "strings with a comment": (STRINGS, lambda c: c.replace(b"<si>", b"<!-- --><si>", 1), False),
    "strings with a section": (STRINGS, lambda c: c.replace("期间".encode(), b"<![CDATA[x]]>"), False),
    "strings with a prefix": (STRINGS, lambda c: c.replace(b"<si>", b"<x:si>").replace(b"</si>", b"</x:si>"), False),
    "strings cut short": (STRINGS, lambda c: c.replace(b"</sst>", b""), False),
    "a string with a bare sign": (STRINGS, lambda c: c.replace("期间".encode(), b"a & b"), False),
    "broken styles": (STYLES, lambda c: c[:-20], False),
}  # fmt: skip


@pytest.mark.parametrize("kind", CHANGES)
def test_what_stands_around_the_rows_must_be_as_it_usually_is(kind: str) -> None:
    part, change, usual = CHANGES[kind]
    data = repacked(PLAIN, {part: change})
    try:
        careful = shown(open_sheets(data, "名单.xlsx")[0])
    except FormError as refused:
        with pytest.raises(FormError) as caught:
            open_table_sheets(data, "名单.xlsx")
        assert caught.value.diagnostics == refused.diagnostics
        assert not usual
    else:
        assert shown(open_table_sheets(data, "名单.xlsx")) == careful
        assert both(data) == usual


def test_a_row_of_another_shape_is_found_anywhere() -> None:
    """A sheet of many pieces: odd rows at the joints, at the first and at the last row."""
    book = xlsxwriter.Workbook(out := io.BytesIO(), {"in_memory": True})
    page = book.add_worksheet("名单")
    for number in range(20_000):
        values: list[Any] = [f"单位{number}", "县妇联", number, f"文字{number % 7}", "很长" * (number % 50)]
        if number % 997 in (0, 1):
            values = [None, number, "x"]
        if 9000 < number < 9400:
            values = values[::-1]
        page.write_row(number, 0, values)
    book.close()
    assert both(out.getvalue())


FOUND = st.one_of(
    st.none(), st.booleans(), st.text(max_size=9), st.integers(-(10**16), 10**16), st.sampled_from([" 甲 ", "a\nb", "_x000D_", "&<>", "=1+1", "01"]),
    st.floats(allow_nan=False, allow_infinity=False, width=32), st.dates(date(1901, 1, 1)), st.datetimes(datetime(1950, 1, 1)), st.times(),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(FOUND, max_size=7), max_size=25), st.booleans(), st.booleans())
def test_any_table_is_read_alike(rows: list[list[Any]], inline: bool, since_1904: bool) -> None:
    rows = [[_kept(value) for value in one] for one in rows]
    quick = both(
        table(("名单", rows), constant_memory=inline, date_1904=since_1904, default_date_format="yyyy-mm-dd hh:mm")
    )
    assert quick or any(isinstance(value, datetime | date | time) for one in rows for value in one)


def _kept(value: Any) -> Any:
    """What a workbook can hold: no lone surrogates, no links, no dates before those of 1904."""
    if isinstance(value, str):
        return value.encode("utf-8", "ignore").decode() if "://" not in value else ""
    return max(value, type(value)(1905, 1, 1)) if isinstance(value, date) else value


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_change_of_the_xml_is_read_alike_or_refused_alike(data: st.DataObject) -> None:
    """One piece of the XML of a sheet left out, doubled or exchanged for another."""
    xml = zipfile.ZipFile(io.BytesIO(VARIED)).read(SHEET)
    pieces = re.findall(rb"<[^<>]*>|[^<>]+", xml)
    at = data.draw(st.integers(0, len(pieces) - 1))
    instead = data.draw(
        st.sampled_from(
            [b"", pieces[at] * 2, *pieces[-12:], b"<v>1</v>", b"&amp;", b"&x;", b"7", b"</row>", b'<c r="Z9"/>']
        )
    )
    changed = b"".join([*pieces[:at], instead, *pieces[at + 1 :]])
    file = repacked(VARIED, {SHEET: lambda _: changed})
    try:
        careful = shown(open_sheets(file, "名单.xlsx")[0])
    except FormError:
        assert quick_sheets(file, "名单.xlsx") is None
    else:
        assert shown(open_table_sheets(file, "名单.xlsx")) == careful


VARIED = table(
    (
        "名单",
        [
            ["单位", "数", "日", "真"],
            *([f"甲{n}", n, date(2026, 1, 1 + n), n % 2 == 0, None, "x&y"] for n in range(14)),
        ],
    ),
    default_date_format="yyyy-mm-dd",
)


def test_a_merged_cell_gives_its_value_to_every_row_it_covers_in_rosters_and_tables() -> None:
    def draw(book: Any, sheets: dict[str, Any]) -> None:
        sheets["名单"].merge_range("C2:C4", "城关镇")
        sheets["名单"].merge_range("C5:D6", "东乡")

    data = table(("名单", [["单位全称", "期间", "镇"], *([f"{n}村", "2027年"] for n in range(1, 7))]), draw=draw)
    expected = ["城关镇"] * 3 + ["东乡"] * 2 + [""]
    assert [one.values["镇"] for one in read_table(data, "名单.xlsx")] == expected
    careful = repacked(data, {SHEET: lambda c: c.replace(b"<sheetData>", b"<sheetData><!-- -->")})
    assert quick_sheets(careful, "名单.xlsx") is None
    assert [one.values["镇"] for one in read_table(careful, "名单.xlsx")] == expected


def test_merged_cells_without_end_do_not_hold_up_the_reading() -> None:
    """Each of twenty thousand ranges covers all rows: they are followed, never unfolded."""
    ranges = "".join(f'<mergeCell ref="A{n}:A199999"/>' for n in range(2, 20_002))
    tail = f"<mergeCells>{ranges}</mergeCells>"
    rows = "".join(
        row(f'<c r="A{n}" t="str"><v>单位全称</v></c><c r="B{n}" t="str"><v>期间</v></c>', n) for n in (1, 2, 300)
    )
    assert len(list(read_roster(sheet_of(rows, tail=tail), "名单.xlsx"))) == 299


def test_what_a_roster_says_of_its_cells_is_the_same_by_both_roads() -> None:
    """Places, remarks and values of every row, with the rows sent to another process and back."""

    def draw(book: Any, sheets: dict[str, Any]) -> None:
        sheets["名单"].write_formula("D3", "=1/0", None, "#DIV/0!")
        sheets["名单"].write_number("A5", 12345678901234567)
        sheets["名单"].merge_range("B6:B9", "2027年上半年")

    rows = [
        [f"{n}村", "2027年", date(2026, 12, 20), "甲\n乙", "一段。" if n % 2 else "1. 一\n2. 二"] for n in range(20)
    ]
    heads = ["单位全称", "期间", "成文日期", "主送机关", "引言"]
    data = table(("名单", [heads, *rows]), draw=draw, default_date_format="yyyy-mm-dd")
    careful = repacked(data, {SHEET: lambda c: c.replace(b"<sheetData>", b"<sheetData><!-- -->")})
    assert quick_sheets(data, "名单.xlsx") is not None
    assert quick_sheets(careful, "名单.xlsx") is None

    def all_of(file: bytes) -> list[Any]:
        roster = read_roster(file, "名单.xlsx")
        read = [pickle.loads(pickle.dumps(one)) for one in roster] + list(read_roster(file, "名单.xlsx"))
        return [roster.notices, *((one.number, placed(one.form), one.diagnostics) for one in read)]

    assert all_of(data) == all_of(careful)
    assert len(all_of(data)[0]) == 1
    assert sorted({one.code for _, _, told in all_of(data)[1:] for one in told}) == [
        "form-error-cell",
        "form-long-number",
    ]


def placed(value: Any) -> Any:
    """Data with the place of everything in it."""
    inner: Any = str(value)
    if isinstance(value, dict):
        inner = {key: placed(one) for key, one in value.items()}
    elif isinstance(value, list):
        inner = [placed(one) for one in value]
    return inner, str(place_of(value))
