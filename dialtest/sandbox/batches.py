"""The carrier reminds everybody once of what they hold already: batch by batch, by 10086 (T6, T8, T9)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from dialtest.model.service import Service
from dialtest.policy.batches import Batches
from dialtest.policy.policy import Policy
from dialtest.policy.terms import Batch
from dialtest.policy.wording import existing_reminder
from dialtest.sandbox.agenda import NETWORK_FIRST
from dialtest.sandbox.chance import Chance
from dialtest.sandbox.conduct import Conduct, Notice
from dialtest.sandbox.core import Core
from dialtest.sandbox.ledger import Account, Subscription

DAY_BEGINS_H, DAY_ENDS_H = 9, 20
PAST_THE_MINUTE_S = 30  # reminders 2 begin with the minute: no handset gets parts of both in one second
APART_S = 600  # between two texts to one subscriber, so that the parts of each are known


class Held(Protocol):
    """A subscription as the batches see it."""

    @property
    def service(self) -> Service: ...

    @property
    def ordered_at(self) -> datetime: ...


AnyHeld = TypeVar("AnyHeld", bound=Held)


def set_batches(core: Core, accounts: Mapping[str, Account]) -> None:
    """Let the batches be made up when they begin; a network that begins later has nobody to remind (T8)."""
    batches = core.policy.batches
    if batches is not None and core.now < batches.begins:
        core.agenda.at(batches.begins, NETWORK_FIRST, _make_up, core, batches, accounts)


def into_batches(batches: Batches, brand: str, held: Sequence[AnyHeld]) -> dict[Batch, list[AnyHeld]]:
    """A subscriber's subscriptions by the batch of each: all in the first for a sensitive user (T8)."""
    divided: dict[Batch, list[AnyHeld]] = {}
    for one in held:
        batch = batches.of(brand, one.service.service_type, one.ordered_at, len(held))
        if batch is not None:
            divided.setdefault(batch, []).append(one)
    return divided


def sending_time(batches: Batches, batch: Batch, chance: Chance) -> datetime:
    """By day, on one of the batch's days (T8)."""
    opens, closes = batches.window(batch)
    day = opens + timedelta(days=chance.between(0, (closes - opens).days))
    hour, minute = chance.between(DAY_BEGINS_H, DAY_ENDS_H), chance.between(0, 60)
    return day.replace(hour=hour, minute=minute, second=PAST_THE_MINUTE_S)


def reminder_of(policy: Policy, services: Sequence[Service], when: datetime) -> tuple[Notice, ...]:
    """The text of T9 in its numbered parts, a second apart, as it goes out at `when` by 10086 (T6)."""
    batches, reminder = policy.batches, policy.terms(when).second_reminder
    if batches is None or reminder is None:
        return ()
    texts = existing_reminder(policy, reminder, batches.terms, services)
    return tuple(Notice(reminder.senders[0], text, place) for place, text in enumerate(texts))


def _make_up(core: Core, batches: Batches, accounts: Mapping[str, Account]) -> None:
    """Who holds what at this moment decides the batches (T8); chance is drawn from a stream of its own."""
    for account in accounts.values():
        held = [one for one in account.subscriptions if _kept(one)]
        for batch, subscriptions in into_batches(batches, account.number.brand, held).items():
            chance = Chance(core.seed, "existing", account.number.msisdn, batch.number)
            when = sending_time(batches, batch, chance)
            core.agenda.at(when, NETWORK_FIRST, _remind, core, account, subscriptions, chance)


def _remind(core: Core, account: Account, subscriptions: Sequence[Subscription], chance: Chance) -> None:
    """Remind of what is still held: all in one text, but what goes wrong with one service is said apart (T9)."""
    together: dict[Conduct, list[Service]] = {}
    for held in subscriptions:
        conduct = core.conduct(held.service, account)
        if _kept(held) or conduct.reminds_of_withdrawn():
            together.setdefault(conduct, []).append(held.service)
    for place, (conduct, services) in enumerate(together.items()):
        for notice in conduct.existing_reminder(reminder_of(core.policy, services, core.now)):
            delay_s = notice.delay_s + place * APART_S
            core.delivery.send(account.number.msisdn, notice.sender, notice.text, delay_s, chance)


def _kept(held: Subscription) -> bool:
    """Whether it is held and nobody asked to end it."""
    return held.active and held.asked_to_end_at is None
