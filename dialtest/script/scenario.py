"""A scenario: a named, versioned script, the services it fits and when it should start."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import time
from typing import TYPE_CHECKING, Literal

from dialtest.model.service import Service

if TYPE_CHECKING:
    from dialtest.script.dial import Dial

Body = Callable[["Dial"], Awaitable[None]]
Fits = Callable[[Service], bool]

LAST_DAY_OF_EVERY_MONTH = 28


@dataclass(frozen=True, slots=True)
class StartDay:
    """On which day of the month, at which time a case must begin; `day` -1 is the last day of the month."""

    day: int
    time: time


@dataclass(frozen=True, slots=True)
class Scenario:
    """What a test team wrote in one function.

    `start` pins the start of a case, None leaves it to the plan. `lasts_days` is how long a case occupies its number
    at most. `orders` says whether its dials order and so count towards the power to see fraud in orders. `control`
    asks for a control number; `markets` are the countries it makes sense in, empty: all. `channel` is one it needs
    open for withdrawals: it begins on the day of its opening (Q9) at the earliest. `companion` asks for another
    service of the provider to order beside the one dialled, where there is one.
    """

    name: str
    body: Body
    fits: Fits
    clauses: tuple[str, ...]
    version: int
    doc: str
    lasts_days: int
    orders: bool
    control: bool
    start: StartDay | None
    markets: tuple[str, ...] = ()
    source: str = ""
    channel: str = ""
    companion: bool = False

    def with_source(self, digest: str) -> Scenario:
        """The same scenario, knowing the SHA-256 digest of the file it came from."""
        return replace(self, source=digest)


def scenario(
    name: str,
    *,
    fits: Fits,
    clauses: tuple[str, ...],
    version: int = 1,
    lasts_days: int = 90,
    orders: bool = True,
    control: bool = False,
    start: StartDay | None = None,
    markets: tuple[str, ...] = (),
    channel: str = "",
    companion: bool = False,
) -> Callable[[Body], Scenario]:
    """Make a coroutine function a scenario; its docstring is what testers read in plans and reports.

    Raises TypeError or ValueError for what would only show in the middle of a campaign.
    """
    if not isinstance(clauses, tuple):
        raise TypeError(f'clauses is {clauses!r}; write it with brackets and a comma: ("T1",)')
    if not name or not callable(fits) or version < 1 or lasts_days < 1:
        raise ValueError("a scenario has a name, a function fits, and version and lasts_days of at least 1")

    def make(body: Body) -> Scenario:
        doc = " ".join((body.__doc__ or "").split())
        return Scenario(
            name, body, fits, clauses, version, doc, lasts_days, orders, control, start, markets,
            channel=channel, companion=companion,
        )  # fmt: skip

    return make


def start_on(day: int, at: str) -> StartDay:
    """`start_on(20, "23:59")`; day -1 is the last day of the month. Raises ValueError for days not every month has."""
    if day != -1 and not 1 <= day <= LAST_DAY_OF_EVERY_MONTH:
        raise ValueError(f"day {day} is not in every month; give 1 to {LAST_DAY_OF_EVERY_MONTH}, or -1 for the last")
    return StartDay(day, time.fromisoformat(at))


def monthly(service: Service) -> bool:
    """Fits subscriptions."""
    return service.billing_type == "monthly"


def per_use(service: Service) -> bool:
    """Fits services paid each time."""
    return service.billing_type == "per_use"


def any_service(service: Service) -> bool:
    """Fits every service."""
    return True


def monthly_by_message(service: Service) -> bool:
    """Fits subscriptions that are ordered by SMS."""
    return monthly(service) and not service.ordered_on_page


def monthly_on_page(service: Service) -> bool:
    """Fits subscriptions that are ordered on their page."""
    return monthly(service) and service.ordered_on_page


def advertised(service: Service) -> bool:
    """Fits services that have a page or an advert to look at."""
    return bool(service.page_url)


Channel = Literal["sms", "hotline", "web"]
