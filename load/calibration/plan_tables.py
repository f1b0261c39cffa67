"""A calibration as tables of a plan, ready to paste: [callback], [call], [background]; what is not known stays out."""

from __future__ import annotations

from collections.abc import Iterator

from dialtest.language import _
from load.calibration.calibration import Calibration
from load.calibration.call_back import CallBack
from load.calibration.estimate import Estimate
from load.law import Constant, Empirical, Erlang, Exponential, Law, Lognormal
from load.plan.surge_plan import HOURS


def plan_tables(found: Calibration) -> str:
    """TOML as load/plan/reading.py reads it, with intervals and numbers of records as comments."""
    return "\n".join([*_call_back(found), *_call(found), *_background(found)]) + "\n"


def toml_law(law: Law) -> str:
    """A law as a plan writes it, to four significant digits."""
    match law:
        case Exponential():
            return f'{{ law = "exponential", mean_s = {_figure(law.mean_s)} }}'
        case Constant():
            return f'{{ law = "constant", mean_s = {_figure(law.mean_s)} }}'
        case Lognormal():
            return f'{{ law = "lognormal", mean_s = {_figure(law.mean_s)}, sigma = {_figure(law.sigma)} }}'
        case Erlang():
            return f'{{ law = "erlang", mean_s = {_figure(law.mean_s)}, phases = {law.phases} }}'
        case Empirical():
            return f'{{ law = "empirical", values_s = [{", ".join(_figure(one) for one in law.values_s)}] }}'
    raise TypeError(type(law).__name__)


def _figure(value: float) -> str:
    """Four significant digits, never in powers of ten."""
    return f"{float(f'{max(value, 0.001):.4g}'):.12f}".rstrip("0").rstrip(".")


def _call_back(found: Calibration) -> Iterator[str]:
    """One table for all brands; a batch of its own figures as a comment to paste beside it."""
    if not found.call_back:
        yield "# [callback]"
        yield "#   " + _("no batch is known: give --batches or --plan")
        yield ""
        return
    most = max(found.call_back, key=lambda one: one.share.records)
    yield "[callback]"
    yield f"share = {_share(pooled_share(found.call_back))}  # {_basis(most.share)}"
    yield f"delay = {toml_law(most.law)}  # {_basis(most.delay)}"
    for one in found.call_back:
        for batch in one.batches:
            law = toml_law(Exponential(batch.delay.value))
            name = f"{batch.batch.number} {batch.batch.brand}".strip()
            table = f"callback = {{ share = {_share(batch.share.value)}, delay = {law} }}"
            yield f"# {_('batch')} {name}: {table}  # {_basis(batch.share)}"
    yield ""


def pooled_share(brands: tuple[CallBack, ...]) -> float:
    """The share of all reminded, over the brands."""
    sizes = [sum(batch.batch.size for batch in one.batches) for one in brands]
    return sum(one.share.value * size for one, size in zip(brands, sizes, strict=True)) / sum(sizes)


def _call(found: Calibration) -> Iterator[str]:
    yield "[call]"
    if found.handle.law:
        yield f"handle = {toml_law(found.handle.law)}  # {_basis(found.handle.mean)}"
    else:
        yield "# handle: " + _("no answered call has a length")
    if found.patience.law:
        yield f"patience = {toml_law(found.patience.law)}  # {_basis(found.patience.fits[0].mean)}"
    else:
        yield "# patience: " + _("no wait ended in giving up, so nothing can be said")
    law, share = found.redial_law, found.redials.share
    if law and share.records:
        yield f"redial = {{ share = {_share(share.value)}, delay = {toml_law(law)} }}  # {_basis(share)}"
    else:
        yield "# redial: " + _("no caller with a number could be followed after giving up")
    yield ""


def _background(found: Calibration) -> Iterator[str]:
    """Ordinary calls by hour, where a whole day of them was seen beside the batches."""
    rows = [one for one in found.call_back if one.brand and len(one.background_per_h) == HOURS]
    if rows:
        yield "[background]"
    for one in rows:
        yield f"{one.brand} = [{', '.join(_per_h(one.background_per_h[hour]) for hour in range(HOURS))}]"


def _per_h(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _share(value: float) -> str:
    return f"{min(max(value, 0.0), 1.0):.4f}".rstrip("0").rstrip(".")


def _basis(one: Estimate) -> str:
    """The interval, and how many records it rests on."""
    return _("95 %: {low} … {high}, {records} records").format(
        low=f"{one.low:.4g}", high=f"{one.high:.4g}", records=f"{one.records:,}"
    )
