"""Makes a sample campaign from a seed: providers, services with honest adverts, test numbers, planted faults."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import chain, count, cycle, islice, repeat
from pathlib import Path
from random import Random

from faker import Faker

from dialtest.folder.text import settings_text, write_folder, write_text
from dialtest.model.number import Number, Team
from dialtest.model.service import Advert, BillingType, FeeUnit, Scope, Service, ServiceType
from dialtest.policy.load import load_policy
from dialtest.policy.policy import Policy
from dialtest.sample.faults import choose_faults, mended_on
from dialtest.sample.papers import FILES as PAPERS
from dialtest.sample.papers import write_papers
from dialtest.sample.surge_plan import FILE_NAME as SURGE_PLAN
from dialtest.sample.surge_plan import write_surge_plan
from dialtest.sample.words import BRITAIN, CHINA, MARKETS, Example, Market, Topic
from dialtest.script.load import shipped_folder
from dialtest.settings import FILE_NAME, FaultSettings, PlanSettings, SandboxSettings, Settings, load_settings

SHIPPED_NAME = "sample"
EXAMPLES = 2
SERVICES_OF_A_PROVIDER = (4, 8)
ATTEMPTS = 50
LEAST_MONTHLY = 2
MONTHLY_SHARE = 0.7
LOCAL_SHARE = 0.25
NUMBERS_PER_SERVICE = 14
DAYS_OF_A_WEEK = 7
NAMED = {"zh": "拨测示例", "en": "sample campaign"}
CONTROL_NUMBERS = 12
TYPES: tuple[ServiceType, ...] = (
    "sms", "wap", "mms", "sms", "java", "sms", "wap", "animation", "sms", "pda", "mms", "sms", "voice_magazine",
)  # fmt: skip
PAGE_TYPES = frozenset(("wap", "java", "pda", "animation"))
TEAMS: tuple[Team, ...] = ("data_centre", "third_party", "call_centre", "data_centre", "third_party")
PROVIDER_OWNED_EVERY = 50


@dataclass(frozen=True, slots=True)
class Sample:
    """A market's made-up filings, and the numbers to dial them with."""

    policy: Policy
    services: tuple[Service, ...]
    numbers: tuple[Number, ...]


def make_sample(
    services: int,
    seed: int,
    policy: Policy,
    numbers: int | None = None,
    control: int = CONTROL_NUMBERS,
) -> Sample:
    """`services` services of providers of 4 to 8 each, at least two of them subscriptions, and enough numbers.

    numbers: how many numbers order (default 14 a service); `control` numbers, of all brands by turns, come on top. The
    same seed gives the same sample.
    """
    making = _Making(_market(policy), policy, seed)
    made = tuple(islice(making.services(), services))
    ordering = NUMBERS_PER_SERVICE * services if numbers is None else numbers
    owners = tuple(dict.fromkeys(service.provider_code for service in made))
    return Sample(policy, made, tuple(making.numbers(ordering, control, owners)))


def write_sample(
    folder: Path,
    services: int = 200,
    seed: int = 2006,
    numbers: int | None = None,
    policy: str = "monternet-2006",
    faults: Sequence[FaultSettings] | None = None,
    clean: bool = False,
    dials_per_service: int = 16,
) -> Sample:
    """Write a sample campaign into `folder` (made if missing) as the files a carrier would send.

    faults: what to plant; None: every fault that fits the market on one or two services, and five of them once more,
    striking some dials only. clean: plant nothing.
    """
    loaded = load_policy(policy)
    sample = make_sample(services, seed, loaded, numbers)
    if clean:
        faults = ()
    elif faults is None:
        faults = choose_faults(_not_of_the_source(sample), loaded.country, seed, mended_on(loaded))
    settings = Settings(
        name=f"{loaded.title[loaded.language]} {NAMED[loaded.language]}",
        policy=policy,
        language=loaded.language,
        seed=seed,
        plan=PlanSettings(dials_per_service),
        sandbox=SandboxSettings(tuple(faults)),
    )
    write_folder(folder, settings, loaded, sample.services, sample.numbers)
    write_papers(folder, loaded, sample.numbers, seed)
    write_surge_plan(folder, loaded)
    return sample


