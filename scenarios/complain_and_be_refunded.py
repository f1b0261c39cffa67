"""Complaints about what a bill shows, and the money that comes back.

Every service charged since the dial began is complained of: the carrier must verify first (R1),
answer within its limit (D7) and return what was wrong, doubled where the policy says so (R2). Three
days are for verifying (R3); five days later answers and top-ups are there, even those that were late
on their way. Whoever wants all fees since the order gets them, less what has come back before (R4).
"""

from dialtest.script import Dial, days, hours, minutes, monthly, scenario


@scenario("complain-and-be-refunded", fits=monthly, clauses=("R1", "R2", "R3", "R4", "D7"), markets=("CN",))
async def complain_and_be_refunded(dial: Dial) -> None:
    """Order, read the bill after the first charge, complain of what it shows, and read it again five days later."""
    began = dial.now
    order = await dial.order()
    await dial.listen(until=dial.policy.first_charge(order.time) + days(2))
    await dial.complain_of_the_bill(since=began)
    await dial.listen(until=dial.now + days(5))
    await dial.query()
    await dial.bill()
    await dial.withdraw(channel="sms")
    await dial.listen(until=dial.now + minutes(10))


@scenario("complain-again-for-all-fees", fits=monthly, clauses=("R1", "R2", "R4", "D7"), markets=("CN",))
async def complain_again_for_all_fees(dial: Dial) -> None:
    """Complain of the first charge, read what came back, complain of the second as well and want all fees back."""
    began = dial.now
    order = await dial.order()
    await dial.listen(until=dial.policy.first_charge(order.time) + days(2))
    await dial.complain_of_the_bill(since=began)
    await dial.listen(until=dial.now + days(5))
    await dial.bill()
    await dial.listen(until=dial.policy.next_first(dial.now) + days(2))
    await dial.complain_of_the_bill(since=began, wants="all_fees")
    await dial.listen(until=dial.now + days(5))
    await dial.query()
    await dial.bill()
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
    await dial.complain_of_the_bill(since=began, wants="all_fees")
    await dial.listen(until=dial.now + days(5))
    await dial.query()
    await dial.bill()
