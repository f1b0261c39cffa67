"""Nobody who waits for an agent is offered anything else."""

from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.sandbox.faults.fault import Fault


class ChoiceNotOffered(Fault):
    """The emergency flow tells of other ways, but leaves callers no choice between waiting and self-service (H3)."""

    rule: ClassVar[str] = "choice-not-offered"
    breach: ClassVar[BreachClass] = "carrier_duty"
    scenario: ClassVar[str] = "call-at-the-peak"
    markets: ClassVar[tuple[str, ...]] = ("CN",)

    def offers_choice(self) -> bool:
        return False
