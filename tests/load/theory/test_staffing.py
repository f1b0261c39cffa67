"""How many agents are needed: exactly, by the square-root rule, over the day, and pooled."""

from math import inf, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from dialtest.errors import DialtestError
from load.law import Constant, Exponential, Law, Lognormal, Never
from load.theory.any_patience import any_patience
from load.theory.erlang_a import erlang_a
from load.theory.erlang_b import erlang_b
from load.theory.erlang_c import erlang_c
from load.theory.goal import MEASURES, Abandonment, ConnectionRate, Delay, Goal, ServiceLevel, goal_of
from load.theory.modified_load import agents_by_interval
from load.theory.pooling import BrandLoad, pooled_queue, pooling
from load.theory.square_root import beta_for, garnett, halfin_whitt, hazard, square_root, square_root_agents
from load.theory.staffing import agents_needed, agents_needed_of, lines_needed

shares = st.floats(0.01, 0.99)
goals = st.one_of(
    st.builds(ServiceLevel, shares, st.floats(0, 120)), st.builds(ConnectionRate, shares),
    st.builds(Abandonment, shares), st.builds(Delay, shares),
)  # fmt: skip


def test_thirteen_agents_are_enough_for_a_hundred_calls_in_half_an_hour() -> None:
    assert 13 == agents_needed(ServiceLevel(0.8, 20), 200, 180, 300)
    assert 14 == agents_needed(ServiceLevel(0.8, 20), 200, 180, inf)


@given(goals, st.floats(0.1, 400), st.floats(0.05, 20))
def test_one_agent_fewer_would_not_be_enough(goal: Goal, erlangs: float, lasting: float) -> None:
    agents = agents_needed(goal, erlangs * 36, 100, lasting * 100)
    assert goal.held_by(erlang_a(agents, erlangs * 36, 100, lasting * 100))
    assert agents == 1 or not goal.held_by(erlang_a(agents - 1, erlangs * 36, 100, lasting * 100))


@given(goals, st.floats(0.1, 400))
def test_nor_with_callers_who_never_give_up(goal: Goal, erlangs: float) -> None:
    agents = agents_needed(goal, erlangs * 36, 100, inf)
    assert goal.held_by(erlang_c(agents, erlangs * 36, 100))
    assert agents == 1 or not goal.held_by(erlang_c(agents - 1, erlangs * 36, 100))


@pytest.mark.parametrize("law", [Constant(60.0), Lognormal(60.0, 1.0)])
def test_nor_with_patience_of_any_law(law: Law) -> None:
    agents = agents_needed_of(ServiceLevel(0.8, 20), 2000, 180, law)
    assert any_patience(agents, 2000, 180, law).service_level(20) >= 0.8
    assert any_patience(agents - 1, 2000, 180, law).service_level(20) < 0.8


def test_exponential_and_endless_patience_are_erlangs_models() -> None:
    assert 13 == agents_needed_of(ServiceLevel(0.8, 20), 200, 180, Exponential(300.0))
    assert 14 == agents_needed_of(ServiceLevel(0.8, 20), 200, 180, Never())


@given(shares, st.floats(0.1, 400))
def test_nor_one_line_fewer(share: float, erlangs: float) -> None:
    lines = lines_needed(Delay(share), erlangs * 36, 100)
    assert erlang_b(lines, erlangs * 36, 100).blocking <= share
    assert lines == 1 or erlang_b(lines - 1, erlangs * 36, 100).blocking > share


def test_a_published_line_count() -> None:
    assert 117 == lines_needed(Delay(0.01), 100 * 60, 60)


def test_every_measure_has_its_goal() -> None:
    made = [goal_of(measure, 0.2, 20) for measure in MEASURES]
    assert [ServiceLevel(0.2, 20), ConnectionRate(0.2), Abandonment(0.2), Delay(0.2), Delay(0.2)] == made


@pytest.mark.parametrize("share", [0, 1, -0.1, 80, float("nan")])
def test_a_goal_that_cannot_be_is_told(share: float) -> None:
    for measure in MEASURES:
        with pytest.raises(DialtestError):
            goal_of(measure, share, 20)


def test_more_agents_than_anybody_has_are_told() -> None:
    with pytest.raises(DialtestError, match="100,000"):
        agents_needed(ConnectionRate(0.99), 1e7, 600, 60)


def test_no_calls_need_one_agent() -> None:
    assert 1 == agents_needed(ServiceLevel(0.99), 0, 180, 60)


