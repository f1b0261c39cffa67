"""When exactly a withdrawal takes effect.

An order comes in at one of the carrier's systems and a withdrawal at another; both must know of either (Q3).
So two channels are asked a quarter of an hour after the order, when the reminder has come, and one of them every
hour once the 24 hours of a withdrawal are over (Q5).
"""

from dialtest.script import Dial, hours, minutes, monthly, scenario

HOURS = 5


@scenario("withdraw-and-ask-hourly", fits=monthly, clauses=("Q2", "Q3", "Q4", "Q5"), lasts_days=5)
async def withdraw_and_ask_hourly(dial: Dial) -> None:
    """Order, ask over two channels, withdraw, and ask every hour from when it must have ended."""
    order = await dial.order()
    await dial.listen(until=order.time + minutes(16))
    for channel in dial.query_channels[:2]:
        await dial.query(channel=channel)
    await dial.listen(until=order.time + hours(3))
    asked_at = await dial.withdraw(channel=dial.other_channel)
    await dial.listen(until=asked_at + minutes(10))
    await dial.listen(until=asked_at + hours(24) + minutes(10))
    for _ in range(HOURS):
        await dial.query(channel=dial.query_channel)
        await dial.listen(until=dial.now + hours(1))
    await dial.bill()
