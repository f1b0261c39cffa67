"""Starts carrier and campaign as processes, ends the campaign at seeded random moments, and compares the books."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path
from random import Random
from typing import cast, get_args

from dialtest.campaign.runner import IN_DOUBT, Runner
from dialtest.campaign.virtual import VirtualDriver
from dialtest.evidence.record import AnyRecord, Closed, Intent, Opened, Outcome
from dialtest.evidence.unfinished import case_states, take_up
from dialtest.model.act import AnyAct
from dialtest.model.observation import Trouble
from dialtest.served.act_ledger import ActLedger
from dialtest.served.replayable import made_of
from dialtest.wire.http_act import to_wire
from dialtest.wire.http_exchange import write
from tests.dialtest.campaign.small_campaign import without_cursors
from tests.kills.campaign import dial, killed_campaign
from tests.kills.carrier import serve

# Processes come from a server that has imported everything already: a kill costs what it interrupts, not a start.
PROCESSES = get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.kills.carrier", "tests.kills.virtual"])
BINDING = tuple(f'{{"act":"{act.__struct_config__.tag}"' for act in get_args(AnyAct) if act.binding)

LIFE_S = (0.02, 0.3)

ActKey = tuple[str, str, str]


@dataclass
class Books:
    """What the journal says against what the carrier's ledger says; every list but `doubts` must be empty."""

    kills: int = 0
    acts: int = 0
    doubts: list[ActKey] = field(default_factory=list)
    doubts_done: int = 0
    open_cases: list[str] = field(default_factory=list)
    outcomes_without_act: list[ActKey] = field(default_factory=list)
    acts_without_outcome: list[ActKey] = field(default_factory=list)
    doubts_not_listed: list[str] = field(default_factory=list)
    changed_cases: list[str] = field(default_factory=list)

    @property
    def wrong(self) -> list[object]:
        """Everything that must not be."""
        return [
            *self.open_cases,
            *self.outcomes_without_act,
            *self.acts_without_outcome,
            *self.doubts_not_listed,
            *self.changed_cases,
        ]


def end_by_force(folder: Path, seed: int, most_kills: int) -> Books:
    """One campaign, ended at most so many times and then left to finish; its books."""
    random, kills = Random(seed), 0
    with started(serve, folder, seed) as (_, address):
        while kills < most_kills:
            with started(dial, folder, seed, address) as (process, _):
                process.join(random.uniform(*LIFE_S))
                if process.exitcode is not None:
                    break
                kills += 1
        with started(dial, folder, seed, address) as (process, _):
            process.join(100)
    books = compare(folder, seed)
    books.kills = kills
    return books


def compare(folder: Path, seed: int) -> Books:
    """Hold journal, ledger and an undisturbed virtual run of the same campaign against each other."""
    campaign, books = killed_campaign(seed), Books()
    ledger = ActLedger(folder / "ledger.db", made_of(campaign.cast, campaign.faults, campaign.begins))
    done = [(act.msisdn, act.act, act.at.isoformat()) for act in ledger.acts() if act.act.startswith(BINDING)]
    ledger.close()
    undisturbed, journal = _undisturbed(seed), campaign.journal(folder)
    outcomes: list[ActKey] = []
    for case, state in case_states(journal).items():
        records = take_up(journal, case)[1]  # raises where the chain does not hold
        outcomes += _outcomes(records)
        doubts = _doubts(records)
        books.doubts += doubts
        closed = records[-1]
        listed = isinstance(closed, Closed) and closed.reason.startswith(IN_DOUBT)
        if state == "open":
            books.open_cases.append(case)
        if bool(doubts) != listed:
            books.doubts_not_listed.append(case)
        if not doubts and without_cursors(records) != undisturbed[case]:
            books.changed_cases.append(case)
    books.acts = len(done)
    books.outcomes_without_act = list((Counter(outcomes) - Counter(done)).elements())
    left = Counter(done) - Counter(outcomes)
    books.acts_without_outcome = list((left - Counter(books.doubts)).elements())
    books.doubts_done = (left & Counter(books.doubts)).total()
    return books


def _outcomes(records: list[AnyRecord]) -> list[ActKey]:
    return [
        _key(records, record, record.result.at.isoformat())
        for record in records
        if isinstance(record, Outcome) and record.act.binding and not _in_doubt(record)
    ]


def _doubts(records: list[AnyRecord]) -> list[ActKey]:
    return [
        _key(records, intent, intent.at.isoformat())
        for intent, outcome in pairwise(records)
        if isinstance(intent, Intent) and isinstance(outcome, Outcome) and _in_doubt(outcome)
    ]


def _in_doubt(record: Outcome) -> bool:
    return isinstance(record.result, Trouble) and record.result.failure == "in_doubt"


def _key(records: list[AnyRecord], record: Intent | Outcome, at: str) -> ActKey:
    return cast(Opened, records[0]).number.msisdn, write(to_wire(record.act)).decode(), at


def _undisturbed(seed: int) -> dict[str, list[bytes]]:
    campaign = killed_campaign(seed)
    journal = campaign.journal()
    runner = Runner(campaign.cast, journal)
    VirtualDriver(runner, campaign.faults, campaign.begins, campaign.cast.numbers).run(campaign.planned)
    return {records[0].case: without_cursors(records) for records in journal.every_case()}


@contextmanager
def started(run: Callable[..., None], *arguments: object) -> Iterator[tuple[BaseProcess, str]]:
    """A process of its own and the first thing it says; ended with SIGKILL, if it has not ended by itself."""
    ours, theirs = PROCESSES.Pipe(duplex=False)
    process = PROCESSES.Process(target=run, args=(theirs, *arguments))
    process.start()
    theirs.close()
    try:
        yield process, ours.recv()
    finally:
        process.kill()
        process.join()
