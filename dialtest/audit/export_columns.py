"""Which columns and words exports of BOSS, MISC and the charging system use: the one table to extend for a new one."""

from __future__ import annotations

from collections.abc import Mapping

from dialtest.catalogue.columns import NUMBER_HEADERS, SERVICE_HEADERS, Headers

_MSISDN = (*NUMBER_HEADERS["msisdn"], "手机号", "用户号码", "用户手机号", "计费号码", "mobile number")
_PROVIDER = (*SERVICE_HEADERS["provider_code"], "SP编码", "提供商代码")
_SERVICE = SERVICE_HEADERS["service_code"]

SUBSCRIPTION_HEADERS: Headers = {
    "msisdn": _MSISDN,
    "provider_code": _PROVIDER,
    "service_code": _SERVICE,
    "status": ("状态", "定购状态", "订购状态", "定购关系状态", "status", "state"),
    "ordered_at": ("定购时间", "订购时间", "开通时间", "生效时间", "ordered at", "order time"),
    "withdrawn_at": ("退定时间", "退订时间", "取消时间", "失效时间", "withdrawn at", "withdrawal time"),
    "channel": ("渠道", "定购渠道", "订购渠道", "channel", "order channel"),
    "updated_at": ("更新时间", "变更时间", "最后更新时间", "修改时间", "updated at", "update time"),
}
SUBSCRIPTION_NEEDED = ("msisdn", "provider_code", "service_code", "status", "ordered_at")

CDR_HEADERS: Headers = {
    "cdr_id": ("话单编号", "话单号", "话单流水号", "流水号", "CDR编号", "cdr id", "record id"),
    "msisdn": _MSISDN,
    "provider_code": _PROVIDER,
    "service_code": _SERVICE,
    "charged_at": ("计费时间", "扣费时间", "收费时间", "charged at", "charge time"),
    "fee_fen": (
        "费用(分)",
        "信息费(分)",
        "金额(分)",
        "扣费金额(分)",
        "费用/分",
        "信息费/分",
        "fee (fen)",
        "fee (pence)",
    ),
    "fee_yuan": (
        "费用(元)",
        "信息费(元)",
        "金额(元)",
        "扣费金额(元)",
        "费用/元",
        "信息费/元",
        "fee (yuan)",
        "fee (pounds)",
    ),
    "kind": ("计费类型", "计费方式", "收费类型", "kind", "billing type"),
    "proof_id": ("凭证", "凭证编号", "凭证号", "定购凭证", "主动使用凭证", "proof id", "proof"),
}
CDR_NEEDED = ("cdr_id", "msisdn", "provider_code", "service_code", "charged_at", "fee_fen", "kind", "proof_id")
INSTEAD: Mapping[str, str] = {"fee_fen": "fee_yuan"}
"""Columns that may stand in for a needed one."""

STATUS_WORDS: Mapping[str, str] = {
    "active": "active", "在用": "active", "正常": "active", "已定购": "active", "已订购": "active", "有效": "active",
    "withdrawn": "withdrawn", "退定": "withdrawn", "退订": "withdrawn", "已退定": "withdrawn",
    "已退订": "withdrawn", "取消": "withdrawn", "已取消": "withdrawn", "失效": "withdrawn",
}  # fmt: skip

KIND_WORDS: Mapping[str, str] = {
    "monthly": "monthly", "包月": "monthly", "包月费": "monthly", "定制": "monthly", "定制类": "monthly",
    "per_use": "per_use", "per use": "per_use", "点播": "per_use", "点播类": "per_use", "按次": "per_use",
    "按条": "per_use",
}  # fmt: skip

CHANNEL_WORDS: Mapping[str, str] = {
    "短信": "sms", "网站": "web", "网上营业厅": "web", "营业厅": "hall", "热线": "hotline", "自助终端": "terminal",
}  # fmt: skip
"""Other channels are compared as they are written, in small letters."""

NOTHING_WORDS = ("", "null", "\\n", "-", "无", "none")
"""How exports write that there is nothing."""

NATIONAL_NUMBERS: Mapping[str, tuple[str, str]] = {"CN": ("^(\\+|00)?86(1[0-9]{10})$", "\\2")}
"""Per country of the policy: which numbers with their country code stand for which without (ours)."""
