"""A matter 事项 for the meeting: the findings of one rule against one service, and how they stand to earlier weeks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from dialtest.campaign.power import wilson
from dialtest.clock import Week
from dialtest.model.finding import SEVERITIES, BreachClass, Finding, Severity
from dialtest.policy.policy import Policy
from reports.case_summary import CaseSummary

Status = Literal["new", "repeated", "fixed", "quiet"]


@dataclass(frozen=True, slots=True)
class Rate:
    """`found` of `dials`, and the Wilson 95 % interval of the share, each end in 0…1."""

    found: int
    dials: int

    @property
    def interval(self) -> tuple[float, float]:
        return wilson(self.found, self.dials)


@dataclass(frozen=True, slots=True)
class Matter:
    """`this_week` are the findings due in the reported week, oldest first; `before` counts earlier ones.

    `rate` counts independent dials of the service with a verdict on the rule, to date; `clean_since` those of them
    that began after the last finding, ended in the reported week and were clean; `billed_fen` adds this week's cases.
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
    clean_since: int
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
    clean_since = 0 if this_week else _clean_since(last, cases, weeks)
    return Matter(
        provider_code=last.provider_code,
        provider_name=names.get(last.provider_code, ""),
        service_code=last.service_code,
        service_name=names.get(f"{last.provider_code}/{last.service_code}", ""),
        rule=last.rule,
        severity=max((finding.severity for finding in findings), key=SEVERITIES.index),
        breach=last.breach,
        status=_status(bool(this_week), bool(before), clean_since),
        this_week=this_week,
        before=len(before),
        last_week=sum(finding.due_at >= weeks.last_starts for finding in before),
        rate=_rate(last.rule, {finding.case for finding in findings}, cases),
        clean_since=clean_since,
        billed_fen=sum(billed_fen.get(finding.key, 0) for finding in this_week),
    )


def _status(now: bool, before: bool, clean_since: int) -> Status:
    if now:
        return "repeated" if before else "new"
    return "fixed" if clean_since else "quiet"


def _rate(rule: str, found_in: Set[str], cases: Sequence[CaseSummary]) -> Rate:
    """A verdict of finding may be another service's: only this service's own findings count as found."""
    judged = [c.case for c in cases if c.independent and c.verdicts.get(rule) in ("finding", "clean")]
    return Rate(sum(case in found_in for case in judged), len(judged))


def _clean_since(last: Finding, cases: Sequence[CaseSummary], weeks: _Weeks) -> int:
    """Clean dials that could show a cure: begun after the last finding was due, ended in the reported week."""
    return sum(
        case.independent
        and case.closed_at is not None
        and case.closed_at >= weeks.starts
        and case.opened_at > last.due_at
        and case.verdicts.get(last.rule) == "clean"
        for case in cases
    )
