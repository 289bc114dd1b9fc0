"""Make a table's column list agree with its rows after a loop added or removed cells."""

from __future__ import annotations

from lxml import etree

from planwriter.word.markup import w


def fit_columns(root: etree._Element) -> None:
    """Add or remove ``w:gridCol`` in every table, keeping the table's width, as docxtpl does."""
    for table in root.iter(w("tbl")):
        grid = table.find(w("tblGrid"))
        if grid is not None:
            _add_columns(grid, max((len(r.findall(w("tc"))) for r in table.iter(w("tr"))), default=0))
            _remove_columns(grid, max((_width(r) for r in table.iter(w("tr"))), default=0))


def _width(row: etree._Element) -> int:
    """Grid columns a row takes up."""
    spans = (cell.find(f"{w('tcPr')}/{w('gridSpan')}") for cell in row.findall(w("tc")))
    return sum(1 if s is None else int(s.get(w("val"), "1")) for s in spans)


def _add_columns(grid: etree._Element, cells: int) -> None:
    columns = grid.findall(w("gridCol"))
    missing = cells - len(columns)
    width = sum(float(c.get(w("w"), "0")) for c in columns)
    if missing <= 0 or width <= 0:
        return
    old_average, new_average = width / len(columns), width / cells
    for column in columns:
        column.set(w("w"), str(int(float(column.get(w("w"), "0")) * new_average / old_average)))
    for _ in range(missing):
        etree.SubElement(grid, w("gridCol"), {w("w"): str(int(new_average))})


def _remove_columns(grid: etree._Element, cells: int) -> None:
    columns = grid.findall(w("gridCol"))
    surplus = columns[cells:]
    removed = sum(float(c.get(w("w"), "0")) for c in surplus)
    for column in surplus:
        grid.remove(column)
    left = columns[:cells]
    extra = int(removed / len(left)) if surplus and left else 0
    for column in left if surplus else ():
        column.set(w("w"), str(int(float(column.get(w("w"), "0")) + extra)))
