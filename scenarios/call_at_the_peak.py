"""A customer who rings when everybody does.

On the days of the second reminder (the 21st to the 25th) two of five who got it ring the hotline
(H1), and few get an agent. Three callers' ways: take the self-service that is offered, hang up after
twenty seconds of waiting, or keep waiting for two minutes. Whoever gets no agent is told of other ways
to withdraw, recorded, and called back after the peak (H3): once, and within a day; so the next call
comes when that day is over. The last one is for a withdrawal. The handset's log, read two days later,
shows who rang back; the query after it, whether the wish was heard.
"""

from dialtest.script import Dial, days, hours, minutes, monthly, scenario, start_on

HANGS_UP_S, KEEPS_WAITING_S = 20, 120


@scenario(
    "call-at-the-peak", fits=monthly, clauses=("H1", "H3"), lasts_days=45, start=start_on(21, "10:30"), markets=("CN",)
)
async def call_at_the_peak(dial: Dial) -> None:
    """Order, ask for an agent at the peak, some times to ask and once to withdraw, and see who rings back."""
    order = await dial.order()
    await dial.listen(until=order.time + minutes(30))
    await dial.call(keys="0", wish="query", patience_s=HANGS_UP_S, offered="self_service")
    await dial.listen(until=dial.now + minutes(30))
    for _ in range(3):
        await dial.call(keys="0", wish="query", patience_s=HANGS_UP_S)
        await dial.listen(until=dial.now + hours(26))
    await dial.call(keys="0", wish="withdraw", patience_s=KEEPS_WAITING_S)
    await dial.listen(until=dial.now + days(2))
    await dial.calls()
    await dial.query(channel="hotline")
    await dial.listen(until=dial.policy.next_first(order.time) + days(2))
    await dial.bill()
