"""The words of pages: what orders, what lures, what poses as somebody else; and the targets that order."""

from __future__ import annotations

import re

ORDER_WORDS = re.compile(
    r"(?<![a-z])(?:order|subscri(?:be|ption)|buy|purchase|get it|get now|get your|get started|confirm|submit"
    r"|continue|download|play"
    r"|start|join|sign ?up|activate|agree|accept|i want|watch|unlock|claim|send sms|sms now|try|yes|ok|next"
    r"|proceed|pay|show me|go)(?![a-z])"
    r"|订购|定购|开通|确认|确定|订阅|定制|购买|立即|马上|领取|下载|点播|包月|支付|提交|下一步|进入|同意|免费(?:看|听|玩|试|体验|领)",
    re.IGNORECASE,
)
NOT_ORDER_WORDS = re.compile(
    r"terms|condition|privacy|policy|help|contact|about|exit|cancel|unsubscri|close|back|imprint|faq|退订|取消|返回|条款|协议|帮助|客服|隐私|关于|首页|说明|资费",
    re.IGNORECASE,
)
ORDER_TARGET = re.compile(
    r"(?<![a-z])(?:order|subscribe|subscription|confirm|purchase|buy|pay|payment|charge|billing|dinggou|dingzhi|kaitong|dg|dy|kt"
    r"|opt-?in|activate|activation|signup|register-?sub|do-?order|do-?sub|orderservice|订购|定购|开通)(?![a-z])",
    re.IGNORECASE,
)
STATIC_FILE = re.compile(
    r"\.(?:png|jpe?g|gif|svg|webp|ico|css|js|mjs|woff2?|ttf|mp4|webm)(?:$|[?#](?:v|ver|t|_)?=?[\w.]*$)", re.IGNORECASE
)
MESSAGE_TARGET = re.compile(r"(?:sms|smsto|mms|tel|wtai):", re.IGNORECASE)

PRIZE = re.compile(
    r"(?<![a-z])(?:win|won|winners?|winning|prizes?|jackpot|give ?away|sweepstakes?|lucky (?:winner|draw|visitor"
    r"|user)|raffle"
    r"|congratulations|participate|you(?:'ve| have) been (?:selected|chosen))(?![a-z])"
    r"|中奖|大奖|抽奖|赢取|奖品|奖金|夺宝|恭喜您?(?:获|中|被)|幸运(?:用户|儿|大转盘|抽)",
    re.IGNORECASE,
)
TIMER = r"(?<!\d)\d{1,2} ?: ?\d{2}(?: ?: ?\d{2})?(?!\d| ?[ap]m)"
HURRY = (
    r"(?:end(?:s|ing)?|expir|expier|left|remain|hurry|sec(?:onds?|s)?(?![a-z])|you have|only"
    r"|倒计时|剩余|还剩|仅剩|结束)"
)
COUNTDOWN = re.compile(
    rf"{TIMER}[^.!?。]{{0,40}}?{HURRY}|{HURRY}[^.!?。]{{0,40}}?{TIMER}"
    r"|(?:ends?|expires?|closes?) in \d{1,3} ?(?:sec|min)|\d{1,3} ?(?:sec(?:onds?)?|min(?:utes?)?) (?:left|remaining)"
    r"|倒计时|(?:还剩|仅剩|剩余)\d{1,3} ?(?:秒|分)",
    re.IGNORECASE,
)
POSES = re.compile(
    r"【(?:中国)?(?:移动|联通|电信)[^】]{0,8}】|(?:中国(?:移动|联通|电信)|10086|10010|10000)(?:温馨)?(?:提示|提醒|通知|公告)|系统(?:消息|通知|提示|公告)"
    r"|尊敬的(?:中国)?(?:移动|联通|电信|全球通|神州行|动感地带)(?:用户|客户)|您的?(?:手机|话费|账户)(?:已|存在|有)[^。]{0,12}(?:病毒|异常|风险|升级|冻结|停机)"
    r"|(?:system|security|carrier|network) (?:message|alert|warning|notification|update required)"
    r"|your (?:device|phone|mobile|battery|browser|sim)[^.?!]{0,20}(?:protected|infected|at risk|damaged|virus"
    r"|outdated|out of date|compromised|locked)"
    r"|virus(?:es)? (?:found|detected)|message from your (?:operator|carrier|network)",
    re.IGNORECASE,
)
ASKS_NUMBER = re.compile(r"msisdn|phone|mobile|(?<![a-z])(?:tel|cell)(?![a-z])|手机|电话|号码", re.IGNORECASE)
CONSENT = re.compile(r"agree|accept|consent|subscri|terms|yes|order|同意|接受|订|开通|协议|条款|包月", re.IGNORECASE)
KEEPS_LOGIN = re.compile(r"remember|keep me|stay (?:signed|logged)|记住|自动登录", re.IGNORECASE)
