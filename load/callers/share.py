"""Which callers one worker plays: every n-th of those who are due, so that workers share neither calls nor numbers."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from load.arrivals.calls import BY_PHONE, BY_SMS, BY_WEB, WAYS, Calls

ALL_WAYS = frozenset((BY_PHONE, BY_SMS, BY_WEB))


@dataclass(frozen=True, slots=True)
class Share:
    """The callers number `mine`, `mine` + `of`, `mine` + 2 × `of` … of `calls`, of those who first call from second 0
    until before `until_s` by one of `ways`. A caller's number is its place in `calls`, whatever the share.
    """

    calls: Calls
    callers: npt.NDArray[np.int64]
    at_s: list[float]

    @classmethod
    def of_calls(
        cls, calls: Calls, until_s: float, mine: int = 0, of: int = 1, ways: Collection[int] = ALL_WAYS
    ) -> Share:
        """The share of worker `mine` of `of`."""
        if not 0 <= mine < of:
            raise ValueError(f"share {mine} of {of}")
        due = (calls.at_s >= 0) & (calls.at_s < until_s) & (np.arange(len(calls)) % of == mine)
        if set(ways) != ALL_WAYS:
            due &= np.isin(calls.way, list(ways))
        callers = np.flatnonzero(due)
        return cls(calls, callers, calls.at_s[callers].tolist())

    def __len__(self) -> int:
        return len(self.at_s)

    def peak_per_s(self, within_s: float) -> float:
        """The most first calls in any stretch of `within_s` on a fixed grid, per second of the plan."""
        if not self.at_s:
            return 0.0
        at_s = np.asarray(self.at_s)
        _, counts = np.unique((at_s // within_s).astype(np.int64), return_counts=True)
        return float(counts.max()) / within_s

    def way(self, caller: int) -> int:
        """How the caller comes: BY_PHONE, BY_SMS or BY_WEB."""
        return int(self.calls.way[caller])

    def way_name(self, caller: int) -> str:
        """The same as a word."""
        return WAYS[int(self.calls.way[caller])]

    def brand(self, caller: int) -> int | None:
        """The caller's brand as its index; None for a caller there is not."""
        return int(self.calls.brand[caller]) if 0 <= caller < len(self.calls) else None

    def tries(self, caller: int) -> int:
        """How often the caller is willing to call."""
        return int(self.calls.first[caller + 1] - self.calls.first[caller])

    def patience_s(self, caller: int, attempt: int) -> float:
        """How long the caller waits at attempt 0, 1, …; seconds of the plan."""
        return float(self.calls.patience_s[self.calls.first[caller] + attempt])

    def redial_after_s(self, caller: int, attempt: int) -> float:
        """How long after the attempt before it ended attempt 1, 2, … is made; seconds of the plan."""
        return float(self.calls.redial_after_s[self.calls.first[caller] + attempt])
