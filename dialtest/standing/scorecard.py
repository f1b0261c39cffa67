"""Holds what was found against what was planted: recall, false alarms, and the power to see intermittent faults."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import select

from dialtest.campaign.judging import verdicts_in
from dialtest.campaign.plan import PlannedCase
from dialtest.evidence import schema
from dialtest.evidence.journal import Journal
from dialtest.model.finding import Finding
from dialtest.policy.policy import Policy
from dialtest.sandbox.faults.fault import Fault
from dialtest.sandbox.planted import Planted
from dialtest.standing.power import detection_power


@dataclass(frozen=True, slots=True)
class Score:
    """One fault on one service: how often it strikes, in how many dials it could show, with what power, found or not.

    A dial whose network was down or whose number ran out of money, so that the rule could not judge, is none of them.
    """

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
        """Faults that strike every time, met by a dial that could show them, and not found: there must be none."""
        return tuple(score for score in self.scores if not score.found and score.share >= 1 and score.dials)

    @property
    def untested(self) -> tuple[Score, ...]:
        """Faults that no dial met in a way that could show them."""
        return tuple(score for score in self.scores if not score.found and not score.dials)

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
            "untested": [asdict(score) for score in self.untested],
            "intermittent": [asdict(score) for score in self.intermittent],
            "false_alarms": len(self.false_alarms),
        }


@dataclass(frozen=True, slots=True)
class Dial:
    """A dial that was completed: what was planned, when it ended, and the rules that could not judge it."""

    planned: PlannedCase
    ended_at: datetime
    undecided: frozenset[str]


def dials_made(journal: Journal, cases: Iterable[PlannedCase]) -> tuple[Dial, ...]:
    """Those of `cases` that were completed and judged."""
    planned = {case.case: case for case in cases}
    judged, made = schema.judgements.c, schema.cases.c
    query = select(made.case, made.closed_at, judged.verdicts)
    query = query.where(made.case == judged.case, made.state == "completed")
    with journal.reading() as connection:
        rows = connection.execute(query).all()
    return tuple(
        Dial(planned[case], datetime.fromisoformat(ended_at), _undecided(verdicts, case))
        for case, ended_at, verdicts in rows
        if case in planned
    )


def _undecided(verdicts: str, case: str) -> frozenset[str]:
    return frozenset(rule for rule, verdict in verdicts_in(verdicts, case).items() if verdict == "inconclusive")


def score(planted: Iterable[Planted], findings: Sequence[Finding], dials: Iterable[Dial], policy: Policy) -> Scorecard:
    """Hold findings against planted faults.

    A fault is found on a service when its own rule has a finding there; a finding is a false alarm when no fault
    planted on its service, on the one dialled, or spilling over from another of its provider, is known to have that
    trace. Dials are those of the scenario that shows the fault, begun while what it does is a breach, ended before it
    was mended, and judged; control numbers watch all services at once.
    """
    planted, dials = tuple(planted), tuple(dials)
    hits = {(f"{found.provider_code}/{found.service_code}", found.rule) for found in findings}
    scores = [
        _score(fault, service, _dials(fault, service, dials, policy), hits)
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
    dialled = {dial.planned.case: dial.planned.service for dial in dials}
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


def _dials(planted: Planted, service: str, dials: Sequence[Dial], policy: Policy) -> int:
    fault = _fault(planted)
    since = planted.since
    if fault.breach_from is not None:
        since = max(since or policy.midnight(fault.breach_from), policy.midnight(fault.breach_from))
    return sum(
        dial.planned.scenario == fault.scenario
        and fault.rule not in dial.undecided
        and (dial.planned.service == service or fault.preys_on_idle_numbers())
        and (dial.planned.companion or not fault.needs_companion)
        and (since is None or dial.planned.starts_at >= since)
        and (planted.until is None or dial.ended_at < planted.until)
        for dial in dials
    )
