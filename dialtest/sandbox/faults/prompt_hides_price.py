"""The prompt for the second yes does not say what it costs."""

from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.sandbox.conduct import Notice
from dialtest.sandbox.faults.fault import Fault


class PromptHidesPrice(Fault):
    """It asks for the yes to a gift."""

    rule: ClassVar[str] = "prompt-without-price"
    breach: ClassVar[BreachClass] = "misleading_ads"
    scenario: ClassVar[str] = "keep-four-weeks"
    markets: ClassVar[tuple[str, ...]] = ("GB",)

    def prompt(self, honest: Notice) -> Notice | None:
        return honest.but(text="Your subscription is waiting! Reply YES to start it, STOP to end it")
