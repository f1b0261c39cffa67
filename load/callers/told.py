"""What people are told of a load run: before it what it is about to do, after it what it measured."""

from __future__ import annotations

from dialtest.language import _
from load.callers.books import LATE_S
from load.callers.order import Order
from load.callers.share import Share
from load.measured import Measured, Spread
from load.plan.surge_plan import SurgePlan


def announcement(plan: SurgePlan, order: Order, everyone: Share) -> str:
    """What a run is about to do: callers, the most calls a second, how long, and to whom."""
    words = _(
        "{name}: {callers} callers from {begins} to {ends}, as drawn by seed {seed}; on {host} that takes {minutes} min"
        " at speed {speed}, with {peak} calls a second at the peak, redials not counted."
    )
    return words.format(
        name=plan.name,
        callers=f"{len(everyone):,}",
        begins=f"{plan.begins:%Y-%m-%d %H:%M}",
        ends=f"{plan.ends:%Y-%m-%d %H:%M}",
        seed=order.seed,
        host="{}:{}".format(*order.hotline),
        minutes=f"{order.arrivals_s(plan) / 60:.1f}",
        speed=f"{order.speed:g}",
        peak=f"{everyone.peak_per_s(order.speed) * order.speed:.1f}",
    )


def summary(measured: Measured) -> list[str]:
    """A run in a few lines."""
    lines = [_rate(measured)]
    for name, spread in (
        (_("first reply, since the call was due"), measured.reply),
        (_("first reply, since it was really placed"), measured.reply_service),
        (_("answered, since the call was due"), measured.answer),
        (_("answered, since it was really placed"), measured.answer_service),
        (_("placed after it was due"), measured.lateness),
    ):
        lines.append(f"{name}: {_spread(spread)}")
    if measured.failures:
        failures = _(", ").join(f"{kind} {count:,}" for kind, count in measured.failures.items())
        lines.append(_("Failures: {failures}").format(failures=failures))
    if measured.hotline_unrecorded is not None:
        words = _("The hotline's books show {calls} calls; unanswered ones without a record: {missing}")
        lines.append(words.format(calls=f"{measured.hotline_attempts:,}", missing=f"{measured.hotline_unrecorded:,}"))
    return lines + warnings(measured)


def warnings(measured: Measured) -> list[str]:
    """Why a run must not be taken for what it was to be; empty where it may."""
    lines = []
    if not measured.heard:
        lines.append(_("The hotline at {host} did not say a word: nothing was tested.").format(host=measured.host))
    if measured.stopped_early:
        lines.append(_("The run was stopped before its end."))
    if measured.workers_lost:
        words = _("{count} of {workers} workers were lost, and with them the fate of {lost} callers.")
        lines.append(words.format(count=measured.workers_lost, workers=measured.workers, lost=f"{measured.lost:,}"))
    if not measured.reached:
        words = _("The run did not reach its rate: {late} calls late, {missing} not started, of {due}.")
        counts = {"late": measured.late, "missing": measured.not_started, "due": measured.due}
        lines.append(words.format(**{name: f"{count:,}" for name, count in counts.items()}))
    return lines


def _rate(measured: Measured) -> str:
    words = _(
        "{placed} of {due} calls placed, {late} of them more than {limit} ms late, {missing} not started;"
        " at most {most} at once; {wall} s"
    )
    return words.format(
        placed=f"{measured.placed:,}",
        due=f"{measured.due:,}",
        late=f"{measured.late:,}",
        limit=f"{LATE_S * 1000:.0f}",
        missing=f"{measured.not_started:,}",
        most=f"{measured.most_at_once:,}",
        wall=f"{measured.wall_s:,.1f}",
    )


def _spread(spread: Spread) -> str:
    if not spread.count:
        return _("none")
    words = _("mean {mean}, 50 % within {p50}, 90 % {p90}, 99 % {p99}, 99.9 % {p999}, at most {most}")
    lengths = {"mean": spread.mean_s, "p50": spread.p50_s, "p90": spread.p90_s, "p99": spread.p99_s,
               "p999": spread.p999_s, "most": spread.most_s}  # fmt: skip
    return words.format(**{name: length(length_s) for name, length_s in lengths.items()})


def length(length_s: float) -> str:
    """A length of time as people read it: ms below a second."""
    return f"{length_s * 1000:.3g} ms" if length_s < 1 else f"{length_s:,.1f} s"
