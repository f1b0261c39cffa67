"""The advertised command, or button, orders another service than the one advertised."""

from dataclasses import replace
from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.model.service import Service
from dialtest.sandbox.faults.fault import Fault


class OrderSubscribesToSomethingElse(Fault):
    """The order makes a subscription to a service under a code that nobody filed, and none to the one ordered."""

    rule: ClassVar[str] = "something-else-ordered"
    breach: ClassVar[BreachClass] = "misleading_ads"
    scenario: ClassVar[str] = "keep-through-first-bill"
    also: ClassVar[frozenset[str]] = frozenset({"charge-without-use", "order-makes-several"})
    also_because: ClassVar[str] = "the service made instead is subscribed and charged though nobody ordered it"
    spills_over: ClassVar[bool] = True

    def subscribed_to(self, honest: tuple[Service, ...], offered: tuple[Service, ...]) -> tuple[Service, ...]:
        ordered = offered[0]
        return (replace(ordered, service_code=f"{ordered.service_code}PLUS", name=f"{ordered.name} PLUS"),)
