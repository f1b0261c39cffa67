"""Finds the button a customer would press on a page."""

from __future__ import annotations

from functools import lru_cache

from lxml import html
from lxml.etree import ParserError

PAGE_LIMIT = 262_144

BUTTON_WORDS = {
    "order": ("order", "订购", "定购", "开通", "subscribe", "buy"),
    "confirm": ("confirm", "确认", "yes"),
}


@lru_cache(maxsize=1_024)
def button(content: str, name: str) -> str | None:
    """Where the page's `order` or `confirm` button leads: the action of the form it submits; None where there is none.

    A button is known by its `name` attribute first, by its words otherwise. Only the first 256 KiB are read.
    """
    forms = _forms(content)
    for named in (True, False):
        for form in forms:
            for pressed in form.iter("button", "input"):
                if pressed.get("type", "submit") == "submit" and _is(pressed, name, named):
                    return form.get("action") or None
    return None


def _forms(content: str) -> list[html.HtmlElement]:
    try:
        return list(html.fromstring(content[:PAGE_LIMIT]).iter("form"))
    except (ParserError, ValueError):
        return []


def _is(pressed: html.HtmlElement, name: str, named: bool) -> bool:
    if named:
        return bool(pressed.get("name") == name)
    words = f"{pressed.get('value') or ''}{pressed.text_content()}".lower()
    return any(word in words for word in BUTTON_WORDS[name])
