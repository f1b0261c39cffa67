"""What every planted fault is: a dishonest conduct, the rule that must catch it, and where it can be planted."""

from __future__ import annotations

from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.model.service import Service
from dialtest.sandbox.conduct import Conduct


class Fault(Conduct):
    """Overrides one answer of the honest conduct. `rule` names the rule that must catch it.

    `markets` are the policies' countries it makes sense in; empty: all. `scenario` is one whose dials show it.
    """

    rule: ClassVar[str]
    breach: ClassVar[BreachClass]
    scenario: ClassVar[str]
    markets: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def fits(cls, service: Service) -> bool:
        """Whether it can be planted on this service."""
        return service.billing_type == "monthly"
