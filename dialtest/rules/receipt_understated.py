"""A receipt that names another amount than was charged."""

from __future__ import annotations

from collections.abc import Iterator

from dialtest.policy.wording import says
from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.receipts import receipted
from dialtest.rules.rule import Breach, Rule
from dialtest.rules.uk_example import charged


def check(evidence: CaseEvidence) -> Iterator[Breach]:
    """Every receipt that does not name the fee of the charge it follows."""
    for noted, receipt, _ in receipted(evidence):
        fee = evidence.policy.fee(noted.value.fee_fen)
        if receipt is not None and not says(receipt.value.text, fee):
            facts = {"fee": fee, "text": receipt.value.text[:160]}
            yield Breach(max(noted.at, receipt.at), (receipt.seq, noted.seq), facts)


RECEIPT_UNDERSTATED = Rule(
    name="receipt-understated",
    version=2,
    title={"zh": "收据金额与实际收费不符", "en": "Receipt names another amount"},
    explains={
        "zh": "收据短信写明的金额必须与账单上的收费一致。",
        "en": "The amount a receipt names must be the amount on the bill.",
    },
    message={
        "zh": "实际收取{fee},收据却写:“{text}”",
        "en": "{fee} was charged, yet the receipt says “{text}”",
    },
    breach="price_fraud",
    severity="critical",
    clauses=("D4",),
    needs=("receipts", "charge"),
    check=check,
    clean=lambda: charged().evidence(),
    broken=lambda: charged(receipt_fee_fen=100).evidence(),
)
