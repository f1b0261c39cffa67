"""A number that never orders."""

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
