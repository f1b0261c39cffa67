"""A customer who leaves in the last hour.

Monthly fees are cut at 00:00 on the 1st, and the time of the request decides (T5): who asks at 23:00 on
the last free day pays nothing, although the withdrawal has not been carried out when the cut comes.
So the case waits for the eve of the first charge, withdraws an hour before midnight by the filed
command, and reads the bill two days later.
"""

from dialtest.script import Dial, days, hours, minutes, monthly, scenario


@scenario("withdraw-before-the-cut", fits=monthly, clauses=("T3", "T5", "Q4", "Q5"), lasts_days=70, markets=("CN",))
async def withdraw_before_the_cut(dial: Dial) -> None:
    """Order, withdraw at 23:00 on the eve of the first charge, and see that midnight takes nothing."""
    order = await dial.order()
    await dial.listen(until=order.time + minutes(10))
    await dial.listen(until=dial.policy.first_charge(order.time) - hours(1))
    await dial.withdraw(channel="sms")
    await dial.listen(until=dial.now + minutes(10))
    await dial.listen(until=dial.now + days(2))
    await dial.query(channel="hotline")
    await dial.bill()
