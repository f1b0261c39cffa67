"""A service paid each time it is used.

Two uses cost two charges of the filed tariff, on the day of each, and make no subscription. The
second bill, after the next 1st, shows whether a monthly charge was made of it.
"""

from dialtest.script import Dial, days, hours, per_use, scenario


@scenario("per-use-order", fits=per_use, clauses=("R2",), lasts_days=45)
async def per_use_order(dial: Dial) -> None:
    """Use it twice, see two charges and no subscription, and see after the next 1st that nothing was added."""
    first = await dial.use()
    await dial.listen(until=first.time + hours(2))
    await dial.bill()
    second = await dial.use()
    await dial.listen(until=second.time + hours(2))
    await dial.query(channel="hotline")
    await dial.bill()
    await dial.listen(until=dial.policy.next_first(second.time) + days(2))
    await dial.query(channel="web")
    await dial.bill()
