"""What is asked of a queue whose load and crew change: rates and agents that are constant from one time to the next."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dialtest.errors import DialtestError
from dialtest.language import _
from load.law import Array

MOST_INTERVALS = 200_000
ROUNDING = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """`edges_s`, N + 1 growing times; `arrivals_per_s` and `agents` (maybe not whole), N values each."""

    edges_s: Array
    arrivals_per_s: Array
    agents: Array

    @property
    def lengths_s(self) -> Array:
        return np.diff(self.edges_s)

    @property
    def arrived(self) -> Array:
        """Calls expected in each interval."""
        return self.arrivals_per_s * self.lengths_s


def course(edges_s: npt.ArrayLike, arrivals_per_s: npt.ArrayLike, agents: npt.ArrayLike) -> Course:
    """A checked course; a single number holds for all intervals. Raises DialtestError for what does not fit.

    No agents at all (0) are allowed for a time: a hotline that is closed, with callers waiting.
    """
    edges = checked_edges(edges_s)
    intervals = len(edges) - 1
    rates = _fitted(_("Arrivals"), arrivals_per_s, intervals)
    crew = _fitted(_("Agents"), agents, intervals)
    return Course(edges, rates, crew)


def checked_edges(edges_s: npt.ArrayLike) -> Array:
    """Times that grow, in seconds; raises DialtestError."""
    edges = np.asarray(edges_s, dtype=np.float64)
    if edges.ndim != 1 or not 2 <= len(edges) <= MOST_INTERVALS + 1 or not (np.diff(edges) > 0).all():
        words = _("The times of a course must grow, from 2 to {most} of them.")
        raise DialtestError(words.format(most=MOST_INTERVALS + 1))
    return edges


def _fitted(what: str, values: npt.ArrayLike, intervals: int) -> Array:
    """One value for each interval; what rounding left below 0 is 0."""
    given = np.asarray(values, dtype=np.float64)
    if given.shape not in ((), (intervals,)):
        words = _("{what}: {found} values were found for {intervals} intervals; one for each is expected.")
        raise DialtestError(words.format(what=what, found=given.size, intervals=intervals))
    if not (np.isfinite(given).all() and (given >= -ROUNDING * given.max()).all()):
        raise DialtestError(_("{what}: every value must be a number, and none below 0.").format(what=what))
    return np.broadcast_to(np.maximum(given, 0.0), (intervals,))
