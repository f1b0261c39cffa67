"""Complaints about what a bill shows, and the money that comes back.

Every service charged since the dial began is complained of: the carrier must verify first (R1),
answer within its limit (D7) and return what was wrong, doubled where the policy says so (R2). Three
days are for verifying (R3); five days later answers and top-ups are there, even those that were late
on their way.
"""

from datetime import datetime
from typing import Literal

from dialtest.script import Dial, any_service, days, hours, minutes, monthly, scenario


@scenario("complain-and-be-refunded", fits=any_service, clauses=("R1", "R2", "R3", "R4", "D7"), markets=("CN",))
async def complain_and_be_refunded(dial: Dial) -> None:
    """Order, read the bill after the first charge, complain of what it shows, and read it again five days later."""
    began = dial.now
    if monthly(dial.service):
        order = await dial.order()
        await dial.listen(until=dial.policy.first_charge(order.time) + days(2))
    else:
        await dial.use()
        await dial.listen(until=dial.now + hours(40))
    await complain_of_the_bill(dial, began)
    if monthly(dial.service):
        await dial.withdraw(channel="sms")
        await dial.listen(until=dial.now + minutes(10))


@scenario("complain-of-charge-after-withdrawal", fits=monthly, clauses=("R1", "R2", "R4", "T5"), markets=("CN",))
async def complain_of_charge_after_withdrawal(dial: Dial) -> None:
    """Order, withdraw after a day, read the bill when the first charge would have come, and want all fees back."""
    began = dial.now
    order = await dial.order()
    await dial.listen(until=order.time + hours(20))
    await dial.withdraw(channel=dial.other_channel)
    await dial.listen(until=dial.now + minutes(10))
    await dial.listen(until=dial.policy.first_charge(order.time) + days(2))
    await complain_of_the_bill(dial, began, wants="all_fees")


async def complain_of_the_bill(dial: Dial, since: datetime, *, wants: Literal["refund", "all_fees"] = "refund") -> None:
    """Complain once of every service the bill shows charges of since then, and read it again when all is due."""
    bill = await dial.bill()
    charges = [charge for charge in bill.charges if charge.charged_at >= since] if bill else []
    for charge in {(charge.provider_code, charge.service_code): charge for charge in charges}.values():
        await dial.complain(charge, wants=wants)
    if charges:
        await dial.listen(until=dial.now + days(5))
        await dial.bill()
