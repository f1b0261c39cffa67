"""A number of the list sent back withdraws from more than it stands for."""

from collections.abc import Sequence
from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.model.service import Service
from dialtest.sandbox.faults.fault import Fault
from dialtest.sandbox.ledger import Subscription


class ListReplyEndsAll(Fault):
    """Whoever withdraws from another service by its number in 10086's list loses this one too (Q7)."""

    rule: ClassVar[str] = "ended-unasked"
    breach: ClassVar[BreachClass] = "carrier_duty"
    scenario: ClassVar[str] = "withdraw-by-0000"
    also: ClassVar[frozenset[str]] = frozenset({"second-reminder-missing"})
    also_because: ClassVar[str] = "what was ended gets no second reminder, though nobody withdrew from it"
    markets: ClassVar[tuple[str, ...]] = ("CN",)
    needs_companion: ClassVar[bool] = True

    @classmethod
    def fits(cls, service: Service) -> bool:
        return service.billing_type == "monthly" and not service.ordered_on_page

    def list_reply_ends(self, held: Subscription, meant: Sequence[Subscription]) -> bool:
        return True
