"""What a number of dials can show: how likely they meet a fault, and how sure a counted share is."""

from __future__ import annotations

import math
from collections.abc import Iterable
from statistics import NormalDist

CONFIDENCE = 0.95


def wilson(found: int, dials: int, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """The score interval (low, high) of a share of which `found` of `dials` were seen, each in 0…1.

    Wilson, E. B. (1927): Probable inference, the law of succession, and statistical inference, JASA 22 (158), 209–212.
    3 of 30 gives 0.035…0.256; 0 of 30 gives 0…0.114; without a dial nothing is known: 0…1.
    Raises ValueError unless 0 ≤ found ≤ dials and 0 < confidence < 1.
    """
    if not 0 <= found <= dials:
        raise ValueError(f"{found} of {dials} dials")
    _check_confidence(confidence)
    if dials == 0:
        return 0.0, 1.0
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share, weight = found / dials, z * z / dials
    centre = (share + weight / 2) / (1 + weight)
    reach = z / (1 + weight) * math.sqrt(share * (1 - share) / dials + weight / (4 * dials))
    low = 0.0 if found == 0 else max(0.0, centre - reach)
    high = 1.0 if found == dials else min(1.0, centre + reach)
    return low, high


def weighed_interval(
    terms: Iterable[tuple[float, tuple[int, int]]], confidence: float = CONFIDENCE
) -> tuple[float, float]:
    """The interval (low, high) of a sum of independent shares, each given as its weight (below 0 too), (found, dials).

    Zou, G. Y., Huang, W., Zhang, X. (2009): A note on confidence interval estimation for a linear function of binomial
    proportions, Computational Statistics & Data Analysis 53, 1080–1085, with Wilson's limits. The weights 1 and −1 give
    the difference of Newcombe, R. G. (1998), Statistics in Medicine 17, 873–890, method 10: 56 of 70 less 48 of 80 is
    0.0524…0.3339. Raises ValueError as `wilson` does, and for a share of no dials.
    """
    total = down = up = 0.0
    for weight, (found, dials) in terms:
        low, high = wilson(found, dials, confidence)
        if not dials:
            raise ValueError("no dials have no share")
        share = found / dials
        below, above = (share - low, high - share) if weight > 0 else (high - share, share - low)
        total += weight * share
        down, up = math.hypot(down, weight * below), math.hypot(up, weight * above)
    return total - down, total + up


def detection_power(share: float, dials: int) -> float:
    """The chance that at least one of `dials` independent dials meets a fault striking `share` of them: 1 − (1 − p)ⁿ.

    29 dials meet a fault of 10 % with 0.953. Raises ValueError unless 0 ≤ share ≤ 1 and dials ≥ 0.
    """
    if not 0 <= share <= 1 or dials < 0:
        raise ValueError(f"share {share}, dials {dials}")
    return 1 - (1 - share) ** dials


def dials_needed(share: float, confidence: float = CONFIDENCE) -> int:
    """The fewest dials that meet a fault of `share` with at least `confidence`: ⌈ln(1 − c) / ln(1 − p)⌉.

    At 95 %: 29 dials for a fault of 10 %, 59 for one of 5 %, 1 for one that strikes every time.
    Raises ValueError unless 0 < share ≤ 1 and 0 < confidence < 1.
    """
    if not 0 < share <= 1:
        raise ValueError(f"share {share}")
    _check_confidence(confidence)
    if share == 1:
        return 1
    dials = max(1, math.ceil(math.log1p(-confidence) / math.log1p(-share)))
    while dials > 1 and detection_power(share, dials - 1) >= confidence:
        dials -= 1  # the quotient of two logarithms may land a hair above a whole number
    return dials


def _check_confidence(confidence: float) -> None:
    if not 0 < confidence < 1:
        raise ValueError(f"confidence {confidence}")
