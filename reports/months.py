"""Calendar months of a campaign: which there are, and how often its dials met a breach in each (D9)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from dialtest.model.finding import BREACH_CLASSES, BreachClass, Finding
from dialtest.policy.policy import Policy
from dialtest.review.retest import is_retest
from reports.case_summary import CaseSummary
from reports.matter import Rate


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """Written `2006-07`."""

    year: int
    month: int

    @classmethod
    def of(cls, day: date) -> Month:
        """The one a day, or a time in its own zone, lies in."""
        return cls(day.year, day.month)

    @property
    def first_day(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def next(self) -> Month:
        return Month(self.year + self.month // 12, self.month % 12 + 1)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


@dataclass(frozen=True, slots=True)
class MonthRates:
    """Independent dials begun in one month, retests aside, that could be judged: how many met a breach, of any class
    and of each.
    """

    month: Month
    any: Rate
    by_breach: Mapping[BreachClass, Rate]


def months_between(first: Month, last: Month) -> tuple[Month, ...]:
    """Every month from the first to the last."""
    found = [first]
    while found[-1] < last:
        found.append(found[-1].next)
    return tuple(found)


def month_of(when: datetime, policy: Policy) -> Month:
    """The month of a time on the market's calendar."""
    return Month.of(policy.local(when))


def judged(cases: Iterable[CaseSummary], met: Mapping[str, frozenset[BreachClass]]) -> list[CaseSummary]:
    """The cases a rate counts: independent, and conclusive or with a finding all the same (D1). A retest dials what was
    found at fault before, and would make later months look worse than they are.
    """
    chosen = (case for case in cases if case.independent and not is_retest(case.case))
    return [case for case in chosen if case.conclusive or case.case in met]


def classes_met(findings: Sequence[Finding]) -> Mapping[str, frozenset[BreachClass]]:
    """The breach classes each case met."""
    met: dict[str, set[BreachClass]] = defaultdict(set)
    for finding in findings:
        met[finding.case].add(finding.breach)
    return {case: frozenset(classes) for case, classes in met.items()}


def month_rates(
    cases: Iterable[CaseSummary], met: Mapping[str, frozenset[BreachClass]], policy: Policy
) -> tuple[MonthRates, ...]:
    """Month by month, from the first in which a dial was begun to the last; one without a dial has rates of 0 of 0.

    A dial counts in the month it was begun in: what customers met who ordered then. The month of its verdict would
    count long dials with late months, and so show a rise that is none.
    """
    by_month: dict[Month, list[CaseSummary]] = defaultdict(list)
    for case in judged(cases, met):
        by_month[month_of(case.opened_at, policy)].append(case)
    if not by_month:
        return ()
    return tuple(
        MonthRates(
            month,
            rate_of(by_month[month], met),
            {breach: rate_of(by_month[month], met, breach) for breach in BREACH_CLASSES},
        )
        for month in months_between(min(by_month), max(by_month))
    )


def rate_of(
    cases: Sequence[CaseSummary], met: Mapping[str, frozenset[BreachClass]], breach: BreachClass | None = None
) -> Rate:
    """How many of these cases met the breach, or any."""
    found = sum(bool(met.get(case.case)) if breach is None else breach in met.get(case.case, ()) for case in cases)
    return Rate(found, len(cases))