def test_half_of_the_calls_wait_at_a_beta_of_one_half() -> None:
    assert halfin_whitt(0.506) == pytest.approx(0.5, abs=5e-4)
    assert (1.0, 1.0) == (halfin_whitt(0), halfin_whitt(-2))
    assert halfin_whitt(60) == 0.0


@pytest.mark.parametrize("beta", [-40.0, -1.0, 0.0, 0.3, 2.0, 40.0])
def test_with_equal_patience_the_rule_is_the_normal_law(beta: float) -> None:
    assert garnett(beta, 1.0) == pytest.approx(norm.sf(beta), rel=1e-9)


@given(st.floats(0.05, 4))
def test_patience_without_end_brings_garnett_to_halfin_and_whitt(beta: float) -> None:
    assert garnett(beta, 1e-8) == pytest.approx(halfin_whitt(beta), rel=1e-3)
    assert garnett(beta, 0.0) == halfin_whitt(beta)


@pytest.mark.parametrize("x", [-5.0, -0.1, 0.0, 0.1, 5.0])
def test_the_hazard_of_the_normal_law(x: float) -> None:
    assert hazard(x) == pytest.approx(norm.pdf(x) / norm.sf(x), rel=1e-12)
    assert hazard(1e6) == pytest.approx(1e6)


@pytest.mark.parametrize("beta", [-1.0, 0.0, 1.0])
@pytest.mark.parametrize("patience_s", [30.0, 120.0, 600.0])
def test_the_rule_comes_near_the_truth_with_many_agents(beta: float, patience_s: float) -> None:
    agents = square_root_agents(10_000, beta)
    rule, exact = square_root(agents, 600_000, 60, patience_s), erlang_a(agents, 600_000, 60, patience_s)
    assert rule.p_wait == pytest.approx(exact.p_wait, rel=0.02)
    assert rule.p_abandon == pytest.approx(exact.p_abandon, rel=0.03)
    assert rule.beta == pytest.approx((agents - 10_000) / 100)


def test_the_rule_for_erlang_c_too() -> None:
    rule, exact = square_root(10_050, 600_000, 60, inf), erlang_c(10_050, 600_000, 60)
    assert rule.p_wait == pytest.approx(exact.p_wait, rel=0.01)
    assert rule.p_abandon == 0.0


@given(st.floats(0.01, 0.9), st.floats(0, 10))
def test_the_beta_for_a_share_gives_that_share(p_wait: float, ratio: float) -> None:
    assert garnett(beta_for(p_wait, ratio), ratio) == pytest.approx(p_wait, rel=1e-6)


def test_agents_over_the_day_follow_the_load_and_not_the_arrivals() -> None:
    edges_s = np.arange(0, 7201, 60.0)
    rates = np.where(edges_s[:-1] < 3600, 0.5, 0.0)
    crew = agents_by_interval(edges_s, rates, Constant(1800.0), 120, ConnectionRate(0.9))
    assert 8 == len(crew)
    assert crew[0] < crew[1] == crew[2] == crew[4] > crew[5] > crew[6]
    assert agents_needed(ConnectionRate(0.9), 1800, 1800, 120) == crew[2]
    assert 0 == crew[7]


def test_the_mean_of_a_quarter_hour_asks_for_less_than_its_peak() -> None:
    edges_s = np.arange(0, 7201, 60.0)
    came = 4000 * Exponential(3600.0).share_by(edges_s)
    by_peak, by_mean = (
        agents_by_interval(edges_s, np.diff(came) / 60, Exponential(180.0), 120, ServiceLevel(0.8), by=by)
        for by in ("peak", "mean")
    )
    assert (by_mean <= by_peak).all()
    assert by_mean[0] < by_peak[0]


def test_two_brands_in_one_queue_need_fewer_agents() -> None:
    brands = [BrandLoad(1000, 180, 120), BrandLoad(1000, 180, 120)]
    found = pooling(brands, ServiceLevel(0.8, 20))
    assert found.apart == (agents_needed(ServiceLevel(0.8, 20), 1000, 180, 120),) * 2
    assert found.together == agents_needed(ServiceLevel(0.8, 20), 2000, 180, 120)
    assert 0 < found.saved < 2 * sqrt(50) * 2
    assert pooled_queue(brands, found.together).service_level(20) >= 0.8


def test_brands_that_differ_are_pooled_by_their_means() -> None:
    joined = pooled_queue([BrandLoad(300, 100, 60), BrandLoad(100, 300, 180)], 20)
    assert (150, 90) == (joined.handle_s, joined.patience_s)
    assert joined.erlangs == pytest.approx(400 * 150 / 3600)
    with pytest.raises(DialtestError):
        pooling([BrandLoad(0, 100, 60)], Delay(0.1))
