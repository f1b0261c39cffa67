"""How breaches are followed up and what they cost: deadlines, retests and credit points (D3, D8)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReviewTerms:
    """The follow-up of a confirmed breach (D3).

    The provider has `rectify_within_days` from the confirmation. Retests begin `retest_after_days` after it says that
    the breach is rectified, one a day; their number is what it takes to meet the fault with 95 % if it still struck as
    often, but at least `retests_least` and at most `retests_most`.
    """

    rectify_within_days: int
    retest_after_days: int
    retests_least: int
    retests_most: int


@dataclass(frozen=True, slots=True)
class CreditTerms:
    """Credit points of providers SP信用积分 (D8): they begin at `start` and stay within `least` and `most`.

    A confirmed matter costs `minor`, `major` or `critical` points, by its severity, one confirmed again after it
    recurred `recurred_multiple` times as many. A good week gives `good_week` points back.
    """

    start: int
    least: int
    most: int
    minor: int
    major: int
    critical: int
    recurred_multiple: int
    good_week: int
