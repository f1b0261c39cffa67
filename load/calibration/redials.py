"""Who rings again after not being answered, and how soon; followed by the caller's number."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from load.calibration.call_records import ABANDONED, ANSWERED, BUSY, NOBODY, CallRecords, Flags
from load.calibration.estimate import Estimate, share_of
from load.calibration.fitting import Fit, fit_laws
from load.calibration.lengths import lengths
from load.law import Array, Law

WITHIN_S = 3600.0


@dataclass(frozen=True, slots=True)
class Redials:
    """Of callers with a number who gave up or found the lines busy: the `share` that rang again within `within_s`.

    It rests on those who could be followed that long before the records end. after_answer: how many ring again that
    soon though they were answered: ordinary business, by which `share` is too high. nobody: unanswered calls without a
    number. fits: laws of the delay of those who rang again; seen only as far as `within_s`, which is counted in.
    delays_s: those delays themselves.
    """

    within_s: float
    share: Estimate
    after_answer: Estimate
    fits: tuple[Fit, ...]
    delays_s: Array
    nobody: int

    @property
    def law(self) -> Law | None:
        """The law of the delay that fits best; None where nobody was seen to ring again."""
        return self.fits[0].law if self.fits else None


def redials(records: CallRecords, within_s: float = WITHIN_S) -> Redials:
    """What the calls of the same number say."""
    after_s, follow_s = next_call_s(records), records.ends_s - records.left_s
    unanswered = np.isin(records.outcome, (ABANDONED, BUSY))
    known = records.caller != NOBODY
    again = after_s <= within_s
    seen = unanswered & known & again
    window_s = np.minimum(within_s, np.maximum(follow_s, after_s))[seen]
    return Redials(
        within_s,
        _share(again, unanswered & known & (follow_s >= within_s)),
        _share(again, (records.outcome == ANSWERED) & known & (follow_s >= within_s)),
        fit_laws(lengths(after_s[seen], within_s=window_s)) if seen.any() else (),
        after_s[seen],
        int((unanswered & ~known).sum()),
    )


def next_call_s(records: CallRecords) -> Array:
    """How long after a call left the queue the same number called again: shape (n,), inf where it did not.

    After an answered call it counts from when the agent had done. A call that begins before the one before it was over
    is another line, no redial: inf.
    """
    ended_s = records.left_s + np.where(records.outcome == ANSWERED, np.nan_to_num(records.handled_s), 0.0)
    order = np.lexsort((records.at_s, records.caller))
    caller, at_s = records.caller[order], records.at_s[order]
    same = (caller[1:] == caller[:-1]) & (caller[1:] != NOBODY)
    gap_s = at_s[1:] - ended_s[order][:-1]
    after_s = np.full(len(records), np.inf)
    after_s[order[:-1]] = np.where(same & (gap_s >= 0), gap_s, np.inf)
    return after_s


def is_redial(records: CallRecords, within_s: float = WITHIN_S) -> Flags:
    """Which calls follow one of the same number that was not answered, within `within_s`: no new wish to call."""
    order = np.lexsort((records.at_s, records.caller))
    follows = (next_call_s(records) <= within_s) & np.isin(records.outcome, (ABANDONED, BUSY))
    redial = np.zeros(len(records), bool)
    redial[order[1:]] = follows[order[:-1]]
    return redial


def _share(again: Flags, of: Flags) -> Estimate:
    return share_of(int((again & of).sum()), int(of.sum()))
