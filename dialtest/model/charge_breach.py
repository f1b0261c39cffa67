"""The eight ways a charge record can be wrong: one table for the fee audit, the rules and reports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from dialtest.model.finding import Severity

ChargeBreachKey = Literal[
    "not_filed",
    "no_subscription",
    "after_withdrawal",
    "in_free_period",
    "before_first",
    "twice_in_month",
    "over_tariff",
    "no_active_use",
]


ChargeKind = Literal["monthly", "per_use"]
BOTH: tuple[ChargeKind, ...] = ("monthly", "per_use")


@dataclass(frozen=True, slots=True)
class ChargeBreach:
    """One of them. `clauses` are the domain's ids; `rules` are the names of the dial-test rules that find the same in
    one number's case; empty where no dial can show it. `kinds` are the charges it is said of.
    """

    key: ChargeBreachKey
    title: Mapping[str, str]
    clauses: tuple[str, ...]
    rules: tuple[str, ...]
    kinds: tuple[ChargeKind, ...] = ("monthly",)
    severity: Severity = "critical"


CHARGE_BREACHES: tuple[ChargeBreach, ...] = (
    ChargeBreach("not_filed", {"zh": "业务未备案", "en": "Service not filed"}, ("Q6",), (), BOTH),
    ChargeBreach(
        "no_subscription",
        {"zh": "无定购关系收取包月费", "en": "Monthly fee without a subscription"},
        ("Q6", "R2"),
        ("charge-without-use", "per-use-charged-monthly"),
    ),
    ChargeBreach(
        "after_withdrawal",
        {"zh": "退订后仍收费", "en": "Charged after withdrawal"},
        ("Q6", "T5"),
        ("charge-after-withdrawal",),
    ),
    ChargeBreach(
        "in_free_period",
        {"zh": "免费期内收费", "en": "Charged in the free period"},
        ("Q6", "T3"),
        ("charge-in-free-period",),
    ),
    ChargeBreach(
        "before_first",
        {"zh": "未到1日提前收取包月费", "en": "Monthly fee taken on another day than the 1st"},
        ("Q6", "T5"),
        ("charge-before-the-first",),
    ),
    ChargeBreach(
        "twice_in_month",
        {"zh": "同月重复收取包月费", "en": "Charged twice in a month"},
        ("Q6", "T5"),
        ("charge-twice-a-month", "charged-within-cycle"),
    ),
    ChargeBreach(
        "over_tariff",
        {"zh": "收费高于备案资费", "en": "Charge above the filed tariff"},
        ("Q6", "D4"),
        ("charge-over-tariff",),
        BOTH,
    ),
    ChargeBreach(
        "no_active_use",
        {"zh": "点播收费无主动使用记录", "en": "Charge per use without active use"},
        ("Q6", "R2"),
        ("charge-without-use", "charge-for-command", "several-charges-per-use"),
        ("per_use",),
    ),
)
"""In the order in which a charge record is counted: once, under the first that applies."""
