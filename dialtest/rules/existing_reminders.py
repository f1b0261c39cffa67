"""What a case shows of the reminder of existing subscriptions: which texts are it, and when it is due (T8, T9)."""

from __future__ import annotations

from datetime import datetime, timedelta

from dialtest.model.observation import Answer, SubscriptionRow
from dialtest.policy.batches import Batches
from dialtest.rules.assembled import Assembled
from dialtest.rules.case_evidence import DELIVERED_WITHIN, CaseEvidence
from dialtest.rules.listings import listings, naming, naming_words
from dialtest.rules.reminder_due import Window, second_reminders_due
from dialtest.rules.shared import shared

WITHDRAWN_WITHIN = timedelta(hours=24)  # a withdrawal asked for before the batches began may show this much later (Q5)
STRAYS_WITHIN = timedelta(days=14)  # (ours) a text without its end is looked for this long after the last batch


@shared
def existing_reminders(evidence: CaseEvidence) -> tuple[Assembled, ...]:
    """The texts of T9 that name the service dialled, oldest first.

    The second way out tells them from reminder 2. Of a text that came without its end only the days tell: it is one
    when sent while the batches were, outside the days on which this subscription's reminder 2 is due.
    """
    if evidence.policy.batches is None:
        return ()
    return tuple(text for text in naming(evidence) if _way_out(evidence) in text.text or _strays(evidence, text))


@shared
def fragments(evidence: CaseEvidence) -> tuple[Assembled, ...]:
    """Texts that lack parts, in one of which the service may have been named, or of which nobody can tell the kind."""
    words, found = naming_words(evidence), existing_reminders(evidence)
    return tuple(
        text
        for text in listings(evidence)
        if not text.whole and text not in found and (_way_out(evidence) in text.text or words in text.text)
    )


@shared
def windows_due(evidence: CaseEvidence) -> tuple[Window, ...]:
    """The days on which it may come, by its batch; two windows where nobody can tell whether the user is sensitive."""
    batches, order = evidence.policy.batches, evidence.subscription_order
    if batches is None or order is None:
        return ()
    brand, kind = evidence.opened.number.brand, evidence.service.service_type
    due = {batches.of(brand, kind, order.at, held) for held in _held(evidence, batches)}
    return tuple(sorted(batches.window(batch) for batch in due if batch is not None))


@shared
def withdrawn_before_due(evidence: CaseEvidence) -> bool:
    """Whether a wish to withdraw, whatever became of it, makes the reminder needless."""
    return any(wish.at < closes for wish in evidence.withdrawals for _, closes in windows_due(evidence)[-1:])


@shared
def met_its_days(evidence: CaseEvidence) -> bool:
    """Whether the case was still going on when they began, and no wish to withdraw made the reminder needless."""
    windows = windows_due(evidence)
    return bool(windows) and windows[0][0] < evidence.ended_at and not withdrawn_before_due(evidence)


@shared
def certain_from(evidence: CaseEvidence) -> datetime | None:
    """When a reminder that has not come by then will not come; None where none is due."""
    windows = windows_due(evidence)
    return windows[-1][1] + DELIVERED_WITHIN if windows else None


def _way_out(evidence: CaseEvidence) -> str:
    batches = evidence.policy.batches
    return batches.terms.extra_text if batches else ""


def _strays(evidence: CaseEvidence, text: Assembled) -> bool:
    batches = evidence.policy.batches
    if text.whole or batches is None or not batches.begins <= text.sent_at < batches.ends + STRAYS_WITHIN:
        return False
    return not any(opens <= text.sent_at < closes for _, (opens, closes) in second_reminders_due(evidence))


def _held(evidence: CaseEvidence, batches: Batches) -> tuple[int, ...]:
    """How many subscriptions the number may have held when the batches began; no answer: few or many.

    Lists too short for a sensitive user tell enough, whatever of them was held.
    """
    answers = [noted.value for noted in evidence.answers if noted.value.at >= batches.begins]
    if not answers:
        return 1, batches.terms.sensitive_above + 1
    longest = max(len(answer.subscriptions) for answer in answers)
    if longest <= batches.terms.sensitive_above:
        return (longest,)
    least = min(_count(answer, batches.begins, batches.begins + WITHDRAWN_WITHIN) for answer in answers)
    most = max(_count(answer, batches.begins, batches.begins) for answer in answers)
    return least, most


def _count(answer: Answer, *whens: datetime) -> int:
    return sum(all(_holds(row, when) for when in whens) for row in answer.subscriptions)


def _holds(row: SubscriptionRow, when: datetime) -> bool:
    """Whether the screen's row shows the subscription held at `when`."""
    if row.ordered_at >= when:
        return False
    changes = [change.what for change in row.history if change.at <= when]
    return "withdrawn" not in changes[-1:]
