"""Credit points of providers SP信用积分 (D8): confirmed breaches cost them, good weeks win them back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter

from sqlalchemy import select

from dialtest.campaign.sweeping import SWEEP
from dialtest.clock import Week
from dialtest.evidence import schema
from dialtest.evidence.journal import Journal
from dialtest.evidence.record import Decided
from dialtest.policy.policy import Policy
from dialtest.review.matter_file import MatterFile

CARRIERS_OWN = "carrier_duty"
DEADLINE_RUNS = ("confirmed", "notified")


@dataclass(frozen=True, slots=True)
class CreditWeek:
    """One week of a provider: what it lost and won, and its points at the week's end."""

    week: Week
    lost: int
    won: int
    points: int


@dataclass(frozen=True, slots=True)
class Credit:
    """A provider's account; `weeks` are all weeks of the campaign so far, oldest first."""

    provider_code: str
    weeks: tuple[CreditWeek, ...]
    confirmed: int

    @property
    def points(self) -> int:
        return self.weeks[-1].points

    @property
    def lost(self) -> int:
        return sum(week.lost for week in self.weeks)

    @property
    def won(self) -> int:
        return sum(week.won for week in self.weeks)


def credit_accounts(
    journal: Journal, files: Sequence[MatterFile], policy: Policy, starts: datetime, last: Week
) -> tuple[Credit, ...]:
    """The accounts of every provider dialled or found against, at the end of week `last`, fewest points first.

    Empty where the market has no credit points. A good week is one in which an independent team dialled the provider to
    the end, no finding against it became due that was not dismissed, nothing was confirmed, and no deadline it was
    given had passed. A confirmation that is taken back gives the points back that it took, and counts no more. What
    the carrier itself failed in costs no provider.
    """
    dialled = _dialled(journal, policy)
    against: dict[str, list[MatterFile]] = defaultdict(list)
    for file in files:
        if file.breach != CARRIERS_OWN:
            against[file.key.provider_code].append(file)
    weeks = list(_weeks(Week.of(policy.local(starts)), last))
    accounts = (
        _account(code, against[code], dialled.get(code, frozenset()), weeks, policy)
        for code in sorted({*dialled, *against})
    )
    known = [account for account in accounts if account is not None]
    return tuple(sorted(known, key=lambda one: (one.points, -one.lost, one.provider_code)))


def _weeks(first: Week, last: Week) -> Iterator[Week]:
    week = first
    while week <= last:
        yield week
        week = week.next


def _account(
    code: str, files: Sequence[MatterFile], dialled: frozenset[Week], weeks: Sequence[Week], policy: Policy
) -> Credit | None:
    lines: list[CreditWeek] = []
    points: int | None = None
    costs = sorted((cost for file in files for cost in _costs(file, policy)), key=itemgetter(0))
    taken: dict[str, int] = {}
    for week in weeks:
        terms = policy.terms(week.start(policy.zone)).credit
        if terms is None:
            continue
        points = terms.start if points is None else points
        due = [(name, cost) for at, name, cost in costs if Week.of(policy.local(at)) == week]
        lost = 0
        for name, cost in due:
            lost += _moved(taken, name, cost, points - lost - terms.least)
        spoilt = sum(cost for _name, cost in due) > 0 or any(_spoils(file, week, policy) for file in files)
        good = week in dialled and not spoilt
        won = min(terms.good_week, max(0, terms.most - points + lost)) if good else 0
        points = max(terms.least, min(terms.most, points - lost + won))
        lines.append(CreditWeek(week, lost, won, points))
    until = [cost for at, _name, cost in costs if weeks and Week.of(policy.local(at)) <= weeks[-1]]
    confirmed = sum(1 if cost > 0 else -1 for cost in until)
    return Credit(code, tuple(lines), confirmed) if lines else None


def _moved(taken: dict[str, int], name: str, cost: int, left: int) -> int:
    """What a confirmation takes, no more than is left; taken back it gives as much as it took."""
    if cost < 0:
        return -taken.pop(name, 0)
    taken[name] = min(cost, left)
    return taken[name]


def cost_of(file: MatterFile, confirmed: Decided, policy: Policy) -> int:
    """What one confirmation of a matter costs its provider; 0 where the market has no points or it is not its fault."""
    terms = policy.terms(confirmed.at).credit
    if terms is None or confirmed.breach == CARRIERS_OWN:
        return 0
    recurred = any(entry.decided.move == "recur" for entry in file.entries if entry.decided.seq < confirmed.seq)
    costs: Mapping[str, int] = {"minor": terms.minor, "major": terms.major, "critical": terms.critical}
    return costs[confirmed.severity] * (terms.recurred_multiple if recurred else 1)


def _costs(file: MatterFile, policy: Policy) -> Iterator[tuple[datetime, str, int]]:
    """When each confirmation cost how much, by the matter's name; one taken back is a cost below zero."""
    standing = 0
    for decided in (entry.decided for entry in file.entries):
        if decided.move == "confirm":
            standing = cost_of(file, decided, policy)
            if standing:
                yield decided.at, file.key.id, standing
        elif decided.move == "recur":
            standing = 0
        elif decided.move == "dismiss" and standing:
            yield decided.at, file.key.id, -standing
            standing = 0


def _spoils(file: MatterFile, week: Week, policy: Policy) -> bool:
    """Whether a matter makes a week no good one: found in it and not dismissed, or a deadline passed unheeded."""
    starts, ends = week.start(policy.zone), week.end(policy.zone)
    found = any(starts <= finding.due_at < ends for finding in file.findings)
    if found and file.state != "dismissed":
        return True
    last = None
    deadline = None
    for decided in (entry.decided for entry in file.entries if entry.decided.at < ends):
        last, deadline = decided, decided.deadline or deadline
    return bool(last and last.state in DEADLINE_RUNS and deadline and deadline < ends)


def _dialled(journal: Journal, policy: Policy) -> Mapping[str, frozenset[Week]]:
    """The weeks in which each provider was dialled to the end by a team that is not its own (D1)."""
    table = schema.cases.c
    query = select(table.provider_code, table.closed_at).where(
        (table.state == "completed") & (table.team != "provider") & (table.scenario != SWEEP)
    )
    weeks: dict[str, set[Week]] = defaultdict(set)
    with journal.reading() as connection:
        for code, closed_at in connection.execute(query):
            weeks[code].add(Week.of(policy.local(datetime.fromisoformat(closed_at))))
    return {code: frozenset(known) for code, known in weeks.items()}
