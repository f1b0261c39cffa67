"""What faults of a service's page and of pushed messages have in common."""

from __future__ import annotations

from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.model.service import Service
from dialtest.sandbox.faults.fault import Fault


class PageFault(Fault):
    """Changes the page that customers look at before they order."""

    breach: ClassVar[BreachClass] = "misleading_ads"
    scenario: ClassVar[str] = "look-without-ordering"

    @classmethod
    def fits(cls, service: Service) -> bool:
        """Every service with a page."""
        return bool(service.page_url)


class PushFault(Fault):
    """Sends an unasked message to whoever ordered."""

    breach: ClassVar[BreachClass] = "misleading_ads"
    scenario: ClassVar[str] = "keep-through-first-bill"


def in_tongue_of(words: str, zh: str, en: str) -> str:
    """`en` where the market's own `words` are plain ASCII or name pounds, `zh` otherwise."""
    return en if words.replace("£", "").isascii() else zh
