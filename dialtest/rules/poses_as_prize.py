"""A prize nobody won, a friend nobody knows, a system that never spoke."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from dialtest.rules.advert_example import looked, pushed_at
from dialtest.rules.advertised import everything
from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.rule import Breach, Rule

CHINESE_LURES = re.compile(
    r"恭喜[您你][^,。!]{0,8}?(?:中奖|获得|抽中|获奖|被选)|[您你](?:已经?)?中奖|幸运(?:用户|号码|客户)|领取[^,。!]{0,6}大奖"
    r"|我是[您你]的?(?:朋友|同学|老乡|邻居)|好久不见|猜猜?我是谁|有人(?:暗恋|想念|喜欢|给[您你]点)"
    r"|[您你]有\d*[一条个]*(?:未读|新的?)(?:留言|消息|彩信|语音)|系统(?:消息|通知|提示)[::,,]"
)
ENGLISH_LURES = re.compile(
    r"\byou(?:'ve| have)? (?:just )?won\b|\b(?:lucky )?winner\b|\bclaim your (?:prize|gift|reward)\b"
    r"|\bcongratulations[,!]"
    r"|\bguess who\b|\bsecret admirer\b|\bsome(?:one|body) (?:fancies|has a crush|likes|left) (?:on )?you\b"
    r"|\bsomeone has a crush\b|\byou have \d* ?(?:a |an )?(?:new |missed |unread )+(?:message|call|voicemail)"
    r"|\bsystem (?:message|notice|alert)\b",
    re.IGNORECASE,
)
LATIN = re.compile("[A-Za-z]")


def check(evidence: CaseEvidence) -> Iterator[Breach]:
    """Every advert, page or pushed message that poses as news of a prize, a friend or the system."""
    for shown in everything(evidence):
        words = lure_in(shown.text)
        if words:
            yield Breach(shown.at, (shown.seq,), {"words": words, "text": shown.excerpt})


@lru_cache(maxsize=4096)
def lure_in(text: str) -> str:
    """The words of a text that lure; empty when none do."""
    found = CHINESE_LURES.search(text) or (LATIN.search(text) and ENGLISH_LURES.search(text))
    return found[0].strip() if found else ""


POSES_AS_PRIZE = Rule(
    name="poses-as-prize",
    version=1,
    title={"zh": "冒充中奖、好友或系统消息", "en": "Poses as a prize, a friend or the system"},
    explains={
        "zh": "不得以中奖、好友来信或系统通知的样子诱使用户订购。",
        "en": "Nobody may be lured to order by what looks like a prize, a friend's message or a notice of the system.",
    },
    message={
        "zh": "以“{words}”诱导用户:“{text}”",
        "en": "It lures with “{words}”: “{text}”",
    },
    breach="misleading_ads",
    severity="major",
    clauses=("D4",),
    check=check,
    clean=lambda: looked("30元/月 包月业务").evidence(),
    broken=lambda: pushed_at("好久不见,猜猜我是谁?回复1告诉你").evidence(),
)
