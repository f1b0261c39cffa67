"""A fee taken after the customer asked to withdraw."""

from __future__ import annotations

from collections.abc import Iterator

from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.example import withdrawn
from dialtest.rules.free_period import allowed_from
from dialtest.rules.rule import Breach, Rule, Untested
from dialtest.rules.withdrawing import ordered_again
from dialtest.rules.wrong_charge import whole


def applies(evidence: CaseEvidence) -> bool:
    """A withdrawal from a subscription was asked for and a bill read afterwards."""
    bill = evidence.last_bill
    return evidence.monthly and bool(evidence.withdrawals) and bill is not None and bill.at > evidence.withdrawals[0].at


def check(evidence: CaseEvidence) -> Iterator[Breach | Untested]:
    """Every fee after the wish, whatever became of the wish: the time of the request decides (T5)."""
    found = False
    for noted in evidence.monthly_charges:
        charged_at = noted.value.charged_at
        wishes = (wish for wish in evidence.withdrawals if wish.at < charged_at)
        wish = next((wish for wish in wishes if not ordered_again(evidence, wish, charged_at)), None)
        if wish is not None:
            found = True
            facts = {"asked": evidence.clock(wish.at), "charged": evidence.clock(charged_at)}
            yield Breach(noted.at, (wish.seq, noted.seq), facts, wrong=whole(noted))
    if not found and not _watched(evidence):
        yield Untested("no bill was read after the next charge was due")


def _watched(evidence: CaseEvidence) -> bool:
    """Whether the last bill shows what the first charge after the wish would have been."""
    wish, bill = evidence.withdrawals[0], evidence.last_bill
    cut = allowed_from(evidence, wish.at)
    if cut is None or bill is None or evidence.subscription_order is None:
        return False
    while cut <= wish.at:
        cut = evidence.policy.next_charge(cut)
    return cut < bill.at


CHARGE_AFTER_WITHDRAWAL = Rule(
    name="charge-after-withdrawal",
    version=3,
    title={"zh": "退订后仍收费", "en": "Charged after withdrawal"},
    explains={
        "zh": "以用户提出退订的时间为准:提出退订之后不得再收取包月费。",
        "en": "The time of the withdrawal request decides: no fee may be taken after it, even if the withdrawal "
        "takes effect later.",
    },
    message={
        "zh": "{asked}提出退订,{charged}仍收费。",
        "en": "Withdrawal was asked for at {asked}; charged all the same at {charged}.",
    },
    breach="price_fraud",
    severity="critical",
    clauses=("T5", "Q5"),
    needs=("monthly", "withdrawal", "bill"),
    applies=applies,
    check=check,
    clean=lambda: withdrawn().to_next_first().later(days=2).read_bill().evidence(),
    broken=lambda: withdrawn().to_next_first().charged(3000).evidence(),
)
