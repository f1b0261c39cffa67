"""Stories that begin with an advert: a page looked at, a message pushed; for the examples of rules."""

from __future__ import annotations

from html import escape

from dialtest.rules.example import SERVICE, Story, story

__all__ = ["looked", "ordered_and_got", "paged", "pushed_at"]


def paged(body: str) -> Story:
    """A page with this HTML in its body, opened and looked at."""
    return story().saw_page(f"<html><body>{body}</body></html>")


def looked(text: str) -> Story:
    """A page with these words."""
    return paged(f"<p>{escape(text)}</p>")


def ordered_and_got(name: str) -> Story:
    """An order on a page, and a query that shows a service of that name."""
    told = looked("30元/月").ordered()
    row = told.row(service_name=name)
    return told.later(minutes=1).queried(row)


def pushed_at(text: str) -> Story:
    """A message from the service's own port, an hour after an order."""
    return story().ordered().reminded_first().later(hours=1).heard(text, SERVICE.access_number)
