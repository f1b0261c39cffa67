"""Seeded chance: draws that depend on what they are drawn for and on nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import TypeVar

One = TypeVar("One")

# A linear congruential generator modulo 2**64 (Knuth's MMIX); only the upper half of its state is given out.
FACTOR, ADDEND = 6_364_136_223_846_793_005, 1_442_695_040_888_963_407
STATE = 2**64 - 1


def draw(*what: object) -> float:
    """A number in [0, 1) that depends on `what` alone: the same for every process, order and number of jobs."""
    return _seed(what) / 2**64


class Chance:
    """A stream of draws that depends on `what` alone.

    Every subscriber has one and draws a dozen times: `random.Random` takes 2.5 KB and more time to seed than all of
    its draws together.
    """

    __slots__ = ("_state",)

    def __init__(self, *what: object) -> None:
        self._state = _seed(what)

    def another(self) -> Chance:
        """A stream that begins where this one is and goes its own way; cheaper than one seeded anew."""
        beside = Chance.__new__(Chance)
        beside._state = (self._state ^ STATE) * FACTOR & STATE
        return beside

    def share(self) -> float:
        """A number in [0, 1)."""
        return self.between(0, 2**32) / 2**32

    def between(self, first: int, after: int) -> int:
        """One of first, first + 1, … after - 1."""
        state = self._state = self._state * FACTOR + ADDEND & STATE
        return first + ((state >> 32) * (after - first) >> 32)

    def one_of(self, choices: Sequence[One]) -> One:
        """One of `choices`."""
        return choices[self.between(0, len(choices))]


def _seed(what: tuple[object, ...]) -> int:
    digest = blake2b("\x1f".join(map(str, what)).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big")
