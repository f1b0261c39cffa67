"""What bills and answers show of a case, taken together: every charge once, every row of a subscription."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from dialtest.model.observation import Answer, Bill, Charge, SubscriptionRow
from dialtest.rules.noted import Noted


def charges_on(bills: Sequence[Noted[Bill]], begins: datetime | None) -> list[Noted[Charge]]:
    """Every charge since `begins` (None: every charge), each with the first bill that shows it, oldest first.

    Bills repeat the charges of the bills before; equal ones are counted: twice charged is twice there.
    """
    found: list[Noted[Charge]] = []
    for bill in bills:
        known = [noted.value for noted in found]
        for charge in bill.value.charges:
            if begins is not None and charge.charged_at < begins:
                continue
            if charge in known:
                known.remove(charge)
            else:
                found.append(Noted(bill.seq, bill.at, charge))
    found.sort(key=_charged_at)
    return found


def rows_in(answers: Sequence[Noted[Answer]], begins: datetime | None) -> list[Noted[SubscriptionRow]]:
    """The rows of every answer that were ordered since `begins` (None: all rows), in the order they were shown."""
    return [
        Noted(answer.seq, answer.at, row)
        for answer in answers
        for row in answer.value.subscriptions
        if begins is None or row.ordered_at >= begins
    ]


def _charged_at(noted: Noted[Charge]) -> datetime:
    return noted.value.charged_at
