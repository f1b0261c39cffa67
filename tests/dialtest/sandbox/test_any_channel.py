"""Whatever a customer does over whichever channels: all agree, and a withdrawal over one holds in all (Q7)."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from dialtest.model.act import Send, Withdraw
from dialtest.model.observation import SubscriptionRow, Withdrawn
from dialtest.model.service import Service
from tests.dialtest.sandbox.box import FUNDED, NEWS, TONES, Box

SCREENS = ("hotline", "hotline_menu", "web", "terminal", "hall", "wap")
SERVICES = (NEWS, TONES)
STEPS = st.lists(
    st.tuples(
        st.integers(0, 60 * 40),  # minutes that pass before it
        st.sampled_from(["order", "withdraw", "list", "one", "all"]),
        st.sampled_from(SERVICES),
        st.sampled_from(SCREENS),
    ),
    min_size=1,
    max_size=9,
)
SETTLED = timedelta(minutes=10)
DUE = timedelta(hours=36)  # what a busy hall wrote down (12 h) and 24 h


def do(box: Box, what: str, service: Service, channel: str) -> list[Service]:
    """One step; the services that are withdrawn from by it."""
    if what == "order":
        box.order(service)
    elif what == "withdraw":
        taken = box.do(Withdraw(channel, service.provider_code, service.service_code))
        return [service] if isinstance(taken, Withdrawn) and taken.accepted else []
    elif what == "list":
        box.do(Send("10086", "0000", "query"))
    else:
        box.do(Send("10086", "00000" if what == "all" else "1", "withdraw"))
        return list(SERVICES) if what == "all" else []
    return []


def answers(box: Box) -> list[tuple[SubscriptionRow, ...]]:
    """What every channel shows now."""
    return [box.query(channel).subscriptions for channel in SCREENS]


@settings(max_examples=60)
@given(STEPS, st.integers(0, 5))
def test_all_channels_agree_and_a_withdrawal_holds_in_all_of_them(
    steps: list[tuple[int, str, Service, str]], seed: int
) -> None:
    box = Box("2006-10-02 00:00", seed=seed)
    wished: dict[str, datetime] = {}
    for minutes, what, service, channel in steps:
        box.agenda.advance(box.agenda.now + timedelta(minutes=minutes))
        before = box.agenda.now
        for withdrawn in do(box, what, service, channel):
            wished.setdefault(withdrawn.name, before)
        if what == "order":
            wished.pop(service.name, None)
        box.agenda.advance(box.agenda.now + SETTLED)
        shown = answers(box)
        assert [shown[0]] * len(SCREENS) == shown
    box.agenda.advance(box.agenda.now + DUE)
    for name in wished:
        assert [] == [
            row for rows in answers(box) for row in rows if row.service_name == name and row.status == "active"
        ]


@settings(max_examples=40)
@given(STEPS, st.integers(0, 5))
def test_nothing_is_charged_for_a_month_that_begins_after_the_wish(
    steps: list[tuple[int, str, Service, str]], seed: int
) -> None:
    box = Box("2006-10-02 00:00", seed=seed)
    for minutes, what, service, channel in steps:
        box.agenda.advance(box.agenda.now + timedelta(minutes=minutes))
        do(box, what, service, channel)
    box.do(Send("10086", "00000", "withdraw"))
    charged = len(box.carrier.accounts[FUNDED].charges)
    box.until("2007-03-02 00:00")
    assert charged == len(box.carrier.accounts[FUNDED].charges)
