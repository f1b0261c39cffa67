"""Performs planned cases: picks the driver, keeps plan and documents, spreads virtual runs over processes."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from multiprocessing import get_context
from zlib import crc32

from sqlalchemy import func, select

from dialtest.campaign.ended_cases import EndedCases
from dialtest.campaign.judging import CaseJudge
from dialtest.campaign.plan import Plan, PlannedCase, Wishes, make_plan
from dialtest.campaign.planbook import keep_plan, planned_cases
from dialtest.campaign.runner import Runner
from dialtest.campaign.spend import Spend
from dialtest.campaign.sweeping import SWEEP, sweep_scenario, sweep_source
from dialtest.campaign.virtual import VirtualDriver
from dialtest.evidence import schema
from dialtest.evidence.journal import Journal
from dialtest.evidence.record import Opened, decode
from dialtest.evidence.store import open_journal
from dialtest.folder.campaign import Campaign, open_campaign
from dialtest.rules.registry import all_rules
from dialtest.sandbox.filings import Filings
from dialtest.script.cast import Cast
from dialtest.script.load import load_source
from dialtest.script.scenario import Scenario

OnClosed = Callable[[int], None]
POLL_S = 0.2
PORTION_NUMBERS = 1_000


def plan_campaign(campaign: Campaign, journal: Journal) -> Plan:
    """The kept plan and what the campaign's inputs add to it; nothing is kept here."""
    settings, policy = campaign.settings, campaign.policy
    wishes = Wishes(
        settings.plan.dials_per_service,
        settings.starts or policy.starts,
        settings.ends or policy.ends,
        settings.plan.starts_per_day,
    )
    wanted = settings.plan.scenarios
    scenarios = [scenario for name, scenario in campaign.scenarios.items() if not wanted or name in wanted]
    kept = planned_cases(journal, policy)
    return make_plan(
        campaign.services.values(), scenarios, campaign.numbers.values(), policy, wishes, settings.seed, kept
    )


def drive(
    campaign: Campaign,
    journal: Journal,
    cases: Sequence[PlannedCase],
    until: datetime | None = None,
    jobs: int = 1,
    on_closed: OnClosed = lambda _: None,
) -> None:
    """Perform `cases` as far as `until` over the campaign's network; on_closed hears how many cases have ended so far.

    Virtual runs are replayed from their seed and checked against what the journal holds; the result is the same for
    any number of jobs. A cap for the whole campaign needs one process that sees all of it.
    """
    if campaign.settings.network != "sandbox":
        _drive_live(campaign, journal, _kept(campaign, journal, cases), until, on_closed)
        return
    with few_collections(), journal.filling():
        cases = _kept(campaign, journal, cases)
        if jobs > 1 and not campaign.settings.spend.per_campaign_fen:
            _drive_shards(campaign, journal, until, jobs, on_closed)
        else:
            drive_virtual(campaign, journal, cases, until, on_closed)


def drive_virtual(
    campaign: Campaign,
    journal: Journal,
    cases: Sequence[PlannedCase],
    until: datetime | None = None,
    on_closed: OnClosed = lambda _: None,
) -> None:
    """Perform `cases` against an embedded carrier in this process, some numbers after the others.

    A carrier of few numbers is quick and takes little memory. A cap for the whole campaign needs one that sees all.
    """
    journal.expect_recorded()
    judge = _ended_cases(campaign, journal).add
    runner = Runner(
        cast_of(campaign), journal, spend_of(campaign), frozen_scenarios(campaign, journal), on_closed, judge
    )
    begins = campaign.policy.midnight(campaign.settings.starts or campaign.policy.starts)
    filings = Filings(runner.cast.services.values())
    for portion in [cases] if campaign.settings.spend.per_campaign_fen else _portions(cases):
        driver = VirtualDriver(runner, campaign.planted(), begins, (case.msisdn for case in portion), filings)
        driver.run(portion, until)
        driver.close()


