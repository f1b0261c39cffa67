"""`dialtest report`: the verbs that write what meetings hold in their hands."""

from __future__ import annotations

from pathlib import Path

import click

from dialtest.clock import Week
from dialtest.language import LANGUAGES, _, language, speaking

FILE = click.Path(path_type=Path, dir_okay=False)


def _speak(context: click.Context, _parameter: click.Parameter, code: str | None) -> None:
    """Speak it until the command ends."""
    if code:
        context.with_resource(speaking(code))


lang_option = click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    callback=_speak,
    expose_value=False,
    is_eager=True,
    help="Language; default: the one dialtest speaks to you.",
)


@click.group()
def report() -> None:
    """Write reports from what was judged."""


@report.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--week", metavar="2006-W30", help="ISO week; default: the last one with a finding.")
@lang_option
@click.option("--out", type=FILE, help="The HTML file; default: DIR/reports/weekly-2006-W30.zh.html.")
@click.option("--csv", type=FILE, help="Write the week's findings as CSV too.")
@click.option("--xlsx", type=FILE, help="Write the week's findings as XLSX too.")
def weekly(folder: Path, week: str | None, out: Path | None, csv: Path | None, xlsx: Path | None) -> None:
    """The report for the weekly review meeting, as one HTML file that can be printed.

    \b
    Example:  dialtest report weekly my-campaign --week 2006-W30 --lang zh --xlsx findings.xlsx
    """
    from reports.weekly import write_weekly  # drawing is slow to import, and --help needs none of it

    wanted = Week.parse(week) if week else None
    path = write_weekly(folder, wanted, language(), out, csv, xlsx)
    for written in (path, csv, xlsx):
        if written is not None:
            click.echo(_("Written: {path}").format(path=written))


@report.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--half", metavar="2006-07-1", help="Half a month: 1 or 2; default: the last one with a finding.")
@lang_option
@click.option("--out", type=FILE, help="The HTML file; default: DIR/reports/bulletin-2006-07-1.zh.html.")
def bulletin(folder: Path, half: str | None, out: Path | None) -> None:
    """The half-month bulletin for the regulator and the group company, one page.

    \b
    Example:  dialtest report bulletin my-campaign --half 2006-07-2 --lang zh
    """
    from reports.bulletin import write_bulletin
    from reports.half_month import HalfMonth

    wanted = HalfMonth.parse(half) if half else None
    path = write_bulletin(folder, wanted, language(), out)
    click.echo(_("Written: {path}").format(path=path))


@report.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.argument("matter", metavar="ID")
@lang_option
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="A folder; default: DIR/reports.")
def notice(folder: Path, matter: str, out: Path | None) -> None:
    """The breach notice of a confirmed matter once more, as HTML and PDF; `dialtest review confirm` writes it too.

    \b
    Example:  dialtest report notice my-campaign M0123456789 --lang zh
    """
    from reports.notice import write_notice

    for path in write_notice(folder, matter, language(), out):
        click.echo(_("Written: {path}").format(path=path))


@report.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@lang_option
@click.option("--out", type=FILE, help="The HTML file; default: DIR/reports/summary.zh.html.")
def summary(folder: Path, out: Path | None) -> None:
    """The final summary: course, measures, results, before and after, side effects.

    It tells the campaign as far as it has come, and can be written at any time.

    \b
    Example:  dialtest report summary my-campaign --lang zh
    """
    from reports.summary import write_summary

    click.echo(_("Written: {path}").format(path=write_summary(folder, language(), out)))
