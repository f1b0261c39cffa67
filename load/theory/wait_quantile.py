"""The wait that a share of all callers do not exceed, found from the tail of the waits."""

from __future__ import annotations

from collections.abc import Callable

from scipy.optimize import brentq

from load.theory.traffic import checked_share


def wait_quantile_s(share: float, p_wait: float, p_wait_over: Callable[[float], float], scale_s: float) -> float:
    """The t with P(W > t) = 1 − share; 0 where so many need not wait at all (`p_wait` = P(W > 0)).

    scale_s: a length of time the waits are of the order of, to begin the search with. Raises DialtestError for a share
    that is none.
    """
    left = 1 - checked_share(share)
    if p_wait <= left:
        return 0.0
    longest_s = scale_s
    while p_wait_over(longest_s) > left:
        longest_s *= 2
    return float(brentq(lambda t_s: p_wait_over(t_s) - left, 0.0, longest_s, xtol=1e-9))
