"""What a customer's doings become: orders by SMS and page, second yeses, questions asked again, withdrawals, time."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from dialtest.model.act import Complain, Listen, OpenPage, Press, Query, ReadBill, Send, Withdraw
from dialtest.model.observation import Answer, Charge, Failure, Heard
from dialtest.policy.policy import Policy
from dialtest.script import Dial, Ordered, days, hours, minutes
from tests.dialtest.sandbox.box import NEWS, TONES, WEATHER, at
from tests.dialtest.script.phone import BRITAIN, CHINA, DONE_PAGE, Phone, page, trouble

BRITISH = replace(NEWS, order_command="NEWS", withdraw_command="STOP", access_number="60777", fee_unit="week")
PROMPT = "To confirm reply YES. £3/week until you send STOP to 60777"
KEYWORD = BRITAIN.timeline[0][1].order.confirm_keyword


async def order(dial: Dial) -> None:
    """Order, nothing else."""
    await dial.order()


def ordered(phone: Phone) -> datetime:
    """When the order of a phone's script counts from."""
    times: list[Ordered] = []

    async def script(dial: Dial) -> None:
        times.append(await dial.order())

    phone.body = script
    phone.__post_init__()
    phone.played()
    return times[0].time


# Ordering


def test_a_service_is_ordered_by_its_filed_command_at_its_port() -> None:
    assert [("106600001", "DZXW", "order")] == Phone(order).played().sent


def test_an_order_counts_from_when_the_network_took_it() -> None:
    assert at("2006-07-10 12:00:01") == ordered(Phone(order))


def test_a_wap_service_is_ordered_on_its_page_with_the_confirmation_page() -> None:
    phone = Phone(order, service=TONES).played()
    assert [OpenPage("http://qq.example/tl"), Press("/ask", "ask"), Press("/yes", "order")] == phone.acts


def test_a_page_that_takes_the_order_without_asking_is_left_at_that() -> None:
    phone = Phone(order, service=TONES, replies={Press: [page(DONE_PAGE)]}).played()
    assert ([Press("/ask", "ask")], "") == (phone.acts[1:], phone.reason)


def test_without_confirmation_the_button_of_the_confirmation_page_is_not_pressed() -> None:
    async def script(dial: Dial) -> None:
        await dial.order(confirm=False)

    assert [OpenPage("http://qq.example/tl"), Press("/ask", "ask")] == Phone(script, service=TONES).played().acts


def test_a_page_without_an_order_button_cannot_be_tested() -> None:
    phone = Phone(order, service=TONES, replies={OpenPage: [page(DONE_PAGE)]}).played()
    assert "the page http://sp.example/ has no order button" == phone.reason


def test_a_wap_service_without_a_page_is_ordered_by_sms() -> None:
    assert [("106600002", "DZTL", "order")] == Phone(order, service=replace(TONES, page_url="")).played().sent


def test_a_per_use_service_is_used_by_its_command_and_by_its_page() -> None:
    async def script(dial: Dial) -> None:
        await dial.use()

    assert [("106600003", "TQ", "use")] == Phone(script, service=WEATHER).played().sent
    by_page = replace(TONES, billing_type="per_use", fee_unit="use")
    assert Press("/yes", "use") == Phone(script, service=by_page).played().acts[-1]


# The second yes


def test_the_second_yes_is_given_when_it_is_asked_for_and_the_order_counts_from_it() -> None:
    phone = Phone(order, service=BRITISH, policy=BRITAIN, begins="2019-11-04 12:00", texts=(PROMPT,))
    assert datetime(2019, 11, 4, 12, 10, 2, tzinfo=BRITAIN.zone) == ordered(phone)
    assert [("60777", "NEWS", "order"), ("60777", KEYWORD, "confirm")] == phone.sent


def test_no_second_yes_is_given_where_nobody_asked_for_it() -> None:
    phone = Phone(order, service=BRITISH, policy=BRITAIN, begins="2019-11-04 12:00", texts=("welcome",))
    assert datetime(2019, 11, 4, 12, 0, 1, tzinfo=BRITAIN.zone) == ordered(phone)
    assert [("60777", "NEWS", "order")] == phone.sent


def test_no_second_yes_is_given_where_the_scenario_holds_it_back() -> None:
    async def script(dial: Dial) -> None:
        await dial.order(confirm=False)

    phone = Phone(script, service=BRITISH, policy=BRITAIN, begins="2019-11-04 12:00", texts=(PROMPT,)).played()
    assert [Send("60777", "NEWS", "order")] == phone.acts


def test_the_prompt_is_still_there_for_the_scenario_to_read() -> None:
    texts: list[str] = []

    async def script(dial: Dial) -> None:
        await dial.order()
        texts.extend(message.text for message in (await dial.listen(until=dial.now + minutes(1))).messages)

    Phone(script, service=BRITISH, policy=BRITAIN, begins="2019-11-04 12:00", texts=(PROMPT,)).played()
    assert [PROMPT] == texts


