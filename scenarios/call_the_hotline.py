"""A customer who does everything by telephone.

The hotline's menu reads out what is subscribed and takes a withdrawal by keys, without an agent (H1,
Q7): the first call asks, the last withdraws from the service dialled. What the menu said must then
hold like any other withdrawal: confirmed within minutes (Q4), effective a day later (Q5), and nothing
on the bill after the first charge would have come. In between an agent is asked, with the patience of
an ordinary caller on an ordinary day: such calls show the connection rate (H2).
"""

from dialtest.script import Dial, days, hours, minutes, monthly, scenario


@scenario("call-the-hotline", fits=monthly, clauses=("H1", "H2", "Q4", "Q5", "Q7"), markets=("CN",))
async def call_the_hotline(dial: Dial) -> None:
    """Order, hear menu and agent say what is subscribed, withdraw by the menu's keys, and watch to the first cut."""
    order = await dial.order()
    await dial.listen(until=order.time + minutes(30))
    await dial.call(keys="1")
    await dial.listen(until=dial.now + hours(1))
    await dial.call(keys="0", wish="query")
    await dial.listen(until=order.time + hours(20))
    await dial.call(keys="21")
    await dial.listen(until=dial.now + minutes(10))
    await dial.listen(until=dial.now + days(2))
    await dial.calls()
    await dial.query(channel="hotline")
    await dial.listen(until=dial.policy.next_first(dial.policy.first_charge(order.time)) + days(2))
    await dial.query(channel="web")
    await dial.bill()
