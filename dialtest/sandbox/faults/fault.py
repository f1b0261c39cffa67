"""What every planted fault is: a dishonest conduct, the rule that must catch it, and where it can be planted."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.model.service import Service
from dialtest.sandbox.conduct import Conduct


class Fault(Conduct):
    """Overrides one answer of the honest conduct. `rule` names the rule that must catch it.

    `scenario` is one whose dials show it. `also` names the rules that fire beside `rule` because the fault has that
    consequence too (a forced subscription is charged for in the end), and `also_because` says why.
    `also_with_second_yes` are those that fire beside it only where the market asks for a second yes. `spills_over`:
    what it makes goes on showing under other services of the provider, in whatever case meets it.
    `markets` are the policies' countries it makes sense in; empty: all. `needs_sibling`: it shows only where the
    provider has another monthly service; `needs_companion`: only in dials that order one beside their own.
    `breach_from`: what it does was allowed before that day (T6).
    """

    rule: ClassVar[str]
    breach: ClassVar[BreachClass]
    scenario: ClassVar[str]
    also: ClassVar[frozenset[str]] = frozenset()
    also_because: ClassVar[str] = ""
    also_with_second_yes: ClassVar[frozenset[str]] = frozenset()
    spills_over: ClassVar[bool] = False
    markets: ClassVar[tuple[str, ...]] = ()
    needs_sibling: ClassVar[bool] = False
    needs_companion: ClassVar[bool] = False
    breach_from: ClassVar[date | None] = None

    @classmethod
    def fits(cls, service: Service) -> bool:
        """Whether it can be planted on this service."""
        return service.billing_type == "monthly"
