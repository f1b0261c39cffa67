"""Puts every time in what a network or a journal gave onto the market's own calendar.

A time read from JSON knows only its offset. Scripts add days to times; across a change to summer time that gives
another instant than on the market's calendar, and so one script would act at two times under two drivers.
"""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar, cast

from msgspec import Struct
from msgspec.structs import replace

from dialtest.policy.policy import Policy

Value = TypeVar("Value")


def localised(value: Value, policy: Policy) -> Value:
    """The same value, every time inside it in the policy's zone."""
    return cast(Value, _localised(value, policy))


def _localised(value: object, policy: Policy) -> object:
    if isinstance(value, datetime):
        return policy.local(value)
    if isinstance(value, tuple):
        return tuple(_localised(item, policy) for item in value)
    if isinstance(value, Struct):
        return replace(value, **{name: _localised(getattr(value, name), policy) for name in value.__struct_fields__})
    return value
