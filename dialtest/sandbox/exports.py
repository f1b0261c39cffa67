"""What the carrier's systems export: BOSS's and MISC's subscriptions, the charge records, what was found out of step.

Columns and words are those that audits read (docs/audit.md); times are those of the market's own clock.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from dialtest.model.observation import Charge
from dialtest.sandbox.ledger import Account, Subscription
from dialtest.sandbox.watch import OutOfStep

Row = tuple[object, ...]

SUBSCRIPTION_COLUMNS = (
    "msisdn", "provider_code", "service_code", "status", "ordered_at", "withdrawn_at", "channel", "updated_at",
)  # fmt: skip
CHARGE_COLUMNS = (
    "cdr_id", "msisdn", "provider_code", "service_code", "charged_at", "fee_fen", "kind", "proof_id",
)  # fmt: skip
OUT_OF_STEP_COLUMNS = ("at", "msisdn", "provider_code", "service_code", "ordered_at", "what", "found_by")


def boss_rows(accounts: Iterable[Account]) -> Iterator[Row]:
    """BOSS's subscriptions (Q3), active and withdrawn."""
    return _subscription_rows(accounts, lambda account: account.subscriptions)


def misc_rows(accounts: Iterable[Account]) -> Iterator[Row]:
    """MISC's subscriptions (Q3), active and withdrawn."""
    return _subscription_rows(accounts, lambda account: account.at_misc)


def charge_rows(accounts: Iterable[Account]) -> Iterator[Row]:
    """Every charge with the order behind it (Q6, R2): one order proves one use, or all months of a subscription."""
    for account in accounts:
        used: set[str] = set()
        for number, charge in enumerate(account.charges, 1):
            proof = _proof(account, charge)
            if charge.kind == "per_use" and proof in used:
                proof = ""
            used.add(proof)
            yield (
                f"{account.number.msisdn}-{number:04d}", account.number.msisdn, charge.provider_code,
                charge.service_code, _clock(charge.charged_at), charge.fee_fen, charge.kind, proof,
            )  # fmt: skip


def out_of_step_rows(found: Iterable[OutOfStep]) -> Iterator[Row]:
    """What BOSS's timer and the daily reconciliation found and put right (Q3, Q5)."""
    for one in found:
        codes = one.service.provider_code, one.service.service_code
        yield _clock(one.at), one.msisdn, *codes, _clock(one.ordered_at), one.what, one.found_by


def _subscription_rows(
    accounts: Iterable[Account], ledger: Callable[[Account], Iterable[Subscription]]
) -> Iterator[Row]:
    """`withdrawn_at` is when the customer asked: that is what charges go by (T5)."""
    for account in accounts:
        for held in ledger(account):
            status = "active" if held.active else "withdrawn"
            withdrawn_at = _clock(held.asked_to_end_at) if held.asked_to_end_at else ""
            yield (
                account.number.msisdn, held.service.provider_code, held.service.service_code, status,
                _clock(held.ordered_at), withdrawn_at, held.channel, _clock(held.updated_at),
            )  # fmt: skip


def _proof(account: Account, charge: Charge) -> str:
    """The order message, or the order on a page, behind a charge; empty where the customer sent none."""
    service = charge.provider_code, charge.service_code
    orders = [
        request.at
        for request in account.requests
        if request.what == "order" and (request.service.provider_code, request.service.service_code) == service
    ]
    behind = [at for at in orders if at == charge.charged_at or (charge.kind == "monthly" and at < charge.charged_at)]
    return f"{account.number.msisdn}-{behind[-1]:%Y%m%d%H%M%S}-{charge.service_code}" if behind else ""


def _clock(when: datetime) -> str:
    return f"{when:%Y-%m-%d %H:%M:%S}"
