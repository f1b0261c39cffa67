"""The hotline's menu hangs up."""

from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.sandbox.faults.fault import Fault


class MenuLeadsNowhere(Fault):
    """Whatever key of the hotline's menu is pressed, the line goes dead (H1)."""

    rule: ClassVar[str] = "menu-leads-nowhere"
    breach: ClassVar[BreachClass] = "carrier_duty"
    scenario: ClassVar[str] = "call-the-hotline"
    markets: ClassVar[tuple[str, ...]] = ("CN",)

    def menu_answers(self) -> bool:
        return False
