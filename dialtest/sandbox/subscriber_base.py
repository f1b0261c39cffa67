"""Makes up the subscribers of a whole carrier and what they hold: any number of them, one after the other (T8)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate
from typing import TypeVar

from faker import Faker

from dialtest.errors import DialtestError
from dialtest.language import _
from dialtest.model.service import Service
from dialtest.policy.batches import Batches
from dialtest.policy.policy import Policy
from dialtest.sandbox.chance import Chance

One = TypeVar("One")

LOCALES: Mapping[str, str] = {"zh": "zh_CN", "en": "en_GB"}
NAMES = 2_000  # so many different people; names repeat, as they do
FIRST_MSISDN, MSISDNS = 13_000_000_000, 1_000_000_000

# How people are (ours): the sources name no figures.
BRAND_SHARES: Mapping[str, float] = {"easyown": 0.55, "mzone": 0.25, "gotone": 0.20}
HELD_SHARES = {1: 0.46, 2: 0.24, 3: 0.13, 4: 0.08, 5: 0.05, 6: 0.02, 7: 0.01, 8: 0.005, 9: 0.003, 12: 0.002}
RECENT_SHARE, NEW_SHARE = 0.35, 0.03  # ordered within the recent months; only after the batches have begun
WITHDRAWN_SHARE = 0.10
CHANNELS = ("sms", "sms", "sms", "wap", "web", "hall")
OLDEST_DAYS = 3 * 365


@dataclass(frozen=True, slots=True)
class HeldSubscription:
    """One subscription of the base; `withdrawn_at` is None while it is active."""

    service: Service
    ordered_at: datetime
    channel: str
    withdrawn_at: datetime | None = None

    def held_at(self, when: datetime) -> bool:
        """Whether it was ordered before `when` and not withdrawn by then."""
        return self.ordered_at < when and (self.withdrawn_at is None or self.withdrawn_at >= when)


@dataclass(frozen=True, slots=True)
class Subscriber:
    """One customer and what he ordered, in the order of it."""

    msisdn: str
    name: str
    brand: str
    subscriptions: tuple[HeldSubscription, ...]


def subscriber_base(policy: Policy, services: Sequence[Service], size: int, seed: int) -> Iterator[Subscriber]:
    """`size` subscribers, ascending by number; the same seed gives the same ones.

    services: what is on offer; the first are the most popular. Raises DialtestError where the market has no batches,
    nothing on offer is a subscription, or there are not that many numbers.
    """
    batches, monthly = policy.batches, [service for service in services if service.billing_type == "monthly"]
    if batches is None or not monthly or not 0 < size <= MSISDNS:
        raise DialtestError(
            _("There is no subscriber base of {size} subscribers for the policy {policy}.").format(
                size=size, policy=policy.name
            ),
            _(
                "It takes a policy with batches of existing subscriptions, services by the month, and at most {most}."
            ).format(most=MSISDNS),
        )
    names, brands = _names(policy, seed), _brand_shares(policy)
    for place in range(size):
        yield _subscriber(batches, monthly, names, brands, place, size, seed)


def _names(policy: Policy, seed: int) -> list[str]:
    faker = Faker(LOCALES.get(policy.language, "en_GB"))
    faker.seed_instance(seed)
    return [str(faker.name()) for _ in range(NAMES)]


def _brand_shares(policy: Policy) -> Mapping[str, float]:
    """How people part among the brands; evenly where the market has others than those of 2006."""
    even = dict.fromkeys(policy.brands, 1 / len(policy.brands))
    return BRAND_SHARES if BRAND_SHARES.keys() == even.keys() else even


def _subscriber(
    batches: Batches,
    services: Sequence[Service],
    names: Sequence[str],
    brands: Mapping[str, float],
    place: int,
    size: int,
    seed: int,
) -> Subscriber:
    chance = Chance(seed, "subscriber", place)
    step = MSISDNS // size
    msisdn = str(FIRST_MSISDN + place * step + chance.between(0, step))
    name = names[chance.between(0, len(names))]
    brand = _by_share(brands, chance)
    count = min(_by_share(HELD_SHARES, chance), len(services))
    held = [_subscription(batches, service, chance) for service in _chosen(services, count, chance)]
    return Subscriber(msisdn, name, brand, tuple(sorted(held, key=lambda one: (one.ordered_at, one.service.key))))


def _by_share(shares: Mapping[One, float], chance: Chance) -> One:
    """One of the keys, as often as its share says."""
    drawn = chance.share()
    up_to = zip(shares, accumulate(shares.values()), strict=True)
    return next((one for one, bound in up_to if drawn < bound), next(iter(shares)))


def _chosen(services: Sequence[Service], count: int, chance: Chance) -> list[Service]:
    """Different services, the popular ones more often."""
    places: list[int] = []
    while len(places) < count:
        place = int(len(services) * chance.share() ** 2)
        while place in places:
            place = (place + 1) % len(services)
        places.append(place)
    return [services[place] for place in places]


def _subscription(batches: Batches, service: Service, chance: Chance) -> HeldSubscription:
    """Ordered to the minute: long ago, within the recent months, or only when the batches are under way."""
    age = chance.share()
    if age < NEW_SHARE:
        ordered_at = _between(batches.begins, batches.ends, chance)
    elif age < NEW_SHARE + RECENT_SHARE:
        ordered_at = _between(batches.recent_since, batches.begins, chance)
    else:
        ordered_at = _between(batches.recent_since - timedelta(days=OLDEST_DAYS), batches.recent_since, chance)
    withdrawn_at = None
    if chance.share() < WITHDRAWN_SHARE:
        withdrawn_at = _between(max(ordered_at, batches.begins - timedelta(days=60)), batches.ends, chance)
    return HeldSubscription(service, ordered_at, chance.one_of(CHANNELS), withdrawn_at)


def _between(first: datetime, after: datetime, chance: Chance) -> datetime:
    minutes = int((after - first).total_seconds()) // 60
    return first + timedelta(minutes=chance.between(0, max(minutes, 1)))
