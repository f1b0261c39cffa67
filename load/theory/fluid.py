"""The fluid limit of a queue whose load and crew change: calls as a stream, exact between edges, in microseconds."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, expm1, inf, log

import numpy as np
import numpy.typing as npt

from load.law import Array
from load.theory.course import Course, course
from load.theory.traffic import checked_patience_s, offered_erlangs


@dataclass(frozen=True, slots=True, eq=False)
class FluidQueue:
    """N values each; names as in TransientErlangA. Right in an overrun, too kind where agents are nearly enough."""

    course: Course
    answered: Array
    abandoned: Array
    waiting: Array
    mean_queue: Array

    @property
    def connection_rate(self) -> float:
        """接通率 of the whole course: answered ÷ (answered or given up)."""
        answered, abandoned = float(self.answered.sum()), float(self.abandoned.sum())
        return answered / (answered + abandoned) if answered + abandoned else 1.0


def fluid_queue(
    edges_s: npt.ArrayLike, arrivals_per_s: npt.ArrayLike, agents: npt.ArrayLike, handle_s: float, patience_s: float
) -> FluidQueue:
    """x′ = λ − μ min(x, n) − θ (x − n)⁺ from x = 0; raises DialtestError for numbers out of bounds.

    Source: W. Whitt, “Fluid models for multiserver queues with abandonments”, Operations Research 54 (2006), 37–54.
    Where λ and n are steady and λ > nμ, it settles at a queue of (λ − nμ) ÷ θ.
    """
    asked = course(edges_s, arrivals_per_s, agents)
    offered_erlangs(float(asked.arrivals_per_s.max()) * 3600, handle_s)
    gives_up_per_s = 1 / max(checked_patience_s(patience_s), 1e-9)
    there = 0.0
    queue_s, waiting = np.zeros((2, len(asked.arrivals_per_s)))
    for i, (rate, crew, length_s) in enumerate(zip(asked.arrivals_per_s, asked.agents, asked.lengths_s, strict=True)):
        there, queue_s[i] = _flowed(there, float(rate), float(crew), float(length_s), 1 / handle_s, gives_up_per_s)
        waiting[i] = max(0.0, there - crew)
    abandoned = queue_s * gives_up_per_s
    answered = asked.arrived - abandoned - np.diff(waiting, prepend=0.0)
    return FluidQueue(asked, answered, abandoned, waiting, queue_s / asked.lengths_s)


def _flowed(there: float, rate: float, crew: float, left_s: float, ends: float, gives_up: float) -> tuple[float, float]:
    """What is there after an interval, and the queue summed over its seconds."""
    queue_s = 0.0
    if there < crew or (there == crew and rate <= crew * ends):
        stays_s = _reaches(there, rate / ends, crew, ends) if rate > crew * ends else inf
        below_s = min(left_s, stays_s)
        there, left_s = _towards(there, rate / ends, ends, below_s), left_s - below_s
        if left_s <= 0:
            return there, 0.0
        there = crew
    surplus = rate - crew * ends
    queue = there - crew
    stays_s = _queue_lasts(queue, surplus, gives_up)
    above_s = min(left_s, stays_s)
    if gives_up > 0:
        goal = surplus / gives_up
        queue_s = goal * above_s + (queue - goal) * -expm1(-gives_up * above_s) / gives_up
        queue = _towards(queue, goal, gives_up, above_s)
    else:
        queue_s = queue * above_s + surplus * above_s**2 / 2
        queue += surplus * above_s
    if above_s < left_s:
        return _towards(crew, rate / ends, ends, left_s - above_s), queue_s
    return crew + max(0.0, queue), queue_s


def _towards(start: float, goal: float, per_s: float, after_s: float) -> float:
    return goal + (start - goal) * exp(-per_s * after_s)


def _reaches(start: float, goal: float, mark: float, per_s: float) -> float:
    return log((goal - start) / (goal - mark)) / per_s


def _queue_lasts(queue: float, surplus: float, gives_up: float) -> float:
    """Seconds until the queue is gone; inf where it never is."""
    if surplus >= 0:
        return inf
    return log(1 - queue * gives_up / surplus) / gives_up if gives_up > 0 else -queue / surplus
