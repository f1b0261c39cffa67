"""The charges of a case that the charge rules show to be wrong, taken together: what a complaint must bring back."""

from __future__ import annotations

from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.charge_after_withdrawal import CHARGE_AFTER_WITHDRAWAL
from dialtest.rules.charge_before_the_first import CHARGE_BEFORE_THE_FIRST
from dialtest.rules.charge_for_command import CHARGE_FOR_COMMAND
from dialtest.rules.charge_in_free_period import CHARGE_IN_FREE_PERIOD
from dialtest.rules.charge_over_tariff import CHARGE_OVER_TARIFF
from dialtest.rules.charge_twice_a_month import CHARGE_TWICE_A_MONTH
from dialtest.rules.charge_without_use import CHARGE_WITHOUT_USE
from dialtest.rules.charged_within_cycle import CHARGED_WITHIN_CYCLE
from dialtest.rules.judge import breaches_of
from dialtest.rules.per_use_charged_monthly import PER_USE_CHARGED_MONTHLY
from dialtest.rules.rule import Rule
from dialtest.rules.several_charges_per_use import SEVERAL_CHARGES_PER_USE
from dialtest.rules.shared import shared
from dialtest.rules.wrong_charge import WrongCharge, most_wrong

CHARGE_RULES: tuple[Rule, ...] = (
    CHARGE_OVER_TARIFF,
    CHARGE_IN_FREE_PERIOD,
    CHARGE_BEFORE_THE_FIRST,
    CHARGE_TWICE_A_MONTH,
    CHARGE_AFTER_WITHDRAWAL,
    CHARGE_WITHOUT_USE,
    CHARGE_FOR_COMMAND,
    PER_USE_CHARGED_MONTHLY,
    SEVERAL_CHARGES_PER_USE,
    CHARGED_WITHIN_CYCLE,
)
"""What charges, orders and filings alone show (R2); what only an advert shows, the carrier's ledger cannot know."""


@shared
def wrong_charges(evidence: CaseEvidence) -> list[WrongCharge]:
    """Every wrong charge of the case once, oldest first, with the largest amount a rule finds wrong of it."""
    breaches = (breach for rule in CHARGE_RULES for breach in breaches_of(evidence, rule))
    return most_wrong(wrong for breach in breaches for wrong in breach.wrong)
