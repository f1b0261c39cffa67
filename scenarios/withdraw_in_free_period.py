"""A customer who changes their mind while it is free.

Trying is free until the first charge, so whoever leaves before it pays nothing (T3). The withdrawal
goes over the hotline or another channel of the carrier, not over the provider: it must hold there
too (Q7). Five days after the day of the first charge, a charge would stand on the bill.
"""

from dialtest.script import Dial, days, hours, monthly, scenario


@scenario("withdraw-in-free-period", fits=monthly, clauses=("T1", "T2", "T3", "T5", "Q4", "Q5", "Q7"), lasts_days=55)
async def withdraw_in_free_period(dial: Dial) -> None:
    """Order, withdraw three hours later over the hotline where there is one, and see that nothing is ever charged."""
    order = await dial.order()
    await dial.listen(until=order.time + hours(3))
    await dial.withdraw(channel=dial.other_channel)
    await dial.listen(until=dial.now + days(2))
    await dial.query(channel="web")
    await dial.listen(until=dial.policy.first_charge(order.time) + days(5))
    await dial.query(channel="hotline")
    await dial.bill()
