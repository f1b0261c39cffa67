"""What channels and fields of the screen are called in the carrier's offices: findings keep their codes (Q2, Q7)."""

from __future__ import annotations

from collections.abc import Mapping

CHANNELS: Mapping[str, Mapping[str, str]] = {
    "hotline": {"zh": "热线人工", "en": "the hotline"},
    "hotline_menu": {"zh": "热线菜单", "en": "the hotline’s menu"},
    "sms": {"zh": "短信", "en": "SMS"},
    "web": {"zh": "网站", "en": "the website"},
    "wap": {"zh": "WAP", "en": "WAP"},
    "terminal": {"zh": "自助终端", "en": "the terminal"},
    "hall": {"zh": "营业厅", "en": "the hall"},
}
FIELDS: Mapping[str, Mapping[str, str]] = {
    "provider_name": {"zh": "SP名称", "en": "provider"},
    "access_number": {"zh": "服务代码", "en": "access number"},
    "service_name": {"zh": "业务名称", "en": "service"},
    "ordered_at": {"zh": "定购时间", "en": "order time"},
    "service_type": {"zh": "业务类型", "en": "service type"},
    "billing_type": {"zh": "计费类型", "en": "billing type"},
    "tariff": {"zh": "资费", "en": "tariff"},
    "status": {"zh": "状态", "en": "status"},
    "order_channel": {"zh": "定购渠道", "en": "order channel"},
    "history": {"zh": "变更记录", "en": "history"},
    "service_hotline": {"zh": "客服电话", "en": "service hotline"},
    "contact": {"zh": "联系人", "en": "contact"},
    "giver": {"zh": "赠送人", "en": "giver"},
    "description": {"zh": "业务描述", "en": "description"},
    "attributes": {"zh": "业务属性", "en": "attributes"},
}
SAID_IN_WORDS: Mapping[str, Mapping[str, Mapping[str, str]]] = {
    "channel": CHANNELS, "one": CHANNELS, "other": CHANNELS, "over": CHANNELS, "active": CHANNELS, "ended": CHANNELS,
    "channels": CHANNELS, "fields": FIELDS,
}  # fmt: skip
"""Names of facts whose values are codes, or several of them with commas."""


def in_words(facts: Mapping[str, str], lang: str) -> dict[str, str]:
    """A finding's facts with the words of `lang` for codes; what is no code stays as it is."""
    return {name: _said(value, SAID_IN_WORDS[name], lang) if name in SAID_IN_WORDS else value
            for name, value in facts.items()}  # fmt: skip


def _said(codes: str, words: Mapping[str, Mapping[str, str]], lang: str) -> str:
    found = [words.get(code, {}).get(lang, code) for code in codes.split(", ")]
    return ("、" if lang == "zh" else ", ").join(found)
