"""Withdrawing by SMS to the carrier.

The reminders of existing subscriptions name a second way out: `0000` to 10086 (T9). It is answered by
a numbered list of all that is held (Q7); a number sent back withdraws from one, another word from all
of them. To tell one from all, a companion is ordered first where the provider has one. A screen looked
at just before tells what the list must name, all channels asked two days later tell whether the
withdrawal holds there too.
"""

from dialtest.script import Dial, days, hours, minutes, monthly_by_message, monthly_on_page, scenario

MESSAGES = ("T6", "T9", "Q4", "Q5", "Q7")


async def see_that_it_ended(dial: Dial) -> None:
    """Wait for the confirmation, ask every channel two days later, and read the bill after the next 1st."""
    await dial.listen(until=dial.now + minutes(10))
    await dial.listen(until=dial.now + days(2))
    for channel in dial.query_channels:
        await dial.query(channel=channel)
    await dial.listen(until=dial.policy.next_first(dial.policy.next_first(dial.now)) + days(2))
    await dial.query(channel="hotline")
    await dial.bill()


@scenario("withdraw-by-0000", fits=monthly_by_message, clauses=MESSAGES, version=2, lasts_days=75,
          markets=("CN",), companion=True)  # fmt: skip
async def withdraw_by_0000(dial: Dial) -> None:
    """End another service by its number in 10086's list, see this one go on, end it too, and watch a month."""
    await dial.order_companion()
    order = await dial.order()
    await dial.listen(until=order.time + hours(3))
    await dial.query(channel="hotline")
    await dial.withdraw_companion_by_list()
    await dial.listen(until=dial.now + days(2))
    await dial.query(channel="hotline")
    await dial.withdraw_by_list()
    await see_that_it_ended(dial)


@scenario("withdraw-from-all-by-00000", fits=monthly_on_page, clauses=MESSAGES, version=2, lasts_days=75,
          markets=("CN",), companion=True)  # fmt: skip
async def withdraw_from_all(dial: Dial) -> None:
    """Hold two services, ask 10086 for the list by SMS, end both with one word, ask everywhere and watch a month."""
    await dial.order_companion()
    order = await dial.order()
    await dial.listen(until=order.time + hours(3))
    await dial.query(channel="hotline")
    await dial.list_by_sms()
    await dial.withdraw_from_all()
    await see_that_it_ended(dial)
