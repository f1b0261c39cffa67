"""A charge a breach shows to be wrong: by how much, on which ground it is refunded, and what is due for it (R2)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dialtest.model.finding import Finding
from dialtest.model.observation import Charge
from dialtest.policy.policy import Policy
from dialtest.policy.refund import NOTHING_DUE, Ground, RefundDue, refund_due
from dialtest.rules.noted import Noted

REFUND_DUE_FEN = "refund_due_fen"
"""The fact of a finding that holds what the customer is owed, in fen."""


@dataclass(frozen=True, slots=True)
class WrongCharge:
    """A charge and how much of it is wrong, in fen."""

    charge: Noted[Charge]
    fen: int
    ground: Ground = "billing_wrong"


def whole(charge: Noted[Charge], ground: Ground = "billing_wrong") -> tuple[WrongCharge, ...]:
    """A charge that is not owed at all, as a breach carries it; a line that gave money is owed nothing for."""
    return (WrongCharge(charge, max(charge.value.fee_fen, 0), ground),)


def most_wrong(wrong: Iterable[WrongCharge]) -> list[WrongCharge]:
    """Every charge once, oldest first, with the largest amount anybody found wrong of it."""
    worst: dict[int, WrongCharge] = {}
    for one in wrong:
        known = worst.get(id(one.charge))
        if known is None or one.fen > known.fen:
            worst[id(one.charge)] = one
    return sorted(worst.values(), key=lambda one: one.charge.value.charged_at)


def due_for(wrong: Iterable[WrongCharge], policy: Policy) -> RefundDue:
    """What is due for wrong charges: a finding is its own verification (R1, R2)."""
    dues = (
        refund_due(policy.terms(one.charge.value.charged_at).refund, one.fen, one.ground) for one in most_wrong(wrong)
    )
    return sum(dues, NOTHING_DUE)


def refund_due_fen(finding: Finding) -> int:
    """What the customer is owed for a finding, in fen; 0 where it shows no wrong charge."""
    told = finding.facts.get(REFUND_DUE_FEN, "0")
    return int(told) if told.isdecimal() else 0
