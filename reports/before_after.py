"""Before and after the rectification (D9): the same scenarios, what share of their dials met a breach, and by whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from dialtest.model.finding import BREACH_CLASSES, BreachClass
from dialtest.policy.policy import Policy
from dialtest.review.credit import CARRIERS_OWN
from dialtest.standing.power import wilson_difference
from reports.case_summary import CaseSummary
from reports.matter import Rate
from reports.months import judged, rate_of

Change = Literal["fell", "rose", "open"]

LEAST_DIALS = 10
"""With fewer on a side the interval of a difference is too short to be believed (ours)."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One share before and after. `change` is `open` unless the 95 % interval of the difference leaves out zero and
    ten dials or more stand on each side.
    """

    name: str
    before: Rate
    after: Rate

    @property
    def difference(self) -> tuple[float, float]:
        """The interval of the share after less the share before."""
        return wilson_difference((self.before.found, self.before.dials), (self.after.found, self.after.dials))

    @property
    def change(self) -> Change:
        if min(self.before.dials, self.after.dials) < LEAST_DIALS:
            return "open"
        low, high = self.difference
        return "fell" if high < 0 else "rose" if low > 0 else "open"


@dataclass(frozen=True, slots=True)
class BeforeAfter:
    """Dials begun until the day `before_ends` and from the day `after_starts` on, both included.

    `scenarios` are those dialled in both periods; others would compare unlike with unlike. Providers come worst first
    as they were before.
    """

    before_ends: date
    after_starts: date
    scenarios: tuple[str, ...]
    total: Compared
    by_breach: tuple[Compared, ...]
    providers: tuple[Compared, ...]


def before_after(
    cases: Sequence[CaseSummary],
    met: Mapping[str, frozenset[BreachClass]],
    policy: Policy,
    starts: date,
    ends: date,
) -> BeforeAfter:
    """The comparison over a campaign from `starts` to `ends`, around the policy's phase of rectification, or around the
    middle where it has none.
    """
    before_ends, after_starts = _borders(policy, starts, ends)
    known = judged(cases, met)
    early = [case for case in known if case.opened_at < policy.midnight(before_ends + timedelta(days=1))]
    late = [case for case in known if case.opened_at >= policy.midnight(after_starts)]
    scenarios = {case.scenario for case in early} & {case.scenario for case in late}
    early = [case for case in early if case.scenario in scenarios]
    late = [case for case in late if case.scenario in scenarios]
    return BeforeAfter(
        before_ends,
        after_starts,
        tuple(sorted(scenarios)),
        Compared("", rate_of(early, met), rate_of(late, met)),
        tuple(Compared(one, rate_of(early, met, one), rate_of(late, met, one)) for one in BREACH_CLASSES),
        _providers(early, late, met),
    )


def _borders(policy: Policy, starts: date, ends: date) -> tuple[date, date]:
    phase = next((phase for phase in policy.phases if phase.rectifies), None)
    if phase is not None:
        return phase.starts - timedelta(days=1), phase.ends + timedelta(days=1)
    middle = starts + (ends - starts) // 2
    return middle, middle + timedelta(days=1)


def _providers(
    early: Sequence[CaseSummary], late: Sequence[CaseSummary], met: Mapping[str, frozenset[BreachClass]]
) -> tuple[Compared, ...]:
    """What the carrier itself failed in is no provider's."""
    sides: dict[str, tuple[list[CaseSummary], list[CaseSummary]]] = {}
    for side, cases in enumerate((early, late)):
        for case in cases:
            sides.setdefault(case.service.provider_code, ([], []))[side].append(case)
    own = {case: classes - {CARRIERS_OWN} for case, classes in met.items()}
    found = [Compared(code, rate_of(one, own), rate_of(two, own)) for code, (one, two) in sides.items()]
    return tuple(sorted(found, key=lambda row: (-row.before.interval[0], -row.after.interval[0], row.name)))
