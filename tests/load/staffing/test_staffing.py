"""The agents proposed hold the standard in simulation, and clearly fewer do not."""

from dataclasses import replace

import numpy as np
import pytest

from load.plan.reading import parse_plan
from load.plan.surge_plan import DAY_S, Shift, SurgePlan
from load.staffing.exchange_size import exchange_size
from load.staffing.measured import Rates, measure
from load.staffing.needs import needs_of
from load.staffing.offered import by_quarter, load_by_minute
from load.staffing.roster import Roster
from load.staffing.shifts import agents_now, as_toml, daily_shifts
from load.staffing.staffing import LEAST_ASKED, Staffing, least, staffing
from load.theory.goal import ServiceLevel
from load.theory.staffing import agents_needed

REPLICATIONS = 20


def a_plan(more: str = "", patience: str = '{ law = "exponential", mean_s = 120 }', redial: float = 0.0,
           call: str = "") -> SurgePlan:  # fmt: skip
    return parse_plan(
        f"""
        begins = "2006-08-21T09:00:00+08:00"
        ends = "2006-08-21T15:00:00+08:00"
        {more}
        [[batch]]
        number = 1
        brand = "mzone"
        size = 4000
        start = "2006-08-21T10:00:00+08:00"
        messages_per_s = 0.5
        [callback]
        share = 0.4
        delay = {{ law = "exponential", mean_s = 1800 }}
        [call]
        handle = {{ law = "exponential", mean_s = 180 }}
        patience = {patience}
        redial = {{ share = {redial}, delay = {{ law = "exponential", mean_s = 300 }} }}
        {call}
        [agents]
        mzone = 20
        gotone = 5
        [background]
        mzone = 60
        gotone = 40
        """,
        "a plan",
    )


def found(plan: SurgePlan, replications: int = REPLICATIONS, goal: ServiceLevel | None = None) -> Staffing:
    return staffing(plan, replications, seed=1, goal=goal)


def rates_with(staffed: Staffing, roster: Roster, seed: int = 2) -> Rates:
    plan = replace(staffed.plan, emergency=None)
    return measure(plan, REPLICATIONS, seed, roster=roster).by_quarter


def busy(rates: Rates) -> np.ndarray:
    return rates.asked[:, 0].mean(axis=0) >= LEAST_ASKED


def test_the_agents_proposed_hold_the_standard_of_other_callers_too() -> None:
    staffed = found(a_plan())
    rates = rates_with(staffed, staffed.without.roster)
    assert () == staffed.without.missed
    assert np.all(rates.high[0][busy(rates)] > 0.8)
    assert 0.8 < float(np.nanmean(rates.rate[0]))


def test_with_a_fifth_fewer_agents_the_standard_falls() -> None:
    staffed = found(a_plan())
    fewer = Roster({brand: (agents * 0.8).astype(np.int64) for brand, agents in staffed.without.roster.agents.items()})
    rates = rates_with(staffed, fewer)
    assert np.sum(rates.high[0][busy(rates)] < 0.8) > 5


@pytest.mark.parametrize(
    ("patience", "redial"),
    [('{ law = "lognormal", mean_s = 120, sd_s = 200 }', 0.0), ('{ law = "constant", mean_s = 120 }', 0.5)],
)
def test_other_laws_and_redials_are_staffed_by_simulation_where_theory_is_too_low(patience: str, redial: float) -> None:
    staffed = found(a_plan(patience=patience, redial=redial))
    rates = rates_with(staffed, staffed.without.roster, seed=1)
    assert () == staffed.without.missed
    assert np.all(rates.rate[0][busy(rates)] >= 0.8 - 0.01)


def test_in_an_hour_that_is_steady_theory_is_erlang_a() -> None:
    plan = replace(a_plan(), batches=())
    last = staffing(plan, 0, seed=1).without.theory.agents["mzone"][-1]
    goal = needs_of(plan)["mzone"].goal
    assert agents_needed(goal, 60, 180, 120) == last


@pytest.mark.parametrize("erlangs", [0.5, 3.0, 57.0, 240.0, 1_234.0, 40_000.0])
def test_the_least_agents_are_those_of_erlang_a_and_far_out_nearly(erlangs: float) -> None:
    need = needs_of(a_plan())["mzone"]
    exact = need.agents(erlangs)
    assert exact == pytest.approx(int(least(need, np.array([erlangs]))[0]), abs=0 if exact <= 200 else 1)


