"""A hotline that cannot be is told when the policy is read, not on the day somebody rings."""

from __future__ import annotations

import pytest

from dialtest.errors import DialtestError
from dialtest.policy.load import load_policy, parse_policy, shipped_policy_text
from dialtest.policy.policy import Policy

TEXT = shipped_policy_text("monternet-2006")


def with_change(old: str, new: str) -> Policy:
    """The shipped policy with one place changed."""
    assert old in TEXT
    return parse_policy(TEXT.replace(old, new, 1), "own.toml")


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("{ from_h = 0, until_h = 8, agents = 1 }", "{ from_h = 0, until_h = 9, agents = 1 }", "each hour of the day"),
        ("{ from_h = 0, until_h = 8, agents = 1 }", "{ from_h = 1, until_h = 8, agents = 1 }", "each hour of the day"),
        ("{ from_h = 0, until_h = 8, agents = 1 }", "{ from_h = 0, until_h = 8, agents = -1 }", "-1 agents"),
        ("{ from_h = 0, until_h = 8, agents = 1 }", "{ from_h = 8, until_h = 0, agents = 1 }", "hours are 0–24"),
        ("standard = 0.85", "standard = 85", "standard"),
        ("night_share = 0.15", "night_share = -0.15", "cannot be"),
        ("on_below = 0.80", "on_below = 0.95", "on ≤ off"),
        ("window_s = 900", "window_s = 0", "needs a window"),
        ("call_back_from_h = 8", "call_back_from_h = 23", "hours of the day"),
        ("call_back_mean_s = 90", "call_back_mean_s = -1", "needs a window"),
        ("handle_mean_s = 180", "handle_mean_s = 0", "longer than nothing"),
        ("characters_per_s = 5", "characters_per_s = 0", "at least 1"),
        ("tries = 3 ", "tries = 0 ", "at least one try"),
        ('keys = "21"', 'keys = "31"', "cannot be walked to 31"),
        ('keys = "9"', 'keys = "1"', "stands there twice"),
        ('{ keys = "1", does = "query"', '{ keys = "1", does = "quiery"', "quiery"),
        ("patience_mean_s", "patience_means", "patience_mean_s"),
        ("“0000”到10086或登录网站退订", "“{command}”到10086", "unknown slot “{command}”"),
        ("share = 0.4,", "share = 1.4,", "share"),
    ],
)
def test_a_hotline_that_cannot_be_is_refused(old: str, new: str, why: str) -> None:
    with pytest.raises(DialtestError, match=r"own\.toml is not valid") as refused:
        with_change(old, new)
    assert why in str(refused.value)


def test_every_brand_has_its_standard_and_every_hour_its_agents() -> None:
    hotline = load_policy("monternet-2006").timeline[0][1].hotline
    assert hotline is not None
    assert {"gotone": 0.85, "easyown": 0.8, "mzone": 0.8} == {desk.brand: desk.standard for desk in hotline.desks}
    assert all(desk.agents_at(hour) > 0 for desk in hotline.desks for hour in range(24))
    assert hotline.desk("other") is None


def test_two_of_five_call_after_the_second_reminder_whatever_ways_out_an_existing_one_names() -> None:
    hotline = load_policy("monternet-2006").timeline[0][1].hotline
    assert hotline is not None
    shares = [hotline.share_of(*kind) for kind in (("second", "10086"), ("existing", "10086_and_0000"))]
    assert [0.4, 0.4] == [one.share if one else None for one in shares]
    assert hotline.share_of("second", "pigeon") is None


def test_a_market_may_have_no_hotline() -> None:
    assert load_policy("uk-premium-2019").timeline[0][1].hotline is None
