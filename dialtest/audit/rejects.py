"""Rejected rows told: the first hundred in words, all of them counted by cause, and every one in a file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from dialtest.audit.workspace import Workspace
from dialtest.language import _
from dialtest.problem import SHOWN, Problem, Problems

REJECTS_FILE = "rejects.csv"


def rejected(workspace: Workspace, more: Mapping[str, tuple[str, str]] | None = None) -> Problems:
    """The first hundred rejected rows, by file and row, and the counts of all.

    more: causes beside those of the audits, each with what was expected and what to do.
    """
    expected = {**_expected(), **(more or {})}
    problems = Problems()
    for cause, count in workspace.rows("SELECT cause, count(*) FROM rejected GROUP BY cause ORDER BY 2 DESC, 1"):
        problems.causes[str(cause)] = int(str(count))
    first = (
        "SELECT file, row_number, cause, coalesce(field, ''),"
        " coalesce(CASE WHEN field IS NULL THEN left(line, 200) ELSE found END, '') FROM rejected"
        f" ORDER BY file, row_number, cause LIMIT {SHOWN}"
    )
    for file, row, cause, field, found in workspace.rows(first):
        wanted, remedy = expected[str(cause)]
        problems.first.append(Problem(str(file), str(cause), remedy, str(found), wanted, int(str(row)), str(field)))
    return problems


def write_rejects(workspace: Workspace, folder: Path) -> Path | None:
    """Write every rejected row to a file in `folder`; None where there is none (and one of an earlier run is gone)."""
    path = folder / REJECTS_FILE
    if not workspace.number("SELECT count(*) FROM rejected"):
        path.unlink(missing_ok=True)
        return None
    columns = (
        f"{cell('file')} AS file, row_number AS row, cause, {cell('field')} AS field, {cell('found')} AS found,"
        f" {cell('line')} AS line"
    )
    workspace.write(f"SELECT {columns} FROM rejected ORDER BY file, row_number, cause", path)
    return path


def cell(column: str) -> str:
    """SQL for a text from outside as a spreadsheet may show it: nothing it would run, no control characters."""
    harmless = f"regexp_full_match({column}, '[A-Za-z0-9][ -~]*')"
    plain = f"regexp_replace({column}, '[\\x00-\\x1f\\x7f]', ' ', 'g')"
    runs = f"regexp_matches({plain}, '^[-=+@]') AND NOT regexp_full_match({plain}, '[-+]?[0-9.]+')"
    return f"CASE WHEN {harmless} THEN {column} WHEN {runs} THEN '''' || {plain} ELSE {plain} END"


def _expected() -> Mapping[str, tuple[str, str]]:
    """Cause → what was expected, and what to do."""
    correct = _("Correct the row in its source and export it again.")
    delimiter = _("Look for a delimiter missing, or one inside a text without quotes.")
    return {
        "impossible number": (_("a number of 5 to 20 digits"), correct),
        "impossible code": (_("at most 32 letters, digits, dots and dashes"), correct),
        "impossible time": (_("a time such as 2006-07-01 10:05:00 or 20060701100500"), correct),
        "impossible fee": (
            _("whole fen, such as 3000; in a column of yuan at most two decimals"),
            correct,
        ),
        "negative fee": (_("a fee of at least 0"), _("Keep refunds and reversals out of the charge records.")),
        "unknown kind": (_("monthly or per_use"), correct),
        "unknown status": (_("active or withdrawn"), correct),
        "unknown brand": (_("a brand the market knows, such as 神州行"), correct),
        "unknown type": (_("a service type such as sms or wap"), correct),
        "unknown unit": (_("month or week"), correct),
        "missing name": (_("the name as it is filed"), correct),
        "missing sender": (_("the port it was sent from"), correct),
        "missing text": (_("the text that was sent"), correct),
        "impossible part or batch": (_("a whole number of at least 1"), correct),
        "missing id": (_("an id of 1 to 64 characters"), correct),
        "duplicate id": (
            _("an id no other record has"),
            _("One of them was audited; see that no export is twice here."),
        ),
        "duplicate row": (
            _("one row for each order of a subscription"),
            _("The newest was compared; see that no export is twice here."),
        ),
        "too few columns": (_("as many columns as the header"), delimiter),
        "too many columns": (_("as many columns as the header"), delimiter),
        "broken quotation": (_("quotation marks that are closed"), correct),
        "undecodable text": (_("UTF-8 or GB18030 text"), _("Export it again as CSV (UTF-8).")),
        "control characters": (_("printable text"), correct),
        "line too long": (_("a line of less than a million bytes"), correct),
    }
