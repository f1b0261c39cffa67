"""Reads call records: whatever is wrong is rejected by row and cause, and the rest becomes arrays."""

from __future__ import annotations

import gzip
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from dialtest.audit.export_file import GZIP
from dialtest.audit.intake import Intake
from dialtest.audit.rejects import rejected
from dialtest.audit.workspace import Workspace
from dialtest.errors import DialtestError
from dialtest.language import _
from dialtest.policy.policy import Policy
from dialtest.problem import Problems
from load.calibration.call_columns import BANK_LAYOUT, CALL_LAYOUT, OUTCOMES
from load.calibration.call_faults import BANK_SQL, call_sql, expected_calls
from load.calibration.call_records import NOBODY, CallRecords, Codes
from load.calibration.json_calls import is_json, lay_out_json
from load.law import Array

UNPACKED_LIMIT = 4_000_000_000
PIECE = 1 << 20
AUDIT_DOCUMENT, DOCUMENT = "docs/audit.md", "docs/surge-calibration.md"
"""Where the audits' messages send their readers, and where they find the columns of calls."""
MOST_CALLS = 30_000_000
MOST_WORDS = 200
"""So many brands or kinds of call are told apart; the rest is without one."""


@dataclass(frozen=True, slots=True)
class ReadCalls:
    """The calls that can be used, how many rows there were in all, and what was wrong with the others."""

    records: CallRecords
    rows: int
    problems: Problems


def read_calls(workspace: Workspace, policy: Policy, file: Path) -> ReadCalls:
    """Read a CSV, JSON (either also .gz), Parquet or XLSX file of call records.

    Raises DialtestError where it is none, or where no row of it can be used.
    """
    unpacked = _unpacked(workspace, file)
    if is_json(unpacked):
        table = workspace.folder / "calls-of-json.csv"
        lay_out_json(unpacked, table, str(file))
        unpacked = table
    bank = _is_bank(unpacked)
    intake = Intake(workspace, policy, "call_rows", BANK_LAYOUT if bank else CALL_LAYOUT)
    try:
        intake.take([unpacked])
    except DialtestError as error:
        told = error.problem.replace(str(unpacked), str(file)), error.remedy
        raise DialtestError(*(one.replace(AUDIT_DOCUMENT, DOCUMENT) for one in told)) from None
    _judge(workspace, intake, BANK_SQL if bank else call_sql(intake.parts[0].export.places))
    workspace.run("", "UPDATE rejected SET file = ?", [str(file)])
    problems = rejected(workspace, expected_calls())
    return ReadCalls(_records(workspace, policy, file, intake.total, problems), intake.total, problems)


def _unpacked(workspace: Workspace, file: Path) -> Path:
    """The file itself, or what is packed in it, in the workspace."""
    try:
        with file.open("rb") as opened:
            if opened.read(2) != GZIP:
                return file
        workspace.tell(_("Unpacking {file}").format(file=file))
        target = workspace.folder / f"unpacked-{file.stem}"
        with gzip.open(file) as packed, target.open("wb") as out:
            size = 0
            while piece := packed.read(PIECE):
                size += len(piece)
                if size > UNPACKED_LIMIT:
                    raise _damaged(file, _("it holds more than 4 GB"))
                out.write(piece)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise _damaged(file, str(error)[:100]) from None
    except OSError as error:
        raise DialtestError(
            _("{path} cannot be read: {reason}.").format(path=file, reason=error.strerror),
            _("Check the name and the permissions."),
        ) from None
    return target


def _damaged(file: Path, reason: str) -> DialtestError:
    return DialtestError(
        _("{path} cannot be unpacked: {reason}.").format(path=file, reason=reason),
        _("Nothing of it was used. Fetch the file again, or unpack it first."),
    )


def _is_bank(file: Path) -> bool:
    """Whether the first line names the bank's columns."""
    try:
        with file.open("rb") as opened:
            return b"vru_entry" in opened.readline(65_536).lower()
    except (OSError, ValueError):
        return False