def test_a_per_use_service_needs_no_second_yes() -> None:
    per_use = replace(BRITISH, billing_type="per_use", fee_unit="use")
    phone = Phone(order, service=per_use, policy=BRITAIN, begins="2019-11-04 12:00", texts=(PROMPT,)).played()
    assert [("60777", "NEWS", "order")] == phone.sent


def test_the_market_of_2006_asks_for_no_second_yes() -> None:
    phone = Phone(order, texts=(PROMPT,)).played()
    assert [Send("106600001", "DZXW", "order")] == phone.acts


# Questions


@pytest.mark.parametrize(("asked", "kind"), [("query", Query), ("bill", ReadBill)])
def test_a_question_is_asked_again_an_hour_after_an_outage(asked: str, kind: type[Query | ReadBill]) -> None:
    answers: list[object] = []

    async def script(dial: Dial) -> None:
        answers.append(await getattr(dial, asked)())

    phone = Phone(script, replies={kind: [trouble("outage")]}).played()
    assert [kind, Listen, kind] == [type(act) for act in phone.acts]
    assert Listen(at("2006-07-10 13:00:01")) == phone.acts[1]
    assert None not in answers


@pytest.mark.parametrize(("asked", "kind"), [("query", Query), ("bill", ReadBill)])
def test_a_question_is_asked_three_times_in_all_and_then_given_up(asked: str, kind: type[Query | ReadBill]) -> None:
    answers: list[object] = []

    async def script(dial: Dial) -> None:
        answers.append(await getattr(dial, asked)())

    phone = Phone(script, replies={kind: [trouble("outage")] * 9}).played()
    assert [kind, Listen, kind, Listen, kind] == [type(act) for act in phone.acts]
    assert ([None], "") == (answers, phone.reason)


def test_a_question_that_the_network_does_not_know_is_not_repeated() -> None:
    answers: list[Answer | None] = []

    async def script(dial: Dial) -> None:
        answers.append(await dial.query(channel="fax"))

    phone = Phone(script, replies={Query: [trouble("unknown_channel", "fax")]}).played()
    assert ([Query("fax")], [None], "") == (phone.acts, answers, phone.reason)


# What goes wrong


@pytest.mark.parametrize("failure", ["outage", "no_balance", "refused", "timeout"])
def test_an_order_that_did_not_go_out_cannot_be_tested_and_is_never_repeated(failure: Failure) -> None:
    phone = Phone(order, replies={Send: [trouble(failure, "says the network")]}).played()
    assert 1 == len(phone.acts)
    assert f"sending “DZXW” failed: {failure} says the network" == phone.reason


def test_a_missing_page_cannot_be_tested() -> None:
    phone = Phone(order, service=TONES, replies={OpenPage: [trouble("page_missing", "404")]}).played()
    assert "opening the page failed: page_missing 404" == phone.reason


def test_an_answer_of_the_wrong_kind_cannot_be_tested() -> None:
    phone = Phone(order, replies={Send: [Heard]}).played()
    assert "sending “DZXW” was answered by Heard" == phone.reason


# Withdrawing


def test_a_withdrawal_by_sms_is_the_filed_command() -> None:
    async def script(dial: Dial) -> None:
        await dial.withdraw()

    assert [("106600001", "TDXW", "withdraw")] == Phone(script).played().sent


@pytest.mark.parametrize("channel", [name for name in CHINA.timeline[0][1].withdrawal.channels if name != "sms"])
def test_a_withdrawal_over_any_other_channel_is_asked_of_the_carrier(channel: str) -> None:
    asked_at: list[datetime] = []

    async def script(dial: Dial) -> None:
        asked_at.append(await dial.withdraw(channel=channel))

    phone = Phone(script).played()
    assert [Withdraw(channel, "900001", "XW")] == phone.acts
    assert [at("2006-07-10 12:00:01")] == asked_at


def test_the_other_channel_is_one_of_the_market_or_sms_where_there_is_none() -> None:
    assert Phone(order).dial.other_channel in CHINA.timeline[0][1].withdrawal.channels
    assert "sms" != Phone(order).dial.other_channel
    channels = BRITAIN.timeline[0][1].withdrawal.channels
    expected = next((channel for channel in channels if channel != "sms"), "sms")
    assert expected == Phone(order, policy=BRITAIN, begins="2019-11-04 12:00").dial.other_channel


def test_another_subscription_is_withdrawn_at_the_carrier_and_a_refusal_is_said() -> None:
    accepted: list[bool] = []

    async def script(dial: Dial) -> None:
        accepted.append(await dial.withdraw_from(TONES))
        accepted.append(await dial.withdraw_from(TONES))

    phone = Phone(script, replies={Withdraw: [trouble("refused")]}).played()
    assert [Withdraw(phone.dial.other_channel, "900002", "TL")] * 2 == phone.acts
    assert ([False, True], "") == (accepted, phone.reason)


# Complaining