def copy_sample(folder: Path, clean: bool = False) -> None:
    """Copy the sample campaign that comes with dialtest into `folder`; clean: without its planted faults."""
    shipped = shipped_folder() / SHIPPED_NAME
    settings = load_settings(shipped / FILE_NAME)
    if clean:
        settings = replace(settings, sandbox=SandboxSettings())
    for name in (settings.catalogue, settings.adverts, settings.numbers, *PAPERS, SURGE_PLAN):
        write_text(folder / name, (shipped / name).read_text(encoding="utf-8"))
    write_text(folder / FILE_NAME, settings_text(settings))


def example_services(policy: Policy, seed: int = 0) -> tuple[Service, ...]:
    """The first service of each of the first two providers; in China the two that the 2006 source names."""
    first: dict[str, Service] = {}
    for service in _Making(_market(policy), policy, seed).services():
        first.setdefault(service.provider_code, service)
        if len(first) == EXAMPLES:
            break
    return tuple(first.values())


def sample_numbers(policy: Policy, ordering: int, control: int, seed: int = 0) -> tuple[Number, ...]:
    """Made-up test numbers of the market."""
    return tuple(_Making(_market(policy), policy, seed).numbers(ordering, control))


def _market(policy: Policy) -> Market:
    """The words of the policy's country; a country nobody wrote words for borrows those nearest in language."""
    return MARKETS.get(policy.country) or (CHINA if policy.language == "zh" else BRITAIN)


def _not_of_the_source(sample: Sample) -> list[Service]:
    """Providers that exist are not accused of anything, not even in a sample."""
    named = {example.provider for example in _market(sample.policy).examples}
    return [service for service in sample.services if service.provider_name not in named]


@dataclass(frozen=True, slots=True)
class _Provider:
    code: str
    name: str
    hotline: str
    contact: str


