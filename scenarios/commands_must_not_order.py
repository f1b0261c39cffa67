"""Messages that are no orders.

A customer asks for help, mistypes a command, or asks what is subscribed. None of these is active
use (R2): nothing may be subscribed by them and none may cost an information fee. Half an hour of
listening after each message shows a reminder of an order nobody made; the query shows a
subscription; the bill after the next 1st shows what was charged for it.
"""

from dialtest.script import Dial, any_service, days, minutes, scenario


@scenario("commands-must-not-order", fits=any_service, clauses=("R2",), lasts_days=45, orders=False)
async def commands_must_not_order(dial: Dial) -> None:
    """Send help, a wrong command and a query to the service; none may order, none may cost an information fee."""
    await dial.send(dial.policy.help_command, purpose="help")
    await dial.listen(until=dial.now + minutes(30))
    await dial.send(f"{dial.service.order_command}X9", purpose="wrong")
    await dial.listen(until=dial.now + minutes(30))
    await dial.send(dial.policy.query_command, purpose="query")
    await dial.listen(until=dial.now + minutes(30))
    await dial.query(channel="hotline")
    await dial.listen(until=dial.policy.next_first(dial.now) + days(2))
    await dial.query(channel="web")
    await dial.bill()
