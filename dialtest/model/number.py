"""A test number 拨测号码: a SIM the test team owns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Team = Literal["data_centre", "call_centre", "third_party", "provider"]

TEAMS: tuple[Team, ...] = ("data_centre", "call_centre", "third_party", "provider")


@dataclass(frozen=True, slots=True)
class Number:
    """`control` marks a number that never orders anything: whatever it is charged for was forced on it.

    `provider_code` says which provider a number of the team `provider` belongs to: it dials that one's services only.
    """

    msisdn: str
    brand: str
    region: str = ""
    site: str = ""
    team: Team = "data_centre"
    control: bool = False
    provider_code: str = ""
