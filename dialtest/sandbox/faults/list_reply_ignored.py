"""Replies to the list lead nowhere."""

from collections.abc import Sequence
from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.model.service import Service
from dialtest.sandbox.faults.fault import Fault
from dialtest.sandbox.ledger import Subscription


class ListReplyIgnored(Fault):
    """A number of the list that is sent back withdraws from nothing (Q5, Q7)."""

    rule: ClassVar[str] = "withdrawal-ignored"
    breach: ClassVar[BreachClass] = "forced_subscription"
    scenario: ClassVar[str] = "withdraw-by-0000"
    also: ClassVar[frozenset[str]] = frozenset({"charge-after-withdrawal", "withdrawal-unconfirmed"})
    also_because: ClassVar[str] = "a wish nobody carries out is not confirmed either, and the fees go on"
    markets: ClassVar[tuple[str, ...]] = ("CN",)

    @classmethod
    def fits(cls, service: Service) -> bool:
        return service.billing_type == "monthly" and not service.ordered_on_page

    def list_reply_ends(self, held: Subscription, meant: Sequence[Subscription]) -> bool:
        return False
