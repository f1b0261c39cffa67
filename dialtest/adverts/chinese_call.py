"""Reads the call to action of a Chinese advert: 发送TQ到1065…, 编辑短信…发送至, 回复“是”, 拨打…, 退订请回复TD."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from dialtest.adverts.call_to_action import CallToAction

Purpose = Literal["order", "leave", "other"]

QUOTE, UNQUOTE = "[“\"'‘「『【《〈<(\\[]", "[”\"'’」』】》〉>)\\]]"
LEAD = r"(?:短信|信息|彩信|指令|代码|口令|字母|数字|内容|大写|小写|字符|编码|关键字|:| )*"
LATIN = r"[A-Za-z0-9][A-Za-z0-9#*_+]{0,19}"
SENT = re.compile(
    rf"(?:编辑短信|编写短信|编辑|编写|发送短信|发短信|短信发送|发送|上行|短信|发(?!送)|输入){LEAD}"
    rf"(?:{QUOTE}(?P<quoted>[^“”\"'‘’「」『』【】《》〈〉<>()]{{1,20}}?){UNQUOTE}|(?P<latin>{LATIN})|(?P<han>[\u4e00-\u9fff]{{1,2}}?))"
    rf"(?:(?:或者?|、|/){QUOTE}?{LATIN}{UNQUOTE}?){{0,3}}[ ,]?(?:短信)?(?:发送短信|发送|发|回复|短信)?(?:到|至|往"
    rf"|给)(?:移动|联通|电信|短信|特服号?|号码|接入号|: ?| )*(?P<code>\d{{3,20}})(?!\d|月|年|日|[-:]\d)"
)
CODE_FIRST = re.compile(
    rf"(?:发送?|编辑)?短?信?(?:到|至|向|给) ?(?P<code>1\d{{4,19}}) ?(?:发送|回复"
    rf"|发){LEAD}(?:{QUOTE}(?P<quoted>[^”\"']{{1,20}}?){UNQUOTE}|(?P<latin>{LATIN}))"
)
ANSWERED = re.compile(
    rf"(?:回复短信|短信回复|直接回复|回复|回短信|回(?![家来归答报应头首忆到])){LEAD}"
    rf"(?:{QUOTE}(?P<quoted>[^“”\"'‘’「」『』【】《》〈〉<>()]{{1,12}}?){UNQUOTE}|(?P<latin>{LATIN})|(?P<yes>是|好"
    rf"|确认|同意|订购|定制|开通)(?=[ ,。;!即可就确认后开订参成]|$))"
    rf"(?![-~—至] ?\d)(?P<any>之间|任一|任意)?"
)

TO_LEAVE = re.compile(r"退订|退定|取消|停用|关闭|退出|拒收|屏蔽|注销|终止|停止|不再接收|不想再|解除")
TO_ASK = re.compile(r"查询|了解|询|帮助|咨询|详情|清单|查余|查阅|获取密码|求助|更多信息")
TO_REFUSE = re.compile(r"拒绝|不同意|不需要|不参加|放弃|如不|不订购|否则|误操作|非本人")
LEAVE_WORD = re.compile(r"(?:TD|QX|N?0000|TUI|00000|QXT?D)[A-Z0-9]*", re.IGNORECASE)
ANY_ANSWER = re.compile(
    r"任意|任何|以下|序号|编号|编码|内容|姓名|号码|短信|彩信|信息|数字|答案|本条|此条|业务|其他|指令"
)
CLAUSE_END = re.compile(r"[,。;!?，；！？\n]")
SENTENCE_END = re.compile(r"[。!?！？\n]")

WAY_OUT_NAMED = re.compile(
    r"(?:退订|退定|取消|停用|停止|拒收|屏蔽)(?:[^。;!?,，；！？]{0,8}[,，: ]?)(?:请|可|均可|需)?(?:直接"
    r"|通过)?(?:回复|回|发送|发短信|发|拨打|致电|编辑|登录|登陆|短信|电话|联系|拨)"
    r"(?!后|成功|本|.{0,4}(?:免费|不))"
    r"|(?:回复|发送|发|拨打|致电|编辑|登录|登陆|拨)[^。;!?；！？]{0,24}?(?<!未)(?<!不)(?:即可|可|进行|办理)?(?:退订|退定|取消(?!按钮)|停用|拒收|屏蔽)(?!业务的|免费)"
    r"|(?:可)?随时(?:可以?)?(?:退订|取消|退定)"
)

PHONE = re.compile(
    r"(?:拨打|拨|致电|来电|电话|热线|详询|咨询|垂询|询|直拨|呼叫)(?:[ :]|电话|热线|号码|我们|本机|声讯"
    r"|请)*[\"“]?(?P<number>(?:\(?0\d{2,3}\)?[ -]?)?\d{4,12}(?:-\d{3,4}){0,2})(?![\d*xX])"
)
CARE_BEFORE = re.compile(r"(?:客服|客户服务|服务|投诉|举报|查询|人工|监督|售后)[^,。;!?，；！？]{0,8}$")
CARRIER_LINES = frozenset(
    {"10086", "10010", "10000", "10001", "10011", "1008611", "10086999", "12321", "12300", "12315", "110", "0000"}
)


# A provider's port, named without saying what to send there.
PORT = re.compile(r"(?<!\d)106\d{4,17}(?!\d)")
CHOICES = 3
"""From this many words to answer with on, the reader chooses, and none of them is the keyword."""


class Sending(NamedTuple):
    """One thing to send: what for, which word (None if any answer will do), to which number."""

    purpose: Purpose
    keyword: str | None
    code: str | None


def chinese_call(text: str) -> CallToAction:
    """`text` is plain and simplified."""
    sendings = sorted(_sendings(text), key=lambda placed: placed[0])
    orders = [sending for _, sending in sendings if sending.purpose == "order"]
    leaves = [sending for _, sending in sendings if sending.purpose == "leave"]
    codes = [sending.code for _, sending in sendings if sending.code]
    words = dict.fromkeys(order.keyword for order in orders if order.keyword)
    answers = dict.fromkeys(order.keyword for order in orders if order.keyword and not order.code)
    keyword = None if len(answers) >= CHOICES else next(iter(words), None)
    code = next((sending.code for sending in (*orders, *leaves) if sending.code), None)
    if not codes and (port := PORT.search(text)):
        code = port[0]
    return CallToAction(keyword, code, _called(text), bool(leaves) or bool(WAY_OUT_NAMED.search(text)))


def _sendings(text: str) -> Iterator[tuple[int, Sending]]:
    for form in (SENT, CODE_FIRST, ANSWERED):
        for found in form.finditer(text):
            groups = found.groupdict()
            word = groups.get("quoted") or groups.get("latin") or groups.get("yes") or groups.get("han") or ""
            purpose = _purpose(text, found, word)
            fixed = not groups.get("any") and not ANY_ANSWER.search(word) and "+" not in word
            yield (
                found.start(),
                Sending(purpose, word.strip() if purpose == "order" and fixed else None, groups.get("code")),
            )


def _purpose(text: str, found: re.Match[str], word: str) -> Purpose:
    """What the words of the same clause say the message is for; those after it count more than those before."""
    after = CLAUSE_END.split(text[found.end() : found.end() + 14])[0]
    before = CLAUSE_END.split(text[max(0, found.start() - 10) : found.start()])[-1]
    for clause in (after, before):
        if TO_LEAVE.search(clause):
            return "leave"
        if TO_ASK.search(clause) or TO_REFUSE.search(clause):
            return "other"
    return "leave" if LEAVE_WORD.fullmatch(word) else "order"


def _called(text: str) -> str | None:
    """Digits of the number the reader is told to call, else of the provider's service line; never the carrier's own."""
    service_line = None
    for found in PHONE.finditer(text):
        digits = re.sub(r"\D", "", found["number"])
        before = CLAUSE_END.split(text[max(0, found.start() - 14) : found.start()])[-1]
        if digits in CARRIER_LINES or TO_LEAVE.search(before):
            continue
        if not CARE_BEFORE.search(before):
            return digits
        service_line = service_line or digits
    return service_line
