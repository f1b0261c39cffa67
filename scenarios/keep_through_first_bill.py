"""The life of a subscription a customer keeps.

The scenario that sees most: the first reminder within minutes of the order (T2), silence until the
first charge, the second reminder on the way there (T4), the first bill (T3, T5). Then it withdraws
and watches another month, since some providers go on charging those who have left.
"""

from dialtest.script import Dial, days, minutes, monthly, scenario


@scenario("keep-through-first-bill", fits=monthly, clauses=("T1", "T2", "T3", "T4", "T5", "T6", "T7"))
async def keep_through_first_bill(dial: Dial) -> None:
    """Order, stay silent through both reminders, see what the first bill takes; then withdraw and watch a month."""
    order = await dial.order()
    await dial.listen(until=order.time + minutes(10))
    await dial.listen(until=dial.policy.first_charge(order.time) + days(2))
    await dial.query(channel="hotline")
    await dial.bill()
    await dial.withdraw(channel="sms")
    await dial.listen(until=dial.now + minutes(10))
    await dial.listen(until=dial.now + days(35))
    await dial.query(channel="web")
    await dial.bill()