def _portions(cases: Iterable[PlannedCase]) -> Iterable[list[PlannedCase]]:
    """The cases of so many numbers at a time, in order of start; what one number does affects no other."""
    portion_of: dict[str, int] = {}
    portions: defaultdict[int, list[PlannedCase]] = defaultdict(list)
    for case in cases:
        portion = portion_of.setdefault(case.msisdn, len(portion_of) // PORTION_NUMBERS)
        portions[portion].append(case)
    return portions.values()


def cast_of(campaign: Campaign) -> Cast:
    """The campaign's cast, with the sweep every campaign can play."""
    cast = campaign.cast()
    return replace(cast, scenarios={**cast.scenarios, SWEEP: sweep_scenario(campaign.services)})


def spend_of(campaign: Campaign) -> Spend:
    """The campaign's caps, nothing spent yet."""
    return Spend(campaign.settings.spend.per_number_fen, campaign.settings.spend.per_campaign_fen)


def _ended_cases(campaign: Campaign, journal: Journal) -> EndedCases:
    return EndedCases(journal, CaseJudge(journal, all_rules(), campaign.services.values(), campaign.policy))


def _kept(campaign: Campaign, journal: Journal, cases: Sequence[PlannedCase]) -> list[PlannedCase]:
    """Write down what is planned and by which documents; the cases that can be dialled."""
    keep_plan(journal, cases)
    _keep_documents(campaign, journal)
    return playable(campaign, journal, cases)


def _keep_documents(campaign: Campaign, journal: Journal) -> None:
    documents = [("policy", campaign.policy.name, campaign.policy.text), ("scenario", SWEEP, sweep_source())]
    documents += [("scenario", file.path.rpartition("/")[2], file.text) for file in campaign.scenario_files]
    journal.keep_documents(documents)


def playable(campaign: Campaign, journal: Journal, cases: Sequence[PlannedCase]) -> list[PlannedCase]:
    """The planned cases whose services, number and scenario are still there; others cannot be dialled any more."""
    cast, frozen = cast_of(campaign), frozen_scenarios(campaign, journal)
    return [
        case
        for case in cases
        if cast.services.keys() >= set(case.services)
        and case.msisdn in cast.numbers
        and (case.scenario in cast.scenarios or case.case in frozen)
    ]


def frozen_scenarios(campaign: Campaign, journal: Journal) -> Mapping[str, Scenario]:
    """Cases begun with a scenario that was edited since, and the scenario each began with; mostly nobody."""
    current = {scenario.name: scenario.source for scenario in campaign.scenarios.values()}
    ours = (SWEEP,)  # made by dialtest itself, from no file of a test team
    table = schema.records
    frozen: dict[str, Scenario] = {}
    with journal.reading() as connection:
        for case, body in connection.execute(select(table.c.case, table.c.body).where(table.c.seq == 0)):
            opened = decode(body)
            if not isinstance(opened, Opened) or opened.scenario in ours:
                continue
            if current.get(opened.scenario) != opened.source:
                file = load_source(journal.document(opened.source), f"{opened.scenario} as begun")
                frozen[case] = next(scenario for scenario in file.scenarios if scenario.name == opened.scenario)
    return frozen


def _drive_live(
    campaign: Campaign, journal: Journal, cases: Sequence[PlannedCase], until: datetime | None, on_closed: OnClosed
) -> None:
    from dialtest.campaign.live import drive_live

    judge = _ended_cases(campaign, journal).add
    url = campaign.settings.network
    drive_live(cast_of(campaign), journal, cases, url, until, on_closed, spend_of(campaign), judge)


def _drive_shards(campaign: Campaign, journal: Journal, until: datetime | None, jobs: int, on_closed: OnClosed) -> None:
    arguments = (str(campaign.folder), campaign.overrides, until, jobs)
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        shards: list[Future[None]] = [pool.submit(_drive_shard, *arguments, shard) for shard in range(jobs)]
        while wait(shards, POLL_S).not_done:
            on_closed(_closed_cases(journal))
        for shard in shards:
            shard.result()


def _drive_shard(folder: str, overrides: Mapping[str, object], until: datetime | None, jobs: int, shard: int) -> None:
    campaign = open_campaign(folder, **overrides)
    journal = open_journal(campaign.journal_url)
    try:
        cases = playable(campaign, journal, planned_cases(journal, campaign.policy))
        with few_collections():
            drive_virtual(campaign, journal, [case for case in cases if shard_of(case.msisdn, jobs) == shard], until)
    finally:
        journal.engine.dispose()


@contextmanager
def few_collections() -> Iterator[None]:
    """Let the garbage collector look seldom: cases hold no cycles, and looking often costs a fifth of the time."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(1_000_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def shard_of(msisdn: str, jobs: int) -> int:
    """Which process runs a number: all cases of a number run in one, since what was ordered before matters."""
    return crc32(msisdn.encode()) % jobs


def _closed_cases(journal: Journal) -> int:
    with journal.reading() as connection:
        query = select(func.count()).select_from(schema.cases).where(schema.cases.c.state != "open")
        return int(connection.execute(query).scalar_one())
