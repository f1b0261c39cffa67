"""A hall with a queue to the door.

Staff of a busy hall write the wish to withdraw down, do it later the same day and tell the customer by
SMS (Q8); the desk says so when it takes the wish. What counts for the charge is when the customer
asked (T5), so the bill after the next 1st must be empty.
"""

from dialtest.script import Dial, days, minutes, monthly_by_message, scenario


@scenario(
    "busy-hall",
    fits=monthly_by_message,
    clauses=("T5", "Q5", "Q7", "Q8"),
    lasts_days=50,
    markets=("CN",),
    channel="hall",
)
async def busy_hall(dial: Dial) -> None:
    """Order, withdraw at a hall at its busiest hour, wait for word that it is done, and see that it is."""
    order = await dial.order()
    await dial.listen(until=order.time + minutes(30))
    await dial.listen(until=dial.next_busy_hour)
    asked_at = await dial.withdraw(channel="hall")
    await dial.listen(until=asked_at + days(2))
    await dial.query(channel="hotline")
    await dial.query(channel="hall")
    await dial.listen(until=dial.policy.first_charge(order.time) + days(2))
    await dial.query(channel="hotline")
    await dial.bill()
