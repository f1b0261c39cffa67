"""A complaint about an honest charge.

It is answered like any other (D7). Nothing is owed, so nothing is returned on top (R2); a branch may
give a little as goodwill, never doubled (R4).
"""

from dialtest.script import Dial, days, hours, per_use, scenario


@scenario("complain-without-cause", fits=per_use, clauses=("R1", "R4", "D7"), lasts_days=10, markets=("CN",))
async def complain_without_cause(dial: Dial) -> None:
    """Use it once, complain of the charge all the same, and read answer and bill five days later."""
    use = await dial.use()
    await dial.listen(until=use.time + hours(2))
    await dial.bill()
    await dial.complain(about="charge", wants="refund")
    await dial.listen(until=dial.now + days(5))
    await dial.query()
    await dial.bill()
