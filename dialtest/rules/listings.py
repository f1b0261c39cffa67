"""The carrier's texts that list what a number holds, put together from their parts (T7, T9): reminder 2 and that of
existing subscriptions.
"""

from __future__ import annotations

from dialtest.rules.assembled import Assembled, assemble
from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.shared import shared


@shared
def listings(evidence: CaseEvidence) -> tuple[Assembled, ...]:
    """Those that list subscriptions, and numbered parts of whatever it may be; no other message matters here."""
    reminder, words = evidence.market.second_reminder, naming_words(evidence)
    opening = reminder.opening if reminder else ""
    texts = ((noted, noted.value.text) for noted in evidence.messages)
    return tuple(assemble(noted for noted, text in texts if text.startswith("(") or opening in text or words in text))


@shared
def naming(evidence: CaseEvidence) -> tuple[Assembled, ...]:
    """Those that name the service dialled, oldest first."""
    words = naming_words(evidence)
    return tuple(text for text in listings(evidence) if words in text.text)


def naming_words(evidence: CaseEvidence) -> str:
    """The words by which they name it; what follows is its tariff."""
    if evidence.naming_words is None:
        raise ValueError("the market has no text that lists subscriptions")
    return evidence.naming_words


def tells_tariff(evidence: CaseEvidence, text: Assembled) -> bool:
    """Whether the text goes on after the service's name with its filed tariff."""
    return item_of(evidence, text).startswith(evidence.policy.tariff(evidence.service))


def item_of(evidence: CaseEvidence, text: Assembled) -> str:
    """What the text says behind the words that name the service: its tariff comes first."""
    return text.text.partition(naming_words(evidence))[2]
