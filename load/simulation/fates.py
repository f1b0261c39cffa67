"""How each try of a replication ended: what every way of playing it writes, and all counts are made of."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from load.law import Array
from load.simulation.records import Records

Words = npt.NDArray[np.int8]


class Fates(NamedTuple):
    """By try, in the order of `Calls.patience_s`; outcome and amends as `records` names them.

    asked_s: when that try asked for an agent, or found the lines busy. waited_s: how long it waited for one.
    """

    outcome: Words
    amends: Words
    asked_s: Array
    waited_s: Array


def fates_of(tries: Records) -> Fates:
    """What was recorded of each try, as arrays."""
    return Fates(*(np.ascontiguousarray(tries[name]) for name in Fates._fields))


def new_fates(tries: int) -> Fates:
    """No try was made yet."""
    return Fates(np.zeros(tries, np.int8), np.zeros(tries, np.int8), np.zeros(tries), np.zeros(tries))
