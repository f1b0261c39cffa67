"""A market's policy: which terms are in force when, and the dates that follow from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cached_property, lru_cache
from zoneinfo import ZoneInfo

from dialtest.model.service import Service
from dialtest.policy.batches import Batches
from dialtest.policy.brands import OF_2006, Brands, words_of
from dialtest.policy.phases import HallDeadlines, Phase
from dialtest.policy.terms import Terms


@dataclass(frozen=True)
class Policy:
    """Effective-dated rules of one market. `timeline` pairs the instant terms come into force with them, oldest first.

    `phases` are the campaign's on paper (D5), `halls` what its halls must have done by when (Q9); a market may have
    neither. `text` is the policy file itself, `digest` its SHA-256: what evidence cites.
    """

    name: str
    version: int
    title: Mapping[str, str]
    country: str
    currency: str
    tariff_words: Mapping[str, str]
    fee_words: str
    type_words: Mapping[str, str]
    zone: ZoneInfo
    language: str
    carrier: str
    carrier_ports: tuple[str, ...]
    help_command: str
    query_command: str
    starts: date
    ends: date
    timeline: tuple[tuple[datetime, Terms], ...]
    text: str
    digest: str
    phases: tuple[Phase, ...] = ()
    halls: HallDeadlines | None = None
    brands: Brands = field(default_factory=lambda: OF_2006)

    def terms(self, when: datetime) -> Terms:
        """The terms in force at `when`; before the first ones, the first ones."""
        for since, terms in self._newest_first:
            if when >= since:
                return terms
        return self.timeline[0][1]

    def local(self, when: datetime) -> datetime:
        """`when` on this market's calendar and clock."""
        return when if when.tzinfo is self.zone else when.astimezone(self.zone)

    def after(self, when: datetime, length: timedelta) -> datetime:
        """`length` of real time after `when`, right across a change to or from summer time too."""
        local = self.local(when)
        later = local + length
        if later.utcoffset() == local.utcoffset():
            return later
        return (local.astimezone(UTC) + length).astimezone(self.zone)

    @cached_property
    def _newest_first(self) -> tuple[tuple[datetime, Terms], ...]:
        return self.timeline[::-1]

    def days_later(self, when: datetime, days: int) -> datetime:
        """The same time of day `days` calendar days on; a time that the clocks skip that night comes an hour later."""
        return (self.local(when) + timedelta(days=days)).astimezone(UTC).astimezone(self.zone)

    def midnight(self, day: date) -> datetime:
        """00:00 of `day` in this market."""
        return datetime(day.year, day.month, day.day, tzinfo=self.zone)

    def next_first(self, when: datetime, months: int = 1) -> datetime:
        """00:00 on the 1st of the month `months` after the one `when` lies in."""
        local = self.local(when)
        return _first(self.zone, local.year * 12 + local.month - 1 + months)

    def first_charge(self, ordered_at: datetime, first_order: bool = True) -> datetime:
        """When a subscription ordered (and confirmed) at `ordered_at` is charged first (T3, T5).

        monternet-2006: order of 2006-07-20 23:59 → 2006-08-01; of 2006-07-21 00:00 → 2006-09-01; a re-order → next 1st.
        """
        charging = self.terms(ordered_at).charging
        if charging.cycle == "days":
            return self.after(ordered_at, timedelta(hours=charging.first_after_h))
        late = charging.next_month_free_from_day
        two_months = first_order and late and self.local(ordered_at).day >= late
        return self.next_first(ordered_at, 2 if two_months else 1)

    def next_charge(self, charged_at: datetime) -> datetime:
        """The cut after the one at `charged_at`."""
        charging = self.terms(charged_at).charging
        if charging.cycle == "days":
            return self.days_later(charged_at, charging.every_days)
        return self.next_first(charged_at)

    def charges(self, ordered_at: datetime, until: datetime, first_order: bool = True) -> Iterator[datetime]:
        """Every cut of a subscription before `until`, oldest first."""
        cut = self.first_charge(ordered_at, first_order)
        while cut < until:
            yield cut
            cut = self.next_charge(cut)

    def second_reminder_window(
        self, ordered_at: datetime, first_order: bool = True
    ) -> tuple[datetime, datetime] | None:
        """From when until when (excluded) the second reminder must come (T4); None where the market has none.

        It is the window of the last month before the first charge. A re-order made after that window opened has
        what is left of the month (ours: T4 speaks of first orders only).
        """
        reminder = self.terms(ordered_at).second_reminder
        if reminder is None:
            return None
        month = self.next_first(self.first_charge(ordered_at, first_order), -1)
        window = _days(month, reminder.first_day, reminder.last_day)
        return window if window[0] > ordered_at else (self.local(ordered_at), self.next_first(month))

    @cached_property
    def batches(self) -> Batches | None:
        """The batches in which existing subscriptions are reminded (T8); None where the market has none."""
        existing = next((terms.existing for _, terms in self.timeline if terms.existing), None)
        return Batches(existing, self.brands, self.zone) if existing else None

    @cached_property
    def brand_words(self) -> Mapping[str, str]:
        """Which words of tables mean which brand."""
        return words_of(self.brands)

    def free_words(self, ordered_at: datetime, first_order: bool = True) -> str:
        """The words of reminder 1 that say how long it is free (T7)."""
        charging = self.terms(ordered_at).charging
        this_month = self.first_charge(ordered_at, first_order) == self.next_first(ordered_at)
        return charging.free_this_month if this_month else charging.free_next_month

    def tariff(self, service: Service) -> str:
        """The filed tariff as this market writes it, e.g. `30元/月`."""
        return _priced(self.tariff_words[service.fee_unit], service.fee_fen)

    def fee(self, fee_fen: int) -> str:
        """An amount of money as this market writes it, e.g. `30元`."""
        return _priced(self.fee_words, fee_fen)


# Campaigns ask for the same few dates and amounts over and over; making an aware datetime costs as much as ten calls.


@lru_cache(maxsize=4_096)
def _first(zone: ZoneInfo, months: int) -> datetime:
    """00:00 on the 1st of the month that is `months` after January of the year 0."""
    return datetime(months // 12, months % 12 + 1, 1, tzinfo=zone)


@lru_cache(maxsize=4_096)
def _days(month: datetime, first_day: int, last_day: int) -> tuple[datetime, datetime]:
    """From the beginning of `first_day` to the end of `last_day` of the month that begins at `month`."""
    return month.replace(day=first_day), month.replace(day=last_day) + timedelta(days=1)


@lru_cache(maxsize=4_096)
def _priced(words: str, fee_fen: int) -> str:
    return words.format(amount=amount(fee_fen))


@lru_cache(maxsize=4_096)
def amount(fee_fen: int) -> Decimal:
    """1/100 units as a decimal without idle zeros: 3000 → 30, 50 → 0.5."""
    value = Decimal(fee_fen) / 100
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
