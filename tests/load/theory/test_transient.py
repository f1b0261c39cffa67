"""Erlang A over time: against the steady state, the Poisson case, plain Python, and finer steps."""

from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.linalg import expm
from scipy.stats import poisson

from dialtest.errors import DialtestError
from load.law import Exponential
from load.theory import uniformisation
from load.theory.equal_patience import EqualPatience
from load.theory.erlang_a import erlang_a
from load.theory.erlang_b import erlang_b
from load.theory.finite_queue import finite_queue
from load.theory.fluid import fluid_queue
from load.theory.infinite_server import offered_load
from load.theory.transient import TransientErlangA, transient_erlang_a

HALF_DAY_S = np.arange(0, 43_201, 60.0)


def surge(agents: float, step_s: float = 60.0, **more: float) -> TransientErlangA:
    """4,000 callers after one batch, mean delay an hour."""
    edges_s = np.arange(0, 28_801, step_s)
    came = 4000 * Exponential(3600.0).share_by(edges_s)
    return transient_erlang_a(edges_s, np.diff(came) / step_s, agents, 180, 120, **more)


@pytest.mark.parametrize(("agents", "per_h", "patience_s"), [(300, 7200, 120), (50, 800, 60), (20, 500, 600)])
def test_a_steady_stream_settles_at_erlang_a(agents: int, per_h: float, patience_s: float) -> None:
    found = transient_erlang_a(HALF_DAY_S, per_h / 3600, agents, 180, patience_s, within_s=20)
    steady = erlang_a(agents, per_h, 180, patience_s)
    assert found.p_abandon[-1] == pytest.approx(steady.p_abandon, rel=1e-9)
    assert found.mean_queue[-1] * 3600 / per_h == pytest.approx(steady.mean_wait_s, rel=1e-9)
    assert found.answered_within[-1] / found.arrived[-1] == pytest.approx(steady.service_level(20), rel=1e-9)
    assert found.mean_busy[-1] / agents == pytest.approx(steady.utilisation, rel=1e-9)


def test_full_lines_settle_at_the_finite_queue_and_at_erlang_b() -> None:
    found = transient_erlang_a(HALF_DAY_S, 0.3, 40, 180, 100, lines=60)
    steady = finite_queue(40, 20, 1080, 180, 100)
    assert found.blocked[-1] / found.arrived[-1] == pytest.approx(steady.blocking, rel=1e-9)
    assert found.p_abandon[-1] == pytest.approx(steady.p_abandon, rel=1e-9)
    lost = transient_erlang_a(HALF_DAY_S, 0.3, 40, 180, 100, lines=40)
    assert lost.blocked[-1] / lost.arrived[-1] == pytest.approx(erlang_b(40, 1080, 180).blocking, rel=1e-9)


def test_with_equal_patience_the_number_there_is_poisson_whatever_the_crew() -> None:
    edges = np.arange(0, 20, 0.01) * 60
    middles = (edges[1:] + edges[:-1]) / 120
    rates = (100 + 20 * np.sin(middles)) / 60
    crew = 90 + 30 * (np.floor(middles) % 2)
    found = transient_erlang_a(edges, rates, crew, 60, 60)
    load = offered_load(edges, rates, Exponential(60.0))[-1]
    assert load == pytest.approx(100 + 10 * (np.sin(edges[-1] / 60) - np.cos(edges[-1] / 60)), abs=1e-2)
    assert found.law == pytest.approx(poisson.pmf(np.arange(len(found.law)), load), abs=1e-12)
    now = EqualPatience(np.array([load]), np.array([int(crew[-1])]))
    there = np.arange(len(found.law))
    assert now.mean_queue == pytest.approx([found.waiting[-1]], rel=1e-9)
    assert now.p_wait == pytest.approx([found.law[there >= crew[-1]].sum()], rel=1e-9)


@settings(max_examples=25)
@given(st.integers(0, 4), st.floats(0, 3), st.floats(1, 30), st.floats(1, 30), st.floats(0.1, 60))
def test_a_small_chain_is_its_matrix_exponential(
    agents: int, rate: float, handle_s: float, patience_s: float, length_s: float
) -> None:
    found = transient_erlang_a([0, length_s], rate, agents, handle_s, patience_s, lines=8)
    there = np.arange(9)
    leaving = np.minimum(there, agents) / handle_s + np.maximum(there - agents, 0) / patience_s
    flow = np.diag(np.full(8, rate), 1) + np.diag(leaving[1:], -1)
    flow -= np.diag(flow.sum(axis=1))
    assert found.law == pytest.approx(expm(flow * length_s)[0], abs=1e-12)


