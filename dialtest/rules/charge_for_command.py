"""A charge for a command that is no use."""

from __future__ import annotations

from collections.abc import Iterator

from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.example import story
from dialtest.rules.rule import Breach, Rule, Untested
from dialtest.rules.unlicensed import unlicensed
from dialtest.rules.wrong_charge import whole


def check(evidence: CaseEvidence) -> Iterator[Breach | Untested]:
    """Every charge per use within ten minutes of a help, query, wrong or withdrawal command, or a reply (R2)."""
    if evidence.charges and not evidence.dialled:
        yield Untested("imported results do not tell what else was ordered")
    elif evidence.charges and evidence.order_in_doubt:
        yield Untested("an order is in doubt")
    for found in unlicensed(evidence):
        if found.why == "command" and found.command is not None:
            facts = {
                "command": found.command.words,
                "sent": evidence.clock(found.command.at),
                "fee": evidence.policy.fee(found.noted.value.fee_fen),
            }
            records, wrong = (found.command.seq, found.noted.seq), whole(found.noted, "no_active_use")
            yield Breach(found.noted.at, records, facts, found.service, wrong)


CHARGE_FOR_COMMAND = Rule(
    name="charge-for-command",
    version=1,
    title={"zh": "帮助、查询、错误或退订指令收费", "en": "Charged for a help, query, wrong or withdrawal command"},
    explains={
        "zh": "帮助、查询、错误、退订等指令不属于主动使用,不得收取信息费。",
        "en": "Help, query, wrong and withdrawal commands and other replies are no active use and may cost no "
        "information fee.",
    },
    message={
        "zh": "{sent}发送“{command}”,被收取{fee}。",
        "en": "Sent “{command}” at {sent} and was charged {fee} for it.",
    },
    breach="price_fraud",
    severity="major",
    clauses=("R2",),
    needs=("touch", "bill"),
    check=check,
    clean=lambda: story().sent("HELP", "help").later(hours=1).read_bill().evidence(),
    broken=lambda: story().sent("HELP", "help").charged(200, "per_use").evidence(),
)
