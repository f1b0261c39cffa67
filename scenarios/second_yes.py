"""Markets where an order counts only after a second yes."""

from dialtest.script import Dial, days, minutes, monthly, scenario

SECOND_YES = ("GB",)


async def see_that_nothing_came_of_it(dial: Dial) -> None:
    """Two weeks of silence, then the query and the bill: no subscription, no charge."""
    await dial.listen(until=dial.now + days(2))
    await dial.query(channel="hotline")
    await dial.listen(until=dial.now + days(14))
    await dial.query(channel="web")
    await dial.bill()


@scenario("order-without-second-yes", fits=monthly, clauses=("D4",), lasts_days=30, markets=SECOND_YES)
async def order_without_second_yes(dial: Dial) -> None:
    """Order, look at the prompt and never answer it: nothing may be subscribed or charged."""
    await dial.order(confirm=False)
    await dial.listen(until=dial.now + minutes(30))
    await see_that_nothing_came_of_it(dial)


@scenario("answer-no-to-the-prompt", fits=monthly, clauses=("D4",), lasts_days=30, markets=SECOND_YES)
async def answer_no_to_the_prompt(dial: Dial) -> None:
    """Order, and answer the prompt with NO: nothing may be subscribed or charged."""
    await dial.order(confirm=False)
    await dial.listen(until=dial.now + minutes(30))
    await dial.send("NO", purpose="reply")
    await see_that_nothing_came_of_it(dial)


@scenario("keep-four-weeks", fits=monthly, clauses=("D4",), lasts_days=60, markets=SECOND_YES)
async def keep_four_weeks(dial: Dial) -> None:
    """Order with a second yes, keep it for four weeks, compare every charge with its receipt, then stop and watch."""
    order = await dial.order()
    await dial.listen(until=order.time + minutes(10))
    await dial.listen(until=dial.policy.first_charge(order.time) + days(27))
    await dial.query(channel="hotline")
    await dial.bill()
    await dial.withdraw(channel="sms")
    await dial.listen(until=dial.now + days(16))
    await dial.query(channel="web")
    await dial.bill()
