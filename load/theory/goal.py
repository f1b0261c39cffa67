"""What a planner wants of a queue: one of its figures, and the value it must reach."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol, get_args

from load.theory.any_patience import AnyPatience
from load.theory.erlang_a import ErlangA
from load.theory.erlang_b import ErlangB
from load.theory.erlang_c import ErlangC
from load.theory.traffic import checked_share, checked_within_s

Measure = Literal["service_level", "connection_rate", "p_abandon", "p_wait", "blocking"]
MEASURES: tuple[Measure, ...] = get_args(Measure)
Answer = ErlangA | ErlangB | ErlangC | AnyPatience


class Goal(Protocol):
    """A condition that more agents never break."""

    def held_by(self, answer: Answer) -> bool: ...


@dataclass(frozen=True, slots=True)
class ServiceLevel:
    """At least `share` of all calls answered within `within_s` seconds."""

    share: float
    within_s: float = 20.0

    def __post_init__(self) -> None:
        checked_share(self.share)
        checked_within_s(self.within_s)

    def held_by(self, answer: Answer) -> bool:
        return answer.service_level(self.within_s) >= self.share


@dataclass(frozen=True, slots=True)
class ConnectionRate:
    """H2: at least `share` of the calls answered. Nobody is lost by Erlang C, so there the queue must not grow."""

    share: float

    def __post_init__(self) -> None:
        checked_share(self.share)

    def held_by(self, answer: Answer) -> bool:
        return answer.stable if isinstance(answer, ErlangC) else answer.connection_rate >= self.share


@dataclass(frozen=True, slots=True)
class Abandonment:
    """At most `share` of the calls given up."""

    share: float

    def __post_init__(self) -> None:
        checked_share(self.share)

    def held_by(self, answer: Answer) -> bool:
        return ConnectionRate(1 - self.share).held_by(answer)


@dataclass(frozen=True, slots=True)
class Delay:
    """At most `share` of the calls find all agents busy; with Erlang B they are lost."""

    share: float

    def __post_init__(self) -> None:
        checked_share(self.share)

    def held_by(self, answer: Answer) -> bool:
        return (answer.blocking if isinstance(answer, ErlangB) else answer.p_wait) <= self.share


def goal_of(measure: Measure, share: float, within_s: float) -> Goal:
    """The goal with the name of a figure: what a table of options asks for."""
    match measure:
        case "service_level":
            return ServiceLevel(share, within_s)
        case "connection_rate":
            return ConnectionRate(share)
        case "p_abandon":
            return Abandonment(share)
        case "p_wait" | "blocking":
            return Delay(share)
