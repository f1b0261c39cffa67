"""Which words of carriers' tables mean which value of the model: the tables to extend when a new one turns up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal
from unicodedata import normalize

from dialtest.model.number import Team
from dialtest.model.service import BillingType, Scope, ServiceType

SERVICE_TYPE_WORDS: Mapping[str, ServiceType] = {
    "短信": "sms", "sms": "sms", "text": "sms", "彩信": "mms", "mms": "mms", "wap": "wap", "mobile web": "wap",
    "百宝箱": "java", "java": "java", "game": "java", "pda": "pda", "手机动画": "animation", "动画": "animation",
    "animation": "animation", "语音杂志": "voice_magazine", "voice magazine": "voice_magazine",
    "voice_magazine": "voice_magazine",
}  # fmt: skip

BILLING_TYPE_WORDS: Mapping[str, BillingType] = {
    "包月": "monthly", "定制": "monthly", "定制类": "monthly", "订购": "monthly", "monthly": "monthly",
    "subscription": "monthly", "点播": "per_use", "点播类": "per_use", "按次": "per_use", "按条": "per_use",
    "per_use": "per_use", "per use": "per_use", "one-off": "per_use",
}  # fmt: skip

SCOPE_WORDS: Mapping[str, Scope] = {
    "全网": "national", "全国": "national", "national": "national", "本地": "local", "省内": "local", "local": "local",
}  # fmt: skip

TEAM_WORDS: Mapping[str, Team] = {
    "数据中心": "data_centre", "data_centre": "data_centre", "data centre": "data_centre",
    "呼叫服务中心": "call_centre", "呼叫中心": "call_centre", "call_centre": "call_centre",
    "call centre": "call_centre", "第三方": "third_party", "第三方拨测公司": "third_party",
    "third_party": "third_party", "third party": "third_party", "sp": "provider", "provider": "provider",
}  # fmt: skip

CONTROL_WORDS: Mapping[str, bool] = {
    "": False, "否": False, "no": False, "0": False, "false": False, "n": False,
    "是": True, "yes": True, "1": True, "true": True, "y": True, "对照": True,
}  # fmt: skip

Action = Literal[
    "order", "use", "confirm", "withdraw", "help", "query_command", "wrong", "received", "charge", "bill", "query"
]

ACTION_WORDS: Mapping[str, Action] = {
    "订购": "order", "定购": "order", "order": "order", "点播": "use", "use": "use", "二次确认": "confirm",
    "确认": "confirm", "confirm": "confirm", "退订": "withdraw", "退定": "withdraw", "withdraw": "withdraw",
    "帮助指令": "help", "help": "help", "查询指令": "query_command", "query command": "query_command",
    "错误指令": "wrong", "wrong command": "wrong", "收到短信": "received", "received": "received",
    "扣费": "charge", "charge": "charge", "查账单": "bill", "bill": "bill", "查询": "query", "query": "query",
}  # fmt: skip

RESULT_WORDS: Mapping[str, bool] = {
    "成功": True, "已订购": True, "yes": True, "done": True, "subscribed": True,
    "失败": False, "未订购": False, "no": False, "refused": False, "not subscribed": False,
}  # fmt: skip


def narrow(text: str) -> str:
    """`text` without blanks around it, its full-width letters, digits and signs as half-width ones."""
    return text.strip() if text.isascii() else normalize("NFKC", text).strip()
