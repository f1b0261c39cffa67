"""One question, asked everywhere at once.

Whoever asks what a number holds gets the same answer at the hotline, on the website, at a terminal, in
a hall, over WAP (Q7), with the 15 fields of the screen (Q2); the query command sent to the carrier
brings the same as a numbered list. So every open channel is asked at the same moment: once soon after
the order, once in the middle of the subscription, once when it has been withdrawn from and must have
ended in all of them (Q5).
"""

from dialtest.script import Dial, days, hours, minutes, monthly, scenario


async def ask_everywhere(dial: Dial) -> None:
    """Ask every channel that is open now, at the same moment."""
    for channel in dial.query_channels:
        await dial.query(channel=channel)


@scenario("same-answer-everywhere", fits=monthly, clauses=("Q1", "Q2", "Q5", "Q7", "T9"), lasts_days=50)
async def same_answer_everywhere(dial: Dial) -> None:
    """Order, ask over all open channels at one moment, again two weeks later, and once more after a withdrawal."""
    order = await dial.order()
    await dial.listen(until=order.time + minutes(30))
    await ask_everywhere(dial)
    await dial.list_by_sms()
    await dial.listen(until=order.time + days(14))
    await ask_everywhere(dial)
    await dial.withdraw(channel=dial.other_channel)
    await dial.listen(until=dial.now + minutes(10))
    await dial.listen(until=dial.now + days(1) + hours(6))
    await ask_everywhere(dial)
    await dial.bill()
