"""Brands are the market's own."""

from __future__ import annotations

import pytest

from dialtest.errors import DialtestError
from dialtest.policy.load import load_policy, parse_policy, shipped_policy_text

UK = shipped_policy_text("uk-premium-2019")
CHINA = shipped_policy_text("monternet-2006")


def with_brands(text: str, brands: str) -> str:
    (line,) = [line for line in text.splitlines() if line.startswith("brands")]
    return text.replace(line, brands)


def test_the_words_of_a_market_mean_its_brands() -> None:
    china, uk = load_policy("monternet-2006").brand_words, load_policy("uk-premium-2019").brand_words
    assert ("gotone", "gotone", "mzone") == (china["全球通"], china["gotone"], china["m-zone"])
    assert ("prepaid", "contract") == (uk["pay as you go"], uk["contract"])
    assert "全球通" not in uk


def test_a_policy_written_before_brands_were_named_has_those_of_2006() -> None:
    assert load_policy("monternet-2006").brands == parse_policy(with_brands(UK, ""), "old.toml").brands


@pytest.mark.parametrize(
    ("text", "brands", "told"),
    [
        (UK, "brands = {}", "at least one brand"),
        (UK, "brands = { all = [] }", "called “all”"),
        (UK, "brands = { Gold = [] }", "the code “Gold”"),
        (UK, 'brands = { gold = ["it\'s"] }', "the word “it's”"),
        (UK, 'brands = { gold = ["Top"], silver = ["top"] }', "“top” for two brands"),
        (UK, 'brands = { gold = ["silver"], silver = [] }', "“silver” for two brands"),
        (CHINA, "brands = { gotone = [], easyown = [] }", "the brand “mzone”; brands has gotone, easyown"),
        (CHINA, "brands = { gotone = [], easyown = [], mzone = [], new = [] }", "0 batches for new"),
    ],
)
def test_brands_that_cannot_be_are_told(text: str, brands: str, told: str) -> None:
    with pytest.raises(DialtestError) as refused:
        parse_policy(with_brands(text, brands), "mine.toml")
    assert told in str(refused.value)
