"""A per-use service charged by the month."""

from __future__ import annotations

from collections.abc import Iterator

from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.example import PER_USE, story
from dialtest.rules.rule import Breach, Rule
from dialtest.rules.wrong_charge import whole


def check(evidence: CaseEvidence) -> Iterator[Breach]:
    """Every monthly charge of a service filed per use."""
    for noted in evidence.monthly_charges:
        facts = {
            "filed": evidence.policy.tariff(evidence.service),
            "charged": evidence.clock(noted.value.charged_at),
            "fee": evidence.policy.fee(noted.value.fee_fen),
        }
        yield Breach(noted.at, (evidence.orders[0].seq, noted.seq), facts, wrong=whole(noted, "data_contradictory"))


PER_USE_CHARGED_MONTHLY = Rule(
    name="per-use-charged-monthly",
    version=1,
    title={"zh": "点播业务按包月收费", "en": "Per-use service charged monthly"},
    explains={
        "zh": "备案为点播(按次或按条)收费的业务,不得按包月收费。",
        "en": "A service filed and advertised per use may not be charged by the month.",
    },
    message={
        "zh": "备案资费为{filed},{charged}按包月收取{fee}。",
        "en": "Filed at {filed}; charged {fee} by the month at {charged}.",
    },
    breach="price_fraud",
    severity="critical",
    clauses=("D4", "Q6"),
    needs=("per_use", "order", "bill"),
    check=check,
    clean=lambda: story(service=PER_USE).used().charged(200, "per_use").evidence(),
    broken=lambda: story(service=PER_USE).used().charged(200, "per_use").to_next_first().charged(200).evidence(),
)
