"""Makes call records of callers with known laws, in the bank's form and in dialtest's own."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import numpy as np

from load.law import Exponential, Law, draw_s

BEGINS = datetime(2006, 8, 21, tzinfo=UTC)
BANK_COLUMNS = ("vru+line", "call_id", "customer_id", "priority", "type", "date", "vru_entry", "vru_exit", "vru_time",
                "q_start", "q_exit", "q_time", "outcome", "ser_start", "ser_exit", "ser_time")  # fmt: skip
CALL_COLUMNS = ("call", "msisdn", "brand", "asked_at", "outcome", "wait_s", "handled_s", "batch")
DAY_S = 86_400
AGENT, PATIENT, QUEUE, AGAIN = Exponential(180), Exponential(300), Exponential(80), Exponential(600)
Row = dict[str, object]


@dataclass(frozen=True)
class Spoken:
    """One call: second since BEGINS, who, how long it queued, how it ended, how long an agent talked, and why."""

    at_s: float
    caller: int
    wait_s: float
    outcome: str
    handled_s: float = 0.0
    batch: int = 0
    brand: str = "mzone"


@dataclass(frozen=True)
class Behaviour:
    """How made-up callers behave."""

    handle: Law = AGENT
    patience: Law = PATIENT
    offered: Law = QUEUE
    queued: float = 0.6
    redial_share: float = 0.4
    redial_delay: Law = AGAIN


def answered_or_not(
    at_s: Iterable[float], how: Behaviour, generator: np.random.Generator, batch: Sequence[int] | None = None
) -> list[Spoken]:
    """Calls of one caller each, with their redials: each waits as long as the queue or the caller's patience lasts."""
    calls: list[Spoken] = []
    for caller, first_s in enumerate(at_s, 1):
        now_s: float | None = first_s
        while now_s is not None:
            call = _one(now_s, caller, how, generator, batch[caller - 1] if batch is not None else 0)
            calls.append(call)
            again = call.outcome == "abandoned" and generator.random() < how.redial_share
            now_s = now_s + call.wait_s + _draw(how.redial_delay, generator) if again else None
    return sorted(calls, key=lambda call: call.at_s)


def _one(at_s: float, caller: int, how: Behaviour, generator: np.random.Generator, batch: int) -> Spoken:
    offered_s = _draw(how.offered, generator) if generator.random() < how.queued else 0.0
    patience_s = _draw(how.patience, generator)
    if patience_s < offered_s:
        return Spoken(at_s, caller, patience_s, "abandoned", batch=batch)
    return Spoken(at_s, caller, offered_s, "answered", _draw(how.handle, generator), batch)


def _draw(law: Law, generator: np.random.Generator) -> float:
    return float(draw_s(law, generator, 1)[0])


def over_days(calls: int, days: int, generator: np.random.Generator) -> list[float]:
    """When ordinary callers call: evenly between 8 and 20 o'clock."""
    day = generator.integers(0, days, calls)
    return [float(one) for one in np.sort(day * DAY_S + 8 * 3600 + generator.random(calls) * 12 * 3600)]


def bank_rows(calls: Sequence[Spoken]) -> Iterator[Row]:
    """The calls as the bank wrote them: whole seconds, times of day, 10 s in the menu."""
    for number, call in enumerate(calls, 1):
        entry_s, wait_s, handled_s = round(call.at_s), round(call.wait_s), round(call.handled_s)
        menu_s = entry_s + 10
        yield {
            "vru+line": "AA0101",
            "call_id": number,
            "customer_id": call.caller,
            "priority": 0,
            "type": "PS",
            "date": f"{BEGINS + timedelta(seconds=entry_s):%y%m%d}",
            "vru_entry": clock(entry_s),
            "vru_exit": clock(menu_s),
            "vru_time": 10,
            "q_start": clock(menu_s) if wait_s else "0:00:00",
            "q_exit": clock(menu_s + wait_s) if wait_s else "0:00:00",
            "q_time": wait_s,
            "outcome": {"answered": "AGENT", "abandoned": "HANG"}[call.outcome],
            "ser_start": clock(menu_s + wait_s) if handled_s else "0:00:00",
            "ser_exit": clock(menu_s + wait_s + handled_s) if handled_s else "0:00:00",
            "ser_time": handled_s,
        }


def call_rows(calls: Sequence[Spoken]) -> Iterator[Row]:
    """The calls in dialtest's own form."""
    for number, call in enumerate(calls, 1):
        yield {
            "call": number,
            "msisdn": f"138{call.caller:08d}",
            "brand": call.brand,
            "asked_at": stamp(call.at_s),
            "outcome": call.outcome,
            "wait_s": f"{call.wait_s:.3f}",
            "handled_s": f"{call.handled_s:.3f}" if call.outcome == "answered" else "",
            "batch": call.batch,
        }


def clock(at_s: float) -> str:
    """A second as a time of day."""
    second = round(at_s) % DAY_S
    return f"{second // 3600}:{second % 3600 // 60:02}:{second % 60:02}"


def stamp(at_s: float) -> str:
    """A second since BEGINS as the market's clock shows it."""
    return f"{BEGINS + timedelta(seconds=at_s):%Y-%m-%d %H:%M:%S.%f}"


def table(rows: Iterable[Mapping[str, object]], columns: Sequence[str]) -> str:
    """Rows as CSV."""
    out = StringIO()
    writer = csv.DictWriter(out, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def write_bank(path: Path, calls: Sequence[Spoken]) -> Path:
    path.write_text(table(bank_rows(calls), BANK_COLUMNS), encoding="utf-8")
    return path


def write_calls(path: Path, calls: Sequence[Spoken], columns: Sequence[str] = CALL_COLUMNS) -> Path:
    path.write_text(table(call_rows(calls), columns), encoding="utf-8")
    return path
