"""Subscriptions nobody ordered: which rows and reminders no order explains, and what the customer did before them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from dialtest.model.observation import SubscriptionRow
from dialtest.rules.active_use import Touching
from dialtest.rules.case_evidence import CLOCK_SLACK, CaseEvidence
from dialtest.rules.shared import shared


@dataclass(frozen=True, slots=True)
class Unordered:
    """One such subscription: since when, what shows it, whose it is (None: of the service dialled).

    `cause` is the last thing the customer did to the service before it; None when nothing was done at all. `ordered`
    tells that another service had been ordered by then.
    """

    since: datetime
    seen_at: datetime
    seq: int
    provider_name: str
    service_name: str
    service: tuple[str, str] | None
    cause: Touching | None
    ordered: bool

    @property
    def records(self) -> tuple[int, ...]:
        return (self.seq,) if self.cause is None else (self.cause.seq, self.seq)


@shared
def unordered(evidence: CaseEvidence) -> list[Unordered]:
    """Every subscription of the case that no order explains, each once, by the first record that shows it.

    Nothing is called unordered in imported results, nor while an order is in doubt.
    """
    return list(_unordered(evidence)) if evidence.dialled and not evidence.order_in_doubt else []


def _unordered(evidence: CaseEvidence) -> Iterator[Unordered]:
    seen: set[tuple[str, str, datetime]] = set()
    own_found = False
    for noted in evidence.rows:
        row = noted.value
        identity = (row.provider_name, row.service_name, row.ordered_at)
        own = row.is_of(evidence.service)
        if identity not in seen and not _explained(evidence, row.ordered_at, own):
            own_found |= own
            yield _of(evidence, row, row.ordered_at, noted.at, noted.seq, own)
        seen.add(identity)
    for reminder in () if own_found else evidence.first_reminders[:1]:
        sent_at = reminder.value.sent_at
        if not _explained(evidence, sent_at, own=True):
            yield _of(evidence, None, sent_at, reminder.at, reminder.seq, own=True)


def _explained(evidence: CaseEvidence, since: datetime, own: bool) -> bool:
    """Own: an order came before it, or it is an old acquaintance. Another's: only an order at another port can."""
    if own:
        return evidence.ordered_earlier or _ordered_by(evidence, since)
    return evidence.ordered_elsewhere


def _ordered_by(evidence: CaseEvidence, since: datetime) -> bool:
    return any(order.asked_at <= since + CLOCK_SLACK for order in evidence.orders)


def _of(
    evidence: CaseEvidence, row: SubscriptionRow | None, since: datetime, seen_at: datetime, seq: int, own: bool
) -> Unordered:
    service = evidence.service
    before = [touch for touch in evidence.touches if touch.at <= since]
    return Unordered(
        since=since,
        seen_at=seen_at,
        seq=seq,
        provider_name=row.provider_name if row else service.provider_name,
        service_name=row.service_name if row else service.name,
        service=None if own or row is None else codes_of(evidence, row),
        cause=before[-1] if before else None,
        ordered=_ordered_by(evidence, since),
    )


def codes_of(evidence: CaseEvidence, row: SubscriptionRow) -> tuple[str, str]:
    """Provider and service code of a row, which shows names only.

    A charge of the same names tells them. Otherwise the provider code is that of the service dialled when the
    provider's name is the same, else the provider's name; and the service's name stands for its code.
    """
    for noted in evidence.charges:
        charge = noted.value
        if charge.service_name == row.service_name and charge.provider_name == row.provider_name:
            return charge.provider_code, charge.service_code
    same = row.provider_name == evidence.service.provider_name
    return evidence.service.provider_code if same else row.provider_name, row.service_name
