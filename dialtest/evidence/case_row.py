"""What the table of cases says of a case, as it follows from the case's own records."""

from __future__ import annotations

from typing import Any

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
        "opened_at": record.at.isoformat(),
        "closed_at": None,
        "state": "open",
        "reason": "",
        "records": 0,
        "head": None,
    }


def closed_row(record: Closed, records: int, head: bytes) -> dict[str, Any]:
    """What changes in the row when the case is closed, its chain having `records` records and ending in `head`."""
    return {
        "closed_at": record.at.isoformat(),
        "state": record.state,
        "reason": record.reason,
        "records": records,
        "head": head,
    }
