"""What rules must not mistake for a breach, and what they must not let pass, case by case."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from msgspec.structs import replace as replace_in

from dialtest.evidence.record import Closed, Intent, Opened, Outcome
from dialtest.model.act import Send
from dialtest.model.number import Number
from dialtest.model.observation import Bill, Change, Charge, Sent, Trouble
from dialtest.policy.wording import first_reminder, second_reminder
from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.example import PER_USE, SERVICE, Story, story, subscribed, subscription_story, withdrawn
from dialtest.rules.judge import Judgement, judge_case, untested
from dialtest.rules.registry import ALL_RULES

TONES = replace(
    SERVICE,
    service_code="TL",
    name="精品图铃",
    access_number="106600002",
    order_command="DZTL",
    withdraw_command="TDTL",
)
RULES = {rule.name: rule for rule in ALL_RULES}


def judged(evidence: CaseEvidence) -> Judgement:
    return judge_case(evidence, ALL_RULES)


def found(told: Story) -> set[str]:
    return {finding.rule for finding in judged(told.evidence()).findings}


def reopened(told: Story, change: Callable[[Opened], Opened]) -> CaseEvidence:
    """The same case with another opening record."""
    evidence = told.evidence()
    first = evidence.records[0]
    assert isinstance(first, Opened)
    return CaseEvidence([change(first), *evidence.records[1:]], evidence.policy)


def imported(opened: Opened) -> Opened:
    return replace_in(opened, origin="imported")


def after(*earlier: str) -> Callable[[Opened], Opened]:
    return lambda opened: replace_in(opened, earlier=earlier)


# Withdrawals: the time of the request decides (T5)


def test_a_withdrawal_a_minute_before_the_cut_is_in_time() -> None:
    told = subscription_story().later(minutes=-1).withdrew("hotline").confirmed_withdrawal().to_next_first()
    assert "charge-after-withdrawal" in found(told.charged(3000))


def test_a_withdrawal_at_the_cut_itself_is_not() -> None:
    told = subscription_story().charged(3000).withdrew("hotline").confirmed_withdrawal().to_next_first()
    assert "charge-after-withdrawal" not in found(told.later(days=2).read_bill())


def test_a_refused_withdrawal_counts_as_asked_for() -> None:
    told = subscribed().later(hours=3).withdrew("hotline", accepted=False).to_next_first().charged(3000)
    assert {"withdrawal-refused", "charge-after-withdrawal"} <= found(told)


def test_whoever_orders_again_may_be_charged_again() -> None:
    told = withdrawn().later(days=2).ordered().reminded_first().delivered()
    told.now = told.policy.midnight(told.now.date().replace(day=22))
    told = told.reminded_second().to_next_first().charged(3000).queried(told.row())
    assert not {"charge-after-withdrawal", "withdrawal-ignored", "withdrawal-undone"} & found(told)


def test_the_reminder_of_a_service_with_a_longer_name_is_not_this_ones() -> None:
    longer = replace(SERVICE, service_code="XP", name=f"{SERVICE.name} PLUS")
    told = story().ordered()
    text = first_reminder(told.policy, longer, told.now).replace("当月", "下月底前")
    assert () == tuple(told.heard(text).evidence().first_reminders)


def come_back(day: int = 21) -> Story:
    """Ordered, left after three hours, and ordered again three days later."""
    return subscribed(day).later(hours=3).withdrew("hotline").confirmed_withdrawal().later(days=3).ordered()


def test_a_reorder_has_reminder_1_as_every_order_has() -> None:
    told = come_back()
    assert "first-reminder-missing" in found(told.later(days=2).queried(told.row()))
    assert "first-reminder-late" in found(come_back().reminded_first(after_s=1500))


def test_of_a_reorder_that_nothing_shows_nothing_is_missed_and_nothing_refused() -> None:
    told = come_back().later(days=2).withdrew("hotline", accepted=False).listened(days=2)
    assert not {"first-reminder-missing", "withdrawal-refused"} & found(told)


def test_an_order_of_what_was_never_shown_to_have_ended_is_judged_as_none_of_its_own() -> None:
    told = subscribed(21).later(hours=3).withdrew("hotline").confirmed_withdrawal().later(days=3)
    told = told.queried(told.row()).ordered().later(days=2)
    assert "first-reminder-missing" not in found(told.queried(told.row()))


def test_the_reminder_of_a_reorder_promises_no_free_month_beyond_the_running_one() -> None:
    told = come_back()
    honest = first_reminder(told.policy, SERVICE, told.now, first_order=False)
    assert "first-reminder-incomplete" not in found(come_back().heard(honest))
    assert "first-reminder-incomplete" in found(told.heard(first_reminder(told.policy, SERVICE, told.now)))


def test_a_reorder_has_reminder_2_before_its_first_charge() -> None:
    told = come_back()
    told.heard(first_reminder(told.policy, SERVICE, told.now, first_order=False)).to_next_first().charged(3000)
    assert "second-reminder-missing" in found(told.later(days=2).read_bill())


def test_leaving_what_was_ordered_again_is_confirmed_too() -> None:
    told = come_back().reminded_first().later(days=1).withdrew("hotline").listened(days=2)
    assert "withdrawal-unconfirmed" in found(told)


def test_within_a_second_the_journal_tells_whether_the_customer_ordered_again() -> None:
    again = subscribed().later(hours=3).withdrew("hotline").ordered().reminded_first()
    again.now = again.policy.midnight(again.now.date().replace(day=22))
    again = again.reminded_second().to_next_first().charged(3000).queried(again.row())
    assert not {"charge-after-withdrawal", "withdrawal-ignored", "withdrawal-undone"} & found(again)
    given_up = subscribed().later(hours=3).ordered().withdrew("hotline").to_next_first().charged(3000)
    assert "charge-after-withdrawal" in found(given_up)


def test_of_two_wishes_in_a_second_the_later_one_may_be_refused() -> None:
    told = subscribed().later(hours=3).withdrew("hotline").withdrew("web", accepted=False).listened(days=2)
    assert "withdrawal-refused" not in found(told)


def test_a_second_wish_for_what_is_ended_needs_no_confirmation_and_may_be_refused() -> None:
    told = withdrawn().later(days=2).withdrew("hotline", accepted=False).listened(days=2)
    assert not {"withdrawal-refused", "withdrawal-unconfirmed"} & found(told)


def test_a_history_that_shows_the_end_makes_it_undone_rather_than_ignored() -> None:
    told = withdrawn()
    history = (Change(told.now + timedelta(hours=1), "withdrawn", "hotline"),)
    names = found(told.later(days=9).queried(told.row(history=history)))
    assert "withdrawal-undone" in names
    assert "withdrawal-ignored" not in names


def test_within_the_24_hours_a_subscription_may_still_be_shown() -> None:
    told = withdrawn().later(hours=23)
    assert not found(told.queried(told.row()))


def test_a_wish_to_leave_another_service_is_no_wish_to_leave_this_one() -> None:
    told = subscribed().later(hours=3)
    told._did(Send("106600009", "TDTL", "withdraw"), Sent(told.now))
    assert [] == told.evidence().withdrawals


# A companion: another service of the provider, ordered beside the one dialled


def beside_tones(told: Story) -> CaseEvidence:
    """The same case with a companion."""
    return reopened(told, lambda opened: replace_in(opened, companion=TONES))


def ordered_both() -> Story:
    told = story()
    told._did(Send(TONES.access_number, TONES.order_command, "order"), Sent(told.now))
    return told.later(minutes=1).ordered().reminded_first()


def test_an_order_of_the_companion_is_no_order_of_the_service_dialled() -> None:
    told = story()
    told._did(Send(TONES.access_number, TONES.order_command, "order"), Sent(told.now))
    assert [] == beside_tones(told).orders
    both = beside_tones(ordered_both())
    assert [ordered_both().ordered_at] == [order.at for order in both.orders]


def test_a_row_of_the_companion_does_not_pass_for_what_was_ordered() -> None:
    told = ordered_both().later(hours=1)
    row = told.row(service_name=TONES.name, provider_name=TONES.provider_name, ordered_at=told.now)
    assert {"something-else-ordered"} <= {finding.rule for finding in judged(told.queried(row).evidence()).findings}
    beside = {finding.rule for finding in judged(beside_tones(told)).findings}
    assert "something-else-ordered" not in beside


def test_a_message_from_the_companions_port_is_its_own() -> None:
    told = ordered_both().heard("恭喜您中奖了,回复即可领取", TONES.access_number + "8")
    assert "poses-as-prize" in found(told)
    assert "poses-as-prize" not in {finding.rule for finding in judged(beside_tones(told)).findings}


def test_the_companions_number_sent_back_is_no_wish_to_leave_the_service_dialled() -> None:
    told = ordered_both().later(hours=1).asked_for_list().listed()
    told._did(Send("10086", "7", "withdraw"), Sent(told.now))
    told.later(days=2).queried(told.row("withdrawn"))
    assert "ended-unasked" in {finding.rule for finding in judged(beside_tones(told)).findings}


@pytest.mark.parametrize("asked", ["withdrew", "wrote", "complained"])
def test_what_the_customer_may_have_asked_for_has_not_ended_unasked(asked: str) -> None:
    told = ordered_both().later(hours=1)
    if asked == "withdrew":
        told.withdrew("hotline", accepted=False)
    elif asked == "wrote":
        told.sent("please stop", "withdraw")
    else:
        told.complained()
    told.later(days=2).queried(told.row("withdrawn"))
    assert "ended-unasked" not in found(told)


# Reminders: by the service centre's stamp, only once they would have arrived


def test_a_reminder_sent_in_time_and_held_up_by_an_outage_is_not_late() -> None:
    told = story().ordered().later(minutes=40)
    text = subscribed().evidence().first_reminders[0].value.text
    assert "first-reminder-late" not in found(told.heard(text, sent_s_ago=2340).delivered())


def test_a_case_that_ended_too_early_cannot_tell_that_the_reminder_is_missing() -> None:
    evidence = story().ordered().later(hours=3).evidence()
    assert "inconclusive" == judged(evidence).verdicts["first-reminder-missing"]
    assert untested(evidence, RULES["first-reminder-missing"])


def test_an_order_that_made_nothing_needs_no_reminder() -> None:
    told = story().ordered().listened(days=3).queried()
    assert "inconclusive" == judged(told.evidence()).verdicts["first-reminder-missing"]


def test_who_withdrew_before_its_days_were_over_needs_no_second_reminder() -> None:
    told = withdrawn().to_next_first().later(days=3).read_bill()
    assert "second-reminder-missing" not in judged(told.evidence()).verdicts


@pytest.mark.parametrize(
    ("said", "instead", "missing"),
    [
        ("信息费30元", "信息费0.30元", "30元/月"),
        ("信息费30元", "信息费130元", "30元/月"),
        ("电话9510567", "电话95105678", "9510567"),
        ("电话9510567", "电话12345", "9510567"),
        ("当月免信息费", "当月不免信息费", "当月免信息费"),
        ("拨打10086", "拨打1862", "退订 10086"),
        ("拨打10086", "拨打100860", "退订 10086"),
    ],
)
def test_reminder_1_that_says_something_else_than_was_filed_or_prescribed_is_untrue(
    said: str, instead: str, missing: str
) -> None:
    told = story().ordered()
    text = first_reminder(told.policy, SERVICE, told.now)
    assert "first-reminder-incomplete" not in found(told.heard(text))
    (finding,) = judged(story().ordered().heard(text.replace(said, instead)).evidence()).findings
    assert ("first-reminder-incomplete", missing) == (finding.rule, finding.facts["missing"])


def test_reminder_1_may_name_the_filed_command_as_the_way_out() -> None:
    told = story().ordered()
    text = first_reminder(told.policy, SERVICE, told.now).replace("拨打10086", f"发送{SERVICE.withdraw_command}")
    assert "first-reminder-incomplete" not in found(told.heard(text))


def test_an_order_of_the_21st_is_reminded_the_month_after() -> None:
    told = subscribed(day=21)
    told.now = told.policy.midnight(told.now.date().replace(month=8, day=23))
    told = told.reminded_second().to_next_first().charged(3000).later(days=2).read_bill()
    assert not found(told)


def test_the_second_reminder_is_recognised_in_any_numbered_part() -> None:
    told = subscribed()
    told.now = told.policy.midnight(told.now.date().replace(day=23))
    told.heard("(1/2)中国移动温馨提示:您已定制以下梦网业务:1腾讯公司提供的精品图铃WAP业务,信息费5元/月;")
    told.heard("(2/2)2.新浪提供的头条新闻短信业务,信息费30元/月。本月内退定下月不再收费,退订请拨打10086")
    assert not found(told.to_next_first().charged(3000).later(days=2).read_bill())


@pytest.mark.parametrize(
    ("said", "instead", "missing"),
    [
        ("信息费30元", "信息费130元", "30元/月"),
        ("拨打10086", "拨打1862", "本月内退定下月不再收费,退订请拨打10086"),
        ("中国移动温馨提示:", "", "中国移动温馨提示:您已定制以下梦网业务:"),
    ],
)
def test_reminder_2_that_says_something_else_than_was_filed_or_prescribed_is_untrue(
    said: str, instead: str, missing: str
) -> None:
    told = subscribed().to_next_first().later(days=-10)
    reminder = told.policy.terms(told.now).second_reminder
    assert reminder is not None
    for text in second_reminder(told.policy, reminder, [SERVICE]):
        told.heard(text.replace(said, instead))
    (finding,) = judged(told.later(days=2).evidence()).findings
    assert ("second-reminder-incomplete", missing) == (finding.rule, finding.facts["missing"])


def test_a_part_of_reminder_2_is_missing_only_when_it_could_not_still_be_on_its_way() -> None:
    told = subscribed().to_next_first().later(days=-10)
    told.heard("(1/2)中国移动温馨提示:您已定制以下梦网业务:1新浪提供的头条新闻短信业务,信息费30元/月。")
    assert "second-reminder-incomplete" not in found(told.later(hours=23))
    assert "second-reminder-incomplete" in found(told.later(hours=2))
    told.heard("(2/2)本月内退定下月不再收费,退订请拨打10086", sent_s_ago=25 * 3600)
    assert "second-reminder-incomplete" not in found(told)


def test_another_services_reminder_does_not_stand_in_for_this_ones() -> None:
    told = subscribed()
    told.now = told.policy.midnight(told.now.date().replace(day=23))
    told.heard("中国移动温馨提示:您已定制以下梦网业务:1新浪提供的头条新闻早报短信业务,信息费30元/月。退订请拨打10086")
    assert "second-reminder-missing" in found(told.to_next_first().charged(3000).later(days=2).read_bill())


@pytest.mark.parametrize(("days", "rule"), [(0, False), (90, True)])
def test_the_old_port_is_a_breach_only_after_it_was_closed(days: int, rule: bool) -> None:
    told = story()
    told.later(days=days).ordered().reminded_first(sender="1862")
    assert rule == ("reminder-from-wrong-port" in found(told))


# Charges: what was ordered, when, and by whom


def test_a_duplicate_of_a_message_is_one_message() -> None:
    told = story().ordered().reminded_first()
    again = told.evidence().messages[0].value
    told.later(seconds=60).heard(again.text, again.sender, 65)
    assert 1 == len(told.evidence().messages)


def test_charges_of_services_an_earlier_case_ordered_are_not_unordered() -> None:
    told = story().later(days=5).charged(500, provider_code="900002", service_code="TL", name="精品图铃")
    assert "charge-without-use" in found(told)
    evidence = reopened(told, after("900002/TL"))
    assert "charge-without-use" not in {finding.rule for finding in judged(evidence).findings}


def test_charges_of_before_the_case_are_an_earlier_cases_affair() -> None:
    told = story()
    told._charges.append(Charge(told.now - timedelta(days=9), "900002", "TL", "腾讯公司", "精品图铃", 500, "monthly"))
    assert not found(told.later(days=1).read_bill())


def test_of_a_control_number_every_charge_and_row_counts() -> None:
    told = story(number=Number("13700000001", "mzone", control=True))
    earlier = told.now - timedelta(days=9)
    told._charges.append(Charge(earlier, "900002", "TL", "腾讯公司", "精品图铃", 500, "monthly"))
    told.later(days=1).read_bill()
    told.queried(told.row(provider_name="腾讯公司", service_name="精品图铃", ordered_at=earlier))
    findings = judged(told.evidence()).findings
    assert {"charge-without-use", "subscription-without-order"} == {finding.rule for finding in findings}
    assert {("900002", "TL")} == {(finding.provider_code, finding.service_code) for finding in findings}


def test_a_row_of_another_service_nobody_can_name_by_code_is_named_by_its_words() -> None:
    told = story().later(days=1)
    told.queried(told.row(provider_name="腾讯公司", service_name="精品图铃"))
    (finding,) = judged(told.evidence()).findings
    assert ("subscription-without-order", "腾讯公司", "精品图铃") == (
        finding.rule, finding.provider_code, finding.service_code,
    )  # fmt: skip


def test_a_reorder_is_charged_from_the_next_first_without_a_free_month() -> None:
    told = subscribed(day=21).to_next_first().charged(3000)
    evidence = reopened(told, after(SERVICE.key))
    assert "charge-in-free-period" not in {finding.rule for finding in judged(evidence).findings}
    assert "charge-in-free-period" in found(told)


def test_two_uses_pay_for_two_charges_and_a_third_is_one_too_many() -> None:
    told = story(service=PER_USE).used().charged(200, "per_use").later(hours=2).used().charged(200, "per_use")
    assert not found(told)
    assert {"several-charges-per-use"} == found(told.charged(200, "per_use"))


def test_a_charge_days_after_the_last_use_is_for_no_use() -> None:
    told = story(service=PER_USE).used().charged(200, "per_use").delivered().later(days=2).charged(200, "per_use")
    assert {"charge-without-use"} == found(told)


def test_the_command_sent_last_is_named() -> None:
    told = story().sent("HELP", "help").later(minutes=30).sent("0000", "query").charged(100, "per_use")
    (finding,) = judged(told.evidence()).findings
    assert ("charge-for-command", "0000") == (finding.rule, finding.facts["command"])


# What cannot be known


def test_imported_results_prove_nothing_by_what_they_lack() -> None:
    told = subscribed().withdrew("hotline").listened(days=40).charged(3000)
    told.queried(told.row())
    judgement = judged(reopened(told, imported))
    assert {"charge-after-withdrawal", "charge-before-the-first", "withdrawal-ignored"} == {
        finding.rule for finding in judgement.findings
    }
    assert "inconclusive" == judgement.verdicts["withdrawal-unconfirmed"]
    bare = story().charged(3000)
    assert () == tuple(f for f in judged(reopened(bare, imported)).findings if f.rule == "charge-without-use")


def test_while_an_order_is_in_doubt_nothing_is_called_unordered() -> None:
    told = story()
    told._did(Send(SERVICE.access_number, SERVICE.order_command, "order"), Trouble(told.now, "timeout"))
    told.later(days=2).queried(told.row()).to_next_first().charged(3000)
    judgement = judged(told.evidence())
    assert () == judgement.findings
    assert "inconclusive" == judgement.verdicts["charge-without-use"]


def test_an_intent_without_an_outcome_is_an_order_in_doubt() -> None:
    told = story().to_next_first().charged(3000)
    first, bill, _ = told.evidence().records
    assert isinstance(bill, Outcome)
    intent = Intent("example", 1, 1, told.now, Send(SERVICE.access_number, SERVICE.order_command, "order"))
    shown = Outcome("example", 2, 2, told.now, bill.act, bill.result)
    evidence = CaseEvidence([first, intent, shown, Closed("example", 3, 2, told.now, "inconclusive")], told.policy)
    assert () == judged(evidence).findings


def test_a_bill_read_before_the_free_time_was_over_tells_nothing_of_it() -> None:
    assert "inconclusive" == judged(subscribed().read_bill().evidence()).verdicts["charge-in-free-period"]


def test_a_case_without_records_of_its_end_is_judged_all_the_same() -> None:
    evidence = subscription_story().charged(5000).evidence()
    open_case = CaseEvidence(evidence.records[:-1], evidence.policy)
    assert "charge-over-tariff" in {finding.rule for finding in judged(open_case).findings}
    assert open_case.closed is None


def test_a_case_must_begin_with_its_opening_record() -> None:
    evidence = subscribed().evidence()
    with pytest.raises(ValueError, match="does not begin"):
        CaseEvidence(evidence.records[1:], evidence.policy)


def test_a_verdict_is_due_when_the_record_was_made_that_decided_it() -> None:
    told = subscription_story().charged(5000)
    charged_at = told.now
    told.later(days=30).read_bill()
    (finding,) = judge_case(told.evidence(), [RULES["charge-over-tariff"]]).findings
    assert charged_at == finding.due_at


def test_several_breaches_of_one_rule_in_one_case_are_one_finding() -> None:
    told = subscription_story().charged(5000).to_next_first().charged(5000)
    (finding,) = judge_case(told.evidence(), [RULES["charge-over-tariff"]]).findings
    assert 2 == len(finding.records)
    assert ("900001", "XW", "charge-over-tariff", "example") == finding.key


def test_twice_the_same_charge_on_one_bill_is_two_charges() -> None:
    told = subscription_story().charged(3000).charged(3000)
    assert 2 == len(told.evidence().charges)
    assert isinstance(told.evidence().bills[0].value, Bill)


def test_a_filing_with_another_tariff_is_judged_by_its_own() -> None:
    dearer = replace(SERVICE, fee_fen=5000)
    told = story(service=dearer).ordered().reminded_first().delivered().to_next_first().charged(5000)
    assert "charge-over-tariff" not in found(told)


# A number that held the service when the case began: its order changes nothing, so nothing can be missed after it

AFTER_AN_ORDER = (
    "first-reminder-missing",
    "second-reminder-missing",
    "charge-in-free-period",
    "content-not-delivered",
    "something-else-ordered",
)


def ordered_in_vain(day: int = 10) -> Story:
    """An order that nothing answers, and a charge at the next cut."""
    return story(day=day).ordered().to_next_first().charged(3000).later(days=2)


@pytest.mark.parametrize("rule", AFTER_AN_ORDER)
def test_after_an_order_of_what_was_held_already_nothing_can_be_judged(rule: str) -> None:
    told = ordered_in_vain(day=25)
    held = told.row(ordered_at=told.ordered_at - timedelta(days=7))
    judgement = judged(told.queried(held).evidence())
    assert "inconclusive" == judgement.verdicts[rule]
    assert ("the number held the service, or may have held it, before it was ordered",) == untested(
        told.evidence(), RULES[rule]
    )


def test_what_was_withdrawn_before_the_case_was_not_held() -> None:
    told = ordered_in_vain()
    ordered_at = told.ordered_at - timedelta(days=7)
    ended = (Change(told.ordered_at - timedelta(days=3), "withdrawn", "hotline"),)
    told.queried(told.row("withdrawn", ordered_at=ordered_at, history=ended))
    assert "first-reminder-missing" in found(told)


def test_a_row_of_the_order_itself_shows_that_nothing_was_held() -> None:
    told = ordered_in_vain()
    evidence = reopened(told.queried(told.row()), after("900001/TL"))
    assert "finding" == judged(evidence).verdicts["first-reminder-missing"]


@pytest.mark.parametrize(("earlier", "verdict"), [("900001/TL", "inconclusive"), ("900002/TL", "finding")])
def test_where_no_query_was_answered_an_earlier_service_of_the_provider_leaves_a_doubt(
    earlier: str, verdict: str
) -> None:
    evidence = reopened(ordered_in_vain(), after(earlier))
    assert verdict == judged(evidence).verdicts["first-reminder-missing"]


def test_where_no_query_was_answered_a_charge_of_before_the_case_shows_what_was_held() -> None:
    told = ordered_in_vain()
    before = told.ordered_at - timedelta(days=9)
    told._charges.insert(0, Charge(before, "900001", "XW", "新浪", "头条新闻", 3000, "monthly"))
    assert "inconclusive" == judged(told.read_bill().evidence()).verdicts["first-reminder-missing"]


def test_a_reminder_for_every_order_is_none_too_many() -> None:
    told = story(day=21).ordered().reminded_first().later(days=1).withdrew().confirmed_withdrawal()
    told.later(hours=1).ordered().reminded_first().later(days=1)
    assert "reminder-twice" not in found(told)
    assert "reminder-twice" in found(told.reminded_first())


def test_a_reminder_each_month_is_none_too_many_and_two_in_one_month_are() -> None:
    told = subscribed().to_next_first().later(days=-10).reminded_second().to_next_first().later(days=20)
    assert "reminder-twice" not in found(told.reminded_second().later(days=1))
    assert "reminder-twice" in found(told.later(hours=1).reminded_second().later(days=1))
