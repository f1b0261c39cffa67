"""The laws of chance of a call centre: how long calls and patience last."""

from __future__ import annotations

from math import log

from dialtest.sandbox.chance import Chance


def exponential_s(chance: Chance, mean_s: float) -> float:
    """Seconds drawn from the exponential law with this mean, by inversion: −mean · ln(1 − u)."""
    return -mean_s * log(1.0 - chance.share())
