"""What it saves to let two brands' agents answer both queues."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dialtest.errors import DialtestError
from dialtest.language import _
from load.theory.erlang_a import ErlangA, erlang_a
from load.theory.goal import Goal
from load.theory.staffing import agents_needed


@dataclass(frozen=True, slots=True)
class BrandLoad:
    """The steady calls of one brand."""

    calls_per_h: float
    handle_s: float
    patience_s: float


@dataclass(frozen=True, slots=True)
class Pooling:
    """Agents that each brand needs alone, and all together in one queue, for the same goal."""

    apart: tuple[int, ...]
    together: int

    @property
    def saved(self) -> int:
        """Agents saved."""
        return sum(self.apart) - self.together


def pooled(brands: Sequence[BrandLoad]) -> BrandLoad:
    """All calls as one queue: calls add up, handle times and patience are means weighted by calls.

    Exact where brands have the same handle time and patience; else an approximation, for a mixture of exponential laws
    is not exponential. Raises DialtestError where there are no calls at all.
    """
    calls_per_h = sum(brand.calls_per_h for brand in brands)
    if not calls_per_h > 0:
        raise DialtestError(_("There are no calls to pool."))
    handle_s = sum(brand.calls_per_h * brand.handle_s for brand in brands) / calls_per_h
    patience_s = sum(brand.calls_per_h * brand.patience_s for brand in brands) / calls_per_h
    return BrandLoad(calls_per_h, handle_s, patience_s)


def pooling(brands: Sequence[BrandLoad], goal: Goal) -> Pooling:
    """Agents with and without pooling. For the same rest of waiting, n = a + β √a: one queue needs β √(Σa), not Σ β √a.

    Source: W. Whitt, “Understanding the efficiency of multi-server service systems”, Management Science 38 (1992),
    708–723. Raises DialtestError as `agents_needed`.
    """
    alone = tuple(agents_needed(goal, brand.calls_per_h, brand.handle_s, brand.patience_s) for brand in brands)
    one = pooled(brands)
    return Pooling(alone, agents_needed(goal, one.calls_per_h, one.handle_s, one.patience_s))


def pooled_queue(brands: Sequence[BrandLoad], agents: int) -> ErlangA:
    """What all the agents achieve for all the brands' calls."""
    one = pooled(brands)
    return erlang_a(agents, one.calls_per_h, one.handle_s, one.patience_s)
