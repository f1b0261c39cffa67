"""Something called free that is filed, and charged, at a price."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from dialtest.adverts import claims_of
from dialtest.rules.advert_example import looked
from dialtest.rules.advertised import promises
from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.rule import Breach, Rule

# 当月免信息费, 首月免费, first week free: free for a while, which is true where the market has a free period (T3).
FOR_A_WHILE = re.compile(
    r"(?:当月|首月|本月|首周|第一个?[月周]|下月底前|试用期|体验期)[^,。;!]{0,8}?免(?:费|信息费|收[^,。;!]{0,6}费|月租)"
    r"|免费(?:试用|体验)|\bfirst (?:week|month|\d+ days?) (?:is |are )?free\b|\bfree (?:trial|for (?:the )?first)\b",
    re.IGNORECASE,
)
# Free things beside the service: the help line, the message itself (FreeMsg), traffic.
BESIDE_THE_POINT = re.compile(
    r"\bfree ?(?:msg|text|sms|phone|call)\w*|免费(?:客服|咨询|服务|投诉)?(?:电话|热线)|免(?:流量|通信)费", re.IGNORECASE
)


def check(evidence: CaseEvidence) -> Iterator[Breach]:
    """Every advert, page or pushed message that calls the service free without bounds.

    A filed tariff of nothing makes “free” true. Free for a while is true in a market with a free period and untrue in
    one without. Reminders in the carrier's own words (当月免信息费) are none of these texts.
    """
    has_free_period = bool(evidence.market.charging.next_month_free_from_day)
    for shown in promises(evidence):
        if shown.claims.free and calls_free(shown.text, has_free_period):
            facts = {"text": shown.excerpt, "filed": evidence.policy.tariff(evidence.service)}
            yield Breach(shown.at, (shown.seq,), facts)


@lru_cache(maxsize=1024)
def calls_free(text: str, has_free_period: bool) -> bool:
    """Whether a text calls something free beyond the market's free period."""
    rest = BESIDE_THE_POINT.sub(" ", text)
    if has_free_period:
        rest = FOR_A_WHILE.sub(" ", rest)
    return claims_of(rest).free


FREE_BUT_CHARGED = Rule(
    name="free-but-charged",
    version=1,
    title={"zh": "宣传“免费”实则收费", "en": "Called free, filed at a price"},
    explains={
        "zh": "备案收费的业务,页面、广告和推送短信不得笼统宣称“免费”;“首月免费”等与免费期相符的说法除外。",
        "en": "What is filed at a price may not be called free; “first month free” is true where the market has that.",
    },
    message={
        "zh": "宣称免费:“{text}”,备案资费{filed}。",
        "en": "It says “{text}”; filed at {filed}.",
    },
    breach="misleading_ads",
    severity="critical",
    clauses=("D4",),
    needs=("paid",),
    check=check,
    clean=lambda: looked("30元/月 包月业务,当月免信息费").evidence(),
    broken=lambda: looked("完全免费,立即下载! 30元/月").evidence(),
)
