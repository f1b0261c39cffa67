"""What a complaint leads to (R2, R3, R4): the ruling on it, and the top-up that brings the money back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Literal

from dialtest.model.observation import Charge, Refund
from dialtest.policy.refund import NOTHING_DUE, refund_due
from dialtest.sandbox.chance import Chance
from dialtest.sandbox.core import Core
from dialtest.sandbox.ledger import Account, Complaint, Redress
from dialtest.sandbox.ruling import Ruling
from dialtest.sandbox.verification import Wrong, charges_of

GOODWILL_SHARE = 0.2

Kind = Literal["refund", "double_return", "goodwill", "all_fees"]


def decide(
    core: Core, account: Account, complaint: Complaint, found: Sequence[Wrong], verified: bool, chance: Chance
) -> Ruling:
    """The honest ruling: by what was `found`, or, where it could not be `verified` in time, for the customer (R3).

    On request all fees since the order go back, less what came back of them before (R4). Where nothing was wrong a
    branch may give goodwill, never doubled.
    """
    terms, took = core.terms, core.now - complaint.at
    fees_fen = sum(charge.fee_fen for _, charge in unsettled(account, complaint))
    all_fees_fen = _fees_since_order_fen(account, complaint) if complaint.wants == "all_fees" else 0
    if not verified:
        late = max(took, timedelta(days=terms.refund.unverified_after_days, seconds=1))
        due = refund_due(terms.refund, fees_fen, None, late, all_fees_fen)
        return Ruling("unverified", fees_fen, 0, due.refund_fen, due.on_top_fen)
    if not found:
        return _goodwill(core, fees_fen, chance)
    wrong_fen = sum(wrong.fen for wrong in found)
    due = sum((refund_due(terms.refund, wrong.fen, wrong.ground, took) for wrong in found), NOTHING_DUE)
    return Ruling("wrong", fees_fen, wrong_fen, max(due.refund_fen, all_fees_fen), due.on_top_fen)


def unsettled(account: Account, complaint: Complaint) -> list[tuple[int, Charge]]:
    """The charges a complaint is about: those of its service up to then that no complaint has settled."""
    settled = account.redress.settled if account.redress is not None else frozenset()
    return [
        (place, charge)
        for place, charge in charges_of(account, complaint.service)
        if place not in settled and charge.charged_at <= complaint.at
    ]


def _fees_since_order_fen(account: Account, complaint: Complaint) -> int:
    """All fees of the service since it was first ordered, also those an earlier complaint settled, less what that one
    brought back.
    """
    earlier = account.redress.complaints if account.redress is not None else ()
    fees = (charge for _, charge in charges_of(account, complaint.service) if charge.charged_at <= complaint.at)
    returned_fen = sum(one.refund_fen for one in earlier if one.service is complaint.service)
    return max(sum(charge.fee_fen for charge in fees) - returned_fen, 0)


def pay(core: Core, account: Account, redress: Redress, complaint: Complaint, decided: Ruling) -> None:
    """Bring the money back as a top-up of the account, one line of the bill for each kind (R4)."""
    all_fees = complaint.wants == "all_fees" and decided.outcome == "wrong"
    service = complaint.service
    lines: tuple[tuple[Kind, int], ...] = (
        ("all_fees" if all_fees else "refund", decided.refund_fen),
        ("double_return", decided.on_top_fen),
        ("goodwill", decided.goodwill_fen),
    )
    codes, names = (service.provider_code, service.service_code), (service.provider_name, service.name)
    for kind, amount_fen in lines:
        if amount_fen:
            account.balance_fen += amount_fen
            redress.refunds.append(Refund(core.now, *codes, *names, amount_fen, kind, complaint.reference))


def _goodwill(core: Core, fees_fen: int, chance: Chance) -> Ruling:
    """Nothing is owed; sometimes a branch gives a little all the same (R4)."""
    terms = core.terms.complaint
    generous = chance.share() < GOODWILL_SHARE
    gift_fen = min(fees_fen, terms.goodwill_up_to_fen) if terms is not None and generous else 0
    return Ruling("goodwill", fees_fen, goodwill_fen=gift_fen) if gift_fen else Ruling("correct", fees_fen)
