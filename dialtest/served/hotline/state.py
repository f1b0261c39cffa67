"""What the hotline shows of itself: every brand's desk and counts, and call records with times of its own clock."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from dialtest.served.hotline.book import Entry
from dialtest.served.hotline.exchange import Exchange
from dialtest.served.hotline.floor import BrandFloor
from dialtest.served.hotline.setup import ScaledClock


class BrandState(Struct):
    """One brand now, and what became of its calls so far, as `Counts` has them.

    connection_rate: answered ÷ (answered + abandoned + no_line), 1 when nobody asked; in_window_rate: what the
    emergency flow goes by. busy: agents who are. owed: callers to be called back.
    """

    brand: str
    standard: float
    agents: int
    busy: int
    waiting: int
    owed: int
    flow_on: bool
    connection_rate: float
    in_window_rate: float
    calls: int
    asked: int
    answered: int
    abandoned: int
    diverted: int
    left_menu: int
    no_line: int
    offered: int
    recorded: int
    called_back: int
    settled: int
    unacknowledged: int
    told_other_ways: int
    withdrew_by_sms: int
    withdrew_by_web: int
    mean_wait_s: float


class State(Struct):
    """The hotline now. `clock` is its own; `speed` seconds of it go by in one."""

    clock: datetime
    speed: float
    closed: bool
    lines: int
    in_menu: int
    received: int
    garbage: int
    resent: int
    unreachable: int
    defects: int
    first_record: int
    last_record: int
    brands: list[BrandState]


class Record(Struct):
    """One call. Times are the hotline's clock; null: that has not happened."""

    call: int
    msisdn: str
    brand: str
    outcome: str
    began_at: datetime
    asked_at: datetime | None
    left_at: datetime | None
    ended_at: datetime | None
    offered: bool
    recorded: bool
    settled: bool
    called_back_at: datetime | None


class Records(Struct):
    """Some call records. `dropped`: how many older ones are not kept any more; `last`: the newest call of all."""

    calls: list[Record]
    dropped: int
    last: int


def state_of(exchange: Exchange, received: int, unreachable: int, defects: int, real_s: float) -> State:
    """The hotline now; what its socket counted comes from outside."""
    calls, clock = exchange.calls, exchange.clock
    now_s = clock.now_s(real_s)
    return State(
        clock=clock.moment(now_s),
        speed=clock.speed,
        closed=exchange.closed,
        lines=len(calls.lines) - calls.refused,
        in_menu=calls.in_menu,
        received=received,
        garbage=exchange.garbage,
        resent=exchange.resent,
        unreachable=unreachable,
        defects=defects,
        first_record=calls.book.first,
        last_record=calls.book.last,
        brands=[brand_state(floor, now_s) for floor in calls.floors.values()],
    )


def brand_state(floor: BrandFloor, now_s: float) -> BrandState:
    """One brand now."""
    counts, desk = floor.counts, floor.desk
    flow_on = floor.flow_on(now_s)
    asked = counts.answered + counts.abandoned + counts.busy
    left = counts.answered + counts.abandoned + counts.diverted
    return BrandState(
        brand=floor.brand,
        standard=floor.standard,
        agents=desk.agents,
        busy=desk.busy,
        waiting=desk.waiting,
        owed=desk.owed,
        flow_on=flow_on,
        connection_rate=counts.answered / asked if asked else 1.0,
        in_window_rate=desk.flow.rate,
        calls=counts.calls,
        asked=counts.asked,
        answered=counts.answered,
        abandoned=counts.abandoned,
        diverted=counts.diverted,
        left_menu=counts.left_menu,
        no_line=counts.busy,
        offered=counts.offered,
        recorded=counts.recorded,
        called_back=counts.called_back,
        settled=counts.settled,
        unacknowledged=counts.unacknowledged,
        told_other_ways=counts.told_other_ways,
        withdrew_by_sms=counts.withdrew_by_sms,
        withdrew_by_web=counts.withdrew_by_web,
        mean_wait_s=counts.waited_s / left if left else 0.0,
    )


def records_of(exchange: Exchange, after: int, most: int) -> Records:
    """The records of at most `most` calls after a number."""
    book, clock = exchange.calls.book, exchange.clock
    return Records([_record(entry, clock) for entry in book.after(after, most)], book.first - 1, book.last)


def _record(entry: Entry, clock: ScaledClock) -> Record:
    def at(now_s: float | None) -> datetime | None:
        return None if now_s is None else clock.moment(now_s)

    return Record(
        call=entry.call,
        msisdn=entry.msisdn,
        brand=entry.brand,
        outcome=entry.outcome,
        began_at=clock.moment(entry.began_s),
        asked_at=at(entry.asked_s),
        left_at=at(entry.left_s),
        ended_at=at(entry.ended_s),
        offered=entry.offered,
        recorded=entry.recorded,
        settled=entry.settled,
        called_back_at=at(entry.called_back_s),
    )
