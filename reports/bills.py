"""What the test numbers' bills say over the whole campaign: information fees charged and refunds paid back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from dialtest.evidence.record import AnyRecord, Opened, Outcome
from dialtest.model.observation import Bill


class Fee(NamedTuple):
    """One line of a bill that charges."""

    at: datetime
    provider_code: str
    service_code: str
    fee_fen: int
    kind: str


class PaidBack(NamedTuple):
    """One line of a bill that gives back."""

    at: datetime
    provider_code: str
    service_code: str
    amount_fen: int
    kind: str
    reference: str


class Bills:
    """Every line once, however often a number's bill was read.

    A bill shows all charges of its number so far, so a later one repeats an earlier one; two equal lines of one bill
    are two charges.
    """

    def __init__(self) -> None:
        self._fees: dict[str, Counter[Fee]] = {}
        self._paid_back: list[tuple[datetime, str, Counter[PaidBack]]] = []

    def look(self, records: Sequence[AnyRecord]) -> None:
        """Take in the bills of one case."""
        opened = records[0]
        if not isinstance(opened, Opened):
            return
        bills = [record.result for record in records if type(record) is Outcome and isinstance(record.result, Bill)]
        if bills:
            self._take_fees(opened.number.msisdn, bills[-1])
        for bill in bills:
            self._take_refunds(opened.number.msisdn, bill)

    def fees(self) -> list[Fee]:
        """Every charge, oldest first."""
        return sorted(fee for known in self._fees.values() for fee in known.elements())

    def paid_back(self, until: datetime | None = None) -> list[PaidBack]:
        """Every refund, oldest first; with `until` those that a bill read before then showed."""
        known: dict[str, Counter[PaidBack]] = {}
        for read_at, msisdn, lines in self._paid_back:
            if until is None or read_at < until:
                known[msisdn] = known.get(msisdn, Counter()) | lines
        return sorted(line for lines in known.values() for line in lines.elements())

    def _take_fees(self, msisdn: str, bill: Bill) -> None:
        if bill.charges:
            lines = Counter(
                Fee(one.charged_at, one.provider_code, one.service_code, one.fee_fen, one.kind) for one in bill.charges
            )
            self._fees[msisdn] = self._fees.get(msisdn, Counter()) | lines

    def _take_refunds(self, msisdn: str, bill: Bill) -> None:
        if bill.refunds:
            lines = Counter(
                PaidBack(one.at, one.provider_code, one.service_code, one.amount_fen, one.kind, one.reference)
                for one in bill.refunds
            )
            self._paid_back.append((bill.at, msisdn, lines))
