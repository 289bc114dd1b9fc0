"""Excel: forms for one plan, rosters of many units, read back by content and sent back with remarks."""

from planwriter.form.workbook.reading import read_workbook
from planwriter.form.workbook.returning import return_workbook
from planwriter.form.workbook.roster import Roster, RosterRow, read_roster, write_roster
from planwriter.form.workbook.writing import write_workbook

__all__ = [
    "Roster", "RosterRow", "read_roster", "read_workbook", "return_workbook", "write_roster", "write_workbook",
]  # fmt: skip
