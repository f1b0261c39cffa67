"""Starts are written into a plan's text; everything else stays as the planner wrote it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from dialtest.errors import DialtestError
from load.plan.new_plan import template
from load.plan.reading import parse_plan
from load.plan.rewriting import with_starts
from load.plan.surge_plan import Batch


def later(batch: Batch) -> Batch:
    assert batch.start is not None
    return replace(batch, start=batch.start + timedelta(days=9), messages_per_s=0.5)


def test_the_batches_have_their_new_starts_and_rates() -> None:
    placed = [later(batch) for batch in parse_plan(template(), "template").batches]
    read = parse_plan(with_starts(template(), "template", placed), "new").batches
    assert [(one.start, one.messages_per_s) for one in placed] == [(one.start, one.messages_per_s) for one in read]


def test_only_lines_of_starts_rates_and_the_plans_own_begin_and_end_change() -> None:
    placed = [later(batch) for batch in parse_plan(template(), "template").batches]
    lines, written = template().splitlines(), with_starts(template(), "template", placed).splitlines()
    changed = [old for old, new in zip(lines, written, strict=True) if old != new]
    assert {"start", "messages_per_s", "begins", "ends"} == {line.split()[0] for line in changed}
    assert 2 * len(placed) + 2 == len(changed)
    assert next(line for line in lines if "#" in line and "messages_per_s" in line).split("#")[1] in "\n".join(written)


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
