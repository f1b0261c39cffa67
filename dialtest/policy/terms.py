"""The carrier's rules in force at one instant, clause by clause of the domain's T, Q and R ids."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from dialtest.policy.hotline_terms import HotlineTerms
from dialtest.policy.review_terms import CreditTerms, ReviewTerms


@dataclass(frozen=True, slots=True)
class OrderTerms:
    """How an order becomes a subscription: at once, or only after a second “yes” (double opt-in)."""

    confirmation: Literal["none", "reply"]
    channels: tuple[str, ...]
    confirm_text: str = ""
    confirm_keyword: str = ""
    confirm_within_h: int = 24


@dataclass(frozen=True, slots=True)
class ReminderTerms:
    """One kind of reminder. `senders` are the ports it may come from; empty: the service's own access number.

    first_day and last_day bound the days of the month it comes on (T4); 0: `within_s` after its cause (T2).
    A reminder with an `opening` lists every subscription as an `item` and ends with `text`; it is cut into numbered
    parts of at most `part_characters` between items (T7, T8).
    """

    text: str
    senders: tuple[str, ...]
    within_s: int = 0
    first_day: int = 0
    last_day: int = 0
    opening: str = ""
    first_item: str = ""
    item: str = ""
    part_characters: int = 0


@dataclass(frozen=True, slots=True)
class ChargingTerms:
    """When a subscription is charged (T3, T5). cycle calendar_month: cut at 00:00 on the 1st; days: `first_after_h`
    after the order took effect, then every `every_days`.

    From day `next_month_free_from_day` a first order is free for the next month too; 0: no free period at all.
    """

    cycle: Literal["calendar_month", "days"]
    first_after_h: int = 0
    every_days: int = 0
    next_month_free_from_day: int = 0
    free_this_month: str = ""
    free_next_month: str = ""


@dataclass(frozen=True, slots=True)
class WithdrawalTerms:
    """How a subscription ends (Q4, Q5, Q7): by which channels, effective and confirmed within what."""

    channels: tuple[str, ...]
    effective_within_h: int
    confirmation: ReminderTerms


@dataclass(frozen=True, slots=True)
class SynchronisationTerms:
    """How BOSS and MISC are kept in step (Q3, Q5): an interval of 0, or no time of day, means never.

    A message without a receipt is repeated `repeated_every_s`. MISC's answers to withdrawals are checked
    `answers_checked_every_s`; a wish without one after `answered_within_h` is followed up. `reconciled_at` is the time
    of day of the daily comparison. Two ledgers may differ for `out_of_step_s` while a message is on its way.
    """

    repeated_every_s: int
    answers_checked_every_s: int
    answered_within_h: int
    reconciled_at: str
    out_of_step_s: int


@dataclass(frozen=True, slots=True)
class QueryTerms:
    """The unified query (Q2, Q7): its fields in the order of the screen, its channels, its history."""

    fields: tuple[str, ...]
    channels: tuple[str, ...]
    history_days: int


@dataclass(frozen=True, slots=True)
class ShortCodeTerms:
    """The query command sent to one of `ports` is answered by a numbered list (Q7, T9, Q9).

    A number of the list sent back within `valid_h` withdraws from that service, `withdraw_all` from all of them.
    `nothing_held` is the answer to who holds nothing.
    """

    ports: tuple[str, ...]
    answer: ReminderTerms
    withdraw_all: str
    valid_h: int
    nothing_held: str


@dataclass(frozen=True, slots=True)
class HallTerms:
    """When halls are busy, by hours of the day, and what becomes of a wish that is then written down (Q8).

    It is done within `notes_done_within_h`; its 24 hours (Q5) begin then. `note` is what the customer is told.
    """

    busy_from_h: int
    busy_until_h: int
    notes_done_within_h: int
    note: str


@dataclass(frozen=True, slots=True)
class SettlementTerms:
    """R5: the service types whose refunds go through the first-level BOSS, the province of this carrier, and the
    provinces where providers connect.
    """

    service_types: tuple[str, ...]
    home_province: str
    access_provinces: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RefundTerms:
    """R2, R3: the multiple of the wrong amount that goes back, and the multiple when not verified in time.

    `settlement` says how refunds are settled with providers (R5); None: not between provinces.
    """

    wrong_multiple: int
    unverified_multiple: int
    unverified_after_days: int
    settlement: SettlementTerms | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.unverified_multiple <= self.wrong_multiple or self.wrong_multiple < 1:
            multiples = f"{self.wrong_multiple} and {self.unverified_multiple}"
            raise ValueError(
                f"refunds have the multiples {multiples}; the first is at least 1, the second no more than it"
            )
        if self.unverified_after_days < 1:
            raise ValueError("verifying a complaint takes at least one day")


@dataclass(frozen=True, slots=True)
class ComplaintTerms:
    """How complaints are answered (D7, R1, R4): over which channels they are taken, from which ports and within what
    they are answered, within what money comes back, up to which amount a branch may give goodwill.

    One text per answer: `wrong` where the charge was wrong, `unverified` where that could not be verified in time,
    `correct` where it was right, `goodwill` where it was right and a branch gives something all the same.
    """

    channels: tuple[str, ...]
    senders: tuple[str, ...]
    answer_within_h: int
    paid_within_h: int
    goodwill_up_to_fen: int
    wrong: str
    unverified: str
    correct: str
    goodwill: str

    def __post_init__(self) -> None:
        if not self.channels or not self.senders:
            raise ValueError("complaints need a channel and a port they are answered from")
        if self.goodwill_up_to_fen < 0:
            raise ValueError("goodwill is not negative")
        texts = (self.wrong, self.unverified, self.correct, self.goodwill)
        openings = [text.partition("{")[0] for text in texts]
        alike = [one for one in openings if not one or sum(other.startswith(one) for other in openings) > 1]
        if alike or any("{reference}" not in text for text in texts):
            raise ValueError("answers to complaints begin each with words of its own and name the {reference}")


ServiceGroup = Literal["wap", "sms", "mms", "other"]
BatchAge = Literal["recent", "older", "sensitive"]


@dataclass(frozen=True, slots=True)
class Batch:
    """One of the batches of T8: who is reminded of what in it, from the first date to the end of the last.

    `brand` is one of the policy's or all; `age` sensitive: subscribers with many subscriptions, whatever their age.
    """

    number: int
    brand: str
    service_group: ServiceGroup | Literal["all"]
    age: BatchAge
    first_date: date
    last_date: date


@dataclass(frozen=True, slots=True)
class ExistingTerms:
    """The reminder of existing subscriptions (T8, T9): window, sensitive users, batches, second way out.

    `sensitive_above` that many subscriptions a subscriber is a sensitive one; `recent_months` before the first date a
    subscription is recent; `extra_text` follows the text of reminder 2.
    """

    first_date: date
    last_date: date
    sensitive_above: int
    recent_months: int
    extra_text: str
    batches: tuple[Batch, ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """Everything in force at one instant; a part the market does not have is None."""

    order: OrderTerms
    charging: ChargingTerms
    withdrawal: WithdrawalTerms
    query: QueryTerms
    refund: RefundTerms
    first_reminder: ReminderTerms | None = None
    second_reminder: ReminderTerms | None = None
    receipt: ReminderTerms | None = None
    existing: ExistingTerms | None = None
    synchronisation: SynchronisationTerms | None = None
    short_code: ShortCodeTerms | None = None
    hall: HallTerms | None = None
    complaint: ComplaintTerms | None = None
    hotline: HotlineTerms | None = None
    review: ReviewTerms | None = None
    credit: CreditTerms | None = None
