"""Whether anything is called free, and whether an offer goes on by itself."""

from __future__ import annotations

import pytest

from dialtest.adverts import claims_of

FREE = [
    "FREE ringtone! Txt TONE to 81234",
    "FreeMsg: reply CHAT to meet",
    "1st week free, then £3/wk. Txt ON to 81234",
    "Call free on 08001234567 and claim your phone",
    "3 tones 4 FREE! Reply GO",
    "Your complimentary holiday awaits, call 09051234567",
    "Free entry 2 our draw, txt WIN to 81234",
    "首月免费，次月起5元/月",
    "当月免信息费",
    "无信息费，仅收通信费",
    "回复免费",
    "本業務免費體驗三天",
    "0元体验7天",
]
NOT_FREE = [
    "Are you free tonight?",
    "i'm free after 6, call me",
    "Feel free to txt me",
    "Sugar free drinks, £1 each",
    "Hands-free kit for your car, txt KIT to 81234",
    "Reply NO and nothing is charged",
    "No free trial. £3/wk. Txt ON to 81234",
    "本业务无免费试用",
    "不再免费，每月5元",
    "订购后每月3元",
]
SUBSCRIPTIONS = [
    "Txt TONE to 81234. £3/wk",
    "Ringtone club, txt TONE to 81234. 150p. Unsub STOP",
    "A new tone every week! Txt TONE to 81234. 150p/tone",
    "Weekly horoscopes to your mobile, txt LEO to 81234",
    "Joke club subscription, txt HA to 81234",
    "信息费3元/月",
    "包月业务，发送Y到10651234开通",
    "回复Y定制每日天气",
]
NO_SUBSCRIPTIONS = [
    "Txt TONE to 81234. £1.50/msg",
    "Not a subscription. Txt TONE to 81234, £3 one-off",
    "Call 09051234567. 150ppm",
    "Win a car every week! Call 09051234567",
    "信息费1元/条",
    "您已成功取消手机报包月业务",
    "每月消费满50元送话费",
]


@pytest.mark.parametrize("text", FREE)
def test_something_called_free_is_seen(text: str) -> None:
    assert claims_of(text).free


@pytest.mark.parametrize("text", NOT_FREE)
def test_other_freedoms_and_negations_promise_nothing(text: str) -> None:
    assert not claims_of(text).free


@pytest.mark.parametrize("text", SUBSCRIPTIONS)
def test_an_offer_that_goes_on_by_itself_is_a_subscription(text: str) -> None:
    assert claims_of(text).subscription


@pytest.mark.parametrize("text", NO_SUBSCRIPTIONS)
def test_an_offer_taken_once_is_no_subscription(text: str) -> None:
    assert not claims_of(text).subscription
