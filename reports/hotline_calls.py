"""The hotline's connection rate 接通率 as test calls met it, brand by brand, against the brand's standard (D7, H2)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from dialtest.policy.policy import Policy
from dialtest.standing.agent_call import AgentCall
from dialtest.standing.connection_rate import LEAST_CALLS
from reports.matter import Rate


@dataclass(frozen=True, slots=True)
class ConnectionRate:
    """Calls an agent answered of calls that asked for one; `standard` is the brand's, None where there is none."""

    brand: str
    rate: Rate
    standard: float | None

    @property
    def below(self) -> bool:
        """Whether the whole 95 % interval lies below the standard; fewer than ten calls never say so."""
        return self.standard is not None and self.rate.dials >= LEAST_CALLS and self.rate.interval[1] < self.standard


def connection_rates(calls: Iterable[AgentCall], policy: Policy, on: datetime) -> tuple[ConnectionRate, ...]:
    """One rate for each brand that was called from, by the standards in force at `on`; early calls count in none."""
    hotline = policy.terms(on).hotline
    standards = {desk.brand: desk.standard for desk in hotline.desks} if hotline else {}
    known = [call for call in calls if not call.early]
    rates = []
    for brand in policy.brands:
        answered = [call.answered for call in known if call.brand == brand]
        if answered:
            rates.append(ConnectionRate(brand, Rate(sum(answered), len(answered)), standards.get(brand)))
    return tuple(rates)


def early_calls(calls: Iterable[AgentCall]) -> Rate:
    """The early calls of all brands, and how many of them an agent answered all the same."""
    answered = [call.answered for call in calls if call.early]
    return Rate(sum(answered), len(answered))
