"""A charge without a receipt, where the market demands one."""

from __future__ import annotations

from collections.abc import Iterator

from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.receipts import receipted
from dialtest.rules.rule import Breach, Rule, Untested
from dialtest.rules.uk_example import charged


def check(evidence: CaseEvidence) -> Iterator[Breach | Untested]:
    """Every charge without a receipt sent within the policy's time."""
    for noted, receipt, heard_out in receipted(evidence):
        if receipt is not None:
            continue
        if not heard_out:
            yield Untested("the case ended before the receipt of its last charge had to be there")
            continue
        charged_at = f"{evidence.policy.local(noted.value.charged_at):%Y-%m-%d %H:%M}"
        yield Breach(noted.at, (noted.seq,), {"fee": evidence.policy.fee(noted.value.fee_fen), "charged": charged_at})


RECEIPT_MISSING = Rule(
    name="receipt-missing",
    version=1,
    title={"zh": "收费后没有收据短信", "en": "No receipt after a charge"},
    explains={
        "zh": "在要求收据的市场,每次收费之后都必须按时发送收据短信。",
        "en": "Where the market has receipts, every charge must be followed by one in time.",
    },
    message={
        "zh": "{charged}收取{fee},没有按时收到收据短信。",
        "en": "{fee} charged at {charged}; no receipt came in time.",
    },
    breach="price_fraud",
    severity="major",
    clauses=("D4",),
    needs=("receipts", "charge"),
    check=check,
    clean=lambda: charged().evidence(),
    broken=lambda: charged(receipt_fee_fen=0).evidence(),
)
