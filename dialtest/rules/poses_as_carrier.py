"""A provider that speaks in the carrier's name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from dialtest.rules.advert_example import looked, pushed_at
from dialtest.rules.advertised import everything
from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.rule import Breach, Rule


@lru_cache(maxsize=16)
def speaking_as(carrier: str, ports: tuple[str, ...]) -> re.Pattern[str]:
    """The carrier as sender: at the head of a text, as its signature, or before words only a sender says.

    Its mere name is no breach (由中国移动代收 and 退订请拨打10086 are prescribed).
    """
    name = re.escape(carrier)
    port = "|".join(map(re.escape, ports))
    return re.compile(
        rf"【\s*(?:{name}|{port})\s*】|(?:^|\n)\s*[【\[(]?(?:{name}|(?:{port})(?!\d))[】\])]?\s*(?:[::,,]|温馨|提醒|提示|通知|客服|公司)"
        rf"|(?:[。.!!,,]|^)\s*[【\[]?{name}[】\]]?\s*[。.!]?\s*(?:$|\n)"
        rf"|{name}\s*(?:温馨提示|客服中心|提醒您|通知您)|尊敬的{name}(?:客户|用户)"
        rf"|(?:from|yours?,?) {name}\s*[.!]?\s*(?:$|\n)",
        re.IGNORECASE,
    )


def check(evidence: CaseEvidence) -> Iterator[Breach]:
    """Every advert, page or message from a provider's port that is headed or signed with the carrier's name."""
    carrier, ports = evidence.policy.carrier, evidence.policy.carrier_ports
    for shown in everything(evidence):
        words = in_the_name_of(carrier, ports, shown.text)
        if words:
            yield Breach(shown.at, (shown.seq,), {"words": words, "text": shown.excerpt})


@lru_cache(maxsize=4096)
def in_the_name_of(carrier: str, ports: tuple[str, ...], text: str) -> str:
    """The words by which a text poses as the carrier; empty when none do."""
    low = text.lower()
    if carrier.lower() not in low and not any(port in low for port in ports):
        return ""
    found = speaking_as(carrier, ports).search(text)
    return found[0].strip() if found else ""


POSES_AS_CARRIER = Rule(
    name="poses-as-carrier",
    version=1,
    title={"zh": "冒充运营商", "en": "Poses as the carrier"},
    explains={
        "zh": "服务商的页面、广告和短信不得以运营商名义抬头、落款或发出通知。",
        "en": "No page, advert or message of a provider may be headed or signed as the carrier's.",
    },
    message={
        "zh": "以运营商名义(“{words}”):“{text}”",
        "en": "It speaks as the carrier (“{words}”): “{text}”",
    },
    breach="misleading_ads",
    severity="critical",
    clauses=("D4",),
    check=check,
    clean=lambda: looked("30元/月 包月业务,由中国移动代收,退订请拨打10086").evidence(),
    broken=lambda: pushed_at("尊敬的客户,您的服务即将到期。中国移动").evidence(),
)
