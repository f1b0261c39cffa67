"""Which service is dialled with which scenario, number and team, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class PlannedCase:
    """One dial to be made. `case` names it for ever; `earlier` are services this number ordered in earlier cases."""

    case: str
    service: str
    scenario: str
    msisdn: str
    starts_at: datetime
    earlier: tuple[str, ...] = ()