def test_nothing_is_lost_between_arrival_and_outcome() -> None:
    found = surge(90, lines=130)
    ended = found.answered + found.abandoned + found.blocked + np.diff(found.waiting, prepend=0.0)
    assert ended == pytest.approx(found.arrived)
    assert found.error < 1e-10
    assert min(found.abandoned.min(), found.blocked.min(), found.waiting.min()) >= 0


def test_a_minute_is_a_fine_enough_step_for_a_batch() -> None:
    coarse, fine = surge(100), surge(100, step_s=15.0)
    assert coarse.connection_rate == pytest.approx(fine.connection_rate, rel=1e-7)
    assert coarse.mean_wait_s == pytest.approx(fine.mean_wait_s, rel=1e-6)
    assert coarse.connection_rate_within == pytest.approx(fine.connection_rate_within, rel=1e-5)


def test_more_agents_answer_more() -> None:
    rates = [surge(agents).connection_rate for agents in (50, 100, 150, 200)]
    assert rates == sorted(rates)
    assert rates[-1] > 0.99 > 0.7 > rates[0]


def test_endless_patience_loses_nobody_and_the_last_is_answered_late() -> None:
    found = transient_erlang_a([0, 600, 6000], [1.0, 0.0], 60, 180, inf)
    assert found.abandoned.sum() == 0
    assert found.waiting[0] > 200
    assert found.answered.sum() == pytest.approx(600)
    assert found.mean_wait_s > 200


def test_the_fluid_is_right_in_an_overrun() -> None:
    edges_s = np.arange(0, 28_801, 60.0)
    came = 40_000 * Exponential(3600.0).share_by(edges_s)
    fluid = fluid_queue(edges_s, np.diff(came) / 60, 600, 180, 120)
    exact = transient_erlang_a(edges_s, np.diff(came) / 60, 600, 180, 120)
    assert fluid.connection_rate == pytest.approx(exact.connection_rate, abs=5e-3)
    assert fluid.mean_queue.max() == pytest.approx(exact.mean_queue.max(), rel=5e-3)
    assert (fluid.answered + fluid.abandoned + np.diff(fluid.waiting, prepend=0.0)) == pytest.approx(np.diff(came))


@pytest.mark.parametrize("patience_s", [60.0, inf])
def test_the_fluid_follows_its_equation_step_by_step(patience_s: float) -> None:
    edges_s = np.arange(0, 7201, 300.0)
    rates, crew = 1 + np.sin(np.arange(24)), 150 + 60 * np.cos(np.arange(24) / 3)
    found = fluid_queue(edges_s, rates, crew, 180, patience_s)
    there, waiting = 0.0, []
    for rate, agents in zip(rates, crew, strict=True):
        for _ in range(30_000):
            there += 0.01 * (rate - min(there, agents) / 180 - max(there - agents, 0) / patience_s)
        waiting.append(max(0.0, there - agents))
    assert found.waiting == pytest.approx(waiting, abs=0.05)


@settings(max_examples=25)
@given(st.lists(st.integers(0, 5), min_size=2, max_size=4), st.floats(0, 2), st.floats(2, 30), st.floats(0.5, 20))
def test_who_goes_off_shift_ends_the_call_at_hand(
    crews: list[int], rate: float, handle_s: float, length_s: float
) -> None:
    """Against the chain of calls in hand and waiting, every pair a state, 7 calls at most."""
    found = transient_erlang_a(np.arange(len(crews) + 1) * length_s, rate, crews, handle_s, 5.0, lines=7)
    pairs = [(in_hand, waiting) for in_hand in range(6) for waiting in range(8 - in_hand)]
    law = np.array([float(pair == (0, 0)) for pair in pairs])
    for crew, waiting in zip(crews, found.waiting, strict=True):
        law = _taken(pairs, law, crew) @ expm(_flow(pairs, rate, crew, handle_s, 5.0) * length_s)
        assert waiting == pytest.approx(sum(chance * q for chance, (_s, q) in zip(law, pairs, strict=True)), abs=1e-11)
    there = np.bincount([s + q for s, q in pairs], weights=law, minlength=8)
    assert found.law == pytest.approx(there, abs=1e-11)
    assert found.error < 1e-12


