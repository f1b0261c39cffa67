"""A subscriber base as a CSV file, one line for each subscription, written and read subscriber by subscriber."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import TextIO

from msgspec import Struct, ValidationError, convert

from dialtest.errors import DialtestError
from dialtest.language import _
from dialtest.model.service import FeeUnit, Service, ServiceType
from dialtest.policy.policy import Policy
from dialtest.sandbox.subscriber_base import HeldSubscription, Subscriber

TIME = "%Y-%m-%d %H:%M:%S"
LONGEST_LINE = 4_000


class _Row(Struct, frozen=True):
    """The columns of the file, in their order; times are the market's own, withdrawn_at empty while active."""

    msisdn: str
    customer: str
    brand: str
    provider_code: str
    provider_name: str
    service_code: str
    service_name: str
    service_type: ServiceType
    fee_fen: int
    fee_unit: FeeUnit
    status: str
    ordered_at: str
    withdrawn_at: str
    channel: str
    updated_at: str


COLUMNS = _Row.__struct_fields__


def write_base(file: Path, subscribers: Iterable[Subscriber]) -> tuple[int, int]:
    """Write the file; how many subscribers and subscriptions it has. It bears its name only once it is whole."""
    people = subscriptions = 0
    with writing(file) as opened:
        table = csv.writer(opened)
        table.writerow(COLUMNS)
        for subscriber in subscribers:
            people += 1
            subscriptions += len(subscriber.subscriptions)
            table.writerows(_line(subscriber, held) for held in subscriber.subscriptions)
    return people, subscriptions


@contextmanager
def writing(file: Path) -> Iterator[TextIO]:
    """The file to write; under another name until all of it is there. Raises DialtestError where it cannot be."""
    part = file.with_name(f"{file.name}.part")
    try:
        with part.open("w", encoding="utf-8", newline="") as opened:
            yield opened
        part.replace(file)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise DialtestError(
            _("{path} cannot be written: {reason}.").format(path=file, reason=error.strerror),
            _("Check the folder, its permissions and the room left."),
        ) from None
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def read_base(file: Path, policy: Policy) -> Iterator[Subscriber]:
    """The subscribers of a file that `write_base` wrote; raises DialtestError, naming the line, for anything else."""
    try:
        with file.open(encoding="utf-8", newline="") as opened:
            rows = _rows(file, opened, policy)
            for _msisdn, own in groupby(rows, key=lambda row: row[0].msisdn):
                held = [(row, subscription) for row, subscription in own]
                first = held[0][0]
                yield Subscriber(first.msisdn, first.customer, first.brand, tuple(one for _row, one in held))
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise DialtestError(
            _("{path} cannot be read: {reason}.").format(path=file, reason=reason),
            _("Make it with: dialtest sandbox subscribers --size 10000 --out {path}").format(path=file),
        ) from None


def _rows(file: Path, opened: TextIO, policy: Policy) -> Iterator[tuple[_Row, HeldSubscription]]:
    lines = (line[:LONGEST_LINE] for line in opened)
    table = csv.reader(lines, strict=True)
    last = ""
    try:
        for line in table:
            if table.line_num == 1:
                if tuple(line) != COLUMNS:
                    raise ValueError(", ".join(line)[:200])
                continue
            row = convert(dict(zip(COLUMNS, line, strict=True)), _Row, strict=False)
            if row.brand not in policy.brands:
                raise ValueError(row.brand)
            if row.msisdn < last:
                raise ValueError(_("{msisdn} after {last}: the lines are not in order").format(
                    msisdn=row.msisdn, last=last))  # fmt: skip
            last = row.msisdn
            yield row, _held(row, policy)
    except (ValueError, csv.Error, ValidationError) as error:
        raise DialtestError(
            _("Line {line} of {path} is not of a subscriber base: {reason}.").format(
                line=max(table.line_num, 1), path=file, reason=str(error)[:200]
            ),
            _("Make the file with `dialtest sandbox subscribers`; its lines go by number, ascending."),
        ) from None


def _line(subscriber: Subscriber, held: HeldSubscription) -> tuple[object, ...]:
    service, ended = held.service, held.withdrawn_at
    return (
        subscriber.msisdn, subscriber.name, subscriber.brand, service.provider_code, service.provider_name,
        service.service_code, service.name, service.service_type, service.fee_fen, service.fee_unit,
        "withdrawn" if ended else "active", told(held.ordered_at), told(ended) if ended else "", held.channel,
        told(ended or held.ordered_at),
    )  # fmt: skip


def told(when: datetime) -> str:
    """A time as the file has it."""
    return when.isoformat(" ", "seconds")[:19]


def _held(row: _Row, policy: Policy) -> HeldSubscription:
    service = _service(
        row.provider_code, row.provider_name, row.service_code, row.service_name, row.service_type, row.fee_fen,
        row.fee_unit,
    )  # fmt: skip
    ended = _time(row.withdrawn_at, policy) if row.withdrawn_at else None
    return HeldSubscription(service, _time(row.ordered_at, policy), row.channel, ended)


def _time(text: str, policy: Policy) -> datetime:
    when = datetime.fromisoformat(text)
    return when.replace(tzinfo=policy.zone) if when.tzinfo is None else policy.local(when)


@lru_cache(maxsize=65_536)
def _service(
    provider_code: str, provider_name: str, service_code: str, name: str, kind: ServiceType, fee_fen: int, unit: FeeUnit
) -> Service:
    """What the reminder needs to know of a service; a base does not say more."""
    return Service(
        provider_code=provider_code, provider_name=provider_name, service_code=service_code, name=name,
        service_type=kind, billing_type="monthly", fee_fen=fee_fen, fee_unit=unit, access_number="", order_command="",
        withdraw_command="", hotline="",
    )  # fmt: skip
