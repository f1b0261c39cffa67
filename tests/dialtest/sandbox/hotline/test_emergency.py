"""The emergency flow goes on at one threshold and off at another."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dialtest.sandbox.hotline.brand_desk import BrandDesk
from dialtest.sandbox.hotline.emergency import EmergencyFlow
from tests.dialtest.sandbox.hotline.callers import NOON_S, emergency

TERMS = emergency(on_below=0.8, off_at=0.9, window_s=900, least_calls=5)


def flow(answered: int, unanswered: int) -> EmergencyFlow:
    """A flow that has just counted so many."""
    made = EmergencyFlow(TERMS)
    for _ in range(answered):
        made.note(NOON_S, True)
    for _ in range(unanswered):
        made.note(NOON_S, False)
    return made


def test_it_goes_on_when_the_rate_falls_below_its_threshold() -> None:
    assert not flow(8, 2).on
    assert flow(7, 2).on


def test_few_calls_say_nothing() -> None:
    assert not flow(0, 4).on
    assert flow(0, 5).on


def test_between_the_thresholds_it_stays_as_it_is() -> None:
    falling, rising = flow(17, 3), flow(7, 3)
    assert (0.85, False) == (falling.rate, falling.on)
    for _ in range(10):
        rising.note(NOON_S, True)
    assert (0.85, True) == (rising.rate, rising.on)
    for _ in range(10):
        rising.note(NOON_S, True)
    assert (0.9, False) == (rising.rate, rising.on)


def test_it_goes_off_when_nothing_is_left_in_the_window() -> None:
    made = flow(0, 9)
    assert made.look(NOON_S + 899)
    assert not made.look(NOON_S + 900)
    assert [(NOON_S, True), (NOON_S + 900, False)] == list(made.switches)


@given(st.lists(st.tuples(st.floats(0, 300), st.booleans()), max_size=200))
def test_it_changes_only_where_a_threshold_says_so(calls: list[tuple[float, bool]]) -> None:
    made, now_s, was_on, window = EmergencyFlow(TERMS), 0.0, False, list[tuple[float, bool]]()
    for after_s, answered in calls:
        now_s += after_s
        on = made.note(now_s, answered)
        window = [(at_s, one) for at_s, one in [*window, (now_s, answered)] if at_s > now_s - 900]
        rate = sum(one for _, one in window) / len(window)
        if len(window) < 5:
            assert not on
        elif rate < 0.8:
            assert on
        elif rate >= 0.9:
            assert not on
        else:
            assert on == was_on
        was_on = on


def test_a_waiting_caller_is_offered_the_self_service_only_while_it_is_on() -> None:
    desk = BrandDesk(TERMS, 1)
    assert "answered" == desk.ask(0, "a", NOON_S)
    assert "waiting" == desk.ask(1, "b", NOON_S)
    for call in range(2, 8):
        desk.ask(call, f"c{call}", NOON_S)
        desk.give_up(call, NOON_S)
    assert desk.flow.on
    assert "offered" == desk.ask(9, "d", NOON_S)
    assert desk.divert(9)
    assert 6 == desk.owed


def test_nobody_is_called_back_while_it_is_on() -> None:
    desk = BrandDesk(TERMS, 0)
    for call in range(6):
        desk.ask(call, f"c{call}", NOON_S)
        desk.give_up(call, NOON_S)
    assert desk.next_call_back(NOON_S) is None
    back = desk.next_call_back(NOON_S + 900)
    assert back is not None
    assert ("c0", (0,)) == (back.msisdn, back.calls)


def test_who_has_hung_up_cannot_hang_up_again() -> None:
    desk = BrandDesk(TERMS, 0)
    desk.ask(1, "a", NOON_S)
    assert [True, False] == [desk.give_up(1, NOON_S), desk.give_up(1, NOON_S)]
    assert not desk.divert(1)
    assert (0, 1) == (desk.waiting, desk.owed)


def test_fifty_thousand_callers_wait_and_are_served_in_order() -> None:
    desk = BrandDesk(TERMS, 0)
    for call in range(50_000):
        desk.ask(call, "a", NOON_S)
    for call in range(0, 50_000, 2):
        desk.give_up(call, NOON_S)
    assert 25_000 == desk.waiting
    desk.agents = 3
    assert [1, 3, 5, None] == [desk.next_call(NOON_S) for _ in range(4)]
