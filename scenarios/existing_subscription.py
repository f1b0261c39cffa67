"""A subscription that was there before the batches.

When the campaign reminds everybody of what they hold already (T8), the test numbers' own
subscriptions take part: so this one is ordered well before, kept through all the batches, and a
week after the last of them withdrawn as their text says, by 0000 to 10086. On the way come the
reminders of every order, and once, on the days of its batch, that text with its second way out
(T9). The query when the batches begin shows how many subscriptions the number holds: with more than
five it belongs to the first batch.

The other one is withdrawn in the hour the batches begin: it must not be reminded of any more.
"""

from dialtest.script import Dial, days, hours, minutes, monthly, scenario


@scenario(
    "existing-subscription", fits=monthly, clauses=("T6", "T7", "T8", "T9", "Q7"), lasts_days=155, markets=("CN",)
)
async def existing_subscription(dial: Dial) -> None:
    """Order before existing subscriptions are reminded in batches, keep it past the last one, then withdraw by 0000."""
    batches = dial.batches
    order = await dial.order()
    await dial.listen(until=order.time + minutes(10))
    await dial.listen(until=batches.begins + days(2))
    await dial.query(channel="hotline")
    await dial.bill()
    await dial.listen(until=batches.ends + days(7))
    await dial.query(channel="web")
    await dial.bill()
    await dial.withdraw_by_list()
    await dial.listen(until=dial.now + days(2))
    await dial.query(channel="hotline")
    await dial.listen(until=dial.policy.next_first(dial.now) + days(2))
    await dial.bill()


@scenario("existing-subscription-withdrawn", fits=monthly, clauses=("T8", "Q5", "Q7"), lasts_days=140, markets=("CN",))
async def existing_subscription_withdrawn(dial: Dial) -> None:
    """Order before the batches, withdraw in the hour they begin, and see whether the subscription's batch knows it."""
    batches = dial.batches
    order = await dial.order()
    await dial.listen(until=order.time + minutes(10))
    await dial.listen(until=batches.begins + hours(1))
    await dial.withdraw(channel="hotline")
    await dial.listen(until=dial.now + days(2))
    await dial.query(channel="hotline")
    await dial.listen(until=batches.ends + days(7))
    await dial.query(channel="web")
    await dial.bill()
