"""Every rule, in the order reports list them; third parties add theirs by the entry-point group `dialtest.rules`."""

from __future__ import annotations

from importlib.metadata import EntryPoint, entry_points

from dialtest.errors import DialtestError
from dialtest.rules.charge_over_tariff import CHARGE_OVER_TARIFF
from dialtest.rules.charged_within_cycle import CHARGED_WITHIN_CYCLE
from dialtest.rules.prompt_hides_subscription import PROMPT_HIDES_SUBSCRIPTION
from dialtest.rules.prompt_without_price import PROMPT_WITHOUT_PRICE
from dialtest.rules.receipt_missing import RECEIPT_MISSING
from dialtest.rules.receipt_understated import RECEIPT_UNDERSTATED
from dialtest.rules.rule import Rule
from dialtest.rules.subscribed_without_second_yes import SUBSCRIBED_WITHOUT_SECOND_YES

GROUP = "dialtest.rules"

ALL_RULES: tuple[Rule, ...] = (
    CHARGE_OVER_TARIFF,
    SUBSCRIBED_WITHOUT_SECOND_YES,
    PROMPT_WITHOUT_PRICE,
    PROMPT_HIDES_SUBSCRIPTION,
    RECEIPT_MISSING,
    RECEIPT_UNDERSTATED,
    CHARGED_WITHIN_CYCLE,
)


def all_rules() -> tuple[Rule, ...]:
    """The shipped rules, then third parties' in order of their names; raises DialtestError for what is no rule."""
    return ALL_RULES + tuple(_registered(point) for point in sorted(entry_points(group=GROUP), key=lambda p: p.name))


def _registered(point: EntryPoint) -> Rule:
    found = point.load()
    if not isinstance(found, Rule):
        raise DialtestError(f"The entry point “{point.name}” of {GROUP} is no rule.", "It must name a Rule.")
    return found
