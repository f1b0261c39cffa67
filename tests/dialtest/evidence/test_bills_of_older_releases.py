"""Bills recorded before money could come back are read, and their bytes, which the chain hashes, stay as they were."""

from __future__ import annotations

from dialtest.evidence.record import Outcome, decode, encode
from dialtest.model.observation import Bill
from dialtest.wire.http_exchange import read_observation, write

OLD_BILL = b'{"saw":"bill","at":"2006-08-03T00:00:00+08:00","charges":[]}'
OLD_RECORD = (
    b'{"kind":"outcome","case":"c","seq":3,"step":2,"at":"2006-08-03T00:00:00+08:00","act":{"act":"read_bill"},"result":'
    + OLD_BILL
    + b"}"
)


def test_a_record_of_a_bill_without_refunds_is_read_and_its_bytes_are_the_same_again() -> None:
    record = decode(OLD_RECORD)
    assert isinstance(record, Outcome)
    assert isinstance(record.result, Bill)
    assert () == record.result.refunds
    assert OLD_RECORD == encode(record)


def test_a_carrier_that_knows_no_refunds_is_still_understood() -> None:
    bill = read_observation(OLD_BILL)
    assert isinstance(bill, Bill)
    assert () == bill.refunds
    assert OLD_BILL == write(bill)
