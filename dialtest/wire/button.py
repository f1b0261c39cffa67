"""Finds the button a customer would press on a page."""

from __future__ import annotations

from functools import lru_cache

from lxml import etree

PAGE_LIMIT = 262_144
REMEMBERED = 8_192
LONGEST_REMEMBERED = 16_384
"""Pages up to this size are read once: a case that is judged asks again what its script asked weeks before."""

BUTTON_WORDS = {
    "order": ("order", "订购", "定购", "开通", "subscribe", "buy"),
    "confirm": ("confirm", "确认", "yes"),
}

_PARSER = etree.HTMLParser(encoding="utf-8")  # not lxml.html, whose elements cost more


def button(content: str, name: str) -> str | None:
    """Where the page's `order` or `confirm` button leads: the action of the form it submits; None where there is none.

    A button is known by its `name` attribute first, by its words otherwise. Only the first 256 KiB are read.
    """
    return _remembered(content, name) if len(content) <= LONGEST_REMEMBERED else _button(content, name)


@lru_cache(maxsize=REMEMBERED)
def _remembered(content: str, name: str) -> str | None:
    return _button(content, name)


def _button(content: str, name: str) -> str | None:
    forms = _forms(content)
    for named in (True, False):
        for form in forms:
            for pressed in form.iter("button", "input"):
                if pressed.get("type", "submit").lower() == "submit" and _is(pressed, name, named):
                    return form.get("action") or None
    return None


def _forms(content: str) -> list[etree._Element]:
    try:
        # Bytes, since lxml refuses a text that declares its encoding.
        page = etree.fromstring(content[:PAGE_LIMIT].encode("utf-8", "replace"), _PARSER)
    except etree.XMLSyntaxError:
        return []
    return [] if page is None else list(page.iter("form"))


def _is(pressed: etree._Element, name: str, named: bool) -> bool:
    if named:
        return pressed.get("name") == name
    shown = str(etree.tostring(pressed, method="text", encoding="unicode", with_tail=False))
    words = f"{pressed.get('value') or ''}{shown}".lower()
    return any(word in words for word in BUTTON_WORDS[name])
