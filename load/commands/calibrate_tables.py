"""A calibration for people: one table of parameters with their intervals, and what must be known to use them."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite

from dialtest.commands.screen import clean, say, tell
from dialtest.language import _
from load.calibration.calibration import Calibration
from load.calibration.call_back import CallBack
from load.calibration.estimate import Estimate
from load.calibration.fitting import Fit
from load.calibration.law_words import law_words
from load.calibration.traffic import QUARTER_S
from load.commands import words
from load.law import Empirical

Row = tuple[str, str, str, str]
"""Parameter, value, interval, records."""


def print_calibration(found: Calibration) -> None:
    """The table, then notes."""
    records = found.read.records
    table = words.table(_("parameter"), _("value"), _("95 % interval"), _("records"))
    table.columns[0].no_wrap, table.columns[1].justify = False, "right"
    sections = (_call_back(found), _handle(found), _patience(found), _redials(found), _traffic(found))
    for rows in map(list, sections):
        for row in rows:
            table.add_row(*map(clean, row), end_section=row is rows[-1])
    say(table)
    text = _("{calls} of {rows} calls used, from {begins} to {ends}.")
    begins, ends = records.moment(float(records.at_s.min())), records.moment(records.ends_s)
    counted = {"calls": f"{len(records):,}", "rows": f"{found.read.rows:,}"}
    tell(text.format(begins=words.moment(begins), ends=words.moment(ends), **counted))
    for note in _notes(found):
        tell(note)


def _call_back(found: Calibration) -> Iterator[Row]:
    for one in found.call_back:
        brand = words.brand(one.brand) if one.brand else _("all brands")
        yield _share(_("{brand}: share that calls back").format(brand=brand), one.share)
        yield _seconds(_("{brand}: mean delay ({law})").format(brand=brand, law=law_words(one.law)), one.delay)
        for batch in one.batches if len(one.batches) > 1 else ():
            name = _("batch {number}").format(number=batch.batch.number)
            yield _share("  " + _("{batch}: share").format(batch=name), batch.share)
            yield _seconds("  " + _("{batch}: mean delay").format(batch=name), batch.delay)


def _handle(found: Calibration) -> Iterator[Row]:
    handle = found.handle
    if handle.law is None:
        return
    yield _seconds(_("handle time: mean"), handle.mean)
    records = f"{handle.mean.records:,}"
    yield _("handle time: standard deviation"), _s(handle.sd_s), "", records
    quantiles = " / ".join(f"{handle.quantiles_s[share]:,.0f}" for share in (0.5, 0.9, 0.99))
    yield _("handle time: half, 90 %, 99 % are below"), f"{quantiles} s", "", records
    yield _share(_("handle time: below 10 s"), handle.short)
    for fit in handle.fits:
        yield _fit(_("handle time: {law}"), fit, best=fit is handle.fits[0])
    for group in (*handle.by_kind, *handle.by_hours):
        yield _seconds(f"  {group.name}", group.mean)


def _patience(found: Calibration) -> Iterator[Row]:
    patience = found.patience
    if patience.abandoned.records:
        yield _share(_("gave up, of those who queued"), patience.abandoned)
    for t_s, one in patience.beyond.items():
        yield _share(_("patience: longer than {t_s} s").format(t_s=t_s), one)
    for fit in patience.fits:
        yield _fit(_("patience: {law}"), fit, best=fit is patience.fits[0])
    if patience.restricted:
        to_s = f"{patience.restricted_to_s:,.0f}"
        yield _seconds(_("patience: mean of waits up to {to_s} s").format(to_s=to_s), patience.restricted)


def _redials(found: Calibration) -> Iterator[Row]:
    redials = found.redials
    within = _("{minutes} min").format(minutes=f"{redials.within_s / 60:,.0f}")
    if redials.share.records:
        yield _share(_("redial within {within} after giving up").format(within=within), redials.share)
        yield _share(_("call again within {within} after an answer").format(within=within), redials.after_answer)
    for fit in redials.fits:
        yield _fit(_("redial delay: {law}"), fit, best=fit is redials.fits[0])


def _traffic(found: Calibration) -> Iterator[Row]:
    traffic = found.traffic
    several = len(traffic.by_brand) > 2
    for code, one in traffic.by_brand.items():
        if code and not several:
            continue  # all calls are that brand's
        brand = words.brand(code) if code else _("all calls")
        yield _share(_("{brand}: connection rate by attempts").format(brand=brand), one.by_attempts)
        if one.by_callers.records:
            yield _share(_("{brand}: connection rate by callers").format(brand=brand), one.by_callers)
    busiest_s = traffic.busiest * QUARTER_S
    begins = f"{busiest_s // 3600:02}:{busiest_s % 3600 // 60:02}"
    per_day = f"{traffic.per_quarter.sum():,.1f}"
    days = _("days: {days}").format(days=traffic.days)
    yield _("calls a day"), per_day, "", days
    yield _("busiest quarter hour, from {begins}").format(begins=begins), f"{traffic.per_quarter.max():,.1f}", "", days


def _fit(name: str, fit: Fit, best: bool) -> Row:
    law = law_words(fit.law) + (" ←" if best else "")
    return _seconds(name.format(law=law), fit.mean)


def _share(name: str, one: Estimate) -> Row:
    if not one.records:
        return name, "–", "", "0"
    return name, words.percent(one.value), f"{words.percent(one.low)} … {words.percent(one.high)}", f"{one.records:,}"


def _seconds(name: str, one: Estimate) -> Row:
    return name, _s(one.value), f"{_s(one.low)} … {_s(one.high)}", f"{one.records:,}"


def _s(value: float) -> str:
    return f"{value:,.1f} s" if isfinite(value) and value < 1e7 else "∞"


def _notes(found: Calibration) -> Iterator[str]:
    yield _("← marks the law that fits best (AIC); its likelihood counts calls that were cut off as such.")
    if found.handle.by_moments:
        yield _("For the plan the handle time keeps the mean and deviation of the records: --toml.")
    if found.handle.law is None:
        yield _("Nothing can be said of the handle time: no answered call has a length.")
    elif found.handle.without:
        text = _("{count} answered calls without a length, or without an agent, say nothing of the handle time.")
        yield text.format(count=f"{found.handle.without:,}")
    yield from _patience_notes(found)
    yield from _redial_notes(found)
    if not found.call_back:
        yield _("Nothing is said of the call-back: no batch is known. Give --batches or --plan.")
    for one in found.call_back:
        yield from _call_back_notes(one)


def _patience_notes(found: Calibration) -> Iterator[str]:
    patience = found.patience
    if patience.unknown == len(found.read.records):
        yield _("Nothing can be said of patience: the records hold no waits.")
    elif not patience.fits:
        yield _("Nothing can be said of patience: nobody who queued gave up.")
    elif patience.fits[0].mean.value > patience.restricted_to_s:
        text = _("Nobody was seen to wait longer than {longest} s: what laws say beyond that is a guess.")
        yield text.format(longest=f"{patience.restricted_to_s:,.0f}")
    if patience.at_once:
        text = _("{count} calls that did not wait say nothing of patience.")
        yield text.format(count=f"{patience.at_once:,}")
    if 0 < patience.unknown < len(found.read.records):
        text = _("{count} calls whose wait is not recorded say nothing of patience.")
        yield text.format(count=f"{patience.unknown:,}")


def _redial_notes(found: Calibration) -> Iterator[str]:
    redials = found.redials
    if not redials.share.records:
        yield _("Nothing can be said of redials: no caller with a number could be followed after giving up.")
    if redials.nobody:
        text = _("{count} calls that were not answered have no number: whether they redial is not known.")
        yield text.format(count=f"{redials.nobody:,}")
    if isinstance(found.redial_law, Empirical):
        yield _("No law of the redial delay holds within the time looked at; for the plan it stays as observed.")


def _call_back_notes(one: CallBack) -> Iterator[str]:
    brand = words.brand(one.brand) if one.brand else _("all brands")
    if one.basis == "level":
        text = _(
            "{brand}: no quiet day in the records, so ordinary calls are taken to be the same at all hours; the share"
            " is wrong where they are not. Give records of a day without batches, or --plan with [background]."
        )
        yield text.format(brand=brand)
    if one.outside:
        numbers = ", ".join(map(str, one.outside))
        yield _("{brand}: batches outside the records: {numbers}.").format(brand=brand, numbers=numbers)
