"""Lengths of time as records show them: seen whole, cut off, or seen only because they were short enough."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from load.law import Array

SHORTEST_S = 0.5
"""Clocks show whole seconds: what they call 0 is a time below one."""


@dataclass(frozen=True, slots=True)
class Lengths:
    """`t_s` with how many lengths ended there (`ended`) and how many were cut off there (`cut`), ascending.

    `within_s`: lengths that ended were seen only because they ended within it; inf where all are seen. One shape.
    """

    t_s: Array
    ended: Array
    cut: Array
    within_s: Array

    @property
    def ends(self) -> int:
        """How many were seen whole."""
        return int(self.ended.sum())

    @property
    def records(self) -> int:
        return int(self.ended.sum() + self.cut.sum())

    @property
    def total_s(self) -> float:
        """All time that was watched."""
        return float(((self.ended + self.cut) * self.t_s).sum())

    @property
    def all_seen(self) -> bool:
        """Whether nothing was cut off or left out for its length."""
        return not self.cut.any() and bool(np.isinf(self.within_s).all())


def lengths(t_s: Array, ended: npt.NDArray[np.bool_] | None = None, within_s: Array | None = None) -> Lengths:
    """Gathers lengths that are alike. ended: which were seen whole, all by default; within_s: see Lengths."""
    whole = np.ones(len(t_s), bool) if ended is None else ended
    limit = np.full(len(t_s), np.inf) if within_s is None else within_s
    pairs = np.stack([np.maximum(t_s, SHORTEST_S), limit], axis=1)
    alike, place = np.unique(pairs, axis=0, return_inverse=True) if within_s is not None else _alike(pairs)
    return Lengths(
        alike[:, 0],
        np.bincount(place.ravel(), whole, len(alike)).astype(np.float64),
        np.bincount(place.ravel(), ~whole, len(alike)).astype(np.float64),
        alike[:, 1],
    )


def _alike(pairs: Array) -> tuple[Array, npt.NDArray[np.int64]]:
    t_s, place = np.unique(pairs[:, 0], return_inverse=True)
    return np.stack([t_s, np.full(len(t_s), np.inf)], axis=1), np.asarray(place, dtype=np.int64)
