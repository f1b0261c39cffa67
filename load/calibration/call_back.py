"""Which share of those reminded calls back, and after how long (H1): from records and from when batches were sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from math import exp, inf, log

import numpy as np
from scipy.optimize import minimize, minimize_scalar

from load.calibration.background import Background, Basis, background_of
from load.calibration.call_records import NOBODY, CallRecords
from load.calibration.estimate import Estimate, Z, by_deviation
from load.calibration.poisson_rates import Rates, deviations, fit_rates
from load.calibration.redials import is_redial
from load.calibration.sent_batches import SentBatch
from load.law import Array, Erlang, Exponential, Law, Lognormal

FINE_S, COARSE_S = 60.0, 600.0
SOON_S, LATE_S = 7_200.0, 86_400.0
MOST_BINS = 4_000
HOUR_S = 3_600
GRID = 12
SHORTEST_S, LONGEST_S = 10.0, 30 * 86_400.0
LEAST_CALLS = 30
"""With fewer calls of all batches nothing is said of the law of the delay but its mean (ours)."""


@dataclass(frozen=True, slots=True)
class BatchCallBack:
    """What one batch did: `share` of its size, and `delay`, the mean of an exponential law of its own."""

    batch: SentBatch
    share: Estimate
    delay: Estimate


@dataclass(frozen=True, slots=True)
class CallBack:
    """The call-back of one brand's batches together. `law` is the delay's; `share` of all reminded.

    calls: first calls of the brand in the records. background_per_h: ordinary calls by hour of the day, where the
    records show them. outside: batches the records do not reach to.
    """

    brand: str
    share: Estimate
    law: Law
    delay: Estimate
    batches: tuple[BatchCallBack, ...]
    basis: Basis
    calls: int
    background_per_h: Mapping[int, float]
    outside: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Counts:
    """Counted calls by bin, and what may have brought them."""

    edges_s: tuple[Array, ...]
    counts: Array
    batches: tuple[tuple[SentBatch, ...], ...]
    background: Background

    def shapes(self, delay: Law) -> Array:
        """(bins, background streams + batches): calls expected of each stream of strength, or share, 1."""
        every = [batch for block in self.batches for batch in block]
        columns = np.zeros((len(self.counts), len(every)))
        row = place = 0
        for edges_s, block in zip(self.edges_s, self.batches, strict=True):
            for batch in block:
                columns[row : row + len(edges_s) - 1, place] = batch.size * np.diff(batch.called_by(delay, edges_s))
                place += 1
            row += len(edges_s) - 1
        return np.concatenate([self.background.shapes, columns], axis=1)

    @property
    def streams(self) -> int:
        return int(self.background.shapes.shape[1])


def call_back(
    records: CallRecords, batches: Sequence[SentBatch], per_h: Mapping[str, Sequence[float]] | None = None
) -> tuple[CallBack, ...]:
    """The call-back of each brand that has batches. Redials are left out: they are no new wish to call.

    Where records name their batch, they are taken at their word; else calls above the ordinary ones are laid to the
    batches by likelihood. Records or batches without brands are taken together. per_h: a plan's ordinary calls.
    """
    if not len(records):
        return ()
    first = records.only(~is_redial(records))
    told_apart = bool((first.brand != NOBODY).any()) and all(batch.brand for batch in batches)
    if not told_apart:
        return tuple(_of_brand("", first, batches, ()))
    found: list[CallBack] = []
    for brand in dict.fromkeys(batch.brand for batch in batches):
        own = [batch for batch in batches if batch.brand == brand]
        place = first.brands.index(brand) if brand in first.brands else NOBODY - 1
        found += _of_brand(brand, first.only(first.brand == place), own, (per_h or {}).get(brand, ()))
    return tuple(found)


def _of_brand(brand: str, records: CallRecords, batches: Sequence[SentBatch], per_h: Sequence[float]) -> list[CallBack]:
    if not len(records):
        return []
    begins_s, ends_s = float(records.at_s.min()), float(records.at_s.max()) + 1
    inside = [batch for batch in batches if begins_s - 86_400 <= batch.from_s < ends_s]
    outside = tuple(batch.number for batch in batches if batch not in inside)
    named = bool((records.batch > 0).any())
    if not inside:
        return []
    counts = (
        _named(records, inside, begins_s, ends_s) if named else _anonymous(records, inside, begins_s, ends_s, per_h)
    )
    if not counts.counts.sum():
        return []
    return [_told(brand, counts, len(records), outside, _best_law(counts))]


def _edges(batches: Sequence[SentBatch], begins_s: float, ends_s: float) -> Array:
    """Bins of a minute while a batch goes out and soon after it, of ten minutes until it is quiet, else of an hour."""
    hours = np.arange(np.ceil(begins_s / HOUR_S), np.ceil(ends_s / HOUR_S)) * HOUR_S
    edges = [np.asarray([begins_s, ends_s]), hours]
    fine_s = max(FINE_S, sum(one.until_s - one.from_s + SOON_S for one in batches) / MOST_BINS)
    for batch in batches:
        edges.append(np.arange(batch.from_s, min(batch.until_s + SOON_S, ends_s), fine_s))
        edges.append(np.arange(batch.until_s + SOON_S, min(batch.until_s + LATE_S, ends_s), COARSE_S))
    every = np.unique(np.concatenate(edges))
    return np.asarray(every[(every >= begins_s) & (every <= ends_s)], dtype=np.float64)


def _anonymous(
    records: CallRecords, batches: Sequence[SentBatch], begins_s: float, ends_s: float, per_h: Sequence[float]
) -> _Counts:
    edges_s = _edges(batches, begins_s, ends_s)
    counts = np.histogram(records.at_s, edges_s)[0].astype(np.float64)
    return _Counts((edges_s,), counts, (tuple(batches),), background_of(edges_s, batches, per_h))


def _named(records: CallRecords, batches: Sequence[SentBatch], begins_s: float, ends_s: float) -> _Counts:
    """Each batch in bins of its own, from its begin until the records end; callers count once a batch.

    Where the records begin well after the batch, its first callers were not seen, and nobody is missed there; a few
    minutes are only the time until the first call.
    """
    begins = [one.from_s if begins_s - one.from_s < COARSE_S else begins_s for one in batches]
    blocks = [
        _edges((batch,), from_s, max(ends_s, from_s + FINE_S)) for batch, from_s in zip(batches, begins, strict=True)
    ]
    own = [_first_calls(records.only(records.batch == batch.number)) for batch in batches]
    counts = [np.histogram(at_s, edges_s)[0].astype(np.float64) for at_s, edges_s in zip(own, blocks, strict=True)]
    together = np.concatenate(counts)
    nothing = Background("none", np.empty((len(together), 0)), ())
    return _Counts(tuple(blocks), together, tuple((batch,) for batch in batches), nothing)


def _first_calls(records: CallRecords) -> Array:
    known = records.caller != NOBODY
    _callers, first = np.unique(records.caller[known], return_index=True)
    return np.concatenate([records.at_s[known][first], records.at_s[~known]])


@dataclass(frozen=True, slots=True)
class _Found:
    """A law of the delay, and the strengths that go with it."""

    law: Law
    rates: Rates


def _best_law(counts: _Counts) -> _Found:
    """The law of the delay that makes the counts likeliest, by AIC, with the shares that go with it."""
    search = _Search(counts)
    grid = np.linspace(log(SHORTEST_S), log(LONGEST_S), GRID)
    place = int(np.argmin([search.misfit(Exponential(exp(one))) for one in grid]))
    found = [search.along(Exponential, grid[max(place - 1, 0)], grid[min(place + 1, GRID - 1)])]
    if counts.counts.sum() >= LEAST_CALLS:
        centre = log(found[0].law.mean_s)
        found += [search.along(partial(Erlang, phases=phases), centre - 1, centre + 1) for phases in (2, 3, 4)]
        found.append(search.lognormal(centre))
    return max(found, key=lambda one: one.rates.log_likelihood - (1 if isinstance(one.law, Exponential) else 2))


class _Search:
    """Looks for the likeliest law; each look begins at the strengths of the best one before."""

    def __init__(self, counts: _Counts) -> None:
        self._counts = counts
        self._best: Rates | None = None

    def misfit(self, law: Law) -> float:
        return -self.rates(law).log_likelihood

    def rates(self, law: Law) -> Rates:
        start = self._best.strength if self._best else None
        rates = fit_rates(self._counts.shapes(law), self._counts.counts, start)
        if self._best is None or rates.log_likelihood > self._best.log_likelihood:
            self._best = rates
        return rates

    def along(self, law_of: Callable[[float], Law], low: float, high: float) -> _Found:
        """The likeliest mean with its logarithm between two bounds."""
        found = minimize_scalar(
            lambda at: self.misfit(law_of(exp(at))), bounds=(low, high), method="bounded", options={"xatol": 1e-3}
        )
        law = law_of(exp(float(found.x)))
        return _Found(law, self.rates(law))

    def lognormal(self, centre: float) -> _Found:
        """The likeliest lognormal law, looked for from a mean with sigma 1."""

        def law_of(at: Array) -> Lognormal:
            return Lognormal(exp(min(max(at[0], 0.0), 16.0)), exp(min(max(at[1], -3.0), 1.5)))

        def misfit(at: Array) -> float:
            return self.misfit(law_of(at))

        start = np.asarray([centre, 0.0])
        found = minimize(misfit, start, method="Nelder-Mead", options={"xatol": 2e-3, "fatol": 1e-2})
        law = law_of(found.x)
        return _Found(law, self.rates(law))


def _told(brand: str, counts: _Counts, calls: int, outside: tuple[int, ...], found: _Found) -> CallBack:
    law, rates = found.law, found.rates
    shapes, streams = counts.shapes(law), counts.streams
    slopes = np.concatenate([shapes, _slopes(counts, law, rates)[:, None]], axis=1)
    away = deviations(slopes, counts.counts, rates.expected)
    every = [batch for block in counts.batches for batch in block]
    laid = rates.strength[streams:] * shapes[:, streams:].sum(axis=0)
    sizes = np.asarray([batch.size for batch in every], dtype=np.float64)
    shares = [
        _share(rates.strength[streams + place], away[streams + place], round(float(laid[place])))
        for place in range(len(every))
    ]
    together = float((rates.strength[streams:] * sizes).sum() / sizes.sum())
    reach = float(np.sqrt(((away[streams:-1] * sizes) ** 2).sum())) / sizes.sum()
    own = [_own_delay(counts, rates, shapes, place, law) for place in range(len(every))]
    return CallBack(
        brand,
        _share(together, reach, round(float(laid.sum()))),
        law,
        by_deviation(law.mean_s, float(away[-1]), round(float(laid.sum()))),
        tuple(BatchCallBack(*one) for one in zip(every, shares, own, strict=True)),
        counts.background.basis,
        calls,
        dict(zip(counts.background.hours, rates.strength.tolist(), strict=False)),
        outside,
    )


def _share(value: float, deviation: float, records: int) -> Estimate:
    low, high = float(value - Z * deviation), float(value + Z * deviation)
    return Estimate(float(value), max(low, 0.0), min(high, 1.0), records)


def _slopes(counts: _Counts, law: Law, rates: Rates) -> Array:
    """∂ expected ÷ ∂ ln mean of the delay."""
    step = 1e-3
    up, down = (counts.shapes(_longer(law, exp(sign * step))) @ rates.strength for sign in (1, -1))
    return np.asarray((up - down) / (2 * step), dtype=np.float64)


def _longer(law: Law, times: float) -> Law:
    if isinstance(law, Erlang):
        return Erlang(law.mean_s * times, law.phases)
    if isinstance(law, Lognormal):
        return Lognormal(law.mean_s * times, law.sigma)
    return Exponential(law.mean_s * times)


def _own_delay(counts: _Counts, rates: Rates, shapes: Array, place: int, law: Law) -> Estimate:
    """The mean of one batch's own exponential delay, everything but its share held as it is."""
    column = counts.streams + place
    others = rates.expected - shapes[:, column] * rates.strength[column]
    rows, batch, edges_s = _block(counts, place)
    counted, others = counts.counts[rows], np.maximum(others[rows], 1e-9)

    def expected(at: Array) -> Array:
        came = np.diff(batch.called_by(Exponential(exp(at[0])), edges_s))
        return np.asarray(others + batch.size * exp(at[1]) * came, dtype=np.float64)

    def misfit(at: Array) -> float:
        if not log(SHORTEST_S) - 1 < at[0] < log(LONGEST_S) + 1 or at[1] > 1:
            return 1e300
        told = expected(at)
        return float((told - counted * np.log(told)).sum())

    start = np.asarray([log(law.mean_s), log(max(rates.strength[column], 1e-6))])
    at = np.asarray(minimize(misfit, start, method="Nelder-Mead").x)
    slopes = np.stack([(expected(at + step) - expected(at - step)) / 2e-3 for step in np.eye(2) * 1e-3], axis=1)
    told = expected(at)
    laid = round(float((told - others).sum()))
    deviation = float(deviations(slopes, counted, told)[0])
    return by_deviation(exp(at[0]), deviation if laid and deviation > 0 else inf, laid)


def _block(counts: _Counts, place: int) -> tuple[slice, SentBatch, Array]:
    """Which bins a batch may have filled, the batch, and their edges."""
    row = 0
    for edges_s, block in zip(counts.edges_s, counts.batches, strict=True):
        if place < len(block):
            return slice(row, row + len(edges_s) - 1), block[place], edges_s
        place, row = place - len(block), row + len(edges_s) - 1
    raise IndexError(place)
