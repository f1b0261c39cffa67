"""What a number of dials can show: how likely they meet a fault, and how sure a counted share is."""

from __future__ import annotations

import math
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


def wilson_difference(
    before: tuple[int, int], after: tuple[int, int], confidence: float = CONFIDENCE
) -> tuple[float, float]:
    """The interval (low, high) of the share after less the share before, each given as (found, dials), in −1…1.

    Newcombe, R. G. (1998): Interval estimation for the difference between independent proportions, Statistics in
    Medicine 17, 873–890, method 10: 48 of 80 before and 56 of 70 after give 0.0524…0.3339. Without a dial on a side
    nothing is known: −1…1. Raises ValueError as `wilson` does.
    """
    low_before, high_before = wilson(*before, confidence)
    low_after, high_after = wilson(*after, confidence)
    if not before[1] or not after[1]:
        return -1.0, 1.0
    share_before, share_after = before[0] / before[1], after[0] / after[1]
    difference = share_after - share_before
    down = math.hypot(share_after - low_after, high_before - share_before)
    up = math.hypot(high_after - share_after, share_before - low_before)
    return max(-1.0, difference - down), min(1.0, difference + up)


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
