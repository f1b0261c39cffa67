"""供复制的场景:另存为不以下划线开头的文件名,再修改。

以 _ 开头的文件不作为场景。`dialtest check` 会指出错误,详细说明见 docs/writing-scenarios.md。
"""

from dialtest.script import Dial, days, minutes, monthly, scenario


# 名称出现在计划和报告中,不得与其他场景重复。fits 选择业务:monthly 包月、per_use 点播、advertised 有页面、
# any_service 全部,或自己写的函数(传入业务,返回 True 或 False)。lasts_days:一次拨测最多占用号码多少天。
# 修改后做的事不同了,就把 version 加一。
@scenario("my-first-scenario", fits=monthly, clauses=("T2",), lasts_days=45, version=1)
async def my_first_scenario(dial: Dial) -> None:
    """订购,等提醒短信,马上退订,核对没有扣费。"""
    order = await dial.order()
    await dial.listen(until=order.time + minutes(10))
    await dial.withdraw(channel="sms")
    await dial.listen(until=dial.policy.first_charge(order.time) + days(2))
    await dial.bill()
