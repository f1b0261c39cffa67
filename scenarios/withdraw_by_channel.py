"""Withdrawing at a terminal, in a hall, on the website, over WAP.

Every way out is as good as another (Q7): whichever is taken, 10086 confirms within five minutes (Q4),
the subscription has ended within 24 hours in every channel (Q5), and nothing is charged afterwards. A
hall that is busy writes the wish down and does it later (Q8). Each scenario begins when its channel
has opened (Q9). Subscriptions ordered by SMS leave by terminal and website, those of a page by hall
and WAP; `withdraw-in-free-period` and `withdraw-and-watch` take the hotline and the filed command.
"""

from dialtest.script import Dial, days, hours, minutes, monthly_by_message, monthly_on_page, scenario

HOLDS = ("Q1", "Q4", "Q5", "Q7", "Q9")


async def withdraw_and_ask_everywhere(dial: Dial, channel: str) -> None:
    """Order, withdraw over one channel, ask all others two days later, and watch the charges of a month."""
    order = await dial.order()
    await dial.listen(until=order.time + hours(3))
    asked_at = await dial.withdraw(channel=channel)
    await dial.listen(until=asked_at + minutes(10))
    await dial.listen(until=asked_at + days(2))
    for other in dial.query_channels:
        await dial.query(channel=other)
    await dial.listen(until=dial.policy.first_charge(order.time) + days(2))
    await dial.query(channel=channel)
    await dial.bill()


@scenario(
    "withdraw-by-terminal", fits=monthly_by_message, clauses=HOLDS, lasts_days=50, markets=("CN",), channel="terminal"
)
async def withdraw_by_terminal(dial: Dial) -> None:
    """Withdraw at a self-service terminal, then ask everywhere and watch a month."""
    await withdraw_and_ask_everywhere(dial, "terminal")


@scenario("withdraw-by-web", fits=monthly_by_message, clauses=HOLDS, lasts_days=50, markets=("CN",), channel="web")
async def withdraw_by_web(dial: Dial) -> None:
    """Withdraw on the carrier's website, then ask everywhere and watch a month."""
    await withdraw_and_ask_everywhere(dial, "web")


@scenario(
    "withdraw-by-hall", fits=monthly_on_page, clauses=(*HOLDS, "Q8"), lasts_days=50, markets=("CN",), channel="hall"
)
async def withdraw_by_hall(dial: Dial) -> None:
    """Withdraw at a hall's desk, then ask everywhere and watch a month."""
    await withdraw_and_ask_everywhere(dial, "hall")


@scenario("withdraw-by-wap", fits=monthly_on_page, clauses=HOLDS, lasts_days=50, markets=("CN",), channel="wap")
async def withdraw_by_wap(dial: Dial) -> None:
    """Withdraw over WAP, then ask everywhere and watch a month."""
    await withdraw_and_ask_everywhere(dial, "wap")
