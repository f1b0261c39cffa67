"""Side effects of the campaign (D10): information fees and refunds by month, orders that last, service checks."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from dialtest.evidence.record import AnyRecord, Opened, Outcome
from dialtest.folder.service_checks import CHECK_KINDS, CheckKind, ServiceCheck
from dialtest.model.act import Press, Send, Withdraw
from dialtest.model.observation import Called, Page, Sent, Withdrawn
from dialtest.policy.policy import Policy
from reports.bills import Fee, PaidBack
from reports.matter import Rate
from reports.months import Month, month_of, months_between


@dataclass(frozen=True, slots=True)
class OrderKept:
    """One order of a subscription that a dial saw through to its first charge; `kept`: not withdrawn from before."""

    ordered_at: datetime
    kept: bool


@dataclass(frozen=True, slots=True)
class CheckScore:
    """Checks of one kind in one month, and the mean of their scores in points of 100."""

    count: int
    mean: float


@dataclass(frozen=True, slots=True)
class MonthEffects:
    """One month: fees by kind of billing and what was paid back, in fen; orders made in it that outlived both
    reminders; checks by kind.
    """

    month: Month
    monthly_fen: int
    per_use_fen: int
    paid_back_fen: int
    kept: Rate
    checks: Mapping[CheckKind, CheckScore]

    @property
    def fees_fen(self) -> int:
        return self.monthly_fen + self.per_use_fen


def order_kept(records: Sequence[AnyRecord], policy: Policy) -> OrderKept | None:
    """The subscription a case ordered and what became of it by its first charge (上线率).

    None where nothing was ordered, or the case ended before that charge.
    """
    opened = records[0]
    if not isinstance(opened, Opened) or opened.service.billing_type != "monthly":
        return None
    ordered_at, withdrawn_at = _ordered(records), _withdrawn(records)
    if ordered_at is None:
        return None
    charged_from = policy.first_charge(ordered_at, opened.service.key not in opened.earlier)
    if records[-1].at < charged_from:
        return None
    return OrderKept(ordered_at, withdrawn_at is None or withdrawn_at >= charged_from)


def month_effects(
    fees: Iterable[Fee],
    paid_back: Iterable[PaidBack],
    orders: Iterable[OrderKept],
    checks: Iterable[ServiceCheck],
    policy: Policy,
) -> tuple[MonthEffects, ...]:
    """Every month in which anything of it was seen, and those between."""
    fen: Counter[tuple[Month, str]] = Counter()
    for fee in fees:
        fen[month_of(fee.at, policy), fee.kind] += fee.fee_fen
    for line in paid_back:
        fen[month_of(line.at, policy), "back"] += line.amount_fen
    kept: dict[Month, list[bool]] = defaultdict(list)
    for order in orders:
        kept[month_of(order.ordered_at, policy)].append(order.kept)
    scores: dict[tuple[Month, CheckKind], list[int]] = defaultdict(list)
    for check in checks:
        scores[Month.of(check.on), check.kind].append(check.score_tenths)
    seen = {month for month, _ in fen} | set(kept) | {month for month, _ in scores}
    return tuple(
        MonthEffects(
            month,
            fen[month, "monthly"],
            fen[month, "per_use"],
            fen[month, "back"],
            Rate(sum(kept[month]), len(kept[month])),
            {kind: _score(scores[month, kind]) for kind in CHECK_KINDS if scores[month, kind]},
        )
        for month in (months_between(min(seen), max(seen)) if seen else ())
    )


def _score(tenths: Sequence[int]) -> CheckScore:
    return CheckScore(len(tenths), sum(tenths) / len(tenths) / 10)


def _ordered(records: Sequence[AnyRecord]) -> datetime | None:
    """When the first order, or the “yes” that made it one, was taken."""
    taken = [
        record
        for record in records
        if type(record) is Outcome
        and isinstance(record.act, Send | Press)
        and record.act.purpose in ("order", "confirm")
        and (isinstance(record.result, Sent) or (isinstance(record.result, Page) and record.result.status == 200))
    ]
    return taken[0].result.at if taken else None


def _withdrawn(records: Sequence[AnyRecord]) -> datetime | None:
    """When the first wish to withdraw was taken, over whatever channel."""
    for record in records:
        if type(record) is not Outcome:
            continue
        result = record.result
        if isinstance(record.act, Withdraw) and isinstance(result, Withdrawn) and result.accepted:
            return result.at
        if (
            isinstance(record.act, Send | Press)
            and record.act.purpose == "withdraw"
            and isinstance(result, Sent | Page)
        ):
            return result.at
        if isinstance(result, Called) and result.done_at is not None:
            return result.done_at
    return None
