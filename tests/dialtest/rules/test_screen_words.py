"""Findings keep codes; what people read has the words of their offices."""

from __future__ import annotations

from dialtest.model.observation import SubscriptionRow
from dialtest.policy.load import load_policy
from dialtest.policy.opening import channels
from dialtest.rules.channels_disagree import CHANNELS_DISAGREE
from dialtest.rules.manual import message
from dialtest.rules.screen_words import CHANNELS, FIELDS, in_words


def test_every_channel_of_the_shipped_markets_and_every_field_of_the_screen_has_words() -> None:
    for name in ("monternet-2006", "uk-premium-2019"):
        assert set() == {*channels(load_policy(name))} - set(CHANNELS)
    assert SubscriptionRow.__struct_fields__ == tuple(FIELDS)


def test_codes_are_said_in_words_and_everything_else_as_it_is() -> None:
    facts = {"one": "hall", "other": "pigeon", "fields": "tariff, history, shape", "asked": "web", "fee": "3元"}
    assert {
        "one": "营业厅",
        "other": "pigeon",
        "fields": "资费、变更记录、shape",
        "asked": "web",
        "fee": "3元",
    } == in_words(facts, "zh")
    assert "tariff, history, shape" == in_words(facts, "en")["fields"]


def test_a_finding_is_told_in_words() -> None:
    assert "Asked at 2006-07-10 13:06, the hotline and the website show different things: tariff." == message(
        CHANNELS_DISAGREE, "en"
    )
