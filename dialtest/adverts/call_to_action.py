"""What an advert tells its reader to do: send which word to which number, call which number, and how to leave."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CallToAction:
    """keyword and shortcode of the order, as written; without an order, the short code of the way out."""

    keyword: str | None = None
    shortcode: str | None = None
    call_number: str | None = None
    opt_out: bool = False