def _flow(pairs: list[tuple[int, int]], rate: float, crew: int, handle_s: float, patience_s: float) -> np.ndarray:
    flow = np.zeros((len(pairs), len(pairs)))

    def goes(source: tuple[int, int], in_hand: int, waiting: int, per_s: float) -> None:
        if (in_hand, waiting) in pairs and per_s:
            flow[pairs.index(source), pairs.index((in_hand, waiting))] += per_s
            flow[pairs.index(source), pairs.index(source)] -= per_s

    for s, q in pairs:
        goes((s, q), *((s + 1, q) if s < crew else (s, q + 1)), rate)
        goes((s, q), *((s, q - 1) if q and s <= crew else (s - 1, q)), s / handle_s)
        goes((s, q), s, q - 1, q / patience_s)
    return flow


def _taken(pairs: list[tuple[int, int]], law: np.ndarray, crew: int) -> np.ndarray:
    """When agents come, those who wait are taken at once."""
    after = np.zeros_like(law)
    for chance, (s, q) in zip(law, pairs, strict=True):
        more = max(0, min(crew - s, q))
        after[pairs.index((s + more, q - more))] += chance
    return after


@pytest.mark.parametrize(("patience_s", "rate"), [(1.0, 0.1), (1.0, 5.0), (3000.0, 0.5), (inf, 0.02)])
def test_short_and_long_patience_lose_nothing_after_a_shift(patience_s: float, rate: float) -> None:
    found = transient_erlang_a([0, 3600, 3900, 9000], rate, [60, 5, 20], 180, patience_s)
    ended = found.answered + found.abandoned + np.diff(found.waiting, prepend=0.0)
    assert ended == pytest.approx(found.arrived)
    assert found.error < 1e-10
    assert found.abandoned.min() >= 0


def test_a_large_crew_may_leave_at_once() -> None:
    found = transient_erlang_a([0, 3600, 3900], 2.4, [400, 250], 180, 120)
    assert found.error < 1e-10
    with pytest.raises(DialtestError, match="5000"):
        transient_erlang_a([0, 60, 120], 600.0, [5000, 5], 180, 3000)


def test_leavers_are_followed_through_large_shifts() -> None:
    """While leavers end their calls nobody is taken: 300 busy agents become 200 after ln 1.5 handle times."""
    edges_s = np.arange(0, 7201, 10.0)
    crews = np.where(edges_s[:-1] < 3600, 300, 200)
    found = transient_erlang_a(edges_s, 3.0, crews, 180, 60)
    falling = np.exp(-(edges_s[360:] - 3600) / 180) * 300
    assert found.mean_busy[365] == pytest.approx((falling[5] + falling[6]) / 2, rel=1e-3)
    assert found.mean_busy[380] == pytest.approx(200, rel=1e-3)
    assert found.answered[361] == pytest.approx(0, abs=1e-6)
    assert found.error < 1e-10


def test_the_compiled_chain_is_the_one_that_is_written() -> None:
    there = np.arange(61.0)
    leaving = np.minimum(there, 20) / 180 + np.maximum(there - 20, 0) / 60
    laws = []
    for advance in (uniformisation.advance, uniformisation.advance.py_func):  # type: ignore[attr-defined]
        law, occupied_s = np.eye(1, 60).ravel(), np.zeros(60)
        low, high = advance(law, 0, 0, 0.4, leaving, 300.0, occupied_s)
        laws.append([*law, *occupied_s, low, high])
    assert laws[1] == pytest.approx(laws[0], rel=1e-12, abs=1e-15)


@pytest.mark.parametrize(
    "asked",
    [
        ([0, 60], 1.0, -1, 180, 120), ([0, 60], 1.0, [1, 2], 180, 120), ([60, 0], 1.0, 1, 180, 120),
        ([0, 60], 1.0, 1, 0, 120), ([0, 60], 1.0, 1, 180, 0), ([0, 60], 1.0, 1, 180, float("nan")),
        ([0, 1e6], 1e4, 1, 180, inf),
        ([0, 60], 1.0, 1.5, 180, 120),
    ],
)  # fmt: skip
def test_what_cannot_be_followed_is_told(asked: tuple[object, ...]) -> None:
    with pytest.raises(DialtestError):
        transient_erlang_a(*asked)  # type: ignore[arg-type]


@pytest.mark.parametrize("lines", [0, -1, 10**9])
def test_lines_that_cannot_be_are_told(lines: int) -> None:
    with pytest.raises(DialtestError):
        transient_erlang_a([0, 60], 1.0, 1, 180, 120, lines=lines)
