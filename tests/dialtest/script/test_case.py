"""A case gives its script's acts one by one, and whatever a script does wrong ends in a reason, not in an exception."""

from __future__ import annotations

from datetime import datetime

import pytest

from dialtest.model.act import AnyAct, Call, Listen, Query, ReadBill, Send
from dialtest.model.observation import Bill, Message
from dialtest.script import CannotTest, Dial, Listened, days, minutes
from dialtest.script.case import MOST_STEPS, ScriptStuck
from tests.dialtest.sandbox.box import at
from tests.dialtest.script.phone import Phone


def test_a_case_gives_the_acts_in_order_and_then_nothing() -> None:
    async def script(dial: Dial) -> None:
        await dial.send("XW", purpose="order")
        await dial.listen(until=dial.now + minutes(5))
        await dial.query(channel="web")
        await dial.bill()

    phone = Phone(script).played()
    assert [Send("106600001", "XW", "order"), Listen(at("2006-07-10 12:05:01")), Query("web"), ReadBill()] == phone.acts
    assert (4, "") == (phone.case.step, phone.reason)


def test_what_was_seen_comes_back_from_the_await() -> None:
    seen: list[object] = []

    async def script(dial: Dial) -> None:
        seen.append(await dial.bill())

    phone = Phone(script).played()
    assert [Bill(phone.now, ())] == seen


def test_a_script_that_asks_for_nothing_is_over_at_once() -> None:
    async def script(dial: Dial) -> None:
        """Nothing."""

    phone = Phone(script).played()
    assert ([], "") == (phone.acts, phone.reason)


def test_a_message_is_met_at_the_next_listening_and_only_there() -> None:
    heard: list[Listened] = []

    async def script(dial: Dial) -> None:
        await dial.bill()
        heard.append(await dial.listen(until=dial.now + minutes(1)))
        heard.append(await dial.listen(until=dial.now + minutes(1)))

    phone = Phone(script, texts=("one", "two")).played()
    assert [["one", "two"], []] == [[message.text for message in each.messages] for each in heard]
    assert phone.now == heard[1].time


def test_a_message_between_two_acts_waits_for_the_listening() -> None:
    heard: list[str] = []

    async def script(dial: Dial) -> None:
        await dial.bill()
        heard.extend(message.text for message in (await dial.listen(until=dial.now)).messages)

    phone = Phone(script)
    phone.case.hear(Message(phone.now, phone.now, "10086", "early"))
    phone.played()
    assert ["early"] == heard


def test_a_raising_scenario_is_told_with_line_and_function() -> None:
    async def script(dial: Dial) -> None:
        await dial.bill()
        raise KeyError("port")

    phone = Phone(script).played()
    line = script.__code__.co_firstlineno + 2
    assert f"the scenario by-hand failed: KeyError: 'port' (line {line} of script)" == phone.reason


@pytest.mark.parametrize("error", [SystemExit(3), ScriptStuck("it computed too long"), MemoryError()])
def test_nothing_a_scenario_raises_ends_the_campaign(error: BaseException) -> None:
    async def script(dial: Dial) -> None:
        raise error

    assert type(error).__name__ in Phone(script).played().reason


def test_an_interrupt_is_the_users_and_no_defect_of_the_scenario() -> None:
    async def script(dial: Dial) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Phone(script).played()


def test_a_reason_is_bounded() -> None:
    async def script(dial: Dial) -> None:
        raise ValueError("x" * 10_000)

    assert len(Phone(script).played().reason) < 600


def test_awaiting_something_that_is_no_act_ends_the_case() -> None:
    class Endless:
        def __await__(self):  # type: ignore[no-untyped-def]
            yield "hello"

    async def script(dial: Dial) -> None:
        await Endless()

    phone = Phone(script).played()
    assert ([], "the scenario by-hand awaited str, which is no act of a dial") == (phone.acts, phone.reason)


@pytest.mark.parametrize(
    ("act", "wrong"),
    [
        (
            Send("1066", "\ud83d", "wrong"),
            r"Send with text '\ud83d', which is not a Unicode text of at most 4096 characters",
        ),
        (Send("1066", "x" * 5_000, "wrong"), "which is not a Unicode text of at most 4096 characters"),
        (Send("1066", 0, "wrong"), "Send with text 0, which is not a Unicode text"),  # type: ignore[arg-type]
        (Send("1066", "DZ", "buy"), "with purpose 'buy', which is not one of 'order', 'ask'"),  # type: ignore[arg-type]
        (Query(None), "Query with channel None, which is not a Unicode text"),  # type: ignore[arg-type]
        (Call("10086", "0", 10**30), "which is not a whole number from 0 to 1000000000"),
        (Call("10086", "0", True), "Call with patience_s True, which is not a whole number"),
        (Listen(datetime(2006, 8, 1)), "which is not a time with a zone"),  # noqa: DTZ001 - the mistake itself
    ],
)
def test_an_act_that_nobody_could_send_or_write_down_ends_the_case(act: AnyAct, wrong: str) -> None:
    class Asking:
        def __await__(self):  # type: ignore[no-untyped-def]
            yield act

    async def script(dial: Dial) -> None:
        await Asking()

    phone = Phone(script).played()
    assert [] == phone.acts
    assert phone.reason.startswith("the scenario by-hand asked for ")
    assert wrong in phone.reason


def test_a_reason_can_always_be_written_down() -> None:
    async def script(dial: Dial) -> None:
        raise ValueError("half a character: \ud83d")

    reason = Phone(script).played().reason
    assert "half a character: \\ud83d" in reason
    reason.encode()


def test_endless_asking_ends_after_a_thousand_acts() -> None:
    async def script(dial: Dial) -> None:
        while True:
            await dial.bill()

    phone = Phone(script).played()
    assert (MOST_STEPS, True) == (len(phone.acts), f"more than {MOST_STEPS} acts" in phone.reason)


def test_listening_into_the_past_cannot_be_tested() -> None:
    async def script(dial: Dial) -> None:
        await dial.listen(until=dial.now - days(1))

    phone = Phone(script).played()
    assert ([], "the script wants to listen until 2006-07-09 12:00, which is past") == (phone.acts, phone.reason)


def test_a_script_may_say_itself_that_it_cannot_test() -> None:
    async def script(dial: Dial) -> None:
        await dial.open_page()
        raise CannotTest("the page asks for a picture to be read")

    assert "the page asks for a picture to be read" == Phone(script).played().reason


def test_stopping_a_case_lets_the_script_clean_up_and_keeps_the_reason() -> None:
    cleaned: list[str] = []

    async def script(dial: Dial) -> None:
        try:
            await dial.bill()
        finally:
            cleaned.append("cleaned")

    phone = Phone(script)
    phone.case.start()
    phone.case.stop("in doubt")
    assert ("in doubt", ["cleaned"]) == (phone.reason, cleaned)


def test_a_script_that_raises_while_it_is_stopped_is_stopped_all_the_same() -> None:
    async def script(dial: Dial) -> None:
        try:
            await dial.bill()
        finally:
            raise ValueError("no")

    phone = Phone(script)
    phone.case.start()
    phone.case.stop("in doubt")
    assert "in doubt" == phone.reason


def test_a_case_says_whether_its_script_is_at_work_this_moment() -> None:
    at_work: list[bool] = []

    async def script(dial: Dial) -> None:
        at_work.append(phone.case.computing)
        await dial.bill()

    phone = Phone(script)
    phone.case.start()
    assert ([True], False) == (at_work, phone.case.computing)
    phone.case.stop("enough")
