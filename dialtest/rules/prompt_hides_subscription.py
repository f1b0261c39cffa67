"""A prompt for the second yes that hides that the yes goes on and on, or how to end it."""

from __future__ import annotations

from collections.abc import Iterator

from dialtest.adverts import claims_of
from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.prompt import has_prompt, prompts
from dialtest.rules.rule import Breach, Rule
from dialtest.rules.uk_example import asked


def check(evidence: CaseEvidence) -> Iterator[Breach]:
    """Every prompt that does not say it is a subscription, or names no way out."""
    for noted in prompts(evidence):
        text = noted.value.text
        claims = claims_of(text)
        lacking = [
            word
            for word, said in (
                ("subscription", claims.subscription or "subscri" in text.lower()),
                (evidence.service.withdraw_command, claims.opt_out),
            )
            if not said
        ]
        if lacking:
            yield Breach(noted.at, (noted.seq,), {"lacking": ", ".join(lacking), "text": text[:160]})


PROMPT_HIDES_SUBSCRIPTION = Rule(
    name="prompt-hides-subscription",
    version=1,
    title={"zh": "确认短信未说明持续收费或退订办法", "en": "Prompt hides the subscription or the way out"},
    explains={
        "zh": "请用户二次确认的短信必须说明这是持续收费的定制业务,并写明如何退订。",
        "en": "The message that asks for the second yes must say that it is a subscription and how to end it.",
    },
    message={
        "zh": "确认短信没有写明:{lacking}。原文:“{text}”",
        "en": "The prompt does not say: {lacking}. It reads “{text}”",
    },
    breach="misleading_ads",
    severity="major",
    clauses=("D4",),
    needs=("second_yes_by_message", "order"),
    applies=has_prompt,
    check=check,
    clean=lambda: asked().evidence(),
    broken=lambda: asked("Acme Media: Daily Jokes for £3.00. Reply YES to get your joke now").evidence(),
)
