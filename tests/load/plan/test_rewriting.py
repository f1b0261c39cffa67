"""Starts are written into a plan's text; everything else stays as the planner wrote it."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from dialtest.errors import DialtestError
from load.plan.new_plan import template
from load.plan.reading import parse_plan
from load.plan.rewriting import with_starts
from load.plan.surge_plan import Batch

NEW = datetime(2006, 9, 1, 9, tzinfo=ZoneInfo("Asia/Shanghai"))


def later(batch: Batch) -> Batch:
    return replace(batch, start=NEW + timedelta(hours=batch.number), messages_per_s=0.5)


def test_the_batches_have_their_new_starts_and_rates() -> None:
    placed = [later(batch) for batch in parse_plan(template(), "template").batches]
    read = parse_plan(with_starts(template(), "template", placed), "new").batches
    assert [(one.start, one.messages_per_s) for one in placed] == [(one.start, one.messages_per_s) for one in read]


def test_only_lines_of_starts_rates_and_the_plans_own_begin_and_end_change() -> None:
    placed = [later(batch) for batch in parse_plan(template(), "template").batches[:2]]
    lines, written = template().splitlines(), with_starts(template(), "template", placed).splitlines()
    changed = [old for old, new in zip(lines, written, strict=True) if old != new]
    assert ["begins", "ends", "start", "messages_per_s", "start", "messages_per_s"] == [
        one.split()[0] for one in changed
    ]
    comment = next(line for line in lines if line.startswith("messages_per_s") and "#" in line).partition("#")[2]
    assert comment in "\n".join(written)


def test_a_start_is_added_where_there_was_none() -> None:
    text = "\n".join(line for line in template().splitlines() if not line.startswith("start ="))
    placed = [later(batch) for batch in parse_plan(template(), "template").batches]
    read = parse_plan(with_starts(text, "template", placed), "new").batches
    assert [one.start for one in placed] == [one.start for one in read]


def test_batches_written_in_one_line_are_refused_rather_than_lost() -> None:
    text = 'batch = [{ number = 1, brand = "mzone", size = 10 }]\n[agents]\nmzone = 10\n'
    batch = replace(parse_plan(text, "plan").batches[0], start=parse_plan(template(), "x").begins)
    with pytest.raises(DialtestError):
        with_starts(text, "plan", [batch])
