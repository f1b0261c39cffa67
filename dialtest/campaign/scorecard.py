"""Holds what was found against what was planted: recall, false alarms, and the power to see intermittent faults."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from dialtest.campaign.plan import PlannedCase
from dialtest.campaign.power import detection_power
from dialtest.model.finding import Finding
from dialtest.policy.policy import Policy
from dialtest.sandbox.faults.fault import Fault
from dialtest.sandbox.planted import Planted


@dataclass(frozen=True, slots=True)
class Score:
    """One fault on one service: how often it strikes, in how many dials it can show, with what power, found or not."""

    fault: str
    rule: str
    service: str
    share: float
    dials: int
    power: float
    found: bool


@dataclass(frozen=True, slots=True)
class Scorecard:
    """All scores, and the findings nothing planted explains."""

    scores: tuple[Score, ...]
    false_alarms: tuple[Finding, ...]

    @property
    def found(self) -> int:
        return sum(score.found for score in self.scores)

    @property
    def missed(self) -> tuple[Score, ...]:
        """Faults that strike every time, met by a dial that can show them, and not found: there must be none."""
        return tuple(score for score in self.scores if not score.found and score.share >= 1 and score.dials)

    @property
    def intermittent(self) -> tuple[Score, ...]:
        """Faults that strike a share of dials: found with the stated power, no more."""
        return tuple(score for score in self.scores if score.share < 1)

    def as_json(self) -> dict[str, object]:
        """Plain values for JSON."""
        return {
            "planted": len(self.scores),
            "found": self.found,
            "missed": len(self.scores) - self.found,
            "missed_striking_every_time": [asdict(score) for score in self.missed],
            "intermittent": [asdict(score) for score in self.intermittent],
            "false_alarms": len(self.false_alarms),
        }


def score(
    planted: Iterable[Planted], findings: Sequence[Finding], cases: Iterable[PlannedCase], policy: Policy
) -> Scorecard:
    """Hold findings against planted faults.

    A fault is found on a service when its own rule has a finding there; a finding is a false alarm when no fault
    planted on its service, on the one dialled, or spilling over from another of its provider, is known to have that
    trace. Dials are those of the scenario that shows the fault, begun
    while what it does is a breach; control numbers watch all services at once.
    """
    planted, cases = tuple(planted), tuple(cases)
    hits = {(f"{found.provider_code}/{found.service_code}", found.rule) for found in findings}
    scores = [
        _score(fault, service, _dials(fault, service, cases, policy), hits)
        for fault in planted
        for service in sorted(fault.services)
    ]
    traces = {(service, rule) for fault in planted for service in fault.services for rule in _traces(fault)}
    spilt = {
        (service.partition("/")[0], rule)
        for fault in planted
        if _fault(fault).spills_over
        for service in fault.services
        for rule in _traces(fault)
    }
    dialled = {case.case: case.service for case in cases}
    alarms = tuple(
        found
        for found in findings
        if (f"{found.provider_code}/{found.service_code}", found.rule) not in traces
        and (dialled.get(found.case), found.rule) not in traces
        and (found.provider_code, found.rule) not in spilt
    )
    return Scorecard(tuple(scores), alarms)


def _score(planted: Planted, service: str, dials: int, hits: set[tuple[str, str]]) -> Score:
    fault = _fault(planted)
    power = detection_power(planted.share, dials)
    return Score(planted.fault, fault.rule, service, planted.share, dials, power, (service, fault.rule) in hits)


def _fault(planted: Planted) -> Fault:
    if not isinstance(planted.conduct, Fault):
        raise TypeError(f"{planted.fault} is planted without a rule that must catch it")
    return planted.conduct


def _traces(planted: Planted) -> frozenset[str]:
    fault = _fault(planted)
    return frozenset({fault.rule}) | fault.also | fault.also_with_second_yes


def _dials(planted: Planted, service: str, cases: Sequence[PlannedCase], policy: Policy) -> int:
    fault = _fault(planted)
    since = planted.since
    if fault.breach_from is not None:
        since = max(since or policy.midnight(fault.breach_from), policy.midnight(fault.breach_from))
    return sum(
        case.scenario == fault.scenario
        and (case.service == service or fault.preys_on_idle_numbers())
        and (since is None or case.starts_at >= since)
        and (planted.until is None or case.starts_at < planted.until)
        for case in cases
    )
