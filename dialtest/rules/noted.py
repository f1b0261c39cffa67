"""Something seen and the record that shows it: how rules meet messages, charges, rows, answers, bills and pages."""

from __future__ import annotations

from datetime import datetime
from typing import Generic, TypeVar

from msgspec import Struct

Shown = TypeVar("Shown")


class Noted(Struct, Generic[Shown], frozen=True):
    """Something seen, the sequence number of the record that shows it, and that record's time."""

    seq: int
    at: datetime
    value: Shown
