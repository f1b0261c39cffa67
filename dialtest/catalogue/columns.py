"""Which headers carriers write over which column: the one table to extend when a new one turns up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from unicodedata import normalize

from dialtest.language import _
from dialtest.problem import Problem, Problems

Headers = Mapping[str, tuple[str, ...]]

SERVICE_HEADERS: Headers = {
    "provider_code": ("企业代码", "SP企业代码", "企业编码", "SP代码", "provider code", "enterprise code", "SPID"),
    "provider_name": ("SP名称", "企业名称", "公司名称", "SP公司名称", "provider name", "provider"),
    "access_number": ("服务代码", "接入号", "接入号码", "SP服务代码", "access number", "port", "short code"),
    "service_code": ("业务代码", "业务编码", "service code"),
    "name": ("业务名称", "service name", "service", "name"),
    "service_type": ("业务类型", "业务种类", "service type", "type"),
    "billing_type": ("计费类型", "计费方式", "billing type", "billing"),
    "tariff": ("资费", "信息费", "资费标准", "信息费标准", "tariff", "price", "information fee"),
    "tariff_yuan": ("资费(元)", "信息费(元)", "资费/元", "信息费/元", "tariff (yuan)", "tariff (pounds)"),
    "tariff_fen": ("资费(分)", "信息费(分)", "资费/分", "信息费/分", "tariff (fen)", "tariff (pence)"),
    "order_command": ("订购指令", "定购指令", "开通指令", "点播指令", "order command", "order keyword"),
    "withdraw_command": ("退订指令", "退定指令", "取消指令", "withdraw command", "withdrawal command", "stop command"),
    "hotline": ("客服电话", "客户服务电话", "服务热线", "hotline", "customer service", "helpline"),
    "scope": ("全网/本地", "业务范围", "覆盖范围", "全网本地", "scope"),
    "contact": ("联系人", "业务联系人", "contact"),
    "description": ("业务描述", "业务简介", "业务说明", "description"),
    "attributes": ("业务属性", "备注", "attributes", "remarks"),
    "page_url": ("页面地址", "WAP地址", "网址", "页面网址", "page url", "url", "page"),
}

ADVERT_HEADERS: Headers = {
    "provider_code": SERVICE_HEADERS["provider_code"],
    "service_code": SERVICE_HEADERS["service_code"],
    "channel": ("渠道", "宣传渠道", "广告渠道", "channel"),
    "text": ("文字", "广告内容", "宣传内容", "广告语", "text", "wording"),
    "url": ("页面地址", "网址", "链接", "url", "link"),
    "date": ("日期", "投放日期", "宣传日期", "date", "shown from"),
}

NUMBER_HEADERS: Headers = {
    "msisdn": ("号码", "手机号码", "拨测号码", "msisdn", "number", "phone"),
    "brand": ("品牌", "brand"),
    "region": ("地区", "地市", "区域", "region"),
    "site": ("地点", "站点", "site"),
    "team": ("团队", "拨测单位", "team"),
    "control": ("对照号码", "对照", "是否对照", "control"),
    "provider_code": SERVICE_HEADERS["provider_code"],
}

RESULT_HEADERS: Headers = {
    "case": ("拨测编号", "编号", "case", "case number"),
    "team": NUMBER_HEADERS["team"],
    "msisdn": NUMBER_HEADERS["msisdn"],
    "brand": NUMBER_HEADERS["brand"],
    "provider_code": SERVICE_HEADERS["provider_code"],
    "service_code": SERVICE_HEADERS["service_code"],
    "scenario": ("场景", "拨测场景", "scenario"),
    "time": ("时间", "发生时间", "time"),
    "action": ("动作", "操作", "action"),
    "channel": ("渠道", "channel"),
    "party": ("发送方", "对方号码", "sender", "other party"),
    "content": ("内容", "短信内容", "content"),
    "amount": ("金额", "扣费金额", "amount"),
    "amount_yuan": ("金额(元)", "扣费金额(元)", "amount (yuan)", "amount (pounds)"),
    "amount_fen": ("金额(分)", "扣费金额(分)", "amount (fen)", "amount (pence)"),
    "result": ("结果", "result"),
}


def plain(header: str) -> str:
    """A header as it is compared: full width as half width, no blanks or underscores, small letters."""
    return "".join(normalize("NFKC", header).casefold().replace("_", "").split())


@dataclass(frozen=True, slots=True)
class Layout:
    """Where each field stands in a row: its column indexes (mostly one) and the header over the first.

    `width` counts the columns up to the last one with a header; spreadsheets write empty ones behind it.
    """

    width: int
    places: Mapping[str, tuple[int, ...]]
    headers: tuple[str, ...]
    ignored: tuple[str, ...]

    def header(self, name: str) -> str:
        """The header a field has in this file, for messages."""
        return self.headers[self.places[name][0]] if name in self.places else name


def lay_out(file: str, header: Sequence[str], known: Headers, needed: Sequence[str], problems: Problems) -> Layout:
    """Match a header row with the fields of `known`; what resembles a header of a field without column is a problem.

    Columns nobody knows are kept in `ignored`, for `dialtest check` to tell.
    """
    names = {plain(alias): name for name, aliases in known.items() for alias in aliases}
    names |= {plain(name): name for name in known}
    places: dict[str, tuple[int, ...]] = {}
    for index, text in enumerate(header):
        name = names.get(plain(text))
        if name is not None:
            places[name] = (*places.get(name, ()), index)
    without = [alias for alias, name in names.items() if name not in places]
    unknown = [text for text in header if plain(text) and plain(text) not in names]
    ignored = [text.strip() for text in unknown if not _misspelt(file, text, without, problems)]
    for name in needed:
        if name not in places:
            problems.add(_missing(file, name, known[name], header))
    width = max((index + 1 for index, text in enumerate(header) if text.strip()), default=0)
    return Layout(width, places, tuple(text.strip() for text in header), tuple(ignored))


def _misspelt(file: str, text: str, without: Sequence[str], problems: Problems) -> bool:
    """Whether a header looks like one of those no column has, which is a problem then."""
    near = get_close_matches(plain(text), without, 1, 0.75)
    if near:
        remedy = _("Do you mean “{near}”? Correct the header, or rename it if it is something else.")
        problems.add(Problem(file, "unknown header", remedy.format(near=near[0]), text, _("a known header"), 1, text))
    return bool(near)


def _missing(file: str, name: str, aliases: Sequence[str], header: Sequence[str]) -> Problem:
    english = next((alias for alias in aliases if alias.isascii()), name)
    expected = _("a column {chinese} ({english})").format(chinese=aliases[0], english=english)
    remedy = _("Add the column, or rename the one that holds it; docs/catalogue.md lists every header.")
    return Problem(file, "missing column", remedy, " ".join(header), expected, 1)
