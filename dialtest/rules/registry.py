"""Every rule, in the order reports list them; third parties add theirs by the entry-point group `dialtest.rules`."""

from __future__ import annotations

from dialtest.rules.charge_over_tariff import CHARGE_OVER_TARIFF
from dialtest.rules.rule import Rule

ALL_RULES: tuple[Rule, ...] = (CHARGE_OVER_TARIFF,)
