"""A small market to dial in: two providers with services of every type, numbers of their own, the shipped scenarios."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache

from dialtest.campaign.companion import companion_of
from dialtest.campaign.plan import PlannedCase
from dialtest.campaign.runner import Runner
from dialtest.campaign.virtual import VirtualDriver
from dialtest.evidence.journal import CaseChain
from dialtest.evidence.record import AnyRecord
from dialtest.model.finding import Finding
from dialtest.model.number import Number
from dialtest.model.service import BillingType, Service, ServiceType
from dialtest.policy.load import load_policy
from dialtest.policy.opening import opens
from dialtest.policy.policy import Policy
from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.judge import Judgement, judge_case
from dialtest.rules.registry import ALL_RULES
from dialtest.sandbox.faults import ALL_FAULTS
from dialtest.sandbox.planted import Planted
from dialtest.script.cast import Cast
from dialtest.script.load import load_folder, shipped_folder
from dialtest.script.scenario import Scenario

FILED: Sequence[tuple[str, ServiceType, BillingType]] = (
    ("头条新闻", "sms", "monthly"),
    ("彩信笑话", "mms", "monthly"),
    ("精品图铃", "wap", "monthly"),
    ("掌上游戏", "java", "per_use"),
    ("天气预报", "sms", "per_use"),
    ("手机动画", "animation", "monthly"),
    ("行情速递", "pda", "monthly"),
    ("语音杂志", "voice_magazine", "monthly"),
)
PROVIDERS = (("900001", "新浪"), ("900002", "腾讯公司"))


class NoJournal:
    """Keeps nothing: judging needs the records alone."""

    def begin(self, case: str) -> CaseChain:
        return CaseChain(case)

    def append(self, chain: CaseChain, record: AnyRecord) -> bool:
        chain.seq += 1
        return True

    def commit(self) -> None:
        """Nothing to keep."""


@dataclass(frozen=True)
class Dialled:
    """One case and what all rules say of it."""

    records: Sequence[AnyRecord]
    evidence: CaseEvidence
    judgement: Judgement

    @property
    def findings(self) -> tuple[Finding, ...]:
        return self.judgement.findings


@cache
def policy_of(name: str) -> Policy:
    """A shipped policy, read once."""
    return load_policy(name)


@cache
def scenarios() -> Mapping[str, Scenario]:
    """The shipped scenarios by name."""
    return {one.name: one for file in load_folder(shipped_folder()) for one in file.scenarios}


@cache
def filed(policy: str = "monternet-2006") -> tuple[Service, ...]:
    """One service of every type for each of two providers, with its page."""
    return tuple(_filing(place, number, policy_of(policy)) for place in range(len(FILED)) for number in range(2))


def _filing(place: int, number: int, policy: Policy) -> Service:
    code, provider = PROVIDERS[number]
    name, kind, billing = FILED[place]
    subscription = "month" if policy.country == "CN" else "week"
    return Service(
        provider_code=code,
        provider_name=provider,
        service_code=f"S{place}",
        name=name,
        service_type=kind,
        billing_type=billing,
        fee_fen=500 + 100 * place if billing == "monthly" else 100,
        fee_unit=subscription if billing == "monthly" else "use",  # type: ignore[arg-type]
        access_number=f"1066{number}{place:02d}",
        order_command=f"DZ{place}",
        withdraw_command=f"TD{place}" if policy.country == "CN" else "STOP",
        hotline="9510567",
        description=f"{name}每日更新",
        page_url=f"http://{code}.example/{place}",
    )


def fitting(service: Service, policy: Policy) -> Iterator[Scenario]:
    """The scenarios that fit a service in this market."""
    for scenario in scenarios().values():
        if scenario.fits(service) and (not scenario.markets or policy.country in scenario.markets):
            yield scenario


def dial(
    services: Sequence[Service],
    names: Sequence[str] = (),
    faults: Sequence[Planted] = (),
    *,
    policy: str = "monternet-2006",
    begins: datetime | None = None,
    seed: int = 1,
    dials: int = 1,
    apart: timedelta = timedelta(hours=7, minutes=13),
) -> list[Dialled]:
    """Dial every service with every fitting scenario (or those of `names`), each on a number of its own; judge all."""
    market = policy_of(policy)
    begins = begins or market.midnight(market.starts)
    cases = [
        (service, scenario)
        for _ in range(dials)
        for service in services
        for scenario in fitting(service, market)
        if not names or scenario.name in names
    ]
    planned = [
        PlannedCase(
            f"case{place}",
            service.key,
            scenario.name,
            f"139{place:08d}",
            _start(market, scenario, begins, at),
            companion=_companion(scenario, service, policy),
        )
        for place, (service, scenario) in enumerate(cases)
        for at in [apart * (place + 1)]
    ]
    numbers = {
        case.msisdn: Number(case.msisdn, "mzone", control=scenario.control)
        for case, (_, scenario) in zip(planned, cases, strict=True)
    }
    cast = Cast(market, {one.key: one for one in filed(policy)} | {one.key: one for one in services}, numbers,
                scenarios(), seed)  # fmt: skip
    dialled: list[Dialled] = []

    def judge(records: Sequence[AnyRecord]) -> None:
        evidence = CaseEvidence(records, market)
        dialled.append(Dialled(records, evidence, judge_case(evidence, ALL_RULES)))

    runner = Runner(cast, NoJournal(), judge=judge)  # type: ignore[arg-type]
    driver = VirtualDriver(runner, faults, begins, numbers)
    driver.run(sorted(planned, key=lambda case: (case.starts_at, case.case)))
    return sorted(dialled, key=lambda one: one.evidence.opened.case)


def _companion(scenario: Scenario, service: Service, policy: str) -> str:
    siblings = [one for one in filed(policy) if one.provider_code == service.provider_code]
    return companion_of(scenario, service, siblings)


def _start(policy: Policy, scenario: Scenario, begins: datetime, after: timedelta) -> datetime:
    since = opens(policy, scenario.channel) if scenario.channel else None
    when = max(begins, since or begins) + after
    if scenario.start is None:
        return when
    first = policy.next_first(when)
    day = policy.next_first(first) - timedelta(days=1) if scenario.start.day == -1 else first.replace(
        day=scenario.start.day
    )  # fmt: skip
    return datetime.combine(day.date(), scenario.start.time, policy.zone)


def planted(name: str, services: Sequence[Service], share: float = 1.0, since: datetime | None = None) -> Planted:
    """A shipped fault on those of `services` it fits."""
    fault = ALL_FAULTS[name]
    return Planted(name, frozenset(one.key for one in services if fault.fits(one)), fault(), share, since)


def without_page(service: Service) -> Service:
    """The same service, ordered by SMS alone."""
    return replace(service, page_url="")
