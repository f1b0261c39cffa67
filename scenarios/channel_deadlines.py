"""The day a channel opens.

Terminals, halls, the website and WAP take withdrawals from days that the carrier promised (Q9). Before
its day a channel says that it is not open yet; on its day it must serve. So every channel is asked
twice: when the case begins, and on the day when the next one opens, which then is the one to withdraw
over. Where none opens within eight weeks, the one that opened last is tried a week later.
"""

from dialtest.script import Dial, days, hours, minutes, monthly_on_page, scenario


@scenario("channel-deadlines", fits=monthly_on_page, clauses=("Q7", "Q9"), lasts_days=75, markets=("CN",))
async def channel_deadlines(dial: Dial) -> None:
    """Ask at every channel, open or not, wait for the next to open, and withdraw over it on its first day."""
    order = await dial.order()
    await dial.listen(until=order.time + minutes(30))
    for channel in dial.all_channels:
        await dial.query(channel=channel)
    opens_at, newest = dial.next_opening
    await dial.listen(until=opens_at + hours(9))
    for channel in dial.all_channels:
        await dial.query(channel=channel)
    await dial.withdraw(channel=newest)
    await dial.listen(until=dial.now + minutes(10))
    await dial.listen(until=dial.now + days(2))
    await dial.query(channel=newest)
    await dial.bill()
