"""The menu is walked by keys, in two languages."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dialtest.sandbox.hotline.menu import MenuWalk
from tests.dialtest.sandbox.hotline.callers import shipped


def walked(keys: str) -> list[str]:
    """What each key leads to."""
    walk = MenuWalk(shipped())
    items = [walk.press(key) for key in keys]
    return [item.does if item else "nowhere" for item in items]


def test_keys_lead_from_branch_to_branch() -> None:
    assert ["query"] == walked("1")
    assert ["menu", "withdraw"] == walked("21")
    assert ["menu", "nowhere", "ways"] == walked("272")


def test_nine_changes_the_language_and_back() -> None:
    walk = MenuWalk(shipped())
    chinese = walk.prompt()
    walk.press("9")
    english = walk.prompt()
    walk.press("9")
    assert "press 1" in english
    assert chinese == walk.prompt() != english


def test_three_keys_that_lead_nowhere_end_the_call() -> None:
    walk = MenuWalk(shipped())
    walk.press("7")
    walk.press("7")
    assert not walk.over
    walk.press("7")
    assert walk.over


def test_every_branch_can_be_reached() -> None:
    for item in shipped().menu:
        assert item.does == walked(item.keys)[-1]
        if item.does not in ("menu", "language"):
            assert item.does == shipped().reached(item.keys)


@given(st.text("0123456789*#", max_size=12))
def test_rules_read_the_keys_as_the_hotline_does(keys: str) -> None:
    walk, does = MenuWalk(shipped()), None
    for key in keys:
        item = walk.press(key)
        if item is not None and item.does not in ("menu", "language"):
            does = item.does
            break
    assert does == shipped().reached(keys)