def test_a_complaint_is_about_the_service_dialled_unless_a_charge_names_another() -> None:
    references: list[str | None] = []
    other = Charge(at("2006-07-01 00:00"), "900002", "TL", "腾讯公司", "精品图铃", 500, "monthly")

    async def script(dial: Dial) -> None:
        for taken in (await dial.complain(), await dial.complain(other, wants="all_fees")):
            references.append(taken.reference if taken else None)

    phone = Phone(script).played()
    channel = CHINA.timeline[0][1].complaint.channels[0]  # type: ignore[union-attr]
    own = Complain(channel, "900001", "XW", "charge", "refund")
    assert [own, Complain(channel, "900002", "TL", "charge", "all_fees")] == phone.acts
    assert ["T1", "T1"] == references


def test_a_complaint_that_met_an_outage_is_made_again_an_hour_later() -> None:
    async def script(dial: Dial) -> None:
        await dial.complain()

    phone = Phone(script, replies={Complain: [trouble("outage")]}).played()
    assert [Complain, Listen, Complain] == [type(act) for act in phone.acts]


def test_a_complaint_that_may_have_been_made_is_not_made_again() -> None:
    async def script(dial: Dial) -> None:
        assert await dial.complain() is None

    phone = Phone(script, replies={Complain: [trouble("timeout")]}).played()
    assert [Complain] == [type(act) for act in phone.acts]


def test_where_the_market_takes_no_complaints_the_dial_cannot_go_on() -> None:
    async def script(dial: Dial) -> None:
        await dial.complain()

    assert "this market takes no complaints" == Phone(script, policy=BRITAIN, begins="2019-11-04 12:00").played().reason


# Sending and looking


def test_a_message_goes_to_the_services_port_unless_another_is_named() -> None:
    async def script(dial: Dial) -> None:
        await dial.send("HELP", purpose="help")
        await dial.send("0000", purpose="query", to="10086")

    assert [("106600001", "HELP", "help"), ("10086", "0000", "query")] == Phone(script).played().sent


def test_a_page_is_the_services_unless_another_is_named() -> None:
    async def script(dial: Dial) -> None:
        await dial.open_page()
        await dial.open_page("http://elsewhere.example/")

    phone = Phone(script, service=TONES).played()
    assert [OpenPage("http://qq.example/tl"), OpenPage("http://elsewhere.example/")] == phone.acts


# Time


def clocks(begins: str, until: str, policy: Policy = BRITAIN) -> tuple[str, str]:
    """The dial's `now` on the wall after a listening that ends at `until` (UTC), and its offset from UTC."""

    async def script(dial: Dial) -> None:
        await dial.listen(until=datetime.fromisoformat(until + "+00:00"))

    phone = Phone(script, policy=policy, begins=begins).played()
    return f"{phone.dial.now:%Y-%m-%d %H:%M}", f"{phone.dial.now:%z}"


def test_now_is_the_time_of_the_last_thing_seen_on_the_markets_calendar() -> None:
    assert ("2019-11-05 00:30", "+0000") == clocks("2019-11-04 12:00", "2019-11-05 00:30")
    assert ("2006-07-11 00:30", "+0800") == clocks("2006-07-10 12:00", "2006-07-10 16:30", CHINA)


def test_now_follows_the_clocks_into_summer_time_and_out_of_it() -> None:
    assert ("2020-03-29 02:30", "+0100") == clocks("2020-03-29 00:30", "2020-03-29 01:30")
    assert ("2020-07-01 00:30", "+0100") == clocks("2020-06-30 12:00", "2020-06-30 23:30")
    assert ("2020-10-25 01:30", "+0000") == clocks("2020-10-24 12:00", "2020-10-25 01:30")


def test_days_later_is_the_same_time_of_day_across_a_change_of_the_clocks() -> None:
    async def script(dial: Dial) -> None:
        await dial.listen(until=dial.now + days(2))

    phone = Phone(script, policy=BRITAIN, begins="2020-03-28 12:00").played()
    assert ("2020-03-30 12:00", "+0100") == (f"{phone.dial.now:%Y-%m-%d %H:%M}", f"{phone.dial.now:%z}")


@pytest.mark.parametrize("length_min", [10, 40, 90])
def test_a_listening_begun_in_the_repeated_hour_lasts_as_long_as_it_says(length_min: int) -> None:
    async def script(dial: Dial) -> None:
        await dial.listen(until=datetime.fromisoformat("2020-10-25T01:10+00:00"))
        await dial.listen(until=dial.now + minutes(length_min))

    phone = Phone(script, policy=BRITAIN, begins="2020-10-24 12:00").played()
    first, second = (act.until.timestamp() for act in phone.acts if isinstance(act, Listen))
    assert length_min * 60 == second - first


def test_a_prompt_is_waited_for_in_the_repeated_hour_too() -> None:
    phone = Phone(order, service=BRITISH, policy=BRITAIN, begins="2020-10-25 01:55", texts=(PROMPT,)).played()
    first = phone.acts[1]
    assert isinstance(first, Listen)
    assert "2020-10-25 01:05 +0000" == f"{first.until:%Y-%m-%d %H:%M %z}"
    assert KEYWORD == phone.sent[-1][1]


def test_lengths_of_time() -> None:
    assert (days(2), hours(3)) == (hours(48), minutes(180))
