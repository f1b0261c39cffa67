"""A hotline may differ from its policy's, and says what no hotline has."""

from pathlib import Path

import pytest

from dialtest.errors import DialtestError
from dialtest.policy.hotline_terms import HotlineTerms
from dialtest.policy.load import load_policy
from dialtest.served.hotline.own_terms import own_terms


def policys() -> HotlineTerms:
    policy = load_policy("monternet-2006")
    terms = policy.terms(policy.midnight(policy.starts)).hotline
    assert terms is not None
    return terms


def terms_in(tmp_path: Path, text: str) -> HotlineTerms:
    path = tmp_path / "terms.toml"
    path.write_text(text, encoding="utf-8")
    return own_terms(policys(), path)


def test_a_table_is_merged_and_the_rest_stays(tmp_path: Path) -> None:
    changed = terms_in(tmp_path, "[emergency]\non_below = 0.5\n")
    assert (0.5, policys().emergency.off_at) == (changed.emergency.on_below, changed.emergency.off_at)
    assert policys().desks == changed.desks


def test_a_list_is_replaced(tmp_path: Path) -> None:
    desk = 'brand = "mzone", standard = 0.8, background_per_h = 0, night_share = 0, ordered_per_day = 0'
    shifts = "shifts = [{ from_h = 0, until_h = 24, agents = 9 }]"
    changed = terms_in(tmp_path, f"desks = [{{ {desk}, reminded_per_day = 0, {shifts} }}]")
    assert [("mzone", 9)] == [(desk.brand, desk.agents_at(3)) for desk in changed.desks]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("emergancy = 1", "emergency"),
        ("[emergency]\non_below = 2\n", "on_below|2"),
        ("[emergency]\non_belo = 0.5\n", "on_belo"),
        ("desks = []", "desk"),
        ("tries =", "TOML|Invalid"),
    ],
)
def test_what_no_hotline_has_is_refused_with_what_it_is(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(DialtestError, match=said):
        terms_in(tmp_path, text)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DialtestError, match=r"none\.toml"):
        own_terms(policys(), tmp_path / "none.toml")
