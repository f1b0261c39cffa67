"""Orders at the minutes that decide how long it is free (T3)."""

from dialtest.script import Dial, days, minutes, monthly, scenario, start_on

FREE = ("T3", "T4", "T5")


async def keep_through_first_charge(dial: Dial) -> None:
    """Order, keep quiet until after the first charge, read the bill, and withdraw."""
    order = await dial.order()
    await dial.listen(until=order.time + minutes(10))
    await dial.listen(until=dial.policy.next_first(order.time) + days(2))
    await dial.bill()
    await dial.listen(until=dial.policy.first_charge(order.time) + days(2))
    await dial.query(channel="hotline")
    await dial.bill()
    await dial.withdraw(channel="sms")
    await dial.listen(until=dial.now + days(2))


@scenario(
    "order-20th-last-minute", fits=monthly, clauses=FREE, lasts_days=40, start=start_on(20, "23:59"), markets=("CN",)
)
async def order_on_the_20th(dial: Dial) -> None:
    """Order on the 20th at 23:59: free for this month only, charged from the next 1st."""
    await keep_through_first_charge(dial)


@scenario(
    "order-21st-first-minute", fits=monthly, clauses=FREE, lasts_days=60, start=start_on(21, "00:00"), markets=("CN",)
)
async def order_on_the_21st(dial: Dial) -> None:
    """Order on the 21st at 00:00: free for this month and the next."""
    await keep_through_first_charge(dial)


@scenario("order-month-end", fits=monthly, clauses=FREE, lasts_days=50, start=start_on(-1, "23:59"), markets=("CN",))
async def order_at_month_end(dial: Dial) -> None:
    """Order in the last minute of a month: the next 1st, a minute away, must take nothing."""
    await keep_through_first_charge(dial)
