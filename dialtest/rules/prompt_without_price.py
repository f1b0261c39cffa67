"""A prompt for the second yes that does not say what the yes costs."""

from __future__ import annotations

from collections.abc import Iterator

from dialtest.adverts import claims_of
from dialtest.policy.wording import says
from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.prompt import has_prompt, prompts
from dialtest.rules.rule import Breach, Rule
from dialtest.rules.uk_example import asked


def check(evidence: CaseEvidence) -> Iterator[Breach]:
    """Every prompt that names neither the filed fee as the market writes it, nor a price of the same amount."""
    policy, fee_fen = evidence.policy, evidence.service.fee_fen
    for noted in prompts(evidence):
        text = noted.value.text
        if says(text, policy.fee(fee_fen)) or any(price.amount_minor == fee_fen for price in claims_of(text).prices):
            continue
        yield Breach(noted.at, (noted.seq,), {"filed": policy.tariff(evidence.service), "text": text[:160]})


PROMPT_WITHOUT_PRICE = Rule(
    name="prompt-without-price",
    version=2,
    title={"zh": "确认短信未写明资费", "en": "Prompt without the price"},
    explains={
        "zh": "请用户二次确认的短信必须写明备案资费,否则用户不知道自己同意了什么。",
        "en": "The message that asks for the second yes must state the filed tariff; unsaid, it is not agreed to.",
    },
    message={
        "zh": "确认短信未写明备案资费{filed}:“{text}”",
        "en": "The prompt does not state the filed tariff {filed}: “{text}”",
    },
    breach="misleading_ads",
    severity="major",
    clauses=("D4",),
    needs=("second_yes_by_message", "order"),
    applies=has_prompt,
    check=check,
    clean=lambda: asked().evidence(),
    broken=lambda: asked("Acme Media: reply YES to start your Daily Jokes subscription, STOP ends it").evidence(),
)
