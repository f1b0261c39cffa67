"""The sweep: every number that dialled asks what it is still subscribed to and withdraws from all of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from inspect import getsource

from sqlalchemy import select

from dialtest.campaign.plan import PlannedCase
from dialtest.evidence import schema
from dialtest.evidence.journal import Journal
from dialtest.evidence.record import Outcome
from dialtest.model.observation import Answer, SubscriptionRow
from dialtest.model.service import Service
from dialtest.script.dial import CannotTest, Dial
from dialtest.script.durations import hours
from dialtest.script.scenario import Scenario

SWEEP = "sweep"
SETTLES_AFTER_H = 25


@dataclass(frozen=True, slots=True)
class LeftOpen:
    """A subscription that is still there after a sweep, or a number that could not be asked (`row` None)."""

    msisdn: str
    row: SubscriptionRow | None


def sweep_source() -> str:
    """The text that evidence of a sweep cites: that of its scenario alone, since a changed text is another sweep."""
    return getsource(sweep_scenario)


def sweep_scenario(services: Mapping[str, Service]) -> Scenario:
    """Ask, withdraw from everything active over the carrier's own channel, and ask again a day later."""
    by_name = {(service.provider_name, service.name): service for service in services.values()}

    async def sweep(dial: Dial) -> None:
        """Withdraw every subscription this number still has."""
        answer = await dial.query(dial.query_channel)
        if answer is None:
            raise CannotTest("the carrier could not be asked what this number is subscribed to")
        active = [row for row in answer.subscriptions if row.status == "active"]
        for row in active:
            service = by_name.get((row.provider_name, row.service_name))
            if service is not None:
                await dial.withdraw_from(service)
        if active:
            await dial.listen(until=dial.now + hours(SETTLES_AFTER_H))
            await dial.query(dial.query_channel)

    source = sha256(sweep_source().encode()).hexdigest()
    return Scenario(SWEEP, sweep, lambda _: True, ("Q7",), 1, sweep.__doc__ or "", 7, False, False, None, source=source)


def sweep_cases(journal: Journal, planned: Sequence[PlannedCase], at: datetime) -> tuple[list[PlannedCase], list[str]]:
    """One sweep case for every number that ever dialled and runs no case, and the numbers that still run one."""
    table = schema.cases
    with journal.reading() as connection:
        rows = connection.execute(select(table.c.msisdn, table.c.state, table.c.case)).all()
    busy = {msisdn for msisdn, state, _ in rows if state == "open"}
    earlier: dict[str, list[str]] = {}
    for case in planned:
        earlier.setdefault(case.msisdn, []).extend(reversed(case.services))  # the one dialled last
    idle = sorted({msisdn for msisdn, _, _ in rows} & earlier.keys() - busy)
    number = 1 + sum(case.scenario == SWEEP for case in planned)
    cases = [
        PlannedCase(name, earlier[msisdn][-1], SWEEP, msisdn, at, tuple(earlier[msisdn]))
        for name, msisdn in ((f"{SWEEP}.{msisdn}.{number + place:05d}", msisdn) for place, msisdn in enumerate(idle))
    ]
    return cases, sorted(busy)


def left_open(journal: Journal, cases: Iterable[PlannedCase]) -> list[LeftOpen]:
    """What the last answer of each sweep case still shows as active."""
    left = []
    for case in cases:
        answers = [record.result for record in journal.records_of(case.case) if isinstance(record, Outcome)]
        last = next((answer for answer in reversed(answers) if isinstance(answer, Answer)), None)
        if last is None:
            left.append(LeftOpen(case.msisdn, None))
        else:
            left += [LeftOpen(case.msisdn, row) for row in last.subscriptions if row.status == "active"]
    return left
