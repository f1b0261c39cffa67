"""What becomes of a subscription after it was withdrawn.

The withdrawal is confirmed within minutes (Q4) and has taken effect a day later (Q5), so the first
query comes two days after it. Then the watch goes on past the day the first charge would have been
cut, and past the next one, since some subscriptions come back.
"""

from dialtest.script import Dial, days, hours, minutes, monthly, scenario


@scenario("withdraw-and-watch", fits=monthly, clauses=("T5", "Q4", "Q5"))
async def withdraw_and_watch(dial: Dial) -> None:
    """Order, withdraw twenty hours later by SMS, then watch a full month: no charge, no return, no further content."""
    order = await dial.order()
    await dial.listen(until=order.time + hours(20))
    await dial.withdraw(channel="sms")
    await dial.listen(until=dial.now + minutes(10))
    await dial.listen(until=dial.now + days(2))
    await dial.query(channel="hotline")
    await dial.listen(until=dial.policy.next_first(dial.policy.first_charge(order.time)) + days(2))
    await dial.query(channel="web")
    await dial.bill()
