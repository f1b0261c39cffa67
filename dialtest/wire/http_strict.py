"""Reads JSON that came from outside: every key known, every time with its zone, one error for all that is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar, cast

import msgspec
from msgspec import Struct

Value = TypeVar("Value")

BODY_LIMIT = 8_000_000
LARGEST_NUMBER = 2**53
FIRST_YEAR, LAST_YEAR = 1990, 2200


class Unreadable(Exception):
    """What came is not what the two sides agreed on; the text says what and where. The only error reading raises."""


def read(body: bytes, decoder: msgspec.json.Decoder[Value], limit_bytes: int = BODY_LIMIT) -> Value:
    """The value in `body` as `decoder`'s type has it; raises Unreadable for everything else.

    Beyond the types: no unknown keys, times with a zone and in the years 1990 to 2200, whole numbers within 2^53.
    """
    if len(body) > limit_bytes:
        raise Unreadable(f"{len(body)} bytes; at most {limit_bytes} are read")
    try:
        value = decoder.decode(body)
        _check(msgspec.json.decode(body), value, "$")
    except (msgspec.MsgspecError, ValueError, OverflowError, RecursionError) as error:
        raise Unreadable(f"{error}"[:300]) from None
    return value


def _check(raw: object, value: object, where: str) -> None:
    if isinstance(value, Struct):
        _check_fields(cast(Mapping[str, Any], raw), value, where)
    elif isinstance(value, tuple):
        for place, (raw_item, item) in enumerate(zip(cast(list[Any], raw), value, strict=True)):
            _check(raw_item, item, f"{where}[{place}]")
    elif isinstance(value, datetime):
        if value.tzinfo is None:
            raise Unreadable(f"the time at {where} has no zone")
        if not FIRST_YEAR <= value.year <= LAST_YEAR:
            raise Unreadable(f"the year at {where} is {value.year}")
    elif isinstance(value, int) and abs(value) > LARGEST_NUMBER:
        raise Unreadable(f"the number at {where} is larger than 2^53")


def _check_fields(raw: Mapping[str, Any], value: Struct, where: str) -> None:
    fields = value.__struct_fields__
    unknown = raw.keys() - {*fields, value.__struct_config__.tag_field}
    if unknown:
        raise Unreadable(f"{where} has the unknown key “{min(unknown)[:40]}”")
    for name in fields:
        if name in raw:
            _check(raw[name], getattr(value, name), f"{where}.{name}")