def test_with_the_emergency_flow_fewer_agents_are_needed() -> None:
    staffed = found(a_plan(more="[emergency]\nself_service_share = 0.5\n"))
    assert staffed.with_flow is not None
    with_flow, without = (one.roster.agents["mzone"] for one in (staffed.with_flow, staffed.without))
    assert with_flow.max() < without.max()
    assert 4 * with_flow.sum() < 4 * without.sum()


def test_a_service_level_asks_for_more_agents_than_the_connection_rate() -> None:
    level = found(a_plan(), goal=ServiceLevel(0.8, 10.0))
    assert level.without.roster.agents["mzone"].max() > found(a_plan(), 0).without.theory.agents["mzone"].max()
    assert () == level.without.missed


def test_one_queue_for_all_brands_of_one_standard_needs_fewer_agents() -> None:
    staffed = found(a_plan(more="[standard]\ngotone = 0.8"), 0)
    apart = sum(agents for agents in staffed.without.theory.agents.values())
    assert np.all(staffed.pooled <= apart)
    assert staffed.pooled.sum() < np.sum(apart)


def test_lines_hold_those_who_talk_and_wait_and_ports_those_in_the_menu() -> None:
    plan = a_plan(call='menu = { law = "exponential", mean_s = 60 }')
    staffed = found(plan)
    size = exchange_size(staffed, needs_of(plan), loss=0.01)
    assert size.menu_ports is not None
    assert size.lines.simulated is not None
    assert size.menu_ports.simulated is not None
    assert size.lines.needed == pytest.approx(size.lines.simulated, rel=0.3)
    assert size.menu_ports.needed == pytest.approx(size.menu_ports.simulated, rel=0.4)
    assert size.menu_ports.needed < size.lines.needed


def test_a_day_of_a_longer_plan_is_staffed_as_if_it_were_alone() -> None:
    one = found(a_plan(), 0).without.theory.agents["mzone"]
    longer = replace(a_plan(), ends=a_plan().moment(3 * DAY_S))
    assert one.tolist() == staffing(longer, 0, seed=1).without.theory.agents["mzone"][: len(one)].tolist()


def test_shifts_hold_the_most_agents_of_any_day_and_can_be_read_again() -> None:
    plan = replace(a_plan(), ends=a_plan().moment(2 * DAY_S))
    staffed = staffing(plan, 0, seed=1)
    table = as_toml(staffed.plan, staffed.without.roster, 4)
    text = f'begins = "2006-08-21T09:00:00+08:00"\n[[batch]]\nnumber = 1\nbrand = "mzone"\nsize = 1\n{table}'
    read = parse_plan(text, "read again")
    assert daily_shifts(staffed.plan, staffed.without.roster.agents["mzone"], 4) == read.desk("mzone").shifts
    enough = agents_now(read, "mzone", len(staffed.pooled)) >= staffed.without.roster.agents["mzone"]
    assert bool(enough.all())


def test_shifts_of_equal_strength_are_one() -> None:
    assert (Shift(0, DAY_S, 3),) == daily_shifts(a_plan(), np.full(96, 3), 2)


def test_the_load_of_one_batch_is_the_published_one() -> None:
    call = a_plan().call
    minutes = np.arange(0, 24 * 3600 + 1, 60.0)
    load = load_by_minute(4000 * np.diff(-np.expm1(-minutes / 3600)), call)
    assert 170.83 == pytest.approx(load.max(), abs=0.1)
    assert 9 == int(load.argmax()) + 1
    assert load.sum() * 60 == pytest.approx(4000 * 180, rel=1e-3)
    assert by_quarter(load).sum() * 900 == pytest.approx(4000 * 180, rel=1e-3)


def test_rates_have_intervals_that_hold_the_truth() -> None:
    generator = np.random.default_rng(1)
    inside = 0
    for _trial in range(200):
        asked = generator.poisson(50, (20, 1)).astype(float)
        rates = Rates(asked, generator.binomial(asked.astype(int), 0.8).astype(float))
        inside += bool(rates.low[0] <= 0.8 <= rates.high[0])
    assert 180 <= inside <= 199
