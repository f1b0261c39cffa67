"""What became of calls is counted once, and adds up over workers."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from load.callers.books import Books, Ended, Page, spread
from load.callers.gathered import Gathered
from load.callers.hotline_books import BrandBooks, HotlineBooks, http_at, with_books
from load.callers.order import Order
from load.callers.told import summary, warnings
from load.measured import Measured
from load.plan.exact import write_exact
from load.plan.reading import parse_plan
from load.plan.surge_plan import SurgePlan

PLAN = """
begins = "2006-08-21T10:00:00+08:00"
ends = "2006-08-21T11:00:00+08:00"
[[batch]]
number = 1
brand = "mzone"
size = 10
start = "2006-08-21T10:00:00+08:00"
[callback]
share = 1.0
[agents]
mzone = 5
"""
NOON = datetime(2006, 8, 21, 4, tzinfo=UTC)


def plan() -> SurgePlan:
    return parse_plan(PLAN, "plan.toml", "one-batch")


def order() -> Order:
    return Order(write_exact(plan()).decode(), 2006, 60.0, ("127.0.0.1", 5086))


def books(answered: int = 0, abandoned: int = 0, callers: int = 10) -> Books:
    """At speed 60; who was answered waited a quarter of a second on the wall: 15 s of the plan."""
    kept = Books(1, 60.0, callers)
    for outcome, count in (("answered", answered), ("abandoned", abandoned)):
        for number in range(count):
            kept.begun(0.001)
            kept.replied(0.002, 0.001)
            kept.ends(Ended(0, outcome, 1000.0 * number, 0.25, 0.2, True, True))  # type: ignore[arg-type]
    return kept


def gathered(*pages: tuple[str, Page]) -> Gathered:
    found = Gathered(plan(), order(), {"a": 10, "b": 10})
    for worker, page in pages:
        found.take(worker, page)
    return found


def measured(found: Gathered) -> Measured:
    return found.measured(NOON, 60.0)


def test_waits_are_told_in_seconds_of_the_plan_and_times_in_seconds_on_the_wall() -> None:
    tally = books(answered=4).tallies[0]
    assert (4, 4, 4, 60.0) == (tally.attempts, tally.answered, tally.answered_within, tally.waited_s)
    assert pytest.approx(15.0, rel=1e-3) == spread(books(answered=4).answered_after[0]).p99_s
    assert pytest.approx(0.25, rel=1e-3) == spread(books(answered=4).times["answer"]).p50_s
    assert pytest.approx(0.2, rel=1e-3) == spread(books(answered=4).times["answer_service"]).most_s


def test_the_time_in_the_menu_is_no_wait_for_an_agent() -> None:
    kept = Books(1, 60.0)
    kept.ends(Ended(0, "answered", 0.0, 0.5, 0.5, True, True, in_menu_s=0.25))
    assert (15.0, 1, 0.5) == (
        kept.tallies[0].waited_s, kept.tallies[0].answered_within, round(spread(kept.times["answer"]).most_s, 3)
    )  # fmt: skip


@settings(max_examples=25)
@given(st.lists(st.floats(0.000_001, 1e6), min_size=1, max_size=50))
def test_a_spread_keeps_three_digits(lengths_s: list[float]) -> None:
    kept = Books(1, 1.0)
    for length_s in lengths_s:
        kept.begun(length_s)
    found = spread(kept.times["lateness"])
    assert pytest.approx(max(lengths_s), rel=2e-3, abs=2e-6) == found.most_s
    assert pytest.approx(sum(lengths_s) / len(lengths_s), rel=2e-3, abs=2e-6) == found.mean_s


def test_pages_of_two_workers_add_up_to_one_measurement() -> None:
    pages = [("a", books(answered=3, abandoned=2).page(True)), ("b", books(answered=5).page(True))]
    read = [(name, msgspec.json.decode(msgspec.json.encode(page), type=Page)) for name, page in pages]
    found = measured(gathered(*read))
    tally = found.tally
    assert (10, 8, 2, 10, 10) == (tally.attempts, tally.answered, tally.abandoned, found.placed, found.reply.count)
    assert [3, 3, 2, 1, 1] == [quarter.calls for quarter in found.quarters]
    assert (8, 2) == (found.of_brand("mzone").answered_after.count, found.of_brand("mzone").abandoned_after.count)  # type: ignore[union-attr]
    assert (2, 0, 0, True) == (found.workers, found.workers_lost, found.lost, found.reached)


def test_a_workers_later_page_replaces_its_earlier_one() -> None:
    found = gathered(("a", books(answered=3).page(False)), ("a", books(answered=5).page(True)))
    assert 5 == found.books().tallies[0].answered


def test_the_callers_of_a_lost_worker_are_told_as_lost_not_hidden() -> None:
    found = gathered(("a", books(answered=10).page(True)), ("b", books(answered=4).page(False)))
    assert (True, False, False) == (found.lose("b"), found.lose("b"), found.lose("a"))
    assert found.done
    run = measured(found)
    assert (1, 6, 14, False) == (run.workers_lost, run.lost, run.tally.answered, run.reached)
    assert any("6" in line for line in warnings(run))


def test_a_worker_that_never_reported_has_lost_all_its_callers() -> None:
    run = measured(gathered(("a", books(answered=10).page(True))))
    assert (1, 10) == (run.workers_lost, run.lost)


def test_pages_of_strangers_and_of_other_brands_are_left_aside() -> None:
    found = gathered(("c", books(answered=1).page(True)), ("a", Books(2, 60.0).page(True)))
    assert {} == found.pages


def test_a_run_of_late_calls_says_that_it_did_not_reach_its_rate() -> None:
    kept = books(answered=8)
    kept.begun(0.2)
    kept.not_started = 1
    found = gathered(("a", kept.page(True)), ("b", Books(1, 60.0).page(True)))
    run = measured(found)
    assert (10, 9, 1, 1, False) == (run.due, run.placed, run.late, run.not_started, run.reached)
    assert 1 == len(warnings(run))


def test_a_run_as_planned_warns_of_nothing() -> None:
    run = measured(gathered(("a", books(answered=10).page(True)), ("b", books(answered=10).page(True))))
    assert ([], 6) == (warnings(run), len(summary(run)))


def test_kinds_of_failures_are_bounded() -> None:
    kept = Books(1, 1.0)
    for number in range(1000):
        kept.failed(f"status {number}")
    assert (101, 900) == (len(kept.failures), kept.failures["other"])


def test_what_the_hotline_recorded_during_the_run_joins_the_measurement() -> None:
    run = measured(gathered(("a", books(answered=5, abandoned=3).page(True)), ("b", Books(1, 60.0).page(True))))
    before = HotlineBooks((BrandBooks("mzone", 100, 20, 20, 5, 1), BrandBooks("gotone", 9, 9, 0, 0, 0)))
    after = HotlineBooks((BrandBooks("mzone", 108, 23, 22, 6, 2), BrandBooks("gotone", 9, 9, 0, 0, 0)))
    told = with_books(run, before, after)
    assert (2, 1, 1) == (told.tally.recorded, told.tally.called_back, told.tally.settled)
    assert (8, 1) == (told.hotline_attempts, told.hotline_unrecorded)
    assert run == with_books(run, None, after)


@pytest.mark.parametrize("text", ["ftp://a:1", "http://a:1/b", "http://", "http://u@a:1", "a:1?x", "http://a:x"])
def test_what_is_no_address_of_http_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        http_at(text)


def test_addresses_of_http_may_leave_the_scheme_out() -> None:
    assert ["http://127.0.0.1:8087"] * 2 == [http_at("127.0.0.1:8087"), http_at("http://127.0.0.1:8087/")]
