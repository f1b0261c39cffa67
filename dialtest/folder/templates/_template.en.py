"""A scenario to copy: save it under another name without the leading underscore, and change it.

Files beginning with _ are not scenarios. `dialtest check` says what is wrong, docs/writing-scenarios.md explains more.
"""

from dialtest.script import Dial, days, minutes, monthly, scenario


# The name stands in plans and reports and must be no other scenario's. `fits` chooses the services: monthly, per_use,
# advertised, any_service, or a function of yours that takes a service and says True or False. `lasts_days`: how long a
# case keeps its number busy at most. Raise `version` whenever a change makes the scenario do something else.
@scenario("my-first-scenario", fits=monthly, clauses=("T2",), lasts_days=45, version=1)
async def my_first_scenario(dial: Dial) -> None:
    """Order, wait for the reminder, withdraw at once, and see that nothing was charged."""
    order = await dial.order()
    await dial.listen(until=order.time + minutes(10))
    await dial.withdraw(channel="sms")
    await dial.listen(until=dial.policy.first_charge(order.time) + days(2))
    await dial.bill()
