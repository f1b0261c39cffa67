"""The calls of a surge, drawn by a seed: the same calls for simulation and load, whatever the number of workers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from load.arrivals.curve import background_by
from load.law import Array, Law, draw_s
from load.plan.sending import sending
from load.plan.surge_plan import Batch, SurgePlan

BY_PHONE, BY_SMS, BY_WEB = 0, 1, 2
WAYS = ("phone", "sms", "web")
BACKGROUND = 0
BACKGROUND_STEP_S = 900.0


@dataclass(frozen=True, slots=True)
class Calls:
    """`n` callers, oldest first, as arrays.

    at_s: when each first calls, seconds since the plan's begin. brand: index into `plan.brands`. batch: its number, 0
    for ordinary calls. way: BY_PHONE, or BY_SMS, BY_WEB for who withdraws that way instead. handle_s: how long an agent
    needs. choice: uniform in [0, 1); who draws less than `emergency.self_service_share` takes the self-service.
    Tries of caller i are entries first[i] … first[i + 1] − 1 of patience_s (how long that try waits) and of
    redial_after_s (how long after the try before it ended; 0 for the first): as many as the caller is willing to make.
    menu_s: how long the caller stays in the menu, 0 where the plan has no menu.
    """

    at_s: Array
    brand: npt.NDArray[np.int16]
    batch: npt.NDArray[np.int32]
    way: npt.NDArray[np.int8]
    handle_s: Array
    menu_s: Array
    choice: Array
    first: npt.NDArray[np.int64]
    patience_s: Array
    redial_after_s: Array

    def __len__(self) -> int:
        return len(self.at_s)


def draw_calls(plan: SurgePlan, seed: int, replication: int = 0) -> Calls:
    """All calls of one replication of a plan, from its begin until its end.

    An exact non-homogeneous Poisson process: a Poisson number of callers per batch, each called after a message sent at
    a time evenly drawn from the batch's sending and a delay of its own; ordinary calls from their hourly rates. Each
    batch draws from a stream of its own, so that moving one batch leaves the callers of the others as they were, with
    their handle times and patience (common random numbers).
    """
    parts = [part for part in _parts(plan, seed, replication) if len(part)]
    if len(parts) == 1:
        return parts[0]
    at_s = _joined(parts, "at_s")
    order = np.argsort(at_s, kind="stable")
    tries = np.concatenate([np.empty(0, np.int64), *(np.diff(part.first) for part in parts)])
    first = np.concatenate(([0], np.cumsum(tries[order])))
    entries = _entries(tries, order, first)
    return Calls(
        at_s=at_s[order],
        brand=_joined(parts, "brand", np.int16)[order],
        batch=_joined(parts, "batch", np.int32)[order],
        way=_joined(parts, "way", np.int8)[order],
        handle_s=_joined(parts, "handle_s")[order],
        menu_s=_joined(parts, "menu_s")[order],
        choice=_joined(parts, "choice")[order],
        first=first,
        patience_s=_joined(parts, "patience_s")[entries],
        redial_after_s=_joined(parts, "redial_after_s")[entries],
    )


def _joined(parts: list[Calls], name: str, kind: npt.DTypeLike = np.float64) -> npt.NDArray[Any]:
    return np.concatenate([np.empty(0, kind), *(getattr(part, name) for part in parts)], dtype=kind)


def _entries(
    tries: npt.NDArray[np.int64], order: npt.NDArray[np.int64], first: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:
    """Where each caller's tries stand among those of all parts, callers in their new order."""
    began = np.cumsum(tries) - tries
    return np.asarray(np.repeat(began[order] - first[:-1], tries[order]) + np.arange(first[-1]), dtype=np.int64)


def _parts(plan: SurgePlan, seed: int, replication: int) -> Iterator[Calls]:
    for batch in plan.batches:
        brand = plan.brands.index(batch.brand)
        generator = _generator(seed, replication, batch.number, brand)
        at_s = _batch_at_s(plan, batch, generator)
        callback, draws = batch.callback, generator.random(len(at_s))
        way = np.full(len(at_s), BY_PHONE, np.int8)
        way[draws < callback.instead_sms + callback.instead_web] = BY_WEB
        way[draws < callback.instead_sms] = BY_SMS
        yield within(_part(plan, at_s, brand, batch.number, way, generator), 0.0, plan.length_s)
    for index, name in enumerate(plan.brands):
        generator = _generator(seed, replication, BACKGROUND, index)
        at_s = _background_at_s(plan, name, generator)
        yield _part(plan, at_s, index, BACKGROUND, np.full(len(at_s), BY_PHONE, np.int8), generator)


