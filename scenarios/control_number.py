"""A number that never orders.

It only watches, for two months and on a control number, which no other scenario ever uses: so
whatever is found on it was forced on it. Queries and bills follow the days on which monthly charges
are cut (T5).
"""

from dialtest.script import Dial, any_service, days, scenario


@scenario("control-number", fits=any_service, clauses=("D4",), lasts_days=90, orders=False, control=True)
async def control_number(dial: Dial) -> None:
    """Do nothing for two months: whatever is subscribed or charged was forced on the number."""
    await dial.listen(until=dial.now + days(20))
    await dial.query(channel="hotline")
    await dial.listen(until=dial.policy.next_first(dial.now) + days(2))
    await dial.query(channel="web")
    await dial.bill()
    await dial.listen(until=dial.policy.next_first(dial.now) + days(2))
    await dial.bill()
