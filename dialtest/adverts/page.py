"""Reads a landing page, HTML or WML: what it claims, and what it does to its reader."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from dialtest.adverts.claims import Claims
from dialtest.adverts.concealment import Concealment
from dialtest.adverts.controls import Control, asks_number, controls_of, preticked, words_inside
from dialtest.adverts.money_words import speaks_of_money
from dialtest.adverts.page_source import LONGEST_PAGE, page_text
from dialtest.adverts.page_tree import parsed
from dialtest.adverts.page_view import View, Views, views_of
from dialtest.adverts.page_words import COUNTDOWN, POSES, PRIZE
from dialtest.adverts.price import Price, Stated
from dialtest.adverts.reading import read
from dialtest.adverts.self_acting import orders_on_open, self_submits

FAR_CHARACTERS = 600
FAR_LINES = 20
"""From here on a price is far from the button: about one screen of a handset *(ours)*."""

REMEMBERED = 512
LONGEST_REMEMBERED = 16_384
"""Pages up to this size are read once: a campaign opens the same ones again and again."""


@dataclass(frozen=True, slots=True)
class Distance:
    """What lies between a price and the nearest button that orders: characters of text, elements, lines."""

    characters: int
    elements: int
    lines: int

    @property
    def far(self) -> bool:
        return self.characters > FAR_CHARACTERS or self.lines > FAR_LINES

    def as_json(self) -> dict[str, object]:
        return {"characters": self.characters, "elements": self.elements, "lines": self.lines, "far": self.far}


@dataclass(frozen=True, slots=True)
class ConcealedPrice:
    """A price that is in the page but not for the eye, and why."""

    price: Price
    reasons: tuple[Concealment, ...]

    def as_json(self) -> dict[str, object]:
        return {**self.price.as_json(), "reasons": list(self.reasons)}


@dataclass(frozen=True, slots=True)
class PageReading:
    """One page as its reader meets it; nothing was run or fetched.

    claims: of the displayed text, tiny and faint print included. concealed_prices: prices nobody sees or can read.
    price_distance: of the legible price nearest to a button that orders; None where either is missing.
    preticked: words of boxes ticked beforehand. self_submits, orders_on_open: see `self_acting`.
    truncated: more than 2 MiB came.
    """

    url: str
    claims: Claims
    text: str
    concealed_prices: tuple[ConcealedPrice, ...] = ()
    price_distance: Distance | None = None
    preticked: tuple[str, ...] = ()
    self_submits: tuple[str, ...] = ()
    orders_on_open: tuple[str, ...] = ()
    asks_number: bool = False
    controls: tuple[Control, ...] = field(default=())
    truncated: bool = False

    @property
    def countdown(self) -> bool:
        """Whether it hurries its reader."""
        return COUNTDOWN.search(self.text) is not None

    @property
    def prize_bait(self) -> bool:
        """Whether it speaks of a prize."""
        return PRIZE.search(self.text) is not None

    @property
    def poses_as(self) -> tuple[str, ...]:
        """Words with which the page poses as the carrier or the system."""
        return tuple(dict.fromkeys(found[0] for found in POSES.finditer(self.text)))[:10]

    @property
    def legible_prices(self) -> tuple[Price, ...]:
        """Prices a reader can see and read."""
        concealed = {concealed.price for concealed in self.concealed_prices}
        return tuple(price for price in self.claims.prices if price not in concealed)

    def as_json(self) -> dict[str, object]:
        """The record `dialtest adverts page --json` prints."""
        return {
            **self.claims.as_json(self.url),
            "price_visible": bool(self.legible_prices),
            "concealed_prices": [concealed.as_json() for concealed in self.concealed_prices],
            "price_distance": self.price_distance.as_json() if self.price_distance else None,
            "preticked": list(self.preticked),
            "self_submits": list(self.self_submits),
            "orders_on_open": list(self.orders_on_open),
            "countdown": self.countdown,
            "prize_bait": self.prize_bait,
            "poses_as": list(self.poses_as),
            "asks_number": self.asks_number,
            "controls": [control.as_json() for control in self.controls],
            "truncated": self.truncated,
        }


def page_of(html: bytes | str, url: str = "") -> PageReading:
    """Read a page as it came over the line; `url` is only repeated in the result.

    Never raises: whatever cannot be parsed is a page without words. At most 2 MiB are read.
    """
    return _remembered(html, url) if len(html) <= LONGEST_REMEMBERED else _read(html, url)


@lru_cache(maxsize=REMEMBERED)
def _remembered(html: bytes | str, url: str) -> PageReading:
    return _read(html, url)


def _read(html: bytes | str, url: str) -> PageReading:
    page = parsed(page_text(html))
    views = views_of(page)
    claims, stated = read(views.shown.text)
    words = words_inside(page)
    controls = controls_of(page, words, views.looks)
    concealed = (*_hard_to_read(views.shown, stated), *_not_shown(views.unshown, claims))
    return PageReading(
        url=url,
        claims=claims,
        text=views.shown.text,
        concealed_prices=concealed,
        price_distance=_distance(views, stated, controls, {found.price for found in concealed}),
        preticked=preticked(page, words),
        self_submits=self_submits(page),
        orders_on_open=orders_on_open(page),
        asks_number=asks_number(page, words),
        controls=controls,
        truncated=len(html) > LONGEST_PAGE,
    )


def _hard_to_read(shown: View, stated: tuple[Stated, ...]) -> list[ConcealedPrice]:
    """Displayed, but tiny or faint wherever it is stated."""
    placed = [(found.price, run) for found in stated if (run := shown.at(found.start))]
    legible = {price for price, run in placed if not run.concealed}
    concealed = {price: run.concealed for price, run in placed if price not in legible}
    return [ConcealedPrice(price, reasons) for price, reasons in concealed.items()]


def _not_shown(unshown: View, claims: Claims) -> list[ConcealedPrice]:
    """Only in text that is not displayed."""
    if not speaks_of_money(unshown.text):
        return []
    placed = [
        (found.price, unshown.at(found.start)) for found in read(unshown.text)[1] if found.price not in claims.prices
    ]
    return [
        ConcealedPrice(price, reasons)
        for price, reasons in {price: run.concealed for price, run in placed if run}.items()
    ]


def _distance(
    views: Views, stated: tuple[Stated, ...], controls: tuple[Control, ...], concealed: set[Price]
) -> Distance | None:
    buttons = [control for control in controls if control.orders]
    prices = [(found, run) for found in stated if found.price not in concealed and (run := views.shown.at(found.start))]
    distances = (
        Distance(
            characters=max(
                0,
                found.start - views.position[button.order]
                if found.start > views.position[button.order]
                else views.position[button.order] - found.end,
            ),
            elements=abs(run.order - button.order),
            lines=abs(run.line - views.lines[button.order]),
        )
        for found, run in prices
        for button in buttons
    )
    return min(distances, key=lambda distance: (distance.lines, distance.characters), default=None)
