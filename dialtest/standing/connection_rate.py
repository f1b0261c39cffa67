"""The hotline's connection rate 接通率 as test calls met it (H2, D7): for each brand, against the brand's standard."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import select

from dialtest.evidence import schema
from dialtest.evidence.journal import Journal
from dialtest.folder.campaign import Campaign
from dialtest.policy.policy import Policy
from dialtest.standing.agent_call import AgentCall, agent_calls
from dialtest.standing.power import wilson

LEAST_CALLS = 10
"""Fewer are too few to say how a brand stands to its standard (ours)."""

RINGS = ".call("

Verdict = Literal["kept", "below", "unknown"]


@dataclass(frozen=True, slots=True)
class ConnectionRate:
    """Calls an agent answered of calls that asked for one; who took the self-service asked for none any more (H3), and
    who would wait less than callers ordinarily do says nothing of how many are answered.

    `low` and `high`: the Wilson interval of the share. `standard`: the brand's; None where the policy has none.
    """

    brand: str
    asked: int
    answered: int
    low: float
    high: float
    standard: float | None

    @property
    def rate(self) -> float:
        """The share itself."""
        return self.answered / self.asked

    @property
    def verdict(self) -> Verdict:
        """Whether the whole interval lies on one side of the standard; else so few calls do not say."""
        if self.standard is None or self.asked < LEAST_CALLS:
            return "unknown"
        return "kept" if self.low >= self.standard else "below" if self.high < self.standard else "unknown"


def connection_rates(calls: Iterable[AgentCall], policy: Policy, on: datetime) -> tuple[ConnectionRate, ...]:
    """One rate for each brand that was called from, by the standards in force at `on`; early calls count in none."""
    hotline = policy.terms(on).hotline
    standards = {desk.brand: desk.standard for desk in hotline.desks} if hotline else {}
    known = [call for call in calls if not call.early]
    rates = []
    for brand in policy.brands:
        heard = [call.answered for call in known if call.brand == brand]
        if heard:
            answered, asked = sum(heard), len(heard)
            rates.append(ConnectionRate(brand, asked, answered, *wilson(answered, asked), standards.get(brand)))
    return tuple(rates)


def calls_made(campaign: Campaign, journal: Journal) -> list[AgentCall]:
    """The calls of the whole campaign that asked for an agent.

    Looked at are cases of scenarios that ring, as the campaign's folder has them now; other records are not read.
    """
    rings = [one.name for file in campaign.scenario_files if RINGS in file.text for one in file.scenarios]
    return [call for case in _cases(journal, rings) for call in agent_calls(journal.records_of(case), campaign.policy)]


def _cases(journal: Journal, scenarios: Sequence[str]) -> list[str]:
    cases = schema.cases.c
    query = select(cases.case).where(cases.scenario.in_(scenarios)).order_by(cases.case)
    with journal.reading() as connection:
        return list(connection.execute(query).scalars())
