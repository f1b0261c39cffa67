"""The word that withdraws from everything ends one subscription alone."""

from collections.abc import Sequence
from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.model.service import Service
from dialtest.sandbox.faults.fault import Fault
from dialtest.sandbox.ledger import Subscription


class WordForAllEndsOne(Fault):
    """Who sends 10086 the word for all withdraws from the first of the list; this one, further down, goes on (Q7)."""

    rule: ClassVar[str] = "withdrawal-ignored"
    breach: ClassVar[BreachClass] = "forced_subscription"
    scenario: ClassVar[str] = "withdraw-from-all-by-00000"
    also: ClassVar[frozenset[str]] = frozenset({"charge-after-withdrawal", "withdrawal-unconfirmed"})
    also_because: ClassVar[str] = "a wish nobody carries out is not confirmed either, and the fees go on"
    markets: ClassVar[tuple[str, ...]] = ("CN",)
    needs_companion: ClassVar[bool] = True

    @classmethod
    def fits(cls, service: Service) -> bool:
        return service.billing_type == "monthly" and service.ordered_on_page

    def list_reply_ends(self, held: Subscription, meant: Sequence[Subscription]) -> bool:
        return held is meant[0]
