"""A customer who leaves and comes back.

Free is the first order of a service alone (T3): who withdraws and orders again has the same two reminders,
but no free month, and is charged from the next 1st. So the first order goes out on the 21st, when it would
be free for two months; a day later it is withdrawn, two days after that ordered again: then the 1st takes
a fee, and not before. The second withdrawal must be confirmed and hold like the first (Q4, Q5).
"""

from dialtest.script import Dial, days, hours, minutes, monthly, scenario, start_on

CLAUSES = ("T1", "T2", "T3", "T4", "T5", "Q4", "Q5")


@scenario("order-again", fits=monthly, clauses=CLAUSES, lasts_days=60, start=start_on(21, "10:00"), markets=("CN",))
async def order_again(dial: Dial) -> None:
    """Order, withdraw a day later, order again, keep it through the reminders to the first bill, and withdraw again."""
    order = await dial.order()
    await dial.listen(until=order.time + hours(20))
    await dial.withdraw(channel="sms")
    await dial.listen(until=dial.now + minutes(10))
    await dial.listen(until=dial.now + days(2))
    await dial.query(channel="hotline")
    again = await dial.order()
    await dial.listen(until=again.time + minutes(10))
    await dial.listen(until=dial.policy.next_first(again.time) + days(2))
    await dial.query(channel="hotline")
    await dial.bill()
    await dial.withdraw(channel="sms")
    await dial.listen(until=dial.now + minutes(10))
    await dial.listen(until=dial.policy.next_first(dial.now) + days(2))
    await dial.query(channel="web")
    await dial.bill()
