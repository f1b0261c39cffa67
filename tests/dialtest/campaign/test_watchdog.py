"""Scripts that misbehave end inconclusive with the reason, and the campaign goes on; an interrupted one, too."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from dialtest.campaign import watchdog
from dialtest.campaign.live import LiveDriver
from dialtest.campaign.runner import Runner
from dialtest.campaign.virtual import VirtualDriver
from dialtest.campaign.watchdog import Watchdog
from dialtest.evidence.journal import Journal
from tests.dialtest.campaign.small_campaign import SmallCampaign, small_campaign
from tests.dialtest.campaign.test_live import ORDER_AND_LISTEN, ScriptedNetwork, closings

FORM = """
from dialtest.script import *
@scenario("misbehaves", fits=any_service, clauses=("T1",))
{define} misbehaves(dial: Dial) -> None:
{body}
"""
MISBEHAVING = {
    "loops for ever": ("async def", "    while True:\n        pass", "ScriptStuck"),
    "loops for ever swallowing exceptions": (
        "async def",
        "    while True:\n        try:\n            int('x')\n        except Exception:\n            pass",
        "ScriptStuck",
    ),
    "matches a pattern for ever": ("async def", "    import re\n    re.match('(a+)+b', 'a' * 64)", "ScriptStuck"),
    "loops for ever after an act": ("async def", "    await dial.bill()\n    while True:\n        pass", "ScriptStuck"),
    "is no coroutine and loops for ever": ("def", "    while True:\n        pass", "ScriptStuck"),
    "sleeps": ("async def", "    import time\n    time.sleep(3600)", "ScriptStuck"),
    "is no coroutine": ("def", "    return None", "AttributeError"),
    "raises": ("async def", "    raise KeyError('port')", "KeyError: 'port' (line 5 of misbehaves)"),
    "raises an exit": ("async def", "    raise SystemExit(3)", "SystemExit"),
    "awaits something that is no act": (
        "async def",
        "    import asyncio\n    await asyncio.sleep(0)",
        "awaited NoneType, which is no act of a dial",
    ),
    "sends half a character": ("async def", "    await dial.send('\\ud83d', purpose='wrong')", "not a Unicode text"),
    "sends a number": (
        "async def",
        "    await dial.send(1312, purpose='wrong')",
        "with text 1312, which is not a Unicode text",
    ),
    "asks endlessly": ("async def", "    while True:\n        await dial.query('hotline')", "more than 1000 acts"),
    "listens into the past": ("async def", "    await dial.listen(until=dial.now - days(1))", "past"),
}


@pytest.fixture(autouse=True)
def quick_ticks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watchdog, "TICK_S", 0.05)


def campaign_with(misbehaving: str) -> SmallCampaign:
    define, body, _ = MISBEHAVING[misbehaving]
    return small_campaign(services=1, sources=[FORM.format(define=define, body=body), ORDER_AND_LISTEN])


def run_virtual(campaign: SmallCampaign) -> Journal:
    journal = campaign.journal()
    driver = VirtualDriver(Runner(campaign.cast, journal), (), campaign.begins, campaign.cast.numbers)
    driver.run(campaign.planned)
    return journal


def run_live(campaign: SmallCampaign) -> Journal:
    journal = campaign.journal()
    LiveDriver(Runner(campaign.cast, journal), ScriptedNetwork(campaign)).run(campaign.planned)
    return journal


@pytest.mark.parametrize("misbehaving", MISBEHAVING)
def test_a_script_that_misbehaves_in_virtual_time_is_inconclusive_and_the_campaign_goes_on(misbehaving: str) -> None:
    ended = closings(run_virtual(campaign_with(misbehaving)))
    assert ("inconclusive", True) == (
        ended["misbehaves.900000/S0.0"][0],
        MISBEHAVING[misbehaving][2] in ended["misbehaves.900000/S0.0"][1],
    ), ended
    assert ("completed", "") == ended["order-and-listen.900000/S0.0"]


@pytest.mark.parametrize("misbehaving", ["loops for ever", "loops for ever swallowing exceptions", "raises", "sleeps"])
def test_a_script_that_misbehaves_live_is_inconclusive_and_the_campaign_goes_on(misbehaving: str) -> None:
    ended = closings(run_live(campaign_with(misbehaving)))
    assert MISBEHAVING[misbehaving][2] in ended["misbehaves.900000/S0.0"][1]
    assert ("completed", "") == ended["order-and-listen.900000/S0.0"]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_script_that_will_not_be_stopped_is_stopped() -> None:
    source = """
from dialtest.script import *
@scenario("misbehaves", fits=any_service, clauses=("T1",))
async def misbehaves(dial: Dial) -> None:
    while True:
        try:
            await dial.query("hotline")
        except GeneratorExit:
            pass
"""
    ended = closings(run_virtual(small_campaign(services=1, sources=[source])))
    assert [True] == ["more than 1000 acts" in reason for _, reason in ended.values()]


def test_the_watchdog_gives_back_the_timer_and_the_handler_it_took() -> None:
    before = signal.getsignal(signal.SIGALRM)
    left_s, interval_s = signal.getitimer(signal.ITIMER_REAL)
    with Watchdog():
        pass
    assert before == signal.getsignal(signal.SIGALRM)
    assert interval_s == signal.getitimer(signal.ITIMER_REAL)[1]
    assert left_s - 5 < signal.getitimer(signal.ITIMER_REAL)[0] <= left_s


def test_a_timer_that_was_running_rings_on_time_while_the_watchdog_uses_it() -> None:
    rung: list[int] = []
    handler = signal.signal(signal.SIGALRM, lambda number, _: rung.append(number))
    left_s, _ = signal.setitimer(signal.ITIMER_REAL, 0.12)
    with Watchdog(0.05):
        while not rung:
            signal.pause()
    signal.signal(signal.SIGALRM, handler)
    signal.setitimer(signal.ITIMER_REAL, left_s)
    assert [signal.SIGALRM] == rung


def test_the_first_interrupt_ends_a_live_run_where_nothing_is_in_doubt_and_the_next_run_goes_on(tmp_path: Path) -> None:
    campaign = small_campaign(services=2, dials=2, sources=[ORDER_AND_LISTEN])
    network, journal = ScriptedNetwork(campaign), campaign.journal(tmp_path)
    answer = network.answer

    def interrupted(msisdn: str, act: object) -> object:
        signal.raise_signal(signal.SIGINT) if len(network.performed) == 2 else None
        return answer(msisdn, act)  # type: ignore[arg-type]

    network.answer = interrupted  # type: ignore[assignment]
    assert not LiveDriver(Runner(campaign.cast, journal), network).run(campaign.planned)
    assert 2 == len(network.performed)
    assert LiveDriver(Runner(campaign.cast, journal), network).run(campaign.planned)
    assert [("completed", "")] * 4 == list(closings(journal).values())
