"""The prompt for the second yes names a price and hides that it comes again every week."""

from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.sandbox.conduct import Notice
from dialtest.sandbox.faults.fault import Fault


class PromptHidesSubscription(Fault):
    """The words from “until” on, where the way out stands, are left out, and so is “subscription”."""

    rule: ClassVar[str] = "prompt-hides-subscription"
    breach: ClassVar[BreachClass] = "misleading_ads"
    scenario: ClassVar[str] = "keep-four-weeks"
    markets: ClassVar[tuple[str, ...]] = ("GB",)

    def prompt(self, honest: Notice) -> Notice | None:
        offer = honest.text.partition(" until ")[0].replace(" subscription", "").replace(" per week", "")
        return honest.but(text=f"{offer}. Reply YES to get it")
