"""What a user asks of a load run, checked against its bounds before anything is sent."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

from dialtest.errors import DialtestError
from dialtest.language import _
from load.callers.allowed import hotline_at
from load.callers.hotline_books import http_at
from load.callers.line import Hop
from load.callers.order import Order
from load.plan.exact import write_exact
from load.plan.planned import only_planned
from load.plan.surge_plan import SurgePlan

FASTEST = 100_000.0
LEAST_DRAIN_S = 40.0
DRAIN_PLAN_S = 7_200.0
"""By default callers have two hours of the plan after the last arrival, and never less than SIP's own timers take."""


@dataclass(frozen=True, slots=True)
class Asked:
    """As `dialtest surge load --help` tells it. seed None: the plan's own. drain_s 0: as long as seems due."""

    plan: SurgePlan
    seed: int | None = None
    speed: float = 1.0
    http: str = ""
    allowed: tuple[str, ...] = ()
    most_calls: int = 1_000_000
    most_minutes: float = 240.0
    drain_s: float = 0.0
    first_number: int = 13_800_000_000
    password: str = ""


def order_of(asked: Asked, hotline: Hop) -> Order:
    """The order of a run; raises DialtestError for what is wrong with it, or beyond its bounds."""
    _check(asked)
    plan, _unplanned = only_planned(asked.plan)
    order = Order(
        exact_plan=write_exact(plan).decode(),
        seed=plan.seed if asked.seed is None else asked.seed,
        speed=asked.speed,
        hotline=hotline,
        http=_http(asked),
        allowed=asked.allowed,
        first_number=asked.first_number,
        password=asked.password,
        most_attempts=asked.most_calls,
        drain_s=asked.drain_s or max(LEAST_DRAIN_S, DRAIN_PLAN_S / asked.speed),
    )
    _check_bounds(plan, order, asked)
    return order


def _check(asked: Asked) -> None:
    if not (isfinite(asked.speed) and 0 < asked.speed <= FASTEST):
        raise DialtestError(
            _("The speed is {speed}; expected is more than 0, at most {most}.").format(
                speed=asked.speed, most=f"{FASTEST:,.0f}"
            ),
            _("Give --speed 60 to play an hour in a minute."),
        )
    if not 10_000 <= asked.first_number < 10**14 or (asked.seed is not None and not 0 <= asked.seed < 2**63):
        problem = _("The first number is {number}, the seed {seed}; expected are 5 to 14 digits, and no negative seed.")
        raise DialtestError(problem.format(number=asked.first_number, seed=asked.seed))


def _check_bounds(plan: SurgePlan, order: Order, asked: Asked) -> None:
    callers = len(order.share(plan, 0, 1))
    if callers > asked.most_calls or not callers:
        problem = _("{callers} would call; a run may place 1 to {most} calls.")
        remedy = _("Take a part of the plan by --from and --until, or allow more by --most-calls.")
        raise DialtestError(problem.format(callers=f"{callers:,}", most=f"{asked.most_calls:,}"), remedy)
    if order.longest_s(plan) > asked.most_minutes * 60:
        problem = _("The run would take {minutes} min; it may take {most} min.")
        remedy = _("Raise --speed, take a part of the plan by --from and --until, or allow more by --most-minutes.")
        minutes = {"minutes": f"{order.longest_s(plan) / 60:,.1f}", "most": f"{asked.most_minutes:,.0f}"}
        raise DialtestError(problem.format(**minutes), remedy)


def _http(asked: Asked) -> str:
    if not asked.http:
        return ""
    try:
        base = http_at(asked.http)
        hotline_at(base.removeprefix("http://"), asked.allowed)
    except ValueError:
        problem = _("“{text}” is no address of the hotline's HTTP.").format(text=asked.http[:100])
        raise DialtestError(problem, _("Write it as 127.0.0.1:8087.")) from None
    return base
