"""A full campaign of N services on one core: carrier, script, journal, chain, seal and judging, all of it timed.

Run as `python -m tests.bench.campaign N`; prints one JSON object. A case is a full life cycle of at least 10 acts and
18 records.
"""

from __future__ import annotations

import json
import resource
import signal
import sys
import tempfile
import tracemalloc
from collections import Counter
from functools import cache
from pathlib import Path
from types import FrameType

from sqlalchemy import func, select

from dialtest.campaign.drive import drive, plan_campaign
from dialtest.campaign.judging import judge_journal
from dialtest.clock import monotonic_s
from dialtest.evidence import schema
from dialtest.evidence.journal import Journal
from dialtest.evidence.seal import seal
from dialtest.evidence.store import open_journal
from dialtest.folder.campaign import Campaign, open_campaign
from dialtest.model.act import Send
from dialtest.model.observation import Sent
from dialtest.rules.registry import all_rules
from dialtest.sandbox.agenda import Agenda
from dialtest.sandbox.carrier import Carrier
from dialtest.sandbox.filings import Filings
from dialtest.sandbox.planted import FaultPlan

ROOMS = ("script", "sandbox", "evidence", "rules", "adverts", "campaign", "policy")
TICK_S = 0.005

SETTINGS = """name = "bench"
[plan]
dials_per_service = 1
scenarios = ["keep-through-first-bill"]
"""
FILING = (
    "企业代码,SP名称,服务代码,业务代码,业务名称,业务类型,计费类型,资费,"
    "订购指令,退订指令,客服电话,全网/本地,业务描述,页面地址\n"
)


class Sampler:
    """Looks every few milliseconds of processor time at which room of dialtest is at work."""

    def __init__(self) -> None:
        self.ticks: Counter[str] = Counter()

    def __enter__(self) -> Sampler:
        signal.signal(signal.SIGPROF, self._tick)
        signal.setitimer(signal.ITIMER_PROF, TICK_S, TICK_S)
        return self

    def __exit__(self, *_: object) -> None:
        signal.setitimer(signal.ITIMER_PROF, 0)

    def shares(self) -> dict[str, float]:
        """The share of time by room; the innermost room on the stack counts."""
        total = self.ticks.total() or 1
        return {room: round(count / total, 3) for room, count in self.ticks.most_common()}

    def _tick(self, _: int, frame: FrameType | None) -> None:
        while frame is not None:
            room = _room_of(frame.f_code.co_filename)
            if room:
                self.ticks[room if room in ROOMS else "other"] += 1
                return
            frame = frame.f_back
        self.ticks["other"] += 1


@cache
def _room_of(file: str) -> str:
    """The room of dialtest a source file lies in; empty for files from elsewhere."""
    parts = Path(file).parts
    return parts[len(parts) - parts[::-1].index("dialtest")] if "dialtest" in parts[:-1] else ""


def write_campaign(folder: Path, services: int) -> None:
    """A campaign of `services` monthly services of the seven types, every fifth of them ordered on its page."""
    types = ("短信", "短信", "彩信", "短信", "WAP")
    rows = (
        f"9{i // 10:05d},提供商{i // 10},1066{i:06d},S{i % 10},业务{i},{types[i % 5]},包月,{5 + i % 20}元/月,"
        f"DZ{i % 10},TD{i % 10},9510{i % 1000:04d},全网,每日内容,{f'http://sp.example/{i}' if i % 5 == 4 else ''}"
        for i in range(services)
    )
    (folder / "catalogue.csv").write_text(FILING + "\n".join(rows) + "\n", encoding="utf-8")
    numbers = (f"139{i:08d},{('mzone', 'easyown', 'gotone')[i % 3]},XJ,ürümqi,data_centre," for i in range(services))
    heads = "msisdn,brand,region,site,team,control\n"
    (folder / "numbers.csv").write_text(heads + "\n".join(numbers) + "\n", encoding="utf-8")
    (folder / "dialtest.toml").write_text(SETTINGS, encoding="utf-8")


def measure(services: int) -> dict[str, object]:
    """Dial and judge a campaign of `services` services; figures by name."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_campaign(folder, services)
        campaign = open_campaign(folder)
        journal = open_journal(campaign.journal_url)
        cases = plan_campaign(campaign, journal).cases
        with Sampler() as sampler:
            began_s = monotonic_s()
            drive(campaign, journal, cases)
            sealed = seal(journal, campaign.begins)
            ended_s = monotonic_s()
        judged = judge_journal(journal, all_rules())
        again_s = monotonic_s() - ended_s
        fewest, acts = _fewest(journal)
        seconds = ended_s - began_s
        figures = {
            "services": services,
            "cases": judged.cases,
            "sealed_cases": sealed.cases,
            "fewest_records_of_a_case": fewest,
            "acts_of_a_case": acts,
            "findings": judged.findings,
            "cases_per_second": round(judged.cases / seconds),
            "records_per_second": round(judged.records / seconds),
            "seconds": round(seconds, 2),
            "judging_again_s": round(again_s, 2),
            "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
            "carrier_bytes_per_subscription": carrier_bytes(campaign),
            "shares": sampler.shares(),
        }
        journal.close()
        return figures


def carrier_bytes(campaign: Campaign) -> int:
    """What the carrier's ledger holds for one subscription, in bytes, by tracing its allocations."""
    policy = campaign.policy
    agenda = Agenda(campaign.begins)
    filings, numbers = Filings(campaign.services.values()), campaign.numbers.values()
    carrier = Carrier(policy, filings, numbers, FaultPlan((), 1), agenda, lambda *_: None, 1)
    services = [service for service in campaign.services.values() if not service.ordered_on_page]
    tracemalloc.start()
    ordered = 0
    for number, service in zip(campaign.numbers, services, strict=False):
        ordered += isinstance(
            carrier.perform(number, Send(service.access_number, service.order_command, "order")), Sent
        )
    agenda.advance(policy.days_later(campaign.begins, 80))
    bytes_ = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    return round(bytes_ / max(ordered, 1))


def _fewest(journal: Journal) -> tuple[int, int]:
    """The fewest records of a completed case, and how many acts that case did."""
    query = select(func.min(schema.cases.c.records)).where(schema.cases.c.state == "completed")
    with journal.reading() as connection:
        fewest = connection.execute(query).scalar_one()
        case = connection.execute(select(schema.cases.c.case).where(schema.cases.c.records == fewest)).scalars().first()
    records = journal.records_of(str(case))
    return int(fewest), records[-1].step


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]))))
