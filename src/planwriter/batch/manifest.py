"""The manifest of a batch: an SQLite file in the output folder that knows what was done, what failed and why."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePath
from types import TracebackType
from typing import NamedTuple, Self

from planwriter.batch.announced import REMEMBERED, Announced
from planwriter.diagnostic import Diagnostic, FileError, Place, UsageError

NAME = REMEMBERED
VERSION = 2
PLANNED, DONE, FAILED, LEFT = "planned", "done", "failed", "left"
MAX_TOLD = 50
"""Diagnostics kept for one unit."""

_TABLES = """
CREATE TABLE IF NOT EXISTS runs (run INTEGER PRIMARY KEY, version TEXT NOT NULL, finished INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS units (
    id INTEGER PRIMARY KEY, run INTEGER NOT NULL, number INTEGER NOT NULL,
    source TEXT NOT NULL, at TEXT NOT NULL, template TEXT NOT NULL,
    unit TEXT NOT NULL, output TEXT NOT NULL, alike TEXT NOT NULL, digest TEXT NOT NULL, status TEXT NOT NULL,
    content TEXT NOT NULL DEFAULT '', size INTEGER NOT NULL DEFAULT 0, gaps INTEGER NOT NULL DEFAULT 0,
    told TEXT NOT NULL DEFAULT '', seconds REAL NOT NULL DEFAULT 0, refers TEXT NOT NULL DEFAULT '',
    UNIQUE (source, at, template)
);
CREATE TABLE IF NOT EXISTS former (
    alike TEXT NOT NULL, content TEXT NOT NULL, output TEXT NOT NULL, size INTEGER NOT NULL,
    source TEXT NOT NULL, at TEXT NOT NULL, template TEXT NOT NULL, unit TEXT NOT NULL,
    PRIMARY KEY (alike, content)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS extras (name TEXT NOT NULL, content TEXT NOT NULL, UNIQUE (name, content));
CREATE INDEX IF NOT EXISTS units_by_name ON units (alike, run);
CREATE INDEX IF NOT EXISTS units_by_number ON units (run, number);
CREATE TRIGGER IF NOT EXISTS documents_stay BEFORE UPDATE ON units
WHEN old.content<>'' AND (old.content<>new.content OR old.alike<>new.alike) BEGIN
    INSERT INTO former
    SELECT old.alike, old.content, old.output, old.size, old.source, old.at, old.template, old.unit
    WHERE NOT EXISTS (SELECT 1 FROM former WHERE alike=old.alike AND content=old.content);
END;
"""
_COLUMNS = "number, source, at, template, unit, output, digest, status, content, size, gaps, told, seconds, refers"
_LEFT = """
SELECT 0, source, at, template, unit, output, '', :left, content, size, 0, '', 0.0, '' FROM (
    SELECT source, at, template, unit, output, content, size, alike FROM units WHERE run<:run AND content<>''
    UNION ALL SELECT source, at, template, unit, output, content, size, alike FROM former
) AS one WHERE NOT EXISTS (
    SELECT 1 FROM units INDEXED BY units_by_name WHERE units.alike=one.alike AND run=:run AND status=:done
) GROUP BY alike ORDER BY output
"""


class Entry(NamedTuple):
    """One unit in the manifest. ``number`` is its place in the run, ``digest`` that of form, template and version,
    ``content`` that of the document, ``size`` its bytes, ``gaps`` what is left to fill in, ``told`` diagnostics as
    JSON without what the form says, ``seconds`` how long it took, ``refers`` the digests of further files that it was
    made of, as JSON."""

    number: int
    source: str
    at: str
    template: str
    unit: str
    output: str
    digest: str
    status: str
    content: str = ""
    size: int = 0
    gaps: int = 0
    told: str = ""
    seconds: float = 0.0
    refers: str = ""

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What was said about the unit, errors and warnings."""
        return tuple(_from_dict(one) for one in json.loads(self.told)) if self.told else ()


def told_of(diagnostics: Iterable[Diagnostic]) -> str:
    """Diagnostics as kept in the manifest: no values of the form beyond what a sentence must say."""
    plain = [{k: v for k, v in one.to_dict().items() if k != "found"} for one in diagnostics]
    return json.dumps(plain[:MAX_TOLD], ensure_ascii=False, separators=(",", ":")) if plain else ""


def _from_dict(plain: dict[str, object]) -> Diagnostic:
    from planwriter.diagnostic import Severity

    place = plain.get("place")
    known = {key: str(plain[key]) for key in ("expected", "hint", "source") if key in plain}
    return Diagnostic(str(plain["code"]), str(plain["message"]), Severity(str(plain["severity"])),
                      Place(**place) if isinstance(place, dict) else None, **known)  # fmt: skip


class Manifest:
    """The manifest of one folder, held for the time of a run: a second run there is refused meanwhile.

    Raises FileError for everything the disk or SQLite refuses. All writing happens in ``commit``ted groups.
    """

    def __init__(self, folder: Path, *, resume: bool, version: str) -> None:
        self.path = folder / NAME
        with _explained(self.path):
            if self.path.exists() and not resume:
                raise UsageError(_in_use(self.path))
            self._base = sqlite3.connect(self.path, isolation_level=None, timeout=0.5, cached_statements=32)
            try:
                self._open(version)
            except BaseException:
                self._base.close()
                raise

    def _open(self, version: str) -> None:
        for setting in ("locking_mode=EXCLUSIVE", "journal_mode=WAL", "synchronous=NORMAL"):
            self._base.execute(f"PRAGMA {setting}").fetchall()
        found = self._base.execute("PRAGMA user_version").fetchone()[0]
        if found > VERSION:
            raise FileError(_newer(self.path, found))
        if found == 1:
            self._base.execute("ALTER TABLE units ADD COLUMN refers TEXT NOT NULL DEFAULT ''")
        self._base.executescript(f"BEGIN;{_TABLES}PRAGMA user_version={VERSION};COMMIT;")
        self._base.execute("BEGIN IMMEDIATE")
        cursor = self._base.execute("INSERT INTO runs (version) VALUES (?)", (version,))
        self.run = int(cursor.lastrowid or 0)
        self._base.execute("COMMIT")
        self._base.execute("BEGIN IMMEDIATE")

    def known(self, source: str, at: str, template: str) -> Entry | None:
        """What earlier runs say of a unit."""
        return self._one("source=? AND at=? AND template=? AND run<?", source, at, template, self.run)

    def taken(self, alike: str) -> bool:
        """Whether a unit of this run has a name like this."""
        with _explained(self.path):
            found = self._base.execute(
                "SELECT 1 FROM units INDEXED BY units_by_name WHERE alike=? AND run=? LIMIT 1", (alike, self.run)
            ).fetchone()
        return found is not None

    def written(self, alike: str) -> str:
        """The digests of the documents that runs wrote under a name like this, with spaces between."""
        with _explained(self.path):
            found = self._base.execute(
                "SELECT content FROM units WHERE alike=:alike AND content<>''"
                " UNION SELECT content FROM former WHERE alike=:alike",
                {"alike": alike},
            ).fetchall()
        return " ".join(content for (content,) in found)

    def remember(self, standing: Iterable[tuple[Announced, str]]) -> None:
        """Know documents (with what their names are alike by) that a run wrote and was killed before it noted them."""
        rows = [(alike, one.content, one.output, one.size, one.source, one.at, one.template, PurePath(one.output).stem)
                for one, alike in standing]  # fmt: skip
        with _explained(self.path):
            self._base.executemany(
                "INSERT OR IGNORE INTO former SELECT ?1,?2,?3,?4,?5,?6,?7,?8"
                " WHERE NOT EXISTS (SELECT 1 FROM units INDEXED BY units_by_name WHERE alike=?1 AND content=?2)",
                rows,
            )
        self.commit()

    def left_over(self) -> Iterator[Entry]:
        """Documents of earlier runs under names that no document of this run has, by their names."""
        with _explained(self.path):
            for row in self._base.execute(_LEFT, {"run": self.run, "left": LEFT, "done": DONE}):
                yield Entry(*row)

    def _one(self, where: str, *values: object) -> Entry | None:
        with _explained(self.path):
            row = self._base.execute(f"SELECT {_COLUMNS} FROM units WHERE {where} LIMIT 1", values).fetchone()  # noqa: S608
        return Entry(*row) if row else None

    def put(self, entries: Iterable[tuple[Entry, str]]) -> None:
        """Note units (with what their names are alike by) in this run's order, not yet committed."""
        rows = [
            (self.run, e.number, e.source, e.at, e.template, e.unit, e.output, alike, e.digest, e.status,
             e.content, e.size, e.gaps, e.told, e.seconds, e.refers)
            for e, alike in entries
        ]  # fmt: skip
        with _explained(self.path):
            self._base.executemany(
                "INSERT INTO units (run, number, source, at, template, unit, output, alike, digest, status, content,"
                " size, gaps, told, seconds, refers) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"
                " ON CONFLICT (source, at, template)"
                " DO UPDATE SET run=excluded.run, number=excluded.number, unit=excluded.unit, output=excluded.output,"
                " alike=excluded.alike, digest=excluded.digest, status=excluded.status, content=excluded.content,"
                " size=excluded.size, gaps=excluded.gaps, told=excluded.told, seconds=excluded.seconds,"
                " refers=excluded.refers",
                rows,
            )

    def settle(self, entries: Iterable[Entry]) -> None:
        """Note what came of units of this run that were noted before, not yet committed."""
        rows = [(e.status, e.content, e.size, e.gaps, e.told, e.seconds, e.refers, self.run, e.number) for e in entries]
        with _explained(self.path):
            self._base.executemany(
                "UPDATE units SET status=?, content=?, size=?, gaps=?, told=?, seconds=?, refers=?"
                " WHERE run=? AND number=?",
                rows,
            )

    def commit(self) -> None:
        """Everything noted so far survives from here on."""
        with _explained(self.path):
            self._base.execute("COMMIT")
            self._base.execute("BEGIN IMMEDIATE")

    def finish(self) -> None:
        """The run has come to its end."""
        with _explained(self.path):
            self._base.execute("UPDATE runs SET finished=1 WHERE run=?", (self.run,))
        self.commit()

    def entries(self, *, by_output: bool = False) -> Iterator[Entry]:
        """The units of this run in their order, or in that of the names of their outputs."""
        order = "output, number" if by_output else "number"
        with _explained(self.path):
            found = self._base.execute(f"SELECT {_COLUMNS} FROM units WHERE run=? ORDER BY {order}", (self.run,))  # noqa: S608
            for row in found:
                yield Entry(*row)

    def note_extra(self, name: str, content: str) -> None:
        """Remember the digest of a further file before it gets its name, so that a later run may replace it."""
        with _explained(self.path):
            self._base.execute("INSERT OR IGNORE INTO extras VALUES (?, ?)", (name, content))
        self.commit()

    def is_extra(self, name: str, content: str) -> bool:
        """Whether a batch in this folder made a file of this name and digest."""
        with _explained(self.path):
            found = self._base.execute("SELECT 1 FROM extras WHERE name=? AND content=?", (name, content)).fetchone()
        return found is not None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        try:
            with _explained(self.path):
                self._base.execute("COMMIT")
        except FileError:
            if kind is None:
                raise
        finally:
            with contextlib.suppress(sqlite3.Error):
                self._base.close()


@contextlib.contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as fault:
        raise FileError(_fault(path, fault)) from fault
    except OSError as fault:
        raise FileError(_fault(path, sqlite3.OperationalError(fault.strerror or ""))) from fault


def _fault(path: Path, fault: sqlite3.Error) -> Diagnostic:
    said = str(fault)
    place = Place(str(path))
    if "locked" in said:
        return Diagnostic(
            "batch-folder-busy", "另一个批量生成正在写这个文件夹", place=place, hint="等它做完，或换一个输出文件夹"
        )
    if "full" in said:
        return Diagnostic("batch-disk-full", "磁盘空间不足，做到这里停下了", place=place,
                          hint="清理磁盘后加 --resume 再运行一次，做完的不会重做")  # fmt: skip
    if "not a database" in said or "malformed" in said:
        return Diagnostic("batch-manifest-damaged", "这个文件夹的清单已损坏", place=place,
                          hint="删去这个文件，再换一个空的输出文件夹重做")  # fmt: skip
    return Diagnostic("batch-manifest-fault", "批量生成的清单读不了或写不了", place=place, found=said[:80],
                      hint="检查输出文件夹能不能写入，再加 --resume 运行一次")  # fmt: skip


def _newer(path: Path, found: int) -> Diagnostic:
    return Diagnostic("batch-manifest-newer", "这个文件夹的清单由较新的版本写成", place=Place(str(path)),
                      found=str(found), expected=str(VERSION), hint="升级 planwriter 后再做")  # fmt: skip


def _in_use(path: Path) -> Diagnostic:
    return Diagnostic("batch-resume", "这个文件夹里已有一批的清单，没有改动它", place=Place(str(path)),
                      hint="接着做就加上 --resume；要另做一批，就换一个文件夹")  # fmt: skip
