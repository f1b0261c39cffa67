"""Texts from outside are shown so that nothing hides in them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.displayable import brief, displayable
from reports.font import covered


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("新浪 头条新闻, 30元/月 ✓", "新浪 头条新闻, 30元/月 ✓"),
        ("abc\u202etxt.exe", "abc‹U+202E›txt.exe"),
        ("zero\u200bwidth\ufeff", "zero‹U+200B›width‹U+FEFF›"),
        ("bell\x07 esc\x1b[31m", "bell‹U+0007› esc‹U+001B›[31m"),
        ("中奖😀", "中奖‹U+1F600›"),
        ("lone \ud800 half", "lone ‹U+D800› half"),
        ("z\u0351algo", "z‹U+0351›algo"),
        ("one\r\ntwo\tthree", "one ⏎ two three"),
        ("שלום", "‹U+05E9›‹U+05DC›‹U+05D5›‹U+05DD›"),
    ],
)
def test_what_cannot_be_seen_or_drawn_is_spelled_out(text: str, expected: str) -> None:
    assert expected == displayable(text)


@given(st.text(st.characters(exclude_categories=())))
def test_whatever_comes_in_only_characters_of_the_font_go_out(text: str) -> None:
    shown = displayable(text)
    assert set() == set(shown) - covered()
    assert shown == displayable(shown)


def test_a_long_text_is_cut_with_a_mark() -> None:
    assert ("abcd…", "abcde") == (brief("abcdef", 5), brief("abcde", 5))
