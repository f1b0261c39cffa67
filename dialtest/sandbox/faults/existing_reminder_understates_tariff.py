"""The list of a batch was made from an old price list."""

import re
from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.sandbox.conduct import Notice
from dialtest.sandbox.faults.fault import Fault

TOLD = "0.1元/月"
_TARIFF = re.compile(r"信息费[^;。]+")


class ExistingReminderUnderstatesTariff(Fault):
    """The reminder of an existing subscription says a lower tariff than is filed (T7, T9)."""

    rule: ClassVar[str] = "existing-reminder-wrong-tariff"
    breach: ClassVar[BreachClass] = "carrier_duty"
    scenario: ClassVar[str] = "existing-subscription"
    markets: ClassVar[tuple[str, ...]] = ("CN",)

    def existing_reminder(self, honest: tuple[Notice, ...]) -> tuple[Notice, ...]:
        return tuple(part.but(text=_TARIFF.sub(f"信息费{TOLD}", part.text)) for part in honest)
