"""A charge above the filed tariff."""

from __future__ import annotations

from collections.abc import Iterator

from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.example import subscription_story
from dialtest.rules.rule import Breach, Rule
from dialtest.rules.wrong_charge import WrongCharge


def check(evidence: CaseEvidence) -> Iterator[Breach]:
    """Every charge of the dialled service that is above what its provider filed."""
    filed_fen = evidence.service.fee_fen
    for noted in evidence.own_charges:
        charge = noted.value
        if charge.fee_fen > filed_fen:
            facts = {"charged": evidence.policy.fee(charge.fee_fen), "filed": evidence.policy.fee(filed_fen)}
            wrong = WrongCharge(noted, charge.fee_fen - filed_fen)
            yield Breach(noted.at, (noted.seq,), facts, wrong=(wrong,))


CHARGE_OVER_TARIFF = Rule(
    name="charge-over-tariff",
    version=1,
    title={"zh": "收费高于备案资费", "en": "Charge above the filed tariff"},
    explains={
        "zh": "账单上该业务的每一笔费用都不得高于备案资费。",
        "en": "No charge of the service on the bill may be above the tariff its provider filed.",
    },
    message={"zh": "收取{charged},备案资费为{filed}。", "en": "Charged {charged}; the filed tariff is {filed}."},
    breach="price_fraud",
    severity="critical",
    clauses=("D4", "Q6"),
    needs=("charge",),
    check=check,
    clean=lambda: subscription_story().charged(3000).evidence(),
    broken=lambda: subscription_story().charged(5000).evidence(),
)
