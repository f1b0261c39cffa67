"""Lengths of time in an HDR histogram of three digits, noted thousands a second: put in by whole batches."""

from __future__ import annotations

import numpy as np
from hdrh.histogram import HdrHistogram

MICROSECONDS = 1_000_000
LONGEST_S = 400 * 86_400
DIGITS = 3
MOST_NOTED = 10_000
SUB_BUCKETS = 2048
"""Of a histogram of three digits whose unit is 1: twice the least power of two above 1,000."""

HALF = SUB_BUCKETS // 2


class Lengths:
    """Lengths in seconds; the histogram is in microseconds."""

    __slots__ = ("_histogram", "_noted")

    def __init__(self) -> None:
        self._histogram = HdrHistogram(1, LONGEST_S * MICROSECONDS, DIGITS)
        self._noted: list[float] = []

    def add(self, length_s: float) -> None:
        """Note a length."""
        self._noted.append(length_s)
        if len(self._noted) >= MOST_NOTED:
            self._put_in()

    @property
    def histogram(self) -> HdrHistogram:
        """All of them so far."""
        if self._noted:
            self._put_in()
        return self._histogram

    def _put_in(self) -> None:
        """What `HdrHistogram.record_value` does for one value, for all that were noted."""
        values = (np.asarray(self._noted) * MICROSECONDS).astype(np.int64)
        values = np.clip(values, 0, LONGEST_S * MICROSECONDS)
        self._noted.clear()
        buckets = np.frexp((values | (SUB_BUCKETS - 1)).astype(np.float64))[1] - SUB_BUCKETS.bit_length() + 1
        places = (buckets + 1) * HALF + (values >> buckets) - HALF
        found, counts = np.unique(places, return_counts=True)
        np.ctypeslib.as_array(self._histogram.counts)[found] += counts.astype(np.uint64)
        whole = self._histogram
        whole.min_value = min(whole.min_value, int(values.min()))
        whole.max_value = max(whole.max_value, int(values.max()))
        whole.total_count += len(values)