def _part(
    plan: SurgePlan, at_s: Array, brand: int, batch: int, way: npt.NDArray[np.int8], generator: np.random.Generator
) -> Calls:
    """The callers who call at these times, in order. What only some plans need is drawn last of all, so that plans
    which differ in it alone have the same callers for the rest.
    """
    n, laws = len(at_s), plan.call
    choice, handle_s = generator.random(n), draw_s(laws.handle, generator, n)
    patience_s, after_s = draw_s(laws.patience, generator, n), np.zeros(n)
    menu_s = draw_s(laws.menu, generator, n) if laws.menu else np.zeros(n)
    first = np.arange(n + 1)
    if laws.redial.share > 0:
        first = np.concatenate(([0], np.cumsum(_tries_of(plan, generator.random(n)))))
        more = np.ones(first[-1], np.bool_)
        more[first[:-1]] = False
        patience_s = _spread(patience_s, laws.patience, more, generator)
        after_s = _spread(after_s, laws.redial.delay, more, generator)
    numbers = np.full(n, brand, np.int16), np.full(n, batch, np.int32)
    return Calls(at_s, *numbers, way, handle_s, menu_s, choice, first, patience_s, after_s)


def _spread(of_first: Array, law: Law, more: npt.NDArray[np.bool_], generator: np.random.Generator) -> Array:
    """What was drawn for first tries, at their places, and between them the same for further tries."""
    spread = np.empty(len(more))
    spread[~more] = of_first
    spread[more] = draw_s(law, generator, len(more) - len(of_first))
    return spread


def within(part: Calls, from_s: float, until_s: float) -> Calls:
    """Those who first call from one moment until another (excluded), seconds since the plan's begin."""
    begin, end = (int(place) for place in np.searchsorted(part.at_s, (from_s, until_s)))
    if (begin, end) == (0, len(part)):
        return part
    first = part.first[begin : end + 1]
    tries = slice(first[0], first[-1])
    cut = {name: getattr(part, name)[begin:end] for name in ("at_s", "brand", "batch", "way", "handle_s", "menu_s")}
    return Calls(
        **cut,
        choice=part.choice[begin:end],
        first=first - first[0],
        patience_s=part.patience_s[tries],
        redial_after_s=part.redial_after_s[tries],
    )


def _tries_of(plan: SurgePlan, draws: Array) -> npt.NDArray[np.int64]:
    """How often each caller is willing to try: once, and k times more with probability share^k."""
    redial = plan.call.redial
    if redial.share >= 1:
        return np.full(len(draws), 1 + redial.most)
    more = np.minimum(np.log1p(-draws) / np.log(redial.share), redial.most)
    return np.asarray(1 + more.astype(np.int64), dtype=np.int64)


def _batch_at_s(plan: SurgePlan, batch: Batch, generator: np.random.Generator) -> Array:
    """When the callers of a batch call, the first first."""
    callers = int(generator.poisson(batch.size * batch.callback.share))
    stretches = sending(plan, batch)
    sent = generator.random(callers)
    by = np.concatenate(([0.0], np.cumsum([one.share for one in stretches])))
    index = np.clip(np.searchsorted(by, sent, side="right") - 1, 0, len(stretches) - 1)
    froms = np.asarray([one.from_s for one in stretches])
    lengths = np.asarray([one.until_s - one.from_s for one in stretches])
    shares = np.asarray([one.share for one in stretches])
    sent_s = froms[index] + (sent - by[index]) / shares[index] * lengths[index]
    return np.sort(sent_s + draw_s(batch.callback.delay, generator, callers))


def _background_at_s(plan: SurgePlan, brand: str, generator: np.random.Generator) -> Array:
    """When ordinary callers call, the first first: n chances in order are the sums of n + 1 exponential ones, divided
    by all of them (Devroye 1986, V.2), so that nothing needs sorting.
    """
    edges_s = np.append(np.arange(0.0, plan.length_s, BACKGROUND_STEP_S), plan.length_s)
    by = background_by(plan, brand, edges_s)
    if not by[-1]:
        return np.empty(0)
    sums = np.cumsum(-np.log1p(-generator.random(int(generator.poisson(by[-1])) + 1)))
    return np.asarray(np.interp(sums[:-1] * (by[-1] / sums[-1]), by, edges_s), dtype=np.float64)


def _generator(seed: int, replication: int, batch: int, brand: int) -> np.random.Generator:
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, replication, batch, brand])))
