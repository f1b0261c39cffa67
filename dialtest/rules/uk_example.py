"""Stories of a market with a second yes and receipts, for the examples of its rules."""

from __future__ import annotations

from dialtest.model.service import Service
from dialtest.policy.wording import fill
from dialtest.rules.example import Story, story

JOKES = Service(
    provider_code="GB0001",
    provider_name="Acme Media",
    service_code="JOKES",
    name="Daily Jokes",
    service_type="sms",
    billing_type="monthly",
    fee_fen=300,
    fee_unit="week",
    access_number="84001",
    order_command="JOKES",
    withdraw_command="STOP",
    hotline="0800 111222",
    description="a joke a day",
)


def asked(prompt: str = "") -> Story:
    """An order and its prompt; `prompt` stands in for the honest words."""
    told = story(JOKES, "uk-premium-2019").ordered().later(seconds=30)
    honest = fill(told.policy.terms(told.now).order.confirm_text, told.policy, JOKES)
    return told.heard(prompt or honest, JOKES.access_number).listened(minutes=10)


def subscribed() -> Story:
    """An order, its prompt, the second yes and the confirmation message."""
    told = asked().sent("YES", "confirm")
    return told.reminded_first(sender=JOKES.access_number)


def charged(receipt_fee_fen: int = 300, receipt_after_s: int = 60, weeks: int = 1, days_apart: int = 7) -> Story:
    """`weeks` charges, each with a receipt that names `receipt_fee_fen`; 0: no receipt."""
    told = subscribed()
    receipt = told.policy.terms(told.now).receipt
    for week in range(weeks):
        told.later(days=days_apart if week else 1).charged(300)
        if receipt is not None and receipt_fee_fen:
            told.later(seconds=receipt_after_s)
            text = fill(receipt.text, told.policy, JOKES, fee=told.policy.fee(receipt_fee_fen))
            told.heard(text, JOKES.access_number, sent_s_ago=0).later(seconds=-receipt_after_s)
    return told.listened(hours=6)
