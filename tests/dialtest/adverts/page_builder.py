"""Builds small landing pages for tests."""

from __future__ import annotations

from dialtest.adverts import PageReading, page_of

BUTTON = '<form action="/order?service=XW"><button>Subscribe now</button></form>'
PRICE = "<p>This subscription costs £3 per week</p>"


def page(*body: str, head: str = "") -> str:
    return f"<!doctype html><html><head><title>t</title>{head}</head><body>{''.join(body)}</body></html>"


def read(*body: str, head: str = "") -> PageReading:
    return page_of(page(*body, head=head))
