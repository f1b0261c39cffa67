"""What one advert promises its reader, as plain facts; judging them is the rules' work."""

from __future__ import annotations

from dataclasses import dataclass

from dialtest.adverts.price import Period, Price


@dataclass(frozen=True, slots=True)
class Claims:
    """Facts read from one text; None or empty where the text says nothing.

    free: anything at all is called free. prices: each price once, in the order of the text. keyword, shortcode: the
    word to send and the number it goes to, as written. subscription: the offer goes on by itself. opt_out: a way out
    is named. call_number: digits of the number the reader is told to call, a help line does not count.
    """

    free: bool = False
    prices: tuple[Price, ...] = ()
    keyword: str | None = None
    shortcode: str | None = None
    subscription: bool = False
    opt_out: bool = False
    call_number: str | None = None

    @property
    def period(self) -> Period | None:
        """The first billing period stated."""
        return next((price.period for price in self.prices if price.period), None)

    def as_json(self, id: object) -> dict[str, object]:
        """The record `dialtest adverts claims --json` prints; `id` is whatever the input calls this text."""
        return {
            "id": id,
            "free": self.free,
            "prices": [price.as_json() for price in self.prices],
            "period": self.period,
            "keyword": self.keyword,
            "shortcode": self.shortcode,
            "call_number": self.call_number,
            "subscription": self.subscription,
            "opt_out": self.opt_out,
        }
