"""A curious customer.

Opening a page is no order, however the page is made: with a box ticked beforehand, a form that
submits by itself, or a counter that takes every visit for a yes. The page itself is kept as
evidence of what it promises and what it hides. The half hour of listening shows reminders nobody
asked for; query and bill, now and after the next 1st, show the rest.
"""

from dialtest.script import Dial, advertised, days, minutes, scenario


@scenario("look-without-ordering", fits=advertised, clauses=("D4",), lasts_days=45, orders=False)
async def look_without_ordering(dial: Dial) -> None:
    """Open the service's page, press nothing, and see that this ordered nothing and cost nothing."""
    await dial.open_page()
    await dial.listen(until=dial.now + minutes(30))
    await dial.query(channel="hotline")
    await dial.listen(until=dial.policy.next_first(dial.now) + days(2))
    await dial.query(channel="web")
    await dial.bill()