class _Making:
    """One making of a sample, with its chance."""

    def __init__(self, market: Market, policy: Policy, seed: int) -> None:
        self._market = market
        self._policy = policy
        self._random = Random(f"{seed}/sample")
        self._faker = Faker(market.faker)
        self._faker.seed_instance(seed)
        self._ports: set[str] = set()
        self._names = {example.provider for example in market.examples}

    def services(self) -> Iterator[Service]:
        """Endless services, provider by provider."""
        types = cycle(TYPES)
        for place, example in enumerate(chain(self._market.examples, repeat(None))):
            provider = self._provider(place, example)
            taken: set[str] = set()
            for index, kind in enumerate(islice(types, self._random.randint(*SERVICES_OF_A_PROVIDER))):
                if example is not None and index == 0:
                    taken.add(example.topic[0])
                    yield self._service(provider, example.service_type, example.topic, True, example.fee_fen)
                else:
                    yield self._service(provider, kind, self._topic(kind, taken), index < LEAST_MONTHLY)

    def numbers(self, ordering: int, control: int, owners: Sequence[str] = ()) -> Iterator[Number]:
        """Numbers that order, of all teams, some of them the owners' own by turns; then the control numbers."""
        brands, teams, places, codes = (
            cycle(self._policy.brands),
            cycle(TEAMS),
            cycle(self._market.places),
            cycle(owners),
        )
        taken: set[str] = set()
        for place in range(1, ordering + control + 1):
            region, site = next(places)
            owner = next(codes, "") if place <= ordering and place % PROVIDER_OWNED_EVERY == 0 else ""
            team = "provider" if owner else next(teams)
            yield Number(self._msisdn(taken), next(brands), region, site, team, place > ordering, owner)

    def _provider(self, place: int, example: Example | None) -> _Provider:
        name = example.provider if example is not None else self._company()
        hotline = example.hotline if example is not None else ""
        return _Provider(
            str(901_508 + 7 * place), name, hotline or self._digits(*self._market.hotlines), self._faker.name()
        )

    def _company(self) -> str:
        """A name no provider of this sample has, short as reminders write it."""
        for attempt in count():
            name = str(self._faker.format(self._market.company_word)) + self._random.choice(
                self._market.company_endings
            )
            name += str(attempt) if attempt >= ATTEMPTS else ""
            if name not in self._names:
                break
        self._names.add(name)
        return name

    def _topic(self, kind: ServiceType, taken: set[str]) -> Topic:
        """A topic this provider does not sell yet; with all of its kind sold, another edition of one."""
        topics = [topic for topic in self._market.topics[kind] if topic[0] not in taken]
        name, keyword, description = self._random.choice(topics or self._market.topics[kind])
        edition = next(number for number in range(1, 100) if _edition(name, number) not in taken)
        taken.add(_edition(name, edition))
        return _edition(name, edition), _edition(keyword, edition), description

    def _service(
        self, provider: _Provider, kind: ServiceType, topic: Topic, subscription: bool, fee_fen: int = 0
    ) -> Service:
        name, keyword, description = topic
        billing: BillingType = "monthly" if subscription or self._random.random() < MONTHLY_SHARE else "per_use"
        charging = self._policy.timeline[0][1].charging
        unit: FeeUnit = "week" if charging.cycle == "days" and charging.every_days == DAYS_OF_A_WEEK else "month"
        if billing == "per_use":
            unit = "message" if kind == "sms" else "use"
        scope: Scope = "local" if self._random.random() < LOCAL_SHARE else "national"
        service = Service(
            provider_code=provider.code,
            provider_name=provider.name,
            service_code=keyword,
            name=name,
            service_type=kind,
            billing_type=billing,
            fee_fen=fee_fen or self._random.choice(self._market.fees_fen[unit]),
            fee_unit=unit,
            access_number=self._port(),
            order_command=f"{self._market.order_prefix}{keyword}",
            withdraw_command=self._market.withdraw_command.format(keyword=keyword),
            hotline=provider.hotline,
            scope=scope,
            contact=provider.contact,
            description=description,
            page_url=f"http://sp.example/{provider.code}/{keyword}" if kind in PAGE_TYPES else "",
        )
        return replace(service, adverts=(self._advert(service),))

    def _advert(self, service: Service) -> Advert:
        return honest_advert(service, self._policy, self._market, self._random.randrange(14))

    def _port(self) -> str:
        return self._unused(self._ports, *self._market.ports)

    def _msisdn(self, taken: set[str]) -> str:
        leading, digits = self._market.msisdns
        return self._unused(taken, self._random.choice(leading), digits)

    def _unused(self, taken: set[str], leading: str, digits: int) -> str:
        """A number nobody has; a digit longer where that is hard to find."""
        for attempt in count():
            number = self._digits(leading, digits + attempt // ATTEMPTS)
            if number not in taken:
                break
        taken.add(number)
        return number

    def _digits(self, leading: str, digits: int) -> str:
        return leading + "".join(self._random.choices("0123456789", k=digits))


def honest_advert(service: Service, policy: Policy, market: Market, after_days: int) -> Advert:
    """An advert that says what was filed, shown from `after_days` after the campaign's first day."""
    channel = "sms_push" if not service.page_url else "wap"
    words = market.adverts[(service.billing_type, bool(service.page_url))]
    text = words.format(
        provider=service.provider_name,
        name=service.name,
        description=service.description,
        tariff=policy.tariff(service),
        order=service.order_command,
        withdraw=service.withdraw_command,
        port=service.access_number,
        hotline=service.hotline,
    )
    return Advert(channel, text, service.page_url, policy.starts + timedelta(days=after_days))


def _edition(text: str, number: int) -> str:
    return text if number == 1 else f"{text}{number}"


if __name__ == "__main__":
    write_sample(Path(sys.argv[1]))
