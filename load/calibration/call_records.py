"""Call records as arrays: who called when, how long the wait was, how it ended, how long an agent talked."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

from load.calibration.call_columns import OUTCOMES
from load.law import Array

ANSWERED, ABANDONED, DIVERTED, BUSY = range(len(OUTCOMES))
NOBODY = -1
"""In `caller`, `brand`, `kind` and `batch`: the record does not say."""

Flags = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class CallRecords:
    """`n` calls, oldest first; every array has the shape (n,).

    at_s: when the call came, in seconds of the market's local clock since 1970. left_s: when it left the queue.
    wait_s: how long it queued; NaN where that is not known. handled_s: how long an agent talked; NaN where none did or
    that is not known. outcome: ANSWERED, ABANDONED, DIVERTED or BUSY. brand, kind: places in `brands`, `kinds`.
    batch: number of the batch that made the caller call, 0 for none. Codes are NOBODY where the record does not say.
    """

    at_s: Array
    left_s: Array
    wait_s: Array
    handled_s: Array
    outcome: Codes
    caller: Codes
    brand: Codes
    kind: Codes
    batch: Codes
    brands: tuple[str, ...]
    kinds: tuple[str, ...]
    zone: ZoneInfo

    def __len__(self) -> int:
        return len(self.at_s)

    def only(self, which: Flags) -> CallRecords:
        """The records that `which` is true for."""
        names = [one.name for one in fields(self) if one.name not in ("brands", "kinds", "zone")]
        return replace(self, **{name: getattr(self, name)[which] for name in names})

    @property
    def queued(self) -> Flags:
        """Who waited at all: a wait of 0 says nothing about patience, whoever was served at once or hung up at once."""
        return np.nan_to_num(self.wait_s) > 0

    @property
    def ends_s(self) -> float:
        """When the records end: the last that is known to have happened."""
        return float(max(self.at_s.max(), self.left_s.max())) if len(self) else 0.0

    def moment(self, at_s: float) -> datetime:
        """A second of `at_s` as a moment of the market."""
        return datetime.fromtimestamp(at_s, UTC).replace(tzinfo=self.zone)