def _judge(workspace: Workspace, intake: Intake, sql: str) -> None:
    """Fill `judged` with the rows whose columns can be read; those with a fault also go among the rejected."""
    (part,) = intake.parts
    doing = _("Judging the calls of {file}").format(file=part.export.name)
    rows_read = f"({part.chosen('TRUE')})"
    workspace.run(doing, f"CREATE TABLE worked AS {sql.replace('rows_read', rows_read)}")
    workspace.run(
        doing,
        "CREATE TABLE judged AS SELECT * REPLACE (CASE WHEN fault IS NULL AND one_call IS NOT NULL AND"
        " row_number() OVER (PARTITION BY one_call, fault IS NULL ORDER BY row_number) > 1 THEN 'duplicate id'"
        " ELSE fault END AS fault) FROM worked",
    )
    shown = ", ".join(f"coalesce(CAST({name} AS VARCHAR), '–')" for name in intake.names)
    workspace.run(
        doing,
        f"INSERT INTO rejected SELECT '', row_number, fault, NULL, NULL, concat_ws(' ', {shown})"
        " FROM judged WHERE fault IS NOT NULL",
    )


def _records(workspace: Workspace, policy: Policy, file: Path, rows: int, problems: Problems) -> CallRecords:
    good = workspace.number("SELECT count(*) FROM judged WHERE fault IS NULL")
    if not good:
        causes = ", ".join(f"{_(cause)} {count:,}" for cause, count in problems.causes.most_common())
        raise DialtestError(
            _("{path} has no call that can be used: {rows} rows, {causes}.").format(
                path=file, rows=f"{rows:,}", causes=causes or _("nothing in them")
            ),
            _("Look at the first rows; docs/surge-calibration.md names the columns."),
        )
    if good > MOST_CALLS:
        raise DialtestError(
            _("{path} has {rows} calls; {most} are the limit.").format(
                path=file, rows=f"{good:,}", most=f"{MOST_CALLS:,}"
            ),
            _("Split it by month."),
        )
    brands, kinds = _words(workspace, "brand"), _words(workspace, "kind")
    outcomes = ", ".join(f"'{outcome}'" for outcome in OUTCOMES)
    columns = workspace.columns(
        "SELECT epoch(came_at) AS at_s, coalesce(epoch(left_at), epoch(came_at) + coalesce(waited_s, 0)) AS left_s,"
        " CAST(waited_s AS DOUBLE) AS wait_s, CAST(served_s AS DOUBLE) AS handled_s,"
        f" list_position([{outcomes}], outcome) - 1 AS outcome, batch,"
        " CASE WHEN msisdn IS NOT NULL THEN dense_rank() OVER (ORDER BY msisdn) END AS caller,"
        f" {_place('brand', brands)} AS brand, {_place('kind', kinds)} AS kind"
        " FROM judged WHERE fault IS NULL ORDER BY came_at, row_number"
    )
    return CallRecords(
        at_s=_lengths(columns["at_s"]),
        left_s=_lengths(columns["left_s"]),
        wait_s=_lengths(columns["wait_s"]),
        handled_s=_lengths(columns["handled_s"]),
        outcome=_codes(columns["outcome"]),
        caller=_codes(columns["caller"]),
        brand=_codes(columns["brand"]),
        kind=_codes(columns["kind"]),
        batch=_codes(columns["batch"]),
        brands=brands,
        kinds=kinds,
        zone=policy.zone,
    )


def _lengths(column: Any) -> Array:
    return np.asarray(np.ma.filled(np.ma.asarray(column).astype(np.float64), np.nan), dtype=np.float64)


def _codes(column: Any) -> Codes:
    return np.asarray(np.ma.filled(np.ma.asarray(column).astype(np.int64), NOBODY), dtype=np.int64)


def _words(workspace: Workspace, column: str) -> tuple[str, ...]:
    """The words of a column, the most frequent first."""
    query = (
        f"SELECT {column} FROM judged WHERE fault IS NULL AND {column} IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, 1"
    )
    return tuple(str(word) for (word,) in workspace.rows(f"{query} LIMIT {MOST_WORDS}"))


def _place(column: str, words: tuple[str, ...]) -> str:
    quoted = ", ".join("'" + word.replace("'", "''") + "'" for word in words)
    return f"list_position(CAST([{quoted}] AS VARCHAR[]), {column}) - 1"
