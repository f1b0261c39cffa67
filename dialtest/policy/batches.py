"""Which existing subscription is reminded in which batch, and when (T8)."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from itertools import product
from typing import get_args
from zoneinfo import ZoneInfo

from dialtest.model.service import ServiceType
from dialtest.policy.terms import Batch, BatchAge, ExistingTerms, ServiceGroup

GROUPS: Mapping[ServiceType, ServiceGroup] = {"wap": "wap", "sms": "sms", "mms": "mms"}
AGES: tuple[BatchAge, ...] = ("recent", "older")


class Batches:
    """The batches of one market. What is held at `begins` takes part; `recent_since`: ordered then or later is recent.

    monternet-2006: begins 2006-08-21 00:00, recent since 2006-05-21 00:00; 神州行 and WAP, recent → batch 2.
    """

    def __init__(self, terms: ExistingTerms, brands: Collection[str], zone: ZoneInfo) -> None:
        self.terms = terms
        self._zone = zone
        self.begins = self._midnight(terms.first_date)
        self.ends = self._midnight(terms.last_date + timedelta(days=1))
        self.recent_since = _months_before(self.begins, terms.recent_months)
        self.sensitive = next(batch for batch in terms.batches if batch.age == "sensitive")
        self.by_kind: dict[tuple[str, ServiceGroup, BatchAge], Batch] = {
            kind: batch for batch in terms.batches for kind in _kinds(batch, brands)
        }
        self._windows = {batch.number: self._days(batch) for batch in terms.batches}

    def of(self, brand: str, service_type: ServiceType, ordered_at: datetime, held: int) -> Batch | None:
        """The batch of a subscription of a subscriber who holds `held` of them when the batches begin.

        None for a brand that the table does not know.
        """
        if held > self.terms.sensitive_above:
            return self.sensitive
        age: BatchAge = "recent" if ordered_at >= self.recent_since else "older"
        return self.by_kind.get((brand, GROUPS.get(service_type, "other"), age))

    def window(self, batch: Batch) -> tuple[datetime, datetime]:
        """From when until when (excluded) a batch is sent."""
        return self._windows[batch.number]

    def _days(self, batch: Batch) -> tuple[datetime, datetime]:
        return self._midnight(batch.first_date), self._midnight(batch.last_date + timedelta(days=1))

    def _midnight(self, day: object) -> datetime:
        return datetime.fromisoformat(str(day)).replace(tzinfo=self._zone)


def check_batches(terms: ExistingTerms, brands: Collection[str]) -> None:
    """Raise ValueError unless every subscription has exactly one batch, with days inside the campaign of batches."""
    numbers = [batch.number for batch in terms.batches]
    if len(set(numbers)) < len(numbers):
        raise ValueError("existing.batches has a number twice")
    if sum(batch.age == "sensitive" for batch in terms.batches) != 1:
        raise ValueError("existing.batches needs one batch of age “sensitive”")
    kinds = [kind for batch in terms.batches for kind in _kinds(batch, brands)]
    for kind in product(brands, get_args(ServiceGroup), AGES):
        if kinds.count(kind) != 1:
            raise ValueError(f"existing.batches has {kinds.count(kind)} batches for {', '.join(kind)}; it needs one")
    for batch in terms.batches:
        if not terms.first_date <= batch.first_date <= batch.last_date <= terms.last_date:
            raise ValueError(f"batch {batch.number} of existing.batches has no days between the first and last date")


def _kinds(batch: Batch, brands: Collection[str]) -> list[tuple[str, ServiceGroup, BatchAge]]:
    """The kinds of subscription in a batch; the sensitive users' batch goes by none."""
    if batch.age == "sensitive":
        return []
    own = brands if batch.brand == "all" else (batch.brand,)
    groups: tuple[ServiceGroup, ...] = (
        get_args(ServiceGroup) if batch.service_group == "all" else (batch.service_group,)
    )
    return [(brand, group, batch.age) for brand in own for group in groups]


def _months_before(when: datetime, months: int) -> datetime:
    """The same day that many months earlier, or the last one that month has."""
    year, month = divmod(when.year * 12 + when.month - 1 - months, 12)
    return when.replace(year=year, month=month + 1, day=min(when.day, monthrange(year, month + 1)[1]))
