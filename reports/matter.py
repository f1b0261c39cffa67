"""A matter 事项 for the meeting: the findings of one rule against one service, and how they stand to earlier weeks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from dialtest.clock import Week
from dialtest.model.finding import SEVERITIES, BreachClass, Finding, Severity
from dialtest.policy.policy import Policy
from dialtest.standing.power import CONFIDENCE, detection_power, wilson
from reports.case_summary import CaseSummary

Status = Literal["new", "repeated", "fixed", "quiet"]


@dataclass(frozen=True, slots=True)
class Rate:
    """`found` of `dials`, and the Wilson 95 % interval of the share, each end in 0…1."""

    found: int
    dials: int

    @property
    def share(self) -> float:
        """0 of no dials."""
        return self.found / self.dials if self.dials else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        return wilson(self.found, self.dials)


@dataclass(frozen=True, slots=True)
class Cure:
    """What speaks for a matter being fixed: dials of the scenarios that showed it, begun after its last finding.

    `clean` of them were clean, `this_week` says whether one of those ended in the reported week; `power` is the chance
    that so many dials would have met the fault if it still struck as often as before.
    """

    clean: int
    this_week: bool
    power: float

    @property
    def shown(self) -> bool:
        """Whether the meeting may take it as fixed."""
        return self.this_week and self.power >= CONFIDENCE


@dataclass(frozen=True, slots=True)
class Matter:
    """`this_week` are the findings due in the reported week, oldest first; `before` counts earlier ones.

    `rate` counts independent dials of the service with a verdict on the rule, to date; `billed_fen` adds this week's
    cases.
    """

    provider_code: str
    provider_name: str
    service_code: str
    service_name: str
    rule: str
    severity: Severity
    breach: BreachClass
    status: Status
    this_week: tuple[Finding, ...]
    before: int
    last_week: int
    rate: Rate
    cure: Cure
    billed_fen: int

    @property
    def key(self) -> tuple[str, str, str]:
        return (self.provider_code, self.service_code, self.rule)

    @property
    def anchor(self) -> str:
        """A name for links inside the document: letters, digits and hyphens, different for every matter."""
        return "f-" + "/".join(self.key).encode().hex()

    @property
    def harm(self) -> tuple[object, ...]:
        """Sorts the most harmful first: severity, then cases, then money, then names, so that the order is total."""
        cases = len(self.this_week) or self.before
        return (-SEVERITIES.index(self.severity), -cases, -self.billed_fen, *self.key)


def matters(
    findings: Sequence[Finding], cases: Sequence[CaseSummary], week: Week, policy: Policy, names: Mapping[str, str]
) -> tuple[Matter, ...]:
    """Every matter known at the end of `week`, most harmful first. `names` gives service and provider names by code."""
    by_key: dict[tuple[str, str, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        by_key[finding.key[:3]].append(finding)
    by_service: dict[tuple[str, str], list[CaseSummary]] = defaultdict(list)
    for case in cases:
        by_service[case.service.provider_code, case.service.service_code].append(case)
    billed_fen = {key: fen for case in cases for key, fen in case.billed_fen.items()}
    found = [
        _matter(group, by_service[key[:2]], _Weeks.of(week, policy), billed_fen, names) for key, group in by_key.items()
    ]
    return tuple(sorted(found, key=lambda matter: matter.harm))


@dataclass(frozen=True, slots=True)
class _Weeks:
    """The borders of the reported week and the one before."""

    last_starts: datetime
    starts: datetime
    ends: datetime

    @classmethod
    def of(cls, week: Week, policy: Policy) -> _Weeks:
        return cls(week.previous.start(policy.zone), week.start(policy.zone), week.end(policy.zone))


def _matter(
    findings: Sequence[Finding],
    cases: Sequence[CaseSummary],
    weeks: _Weeks,
    billed_fen: Mapping[tuple[str, str, str, str], int],
    names: Mapping[str, str],
) -> Matter:
    this_week = tuple(finding for finding in findings if finding.due_at >= weeks.starts)
    before = [finding for finding in findings if finding.due_at < weeks.starts]
    last = findings[-1]
    found_in = {finding.case for finding in findings}
    cure = _cure(last, found_in, cases, weeks)
    return Matter(
        provider_code=last.provider_code,
        provider_name=names.get(last.provider_code, ""),
        service_code=last.service_code,
        service_name=names.get(f"{last.provider_code}/{last.service_code}", ""),
        rule=last.rule,
        severity=max((finding.severity for finding in findings), key=SEVERITIES.index),
        breach=last.breach,
        status=_status(bool(this_week), bool(before), cure),
        this_week=this_week,
        before=len(before),
        last_week=sum(finding.due_at >= weeks.last_starts for finding in before),
        rate=_rate(last.rule, found_in, cases),
        cure=cure,
        billed_fen=sum(billed_fen.get(finding.key, 0) for finding in this_week),
    )


def _status(now: bool, before: bool, cure: Cure) -> Status:
    if now:
        return "repeated" if before else "new"
    return "fixed" if cure.shown else "quiet"


def _rate(rule: str, found_in: Set[str], cases: Sequence[CaseSummary]) -> Rate:
    """A verdict of finding may be another service's: only this service's own findings count as found."""
    judged = [c.case for c in cases if c.independent and c.verdicts.get(rule) in ("finding", "clean")]
    return Rate(sum(case in found_in for case in judged), len(judged))


def _cure(last: Finding, found_in: Set[str], cases: Sequence[CaseSummary], weeks: _Weeks) -> Cure:
    """A dial of another scenario, or one begun before the last finding was due, shows no cure."""
    showing = {case.scenario for case in cases if case.case in found_in}
    like = [case for case in cases if case.scenario in showing]
    earlier = _rate(last.rule, found_in, [case for case in like if case.opened_at <= last.due_at])
    later = [case for case in like if case.opened_at > last.due_at and case.independent]
    ended = [case.closed_at for case in later if case.closed_at and case.verdicts.get(last.rule) == "clean"]
    share = (earlier.found + 1) / (earlier.dials + 2)  # Laplace's rule of succession: 2 of 2 is not yet “always”
    return Cure(len(ended), any(at >= weeks.starts for at in ended), detection_power(share, len(ended)))
