"""What adverts, pages and pushed messages may say, and what they may not."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from dialtest.model.service import Advert, Service
from dialtest.rules.advert_example import looked, paged, pushed_at
from dialtest.rules.example import SERVICE, Story, story
from dialtest.rules.judge import judge_case, untested
from dialtest.rules.registry import ALL_RULES
from dialtest.rules.uk_example import JOKES, subscribed

RULES = {rule.name: rule for rule in ALL_RULES}
PER_USE = replace(SERVICE, billing_type="per_use", fee_fen=200, fee_unit="use")
HONEST = "30元/月 包月业务,发送DZXW到106600001订购,退订请拨打10086"


def fired(told: Story) -> set[str]:
    """The names of the rules of misleading adverts that find something."""
    findings = judge_case(told.evidence(), ALL_RULES).findings
    return {finding.rule for finding in findings if finding.breach == "misleading_ads"}


def finds(rule: str, told: Story) -> bool:
    """Whether one rule finds something."""
    return bool(judge_case(told.evidence(), [RULES[rule]]).findings)


def filed_with(text: str, service: Service = SERVICE) -> Story:
    """A case of a service whose filing carries this advert."""
    return story(replace(service, adverts=(Advert("print", text),)))


def test_an_honest_page_and_an_honest_advert_are_silent() -> None:
    assert set() == fired(looked(HONEST))
    assert set() == fired(filed_with(HONEST))


# Free


@pytest.mark.parametrize(
    "text",
    [
        "30元/月,当月免信息费",
        "首月免费,次月起30元/月",
        "免费试用一个月,30元/月",
        "下月底前免信息费,30元/月",
        "30元/月,免费客服热线9510567",
    ],
)
def test_free_for_the_free_period_and_free_help_lines_are_true(text: str) -> None:
    assert not finds("free-but-charged", looked(text))


@pytest.mark.parametrize("text", ["免费下载", "完全免费,30元/月", "首月免费,全部内容永久免费"])
def test_free_without_bounds_is_misleading_where_a_tariff_is_filed(text: str) -> None:
    assert finds("free-but-charged", looked(text))
    assert finds("free-but-charged", filed_with(text))


def test_what_is_filed_at_nothing_may_be_called_free() -> None:
    assert not finds("free-but-charged", filed_with("完全免费", replace(SERVICE, fee_fen=0)))


def test_the_carrier_s_own_reminder_may_say_this_month_is_free() -> None:
    assert set() == fired(story().ordered().reminded_first())


def test_a_free_first_week_is_untrue_in_a_market_without_a_free_period() -> None:
    text = "Ringtones subscription £3.00 per week, first week free. Text JOKES to 84001, STOP to end"
    told = story(replace(JOKES, adverts=(Advert("web", text),)), "uk-premium-2019")
    assert finds("free-but-charged", told)


def test_freemsg_before_a_receipt_calls_nothing_free() -> None:
    assert not finds("free-but-charged", subscribed().heard("FreeMsg: Your joke of the day", JOKES.access_number))


# Prices


STATED = {
    "10元/月": True,
    "30元/月": False,
    "40元/月": False,
    "1元/天": False,
    "0.5元/天": True,
    "5元/月起,30元/月": False,
}


@pytest.mark.parametrize(("text", "lower"), STATED.items())
def test_a_price_is_held_against_the_filing_in_the_filing_s_own_unit(text: str, lower: bool) -> None:
    assert lower == finds("price-below-filed", looked(text))


def test_a_price_in_another_currency_or_for_something_else_is_not_compared() -> None:
    assert not finds("price-below-filed", looked("$1 per month"))
    assert not finds("price-below-filed", filed_with("10元/月", PER_USE))


def test_a_per_use_price_below_the_filed_one_is_found() -> None:
    assert finds("price-below-filed", filed_with("1元/次", PER_USE))
    assert not finds("price-below-filed", filed_with("2元/次", PER_USE))


def test_only_charges_after_the_page_was_seen_are_held_against_it() -> None:
    before = story().ordered().later(days=30).charged(3000).later(minutes=1).saw_page("<p>10元/月</p>")
    after = story().saw_page("<p>10元/月</p>").ordered().later(days=30).charged(3000)
    assert not finds("charged-over-advertised", before)
    assert finds("charged-over-advertised", after)


def test_a_charge_above_a_tariff_that_was_advertised_rightly_is_another_rule_s() -> None:
    told = looked("30元/月").ordered().later(days=30).charged(5000)
    assert not finds("charged-over-advertised", told)
    assert finds("charge-over-tariff", told)


# Where the price stands


STYLES = (
    "font-size:1px", "font-size: 0.1em", "color:#fefefe", "display:none", "visibility: hidden", "opacity:0",
    "position:absolute;left:-9999px",
)  # fmt: skip


@pytest.mark.parametrize("style", STYLES)
def test_a_price_nobody_can_see_is_hidden_and_not_missing(style: str) -> None:
    price = f'<div style="{style}"><p>30元/月</p></div>'
    told = paged(f"<p>好听的铃声,退订发TDXW到106600001</p>{price}<form><button>订购</button></form>")
    assert {"price-hidden"} == fired(told)


def test_white_words_on_a_painted_ground_can_be_read() -> None:
    assert not finds("price-hidden", paged('<p style="color:#fff;background:#900">30元/月</p>'))


def test_a_price_close_below_the_button_is_in_sight_and_one_far_below_is_not() -> None:
    near = "<form><button>订购</button></form><p>30元/月</p>"
    far = f"<form><button>订购</button></form>{'<p>精彩内容每天更新</p>' * 100}<p>30元/月</p>"
    assert not finds("price-hidden", paged(near))
    assert finds("price-hidden", paged(far))


# Boxes and scripts


def test_a_script_that_waits_for_the_customer_s_click_is_no_form_that_submits_itself() -> None:
    script = "<script>button.addEventListener('click', function () { form.submit() })</script>"
    assert not finds("form-submits-itself", paged(f"<form><button>订购</button></form>{script}"))


def test_a_form_sent_when_the_page_has_loaded_is_found() -> None:
    told = story().saw_page('<html><body onload="document.f.submit()"><form name="f"></form></body></html>')
    assert finds("form-submits-itself", told)


HOSTILE = {
    "empty": "",
    "a bracket": "<",
    "a null": "\0",
    "unclosed tags": "<p" * 10_000,
    "nested without end": "<div>" * 100_000,
    "another format": "%PDF-1.4 \x80\x81",
    "a long line": "<body>" + "x" * 900_000,
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE.keys())
def test_no_page_can_stop_the_reading(content: str) -> None:
    assert not finds("box-ticked", story().saw_page(content))


# Poses


@pytest.mark.parametrize(
    "text",
    ["中国移动温馨提示:您的业务即将到期", "【中国移动】请回复1", "10086:请点击确认", "尊敬的客户,回复1升级。中国移动"],
)
def test_a_message_of_a_provider_headed_or_signed_as_the_carrier_s_is_found(text: str) -> None:
    assert finds("poses-as-carrier", pushed_at(text))


@pytest.mark.parametrize("text", ["由中国移动代收,退订请拨打10086", "中国移动用户可订购,30元/月", "客服电话10086转1"])
def test_naming_the_carrier_is_no_pose(text: str) -> None:
    assert not finds("poses-as-carrier", pushed_at(text))


def test_the_carrier_s_own_messages_do_not_pose() -> None:
    assert not finds("poses-as-carrier", story().ordered().heard("中国移动温馨提示:天气转凉", "10086"))


@pytest.mark.parametrize("text", ["恭喜您中奖了", "好久不见,猜我是谁", "系统消息:您有新留言", "You have won a phone!"])
def test_prizes_friends_and_systems_are_found(text: str) -> None:
    assert finds("poses-as-prize", pushed_at(text))


# Commands and deliveries


def test_a_filed_command_beside_another_one_is_no_other_order() -> None:
    assert not finds("advert-orders-something-else", looked("发送DZXW到106600001订购,或发送DZXW2到106600001订购两月"))
    assert not finds("advert-orders-something-else", looked("发送QT8到106600001订购图铃,发送DZXW到106600001订购新闻"))
    assert finds("advert-orders-something-else", looked("发送LHC88到106600001参加"))
    assert finds("advert-orders-something-else", looked("好新闻DZXW,发送LHC88到106600001参加"))


def test_content_that_comes_within_a_day_is_delivered() -> None:
    assert not finds(
        "content-not-delivered", story().ordered().later(hours=23).heard("今日要闻", "106600001").listened(days=3)
    )


def test_nothing_is_said_of_content_that_may_still_come() -> None:
    evidence = story().ordered().listened(hours=5).evidence()
    assert judge_case(evidence, [RULES["content-not-delivered"]]).verdicts == {"content-not-delivered": "inconclusive"}
    assert untested(evidence, RULES["content-not-delivered"])


def test_a_service_ordered_by_an_earlier_case_is_not_what_this_order_made() -> None:
    told = story().ordered()
    own, other = told.row(), told.row(service_name="天气预报", ordered_at=told.now - timedelta(days=40))
    assert not finds("something-else-ordered", told.later(minutes=9).queried(own, other))
    assert not finds("something-else-ordered", story().ordered().later(minutes=9).queried(other))
