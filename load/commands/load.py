"""`dialtest surge load`: place a plan's calls on a hotline by Locust, and tell what became of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import click
import msgspec

from dialtest.commands.screen import clean, json_option, progress, say, tell
from dialtest.language import _
from load.callers.allowed import hotline_at
from load.callers.asked import Asked, order_of
from load.callers.measure import Manner, Progress, measure_as_asked
from load.callers.told import announcement, length, summary
from load.commands import words
from load.commands.moments import MOMENT, between
from load.measured import BrandMeasured, Measured, measured_path, write_measured
from load.plan.reading import load_plan

COULD_NOT_TEST = 3
WEB_PORT = 8089
RATES = ("connection_rate_by_attempts", "connection_rate_by_callers", "connection_rate_within", "mean_wait_s")


@click.command("load")
@click.argument("path", metavar="PLAN", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--host", required=True, metavar="HOST:PORT", help="The hotline, by SIP over UDP.")
@click.option("--http", default="", metavar="HOST:PORT", help="Its web and SMS way out, and its books.")
@click.option("--speed", type=float, default=1.0, show_default=True, help="Seconds of the plan a second.")
@click.option("--seed", type=int, help="Other callers than the plan's own seed draws.")
@click.option("--from", "begins", type=MOMENT, help="Look at the plan from this moment on.")
@click.option("--until", "ends", type=MOMENT, help="Look at the plan until this moment.")
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes that place calls.")
@click.option("--web", is_flag=True, help="Locust's own web page meanwhile; Ctrl-C leaves it when the run is over.")
@click.option("--web-port", type=click.IntRange(1, 65535), default=WEB_PORT, show_default=True, help="Its port.")
@click.option("--allow-host", "allowed", multiple=True, metavar="HOST", help="Another host that is yours to load.")
@click.option("--most-calls", type=click.IntRange(1), default=1_000_000, show_default=True, help="Place no more calls.")
@click.option("--most-minutes", type=click.FloatRange(0, min_open=True), default=240.0, show_default=True,
              help="Take no longer than this on the wall.")  # fmt: skip
@click.option("--drain-s", type=click.FloatRange(0), default=0.0,
              help="Cut callers off so long after the last arrival; 0: 2 h of the plan, 40 s at least.")  # fmt: skip
@click.option("--first-number", type=int, default=13_800_000_000, show_default=True, help="The first caller's number.")
@click.option("--digest", "password", default="", envvar="DIALTEST_DIGEST", metavar="USER:PASSWORD",
              help="Answers a digest challenge; a password alone: the user is the caller's number.")  # fmt: skip
@click.option("--out", metavar="DIR", type=click.Path(path_type=Path, file_okay=False),
              help="Keep the result in DIR/surge, where a campaign's weekly report finds it.")  # fmt: skip
@json_option
def load_command(
    path: Path,
    host: str,
    http: str,
    speed: float,
    seed: int | None,
    begins: datetime | None,
    ends: datetime | None,
    workers: int,
    web: bool,
    web_port: int,
    allowed: Sequence[str],
    most_calls: int,
    most_minutes: float,
    drain_s: float,
    first_number: int,
    password: str,
    out: Path | None,
    as_json: bool,
) -> None:
    """Place the plan's calls on a hotline when they are due, whatever its queue does, and count each caller's fate.

    Only this machine is loaded, unless --allow-host names another. The first Ctrl-C lets the calls in progress end, the
    second leaves. Exit code 3 when the run did not reach its rate, or the hotline said nothing.

    \b
    Example:  dialtest surge load plan.toml --host 127.0.0.1:5086 --http 127.0.0.1:8087 --speed 60 --out my-campaign
    """
    plan = between(load_plan(path), begins, ends)
    asked = Asked(
        plan, seed, speed, http, tuple(allowed), most_calls, most_minutes, drain_s, first_number, password
    )  # fmt: skip
    order = order_of(asked, hotline_at(host, asked.allowed))
    known = order.plan()
    everyone = order.share(known, 0, 1)
    click.echo(clean(announcement(known, order, everyone)), err=True)
    if web:
        click.echo(_("Locust's web page: http://127.0.0.1:{port}").format(port=web_port), err=True)
    with progress(_("Calling"), len(everyone)) as on_done:

        def follow(so_far: Progress) -> None:
            on_done(min(so_far.ended // 64 * 64, len(everyone)))

        measured = measure_as_asked(asked, host, Manner(workers, web_port if web else None), follow)
    if out is not None:
        write_measured(measured, measured_path(out, measured.begins))
    if as_json:
        click.echo(json.dumps(as_object(measured), ensure_ascii=False))
    else:
        _print(measured)
    if not measured.reached or not measured.heard:
        raise SystemExit(COULD_NOT_TEST)


def as_object(measured: Measured) -> dict[str, Any]:
    """The measurement as JSON, with each brand's rates beside its counts."""
    found: dict[str, Any] = msgspec.to_builtins(measured)
    for told, brand in zip(found["brands"], measured.brands, strict=True):
        told |= {name: getattr(brand.tally, name) for name in RATES}
    return found | {"reached": measured.reached}


def _print(measured: Measured) -> None:
    say(_fates(measured.brands))
    say(_rates(measured.brands))
    for line in summary(measured):
        tell(line)


def _fates(brands: Sequence[BrandMeasured]) -> Any:
    names = (_("callers"), _("calls"), _("answered"), _("abandoned"), _("diverted"), _("busy"), _("failed"),
             _("redialled"), _("recorded"), _("called back"), _("by SMS"), _("by web"))  # fmt: skip
    table = words.table(_("became of"), *[words.brand(one.brand) for one in brands])
    fates = ("callers", "attempts", "answered", "abandoned", "diverted", "busy", "failed", "redials", "recorded",
             "called_back", "withdrew_by_sms", "withdrew_by_web")  # fmt: skip
    for name, fate in zip(names, fates, strict=True):
        table.add_row(name, *[f"{getattr(one.tally, fate):,}" for one in brands])
    return table


def _rates(brands: Sequence[BrandMeasured]) -> Any:
    table = words.table(_("as the plan's clock goes"), *[words.brand(one.brand) for one in brands])
    for name in RATES[:3]:
        table.add_row(words.figure(name), *[words.percent(getattr(one.tally, name)) for one in brands])
    table.add_row(words.figure("mean_wait_s"), *[length(one.tally.mean_wait_s) for one in brands])
    table.add_row(_("90 % of the answered waited at most"), *[length(one.answered_after.p90_s) for one in brands])
    return table
