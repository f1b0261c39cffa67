"""A timetable holds the standard with the agents there are, keeps the quiet hours, or says who is short where."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from dialtest.errors import DialtestError
from load.plan.reading import parse_plan
from load.plan.sending import sending
from load.plan.surge_plan import SurgePlan
from load.staffing.measured import measure
from load.staffing.needs import needs_of
from load.timetable.desks import Wishes
from load.timetable.timetable import Timetable, propose

RATE = "messages_per_s = 1\n"


def a_plan(agents: object = 60, sizes: tuple[int, ...] = (6000, 5000), rate: float = 1.0, more: str = "",
           days: int = 3, pool: str = "") -> SurgePlan:  # fmt: skip
    batches = "".join(
        f'[[batch]]\nnumber = {number}\nbrand = "mzone"\nsize = {size}\nmessages_per_s = {rate}\n'
        for number, size in enumerate(sizes, 1)
    )
    return parse_plan(
        f"""
        {batches}
        {more}
        [callback]
        share = 0.4
        delay = {{ law = "exponential", mean_s = 1800 }}
        [agents]
        mzone = {agents}
        gotone = {agents}
        {pool}
        [background]
        mzone = 60
        [quiet]
        from = "20:00"
        until = "09:00"
        [window]
        begins = "2006-08-21T00:00:00+08:00"
        ends = "2006-08-{21 + days}T00:00:00+08:00"
        """,
        "a plan",
    )


def proposed(plan: SurgePlan, wishes: Wishes | None = None, replications: int = 0) -> Timetable:
    return propose(plan, needs_of(plan), wishes or Wishes(), replications, seed=1)


def with_agents(plan: SurgePlan, agents: int) -> SurgePlan:
    """The same with so many agents more all day."""
    desks = tuple(
        replace(desk, shifts=tuple(replace(one, agents=one.agents + agents) for one in desk.shifts))
        for desk in plan.desks
    )
    return replace(plan, desks=desks)


def test_batches_go_out_in_order_one_at_a_time_outside_the_quiet_hours() -> None:
    table = proposed(a_plan(agents=80, sizes=(9000, 20000, 9000)))
    assert table.plan is not None
    assert [1, 2, 3] == [row.batch.number for row in table.rows]
    assert all(before.sent <= after.begins for before, after in zip(table.rows, table.rows[1:], strict=False))
    for row in table.rows:
        assert all(9 <= moment.hour < 20 or f"{moment:%H:%M}" == "20:00" for moment in (row.begins, row.sent))
        assert row.begins.date() == row.sent.date()


def test_a_batch_longer_than_a_day_pauses_at_night() -> None:
    table = proposed(a_plan(agents=80, sizes=(45000,)))
    (row,) = table.rows
    assert timedelta(hours=12.5 + 13) == row.sent - row.begins
    assert table.plan is not None
    assert 2 == len(sending(table.plan, table.plan.batches[0]))


def test_the_simulated_standard_holds_in_every_quarter_hour_of_a_timetable() -> None:
    table = proposed(a_plan(agents=28, sizes=(3000, 2500), rate=0), replications=30)
    assert [] == [miss for miss in table.misses if miss.placed]
    assert table.plan is not None
    rate = measure(replace(table.plan, emergency=None), 30, seed=2).by_brand.rate[0]
    assert rate > 0.8


def test_simulated_and_predicted_rates_of_a_batch_agree() -> None:
    for row in proposed(a_plan(agents=28, sizes=(3000, 2500), rate=0), replications=30).rows:
        assert row.simulated is not None
        assert row.predicted == pytest.approx(row.simulated[0], abs=0.03)


def test_where_nothing_fits_it_tells_brand_day_and_agents_and_with_these_it_fits() -> None:
    plan = a_plan(agents=20)
    table = proposed(plan)
    assert table.plan is None
    (lacking,) = table.lacking
    assert (("mzone",), 1, True) == (lacking.brands, lacking.first, lacking.proved)
    assert lacking.more is not None
    assert {("mzone", lacking.more)} == {(short.brand, short.agents) for short in lacking.shorts if short.day == 0}
    assert proposed(with_agents(plan, lacking.more)).plan is not None
    assert proposed(with_agents(plan, lacking.more - 1)).plan is None


def test_where_the_hours_are_too_few_no_agents_help() -> None:
    (lacking,) = proposed(a_plan(sizes=(45000, 45000), days=2)).lacking
    assert lacking.more is None


def test_a_rate_that_is_left_open_makes_a_batch_fit_that_did_not() -> None:
    plan = a_plan(agents=20)
    assert proposed(plan).plan is None
    slower = proposed(plan, Wishes(open_rates=True))
    assert slower.plan is not None
    assert all(0 < row.batch.messages_per_s < 1 for row in slower.rows)


def test_the_rates_allowed_are_chosen_from() -> None:
    rates = {row.batch.messages_per_s for row in proposed(a_plan(rate=0), Wishes(rates=(0.5, 1.0))).rows}
    assert rates <= {0.5, 1.0}


def test_more_agents_never_end_later() -> None:
    plan = a_plan(agents=30, sizes=(9000, 9000, 5000), rate=0, days=6)
    ends = [proposed(with_agents(plan, more), Wishes(rates=(0.3, 0.6))).sent for more in (0, 10, 30)]
    assert None not in ends
    assert sorted(ends, reverse=True) == ends  # type: ignore[type-var]


def test_batches_that_have_a_start_stay_and_their_load_is_left_room_for() -> None:
    fixed = """
        [[batch]]
        number = 9
        brand = "mzone"
        kind = "second"
        size = 20000
        start = "2006-08-21T09:00:00+08:00"
        messages_per_s = 1
    """
    table = proposed(a_plan(more=fixed))
    assert table.plan is not None
    assert table.rows[0].begins.isoformat() >= "2006-08-21T13:00"
    assert "2006-08-21T09:00:00+08:00" == next(b.start for b in table.plan.batches if b.number == 9).isoformat()  # type: ignore[union-attr]


def test_a_batch_goes_out_between_the_one_before_and_the_one_after_it_that_stay() -> None:
    """Numbers 1 and 9 stay on the second day, from 9:00 and from 16:00; 2 is placed between them."""
    text = """
        [[batch]]
        number = {number}
        brand = "mzone"
        size = 7200
        start = "2006-08-22T{hour}:00:00+08:00"
        messages_per_s = 1
    """
    fixed = text.format(number=1, hour="09") + text.format(number=9, hour="16")
    plan = a_plan(agents=150, sizes=(), more=fixed + '[[batch]]\nnumber = 2\nbrand = "mzone"\nsize = 3600\n' + RATE)
    (row,) = proposed(plan).rows
    assert (2, "08-22 11:00") == (row.batch.number, f"{row.begins:%m-%d %H:%M}")
    (overlapping,) = proposed(plan, Wishes(overlap=True)).rows
    assert "08-22 09:00" == f"{overlapping.begins:%m-%d %H:%M}"
    (anywhere,) = proposed(plan, Wishes(in_order=False)).rows
    assert "08-21 09:00" == f"{anywhere.begins:%m-%d %H:%M}"


def test_a_load_that_is_too_much_before_any_batch_is_placed_is_told() -> None:
    table = proposed(replace(a_plan(), background_per_h={"mzone": (2000.0,) * 24}, batches=a_plan().batches[:1]))
    assert {"mzone"} == {short.brand for short in table.before}
    assert 0 < table.before[0].agents < 30


def test_agents_shared_by_two_brands_are_lent_to_the_one_who_needs_them() -> None:
    pool = '[[pool]]\nbrands = ["mzone", "gotone"]\nagents = 40'
    assert proposed(a_plan(agents=25)).plan is None
    assert proposed(a_plan(agents=25, pool=pool)).plan is not None


def test_spare_agents_whom_ordinary_calls_take_are_not_lent_again() -> None:
    pool = '[[pool]]\nbrands = ["mzone", "gotone"]\nagents = 40'
    plan = a_plan(agents=25, pool=pool)
    busy = replace(plan, background_per_h={"mzone": (60.0,) * 24, "gotone": (1100.0,) * 24})
    assert proposed(plan).plan is not None
    table = proposed(busy)
    assert (None, ()) == (table.plan, table.before)


def test_two_brands_do_not_both_get_the_same_spare_agents() -> None:
    pool = '[[pool]]\nbrands = ["mzone", "gotone"]\nagents = 40'
    other = '[[batch]]\nnumber = 3\nbrand = "gotone"\nsize = 6000\nmessages_per_s = 1\n'
    table = proposed(a_plan(agents=25, sizes=(6000,), more=other, pool=pool))
    assert table.plan is not None
    extra = sum(np.maximum(table.load[brand] - table.capacity[brand], 0) for brand in ("mzone", "gotone"))
    assert float(np.max(extra)) < 1.3 * 40


def test_a_plan_without_anything_to_place_is_refused() -> None:
    plan = a_plan()
    placed = replace(plan, batches=tuple(replace(one, start=plan.begins) for one in plan.batches))
    with pytest.raises(DialtestError):
        proposed(placed)
    assert proposed(placed, Wishes(every=True)).plan is not None


def test_the_same_seed_gives_the_same_timetable() -> None:
    one, other = (proposed(a_plan(agents=28, sizes=(3000,), rate=0), replications=5) for _ in range(2))
    assert one.rows == other.rows
