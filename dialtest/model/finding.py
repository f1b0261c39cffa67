"""A judged breach, and what else judging can say of a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

BreachClass = Literal["price_fraud", "misleading_ads", "forced_subscription", "carrier_duty"]
Severity = Literal["minor", "major", "critical"]
Verdict = Literal["finding", "clean", "inconclusive"]

BREACH_CLASSES: tuple[BreachClass, ...] = ("price_fraud", "misleading_ads", "forced_subscription", "carrier_duty")
"""The three breaches of providers (D4), and what the carrier itself promised its customers and did not do."""
SEVERITIES: tuple[Severity, ...] = ("minor", "major", "critical")


@dataclass(frozen=True, slots=True)
class Finding:
    """One breach 问题. Its key is (provider, service, rule, case), the same whenever evidence is judged again.

    `facts` fill the rule's message in any language; `records` are the sequence numbers, within the case, of the
    evidence; `due_at` is when the verdict became due: the time of the record that decided it.
    """

    provider_code: str
    service_code: str
    rule: str
    rule_version: int
    case: str
    severity: Severity
    breach: BreachClass
    due_at: datetime
    facts: dict[str, str]
    records: tuple[int, ...]

    @property
    def key(self) -> tuple[str, str, str, str]:
        return (self.provider_code, self.service_code, self.rule, self.case)
