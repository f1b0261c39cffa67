"""Call records as a hotline's `GET /calls` gives them: JSON pages, one or many, laid out as a table."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import msgspec

from dialtest.errors import DialtestError
from dialtest.language import _

LARGEST = 500_000_000
COLUMNS = ("call", "msisdn", "brand", "kind", "began_at", "asked_at", "answered_at", "left_at", "ended_at", "wait_s",
           "handled_s", "outcome", "batch", "called_back_at", "server")  # fmt: skip


def is_json(file: Path) -> bool:
    """Whether a file begins as JSON does."""
    try:
        with file.open("rb") as opened:
            return opened.read(1_000).lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[")
    except (OSError, ValueError):
        return False


def lay_out_json(file: Path, target: Path, name: str) -> None:
    """Write the calls of a JSON file as CSV: a page `{"calls": […]}`, a list of calls, or one of either a line.

    Rows of the table count from 2, calls of the file from 1. Raises DialtestError where it is no such file; `name` is
    what the user calls it.
    """
    if file.stat().st_size > LARGEST:
        raise _refused(name, _("it has more than 500 MB"))
    try:
        with target.open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out, lineterminator="\n")
            writer.writerow(COLUMNS)
            for call in _calls(file.read_bytes().removeprefix(b"\xef\xbb\xbf")):
                writer.writerow([_cell(call.get(column)) for column in COLUMNS])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _refused(name, str(error)[:200]) from None


def _calls(content: bytes) -> Iterator[dict[str, object]]:
    try:
        values = [msgspec.json.decode(content)]
    except msgspec.DecodeError:
        values = [msgspec.json.decode(line) for line in content.splitlines() if line.strip()]
    for value in values:
        calls = value.get("calls", [value]) if isinstance(value, dict) else value
        for call in calls if isinstance(calls, list) else []:
            if not isinstance(call, dict):
                raise msgspec.DecodeError("a call is no object")
            yield call


def _cell(value: object) -> str:
    """A value as one cell on one line."""
    text = "" if value is None else str(value)
    return " ".join(text[:1_000].replace("\x00", "\ufffd").split())


def _refused(name: str, reason: str) -> DialtestError:
    return DialtestError(
        _("{path} holds no calls as JSON: {reason}.").format(path=name, reason=reason),
        _("Give what GET /calls answered, one answer a line where there are several, or a table."),
    )
