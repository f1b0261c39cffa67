"""Which batches of reminders were sent when: of a plan, or of a table of batches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from dialtest.catalogue.columns import NUMBER_HEADERS, Headers
from dialtest.catalogue.row_reader import RowReader, read_rows
from dialtest.language import _
from dialtest.policy.policy import Policy
from dialtest.problem import Problem, Problems, raise_if_any
from load.law import Array, Law
from load.plan.planned import only_planned
from load.plan.sending import sending
from load.plan.surge_plan import SurgePlan

BATCH_HEADERS: Headers = {
    "number": ("批次", "批次号", "批号", "batch", "batch number"),
    "brand": NUMBER_HEADERS["brand"],
    "size": ("用户数", "数量", "发送用户数", "发送量", "subscribers"),
    "start": ("开始时间", "发送时间", "发送开始时间", "start time", "sent at"),
    "messages_per_s": ("每秒条数", "发送速率", "速率(条/秒)", "rate", "messages per second"),
    "parts": ("短信条数", "每户条数", "parts"),
}
NEEDED = ("number", "size", "start")
MOST = 100_000_000


@dataclass(frozen=True, slots=True)
class SentBatch:
    """A batch as it went out: `stretches` of (from, until, share of its messages), seconds of the local clock since
    1970; from and until are the same where all went out at once. brand: empty where it is not stated.
    """

    number: int
    brand: str
    size: int
    stretches: tuple[tuple[float, float, float], ...]

    @property
    def from_s(self) -> float:
        """When the first message went out."""
        return self.stretches[0][0]

    @property
    def until_s(self) -> float:
        """When the last one did."""
        return self.stretches[-1][1]

    def called_by(self, delay: Law, t_s: Array) -> Array:
        """P(message sent and delay over by t), as load/arrivals/curve.py has it; of the shape of `t_s`."""
        return np.asarray(sum(share * _by(delay, a, b, t_s) for a, b, share in self.stretches), dtype=np.float64)


def _by(delay: Law, from_s: float, until_s: float, t_s: Array) -> Array:
    if until_s <= from_s:
        return delay.share_by(t_s - from_s) * (t_s >= from_s)
    since = delay.shortfall_s(t_s - from_s) - delay.shortfall_s(t_s - until_s)
    return np.asarray(since / (until_s - from_s), dtype=np.float64)


def batches_of_plan(plan: SurgePlan, begins_s: float) -> tuple[SentBatch, ...]:
    """The batches of a plan that have a start, sent at their rate and outside quiet hours; `begins_s`: its begin on the
    records' clock.
    """
    planned, _unplanned = only_planned(plan)
    return tuple(
        SentBatch(
            batch.number,
            batch.brand,
            batch.size,
            tuple((begins_s + one.from_s, begins_s + one.until_s, one.share) for one in sending(planned, batch)),
        )
        for batch in planned.batches
        if batch.size
    )


def read_batches(file: Path, policy: Policy) -> tuple[SentBatch, ...]:
    """The batches in a CSV or XLSX table, each sent at its rate from its start. Raises BadInput with all problems."""
    problems = Problems()
    batches = tuple(_batches(file, policy, problems))
    if not batches and not problems:
        what = _("the table names no batch.")
        problems.add(Problem(file.name, "missing row", _("Write one row for each batch."), what=what))
    raise_if_any(problems)
    return batches


def _batches(file: Path, policy: Policy, problems: Problems) -> Iterator[SentBatch]:
    seen: set[tuple[int, str]] = set()
    for row in read_rows(file, BATCH_HEADERS, NEEDED, problems):
        number, size = int(_number(row, "number", 1, 100_000)), int(_number(row, "size", 1, MOST))
        brand = row.word("brand", policy.brand_words, "") if row.has("brand") else ""
        per_s = _number(row, "messages_per_s", 0, 1_000_000) if row.has("messages_per_s") else 0.0
        parts = _number(row, "parts", 1, 255) if row.has("parts") else 1.0
        start_s = _start(row, policy)
        if (number, brand) in seen:
            row.wrong("number", "duplicate batch", str(number), _("each number once a brand"), _("Remove one."))
        seen.add((number, brand))
        if not row.bad:
            length_s = size * parts / per_s if per_s else 0.0
            yield SentBatch(number, brand, size, ((start_s, start_s + length_s, 1.0),))


def _number(row: RowReader, field: str, least: float, most: float) -> float:
    text = row.text(field).replace(",", "")
    try:
        value = float(text) if len(text) <= 20 else float("nan")
    except ValueError:
        value = float("nan")
    if least <= value <= most:
        return value
    expected = _("a number from {least} to {most}").format(least=f"{least:g}", most=f"{most:,.0f}")
    row.wrong(field, "wrong value", row.text(field), expected, _("Correct it."))
    return least


def _start(row: RowReader, policy: Policy) -> float:
    text = row.text("start")
    try:
        when = datetime.strptime(text, "%Y%m%d%H%M%S") if text.isdecimal() else datetime.fromisoformat(text)  # noqa: DTZ007
    except ValueError:
        expected = _("a time such as 2006-07-01 10:05:00 or 20060701100500")
        row.wrong("start", "impossible time", text, expected, _("Correct it."))
        return 0.0
    return local_s(when if when.tzinfo else when.replace(tzinfo=policy.zone), policy)


def local_s(when: datetime, policy: Policy) -> float:
    """A moment in seconds of the market's clock since 1970, as call records have it."""
    return when.astimezone(policy.zone).replace(tzinfo=UTC).timestamp()
