"""A run is refused before it begins when it would load a stranger's host, or go beyond its bounds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dialtest.errors import DialtestError
from load.callers.allowed import hotline_at, is_allowed
from load.callers.asked import Asked, order_of
from load.callers.told import announcement
from load.plan.exact import read_exact, write_exact
from load.plan.reading import parse_plan
from load.plan.surge_plan import SurgePlan

PLAN = """
begins = "2006-08-21T10:00:00+08:00"
ends = "2006-08-21T11:00:00+08:00"
[[batch]]
number = 1
brand = "mzone"
size = 1000
start = "2006-08-21T10:00:00+08:00"
[callback]
share = 0.4
delay = [60, 120, 600]
[call]
handle = { law = "lognormal", mean_s = 180, sigma = 0.5 }
patience = { law = "never" }
redial = { share = 0.2, delay = { law = "erlang", mean_s = 60, phases = 2 } }
[agents]
mzone = 5
[emergency]
[background]
mzone = 60
"""
HOTLINE = ("127.0.0.1", 5086)


def plan() -> SurgePlan:
    return parse_plan(PLAN, "plan.toml", "one-batch")


def asked(**changes: object) -> Asked:
    return replace(Asked(plan(), speed=60.0), **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(("text", "expected"), [
    ("127.0.0.1:5086", ("127.0.0.1", 5086)), ("sip:127.0.0.1:5087", ("127.0.0.1", 5087)),
    ("sip:10086@127.0.0.1", ("127.0.0.1", 5060)), ("localhost:5086", ("127.0.0.1", 5086)),
])  # fmt: skip
def test_this_machine_may_be_loaded(text: str, expected: tuple[str, int]) -> None:
    assert expected == hotline_at(text, ())


@pytest.mark.parametrize("text", ["192.0.2.1:5086", "sip:10086@198.51.100.7", "0.0.0.0:5086", "255.255.255.255:5086"])
def test_a_host_that_is_not_on_the_list_is_refused(text: str) -> None:
    with pytest.raises(DialtestError, match="--allow-host"):
        hotline_at(text, ("192.0.2.2",))


@pytest.mark.parametrize(
    "text", ["", "127.0.0.1:0", "127.0.0.1:70000", "127.0.0.1:x", "[::1]:5060", "a b:1", "h" * 300]
)
def test_what_is_no_host_and_port_is_refused(text: str) -> None:
    with pytest.raises(DialtestError):
        hotline_at(text, ())


def test_a_host_on_the_list_may_be_loaded() -> None:
    assert ("192.0.2.1", 5086) == hotline_at("192.0.2.1:5086", ("192.0.2.1",))
    assert not is_allowed("a name", ())


@pytest.mark.parametrize("changes", [
    {"speed": 0.0}, {"speed": float("nan")}, {"speed": 1e9}, {"most_calls": 10}, {"most_minutes": 0.5},
    {"http": "192.0.2.1:80"}, {"http": "ftp://127.0.0.1"}, {"first_number": -1}, {"seed": -1},
])  # fmt: skip
def test_what_is_beyond_its_bounds_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(DialtestError):
        order_of(asked(**changes), HOTLINE)


def test_an_order_takes_seed_and_drain_from_the_plan_and_the_speed() -> None:
    order = order_of(asked(), HOTLINE)
    assert (2006, 120.0, 60.0, 180.0) == (order.seed, order.drain_s, order.arrivals_s(plan()), order.longest_s(plan()))
    assert 40.0 == order_of(asked(speed=10_000.0), HOTLINE).drain_s


def test_the_announcement_names_callers_peak_duration_and_host() -> None:
    order = order_of(asked(), HOTLINE)
    everyone = order.share(order.plan(), 0, 1)
    told = announcement(order.plan(), order, everyone)
    assert [] == [part for part in (f"{len(everyone):,}", "127.0.0.1:5086", "1.0", "2006") if part not in told]


def test_a_plan_handed_on_draws_the_same_callers() -> None:
    order = order_of(asked(), HOTLINE)
    mine, handed_on = order.share(plan(), 0, 1), order.share(read_exact(write_exact(plan())), 0, 1)
    assert mine.at_s == handed_on.at_s
    assert [mine.patience_s(i, 0) for i in mine.callers] == [handed_on.patience_s(i, 0) for i in handed_on.callers]


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b'{"name": 1}', write_exact(plan()).replace(b"never", b"x")])
def test_what_is_no_handed_on_plan_is_refused(content: bytes) -> None:
    with pytest.raises(DialtestError):
        read_exact(content)
