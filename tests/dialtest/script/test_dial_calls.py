"""How a script rings the hotline: one act, to the call's end, never twice unless nothing was sent."""

from __future__ import annotations

from datetime import datetime, timedelta

from dialtest.model.act import Call, Listen, ReadCalls
from dialtest.model.observation import AnyObservation, Called
from dialtest.script import Dial
from tests.dialtest.script.phone import BRITAIN, Phone, trouble


async def rings(dial: Dial) -> None:
    await dial.call(keys="21", wish="withdraw", patience_s=60)


def test_a_call_is_about_the_service_dialled_and_binds() -> None:
    phone = Phone(rings).played()
    assert [Call("10086", "21", 60, "withdraw", "900001", "XW", "wait")] == phone.acts
    assert phone.acts[0].binding


def test_the_script_stays_on_the_line_to_the_end_of_the_call() -> None:
    def answer(now: datetime) -> AnyObservation:
        return Called(now, now, now + timedelta(seconds=90), "21", ())

    phone = Phone(rings, replies={Call: [answer]}).played()
    assert [Call, Listen] == [type(act) for act in phone.acts]
    assert "2006-07-10 12:01:31" == f"{phone.dial.now:%Y-%m-%d %H:%M:%S}"


def test_a_call_that_never_went_out_is_made_an_hour_later() -> None:
    phone = Phone(rings, replies={Call: [trouble("outage")]}).played()
    assert [Call, Listen, Call] == [type(act) for act in phone.acts]


def test_a_call_that_may_have_been_made_is_not_made_again() -> None:
    phone = Phone(rings, replies={Call: [trouble("timeout")]}).played()
    assert [Call] == [type(act) for act in phone.acts]
    assert "calling 10086 failed: timeout" == phone.reason


def test_a_market_without_a_hotline_cannot_be_rung() -> None:
    phone = Phone(rings, policy=BRITAIN).played()
    assert ([], "this market has no hotline to call") == (phone.acts, phone.reason)


def test_the_log_of_calls_is_looked_up() -> None:
    async def script(dial: Dial) -> None:
        assert await dial.calls() is not None

    assert [ReadCalls()] == Phone(script).played().acts
