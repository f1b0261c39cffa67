"""What is due back for a wrong charge: the policy's refund arithmetic (R1–R4), the only place that multiplies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from dialtest.policy.terms import RefundTerms, Terms

Ground = Literal["billing_wrong", "data_contradictory", "no_active_use"]

GROUNDS: tuple[Ground, ...] = ("billing_wrong", "data_contradictory", "no_active_use")
"""Why an amount is wrong: R2 (a) too much or not owed, (b) incomplete or contradictory data, (c) no active use."""

AT_ONCE = timedelta()

PAID_AFTER_H = 6
"""(ours) hours from a decision to the answer and the top-up, at most."""


@dataclass(frozen=True, slots=True)
class RefundDue:
    """What goes back to the customer, in fen: `refund_fen` is what was paid wrongly (or, on request, all fees),
    `on_top_fen` what is returned on top of it.
    """

    refund_fen: int = 0
    on_top_fen: int = 0

    @property
    def total_fen(self) -> int:
        return self.refund_fen + self.on_top_fen

    def __add__(self, other: RefundDue) -> RefundDue:
        return RefundDue(self.refund_fen + other.refund_fen, self.on_top_fen + other.on_top_fen)


NOTHING_DUE = RefundDue()


def refund_due(
    terms: RefundTerms,
    wrong_fen: int,
    ground: Ground | None = "billing_wrong",
    verified_after: timedelta | None = AT_ONCE,
    all_fees_fen: int = 0,
) -> RefundDue:
    """What is due for `wrong_fen`, the amount that is wrong (for an unverified complaint, complained of).

    `ground` is what was verified, `verified_after` how long after the complaint; a finding or an audit is its own
    verification, at once. None for `verified_after`: never verified. None for `ground`: verified, and nothing was
    wrong, so nothing is due. `all_fees_fen` are all fees since the order, where the customer asks for them (R4): they
    go back instead of the wrong amount, and what is returned on top stays reckoned from the wrong amount.
    Raises ValueError for negative amounts.

    R2: the wrong amount goes back `wrong_multiple` times. R3: not verified in time, `unverified_multiple` times.
    monternet-2006: 3000 wrong, verified within 3 days → 3000 and 3000 on top; verified on the fourth → 3000 alone.
    """
    if wrong_fen < 0 or all_fees_fen < 0:
        raise ValueError(f"amounts are not negative: {wrong_fen}, {all_fees_fen}")
    if wrong_fen == 0:
        return NOTHING_DUE
    in_time = verified_after is not None and verified_after <= timedelta(days=terms.unverified_after_days)
    if in_time and ground is None:
        return NOTHING_DUE
    multiple = terms.wrong_multiple if in_time else terms.unverified_multiple
    return RefundDue(max(wrong_fen, all_fees_fen), wrong_fen * (multiple - 1))


def check_complaints(terms: Terms, where: str) -> None:
    """Raise ValueError where complaints would have to be answered or paid before they can be verified (R3, D7)."""
    complaint = terms.complaint
    needed_h = terms.refund.unverified_after_days * 24 + PAID_AFTER_H
    if complaint is not None and min(complaint.answer_within_h, complaint.paid_within_h) < needed_h:
        raise ValueError(
            f"{where}.complaint must allow {needed_h} hours: the days to verify, and {PAID_AFTER_H} hours more"
        )
