"""What the table of cases says of a case, as it follows from the case's own records."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from msgspec import to_builtins

from dialtest.evidence.record import Closed, Opened


def opened_row(record: Opened) -> dict[str, Any]:
    """The row of a case that is under way."""
    return {
        "case": record.case,
        "provider_code": record.service.provider_code,
        "service_code": record.service.service_code,
        "scenario": record.scenario,
        "team": record.number.team,
        "msisdn": record.number.msisdn,
        "origin": record.origin,
        "opened_at": _written(record.at),
        "closed_at": None,
        "state": "open",
        "reason": "",
        "records": 0,
        "head": None,
    }


def closed_row(record: Closed, records: int, head: bytes) -> dict[str, Any]:
    """What changes in the row when the case is closed, its chain having `records` records and ending in `head`."""
    return {
        "closed_at": _written(record.at),
        "state": record.state,
        "reason": record.reason,
        "records": records,
        "head": head,
    }


def _written(at: datetime) -> str:
    """A time as records have it; to_builtins takes a fifth of the time of isoformat."""
    text: str = to_builtins(at)
    return text
