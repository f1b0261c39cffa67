"""Builds a small campaign by hand: a few services of several types, shipped scenarios, fresh numbers, two cheats."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from msgspec.structs import replace

from dialtest.campaign.plan import PlannedCase
from dialtest.evidence.journal import Journal
from dialtest.evidence.record import AnyRecord, Seen, encode
from dialtest.evidence.store import open_journal
from dialtest.model.number import Number
from dialtest.model.service import Service, ServiceType
from dialtest.policy.load import load_policy
from dialtest.sandbox.conduct import Conduct
from dialtest.sandbox.planted import Planted
from dialtest.script.cast import Cast
from dialtest.script.load import ScenarioFile, load_folder, load_source, shipped_folder

TYPES: Sequence[ServiceType] = ("sms", "mms", "wap", "java", "voice_magazine")


class ChargesDouble(Conduct):
    """Takes twice the tariff."""

    def cut_fees(self, service: Service) -> tuple[int, ...]:
        return (service.fee_fen * 2,)


class RefusesWithdrawal(Conduct):
    """Takes no withdrawal."""

    def accepts_withdrawal(self, channel: str) -> bool:
        return False


@dataclass(frozen=True)
class SmallCampaign:
    """Everything a driver needs."""

    cast: Cast
    files: tuple[ScenarioFile, ...]
    faults: tuple[Planted, ...]
    begins: datetime
    planned: tuple[PlannedCase, ...]

    def journal(self, folder: Path | None = None) -> Journal:
        """A journal that holds the campaign's documents, in a file or in memory."""
        journal = open_journal("sqlite://" if folder is None else f"sqlite:///{folder / 'journal.db'}")
        journal.keep_document("policy", self.cast.policy.name, self.cast.policy.text)
        for file in self.files:
            journal.keep_document("scenario", Path(file.path).name, file.text)
        return journal


def small_campaign(
    services: int = 10,
    dials: int = 1,
    policy: str = "monternet-2006",
    sources: Iterable[str] = (),
    seed: int = 7,
    apart: timedelta = timedelta(hours=5),
) -> SmallCampaign:
    """`dials` per service and fitting scenario, each on a number of its own; `sources` replace the shipped ones."""
    files = tuple(load_source(text, "own.py") for text in sources) or load_folder(shipped_folder())
    scenarios = {scenario.name: scenario for file in files for scenario in file.scenarios}
    rules = load_policy(policy)
    filed = [service(place) for place in range(services)]
    begins = rules.midnight(rules.starts)
    planned: list[PlannedCase] = []
    for dial in range(dials):
        for filing in filed:
            for name in sorted(name for name, scenario in scenarios.items() if scenario.fits(filing)):
                number = f"139{len(planned):08d}"
                starts_at = begins + apart * len(planned) + timedelta(hours=9)
                planned.append(PlannedCase(f"{name}.{filing.key}.{dial}", filing.key, name, number, starts_at))
    numbers = {case.msisdn: Number(case.msisdn, "gotone") for case in planned}
    cast = Cast(rules, {filing.key: filing for filing in filed}, numbers, scenarios, seed)
    keys = [filing.key for filing in filed]
    faults = (
        Planted("charges-double", frozenset(keys[1:3]), ChargesDouble()),
        Planted("refuses-withdrawal", frozenset(keys[3:4]), RefusesWithdrawal(), share=0.5),
    )
    return SmallCampaign(cast, files, faults, begins, tuple(planned))


def service(place: int) -> Service:
    """One of many: every third is paid per use, WAP and Java services have a page."""
    kind = TYPES[place % len(TYPES)]
    monthly = place % 3 != 2
    return Service(
        provider_code=f"9{place // 2:05d}",
        provider_name=f"Provider {place // 2}",
        service_code=f"S{place}",
        name=f"News {place}",
        service_type=kind,
        billing_type="monthly" if monthly else "per_use",
        fee_fen=100 * (place + 1),
        fee_unit="month" if monthly else "use",
        access_number=f"1066{place:04d}",
        order_command=f"DG{place}",
        withdraw_command=f"QX{place}",
        hotline="95105670",
        description="headlines of the day",
        page_url=f"http://wap.example/{place}" if kind in ("wap", "java") else "",
    )


def without_cursors(records: Sequence[AnyRecord]) -> list[bytes]:
    """The records' bytes, cursors aside: they count what other cases heard, too, and mean nothing in virtual time."""
    return [encode(replace(record, cursor=0) if isinstance(record, Seen) else record) for record in records]
