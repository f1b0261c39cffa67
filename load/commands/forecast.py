"""`dialtest surge forecast`: how many callers a plan makes expected, by minute and brand."""

from __future__ import annotations

import csv
import json
from datetime import date, timedelta
from pathlib import Path

import click
import numpy as np

from dialtest.commands.screen import clean, json_option, say, tell
from dialtest.errors import DialtestError
from dialtest.language import _
from load.arrivals.curve import calling_share
from load.arrivals.forecast import MINUTE_S, BrandForecast, Forecast, forecast
from load.commands import words
from load.commands.chart_option import chart_option, tell_of_chart
from load.law import Array
from load.plan.planned import only_planned
from load.plan.reading import load_plan
from load.plan.sending import sending

QUARTER = 15
DAY = 24 * 60
MOST_ROWS = 200
BAR = 20


@click.command("forecast")
@click.argument("path", metavar="PLAN", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--day", metavar="2006-08-21", help="Show the quarter hours of this day only.")
@click.option("--csv", "csv_path", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False),
              help="Write the figures of every minute and brand to FILE.")  # fmt: skip
@chart_option
@json_option
def forecast_command(path: Path, day: str | None, csv_path: Path | None, chart: Path | None, as_json: bool) -> None:
    """Tell how many callers the batches make expected, by minute and brand, and who withdraws by SMS or web instead.

    Exact, from size, start, rate and quiet hours of each batch, its call-back share and the law of the delay; ordinary
    calls come on top. Shown by quarter hour, or by day where the plan is long.

    \b
    Example:  dialtest surge forecast plan.toml
              dialtest surge forecast plan.toml --day 2006-08-21 --csv forecast.csv
    """
    plan, unplanned = only_planned(load_plan(path))
    found = forecast(plan)
    if csv_path:
        _write_csv(found, csv_path)
    if chart:
        from load.charts.forecast_chart import write_forecast_chart  # drawing is slow to import

        write_forecast_chart(found, chart)
    if as_json:
        click.echo(json.dumps(as_object(found, unplanned), ensure_ascii=False))
        return
    _print_batches(found)
    _print_arrivals(found, _day(day))
    if unplanned:
        numbers = ", ".join(map(str, unplanned))
        tell(_("Batches without a start, which bring no calls here: {numbers}.").format(numbers=numbers))
    tell_of_chart(chart)
    if csv_path:
        tell(_("Every minute is in {path}.").format(path=csv_path))


def as_object(found: Forecast, unplanned: tuple[int, ...] = ()) -> dict[str, object]:
    """The forecast as one JSON object: series of one figure a minute since `begins`, by brand, with totals and peak."""
    plan = found.plan
    return {
        "plan": plan.name,
        "digest": plan.digest,
        "begins": plan.moment(0).isoformat(),
        "step_s": MINUTE_S,
        "minutes": found.minutes,
        "brands": {brand: _series(found, one) for brand, one in found.by_brand.items()},
        "total": _figures(found, found.together),
        "batches": [
            {
                "number": batch.number,
                "brand": batch.brand,
                "size": batch.size,
                "start": plan.moment(sending(plan, batch)[0].from_s).isoformat(),
                "sent": plan.moment(sending(plan, batch)[-1].until_s).isoformat(),
                "callers": batch.size * calling_share(batch),
                "by_sms": batch.size * batch.callback.share * batch.callback.instead_sms,
                "by_web": batch.size * batch.callback.share * batch.callback.instead_web,
                "delay_mean_s": batch.callback.delay.mean_s,
            }
            for batch in plan.batches
        ],
        "unplanned_batches": list(unplanned),
    }


def _series(found: Forecast, one: BrandForecast) -> dict[str, object]:
    series = {"callers": _rounded(one.callers), "by_sms": _rounded(one.by_sms), "by_web": _rounded(one.by_web)}
    return series | {"total": _figures(found, one)}


def _figures(found: Forecast, one: BrandForecast) -> dict[str, object]:
    peak = one.peak_minute
    return {
        "callers": float(one.callers.sum()),
        "by_sms": float(one.by_sms.sum()),
        "by_web": float(one.by_web.sum()),
        "peak_minute": found.plan.moment(peak * MINUTE_S).isoformat(),
        "peak_callers": float(one.callers[peak]),
    }


def _rounded(series: Array) -> list[float]:
    return [float(f"{value:.6g}") for value in series]


