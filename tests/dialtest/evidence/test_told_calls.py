"""What a time line says of calls to the hotline and back."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from dialtest.evidence.record import Outcome
from dialtest.evidence.told import told
from dialtest.model.act import Call, ReadCalls
from dialtest.model.observation import Called, CallLog, Incoming, Said
from dialtest.policy.load import load_policy

CHINA = load_policy("monternet-2006")
NOON = datetime(2006, 7, 21, 12, 0, tzinfo=CHINA.zone)
LATER = NOON + timedelta(seconds=40)
SAID = (Said(0, "greeting", "欢迎"), Said(14, "offer", "继续等待请按1"), Said(30, "goodbye", "再见"))

BOTH = (Said(0, "greeting", "欢迎"), Said(14, "offer", "继续等待请按1"), Said(20, "other_ways", "也可发0000"))


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        (Called(NOON, NOON, LATER, "0", SAID, NOON), "no agent within 40 s: “继续等待请按1”"),
        (Called(NOON, NOON, LATER, "0", SAID, NOON, LATER), "an agent answered after 40 s: “继续等待请按1”"),
        (Called(NOON, NOON, LATER, "0", BOTH, NOON), "no agent within 40 s: “继续等待请按1” “也可发0000”"),
        (Called(NOON, NOON, LATER, "0", BOTH[::2], NOON), "no agent within 40 s: “也可发0000”"),
        (Called(NOON, NOON, LATER, "0", ()), "served by the menu"),
    ],
)
def test_a_call_is_told_by_what_came_of_it(result: Called, expected: str) -> None:
    record = Outcome("case", 3, 1, NOON, Call("10086", "0", 60), result)
    assert f"Called 10086, keys 0 → {expected}" == told(record, CHINA)


def test_control_characters_in_what_was_said_are_not_shown() -> None:
    result = Called(NOON, NOON, LATER, "0", (Said(0, "menu", "a\x1b[31mb"),))
    assert "\x1b" not in told(Outcome("case", 3, 1, NOON, Call("10086", "0\x1b", 60), result), CHINA)


@pytest.mark.parametrize(
    ("calls", "expected"),
    [((), "nobody"), ((Incoming(LATER, "10086", 60, True),), "2006-07-21 12:00 10086")],
)
def test_the_log_of_calls_is_told_by_who_rang_when(calls: tuple[Incoming, ...], expected: str) -> None:
    record = Outcome("case", 3, 1, NOON, ReadCalls(), CallLog(NOON, calls))
    assert f"Looked up who had rung → {expected}" == told(record, CHINA)