def _write_csv(found: Forecast, path: Path) -> None:
    try:
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(("minute", "brand", "callers", "by_sms", "by_web"))
            for minute in range(found.minutes):
                when = found.plan.moment(minute * MINUTE_S).isoformat()
                for brand, one in found.by_brand.items():
                    figures = (one.callers[minute], one.by_sms[minute], one.by_web[minute])
                    writer.writerow((when, brand, *(f"{figure:.6g}" for figure in figures)))
    except OSError as error:
        problem = _("{path} cannot be written: {reason}.").format(path=path, reason=error.strerror)
        raise DialtestError(problem, _("Name another file.")) from None


def _print_batches(found: Forecast) -> None:
    plan = found.plan
    table = words.table(_("batch"), _("sent"), _("brand"), _("reminded"), _("call"), _("after"), _("callers"))
    for batch in plan.batches[:MOST_ROWS]:
        sent, callback = sending(plan, batch), batch.callback
        after = _("{minutes} min").format(minutes=f"{callback.delay.mean_s / 60:,.0f}")
        table.add_row(
            str(batch.number), words.span(plan.moment(sent[0].from_s), plan.moment(sent[-1].until_s)),
            clean(words.brand(batch.brand)), f"{batch.size:,}", words.percent(calling_share(batch)), after,
            f"{batch.size * calling_share(batch):,.0f}",
        )  # fmt: skip
    say(table)
    _tell_more(len(plan.batches))


def _tell_more(rows: int) -> None:
    if rows > MOST_ROWS:
        tell(_("… and {count} more; --json shows all.").format(count=rows - MOST_ROWS))


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        problem = _("--day {text} is not a day.").format(text=clean(text or ""))
        raise DialtestError(problem, _("Write it like 2006-08-21.")) from None


def _print_arrivals(found: Forecast, day: date | None) -> None:
    first, last = _minutes_of(found, day)
    rows = _rows(found, first, last)
    plan, days = found.plan, len(rows) > 1 and rows[-1] - rows[-2] > QUARTER
    by_brand = [np.add.reduceat(one.callers[:last], rows) for one in found.by_brand.values()]
    all_callers = np.sum(by_brand, axis=0)
    table = words.table(_("from"), "", *map(words.brand, found.by_brand), _("all"))
    for row, callers in enumerate(all_callers[:MOST_ROWS]):
        bar = "█" * round(BAR * callers / max(all_callers.max(), 1e-9))
        when = plan.moment(rows[row] * MINUTE_S)
        figures = (f"{one[row]:,.0f}" for one in (*by_brand, all_callers))
        table.add_row(f"{when:%Y-%m-%d}" if days else words.moment(when), bar, *figures)
    say(table)
    _tell_more(len(rows))
    for brand, one in found.by_brand.items():
        tell(_peak(found, words.brand(brand), one))


def _rows(found: Forecast, first: int, last: int) -> list[int]:
    """In which minute each row of the table begins: quarter hours, or days where these were too many."""
    if last - first <= MOST_ROWS * QUARTER:
        return list(range(first, last, QUARTER))
    to_midnight = (-(found.plan.clock_begins_s // MINUTE_S + first)) % DAY or DAY
    return [first, *range(first + to_midnight, last, DAY)]


def _minutes_of(found: Forecast, day: date | None) -> tuple[int, int]:
    if day is None:
        return 0, found.minutes
    plan = found.plan
    first = (day - plan.moment(0).date()) // timedelta(days=1) * DAY - plan.clock_begins_s // MINUTE_S
    inside = max(first, 0), min(first + DAY, found.minutes)
    if inside[0] >= inside[1]:
        begins, ends = words.moment(plan.moment(0)), words.moment(plan.moment(plan.length_s))
        raise DialtestError(
            _("The plan has no call on {day}.").format(day=day),
            _("It lasts from {begins} to {ends}.").format(begins=begins, ends=ends),
        )
    return inside


def _peak(found: Forecast, brand: str, one: BrandForecast) -> str:
    text = _("{brand}: {callers} callers in all, most at {when} with {peak} a minute; {elsewhere} by SMS or web.")
    return text.format(
        brand=clean(brand),
        callers=f"{one.callers.sum():,.0f}",
        when=words.moment(found.plan.moment(one.peak_minute * MINUTE_S)),
        elsewhere=f"{one.by_sms.sum() + one.by_web.sum():,.0f}",
        peak=f"{one.callers[one.peak_minute]:,.1f}",
    )
