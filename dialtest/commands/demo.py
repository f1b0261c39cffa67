"""`dialtest demo`: a whole campaign on the embedded carrier, from the first dial to the final summary."""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict
from importlib.metadata import entry_points
from pathlib import Path

import click
from rich.table import Table

from dialtest.campaign.drive import drive, plan_campaign
from dialtest.campaign.judging import Judged, findings, judge_journal
from dialtest.campaign.plan import PlannedCase
from dialtest.campaign.planbook import planned_cases
from dialtest.clock import monotonic_s
from dialtest.commands.demo_audits import Audited, audit_demo
from dialtest.commands.demo_surge import Rehearsed, rehearsed_on
from dialtest.commands.screen import json_option, progress, say, tell
from dialtest.errors import DialtestError
from dialtest.evidence.journal import Journal
from dialtest.evidence.seal import seal
from dialtest.evidence.store import hold, open_journal
from dialtest.evidence.unfinished import last_time
from dialtest.folder.campaign import Campaign, open_campaign
from dialtest.language import _
from dialtest.model.finding import Finding
from dialtest.policy.load import load_policy
from dialtest.rules.registry import all_rules
from dialtest.sample.meetings import Held, close_meetings, hold_meetings
from dialtest.sample.sample import copy_sample, write_sample
from dialtest.standing.scorecard import Scorecard, dials_made, score

MARK = ".dialtest-demo"
SERVICES = 200
SEED = 2006

MOST_PATHS = 4


@click.command()
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default=Path("dialtest-demo"),
              show_default=True, help="Where the campaign folder and its reports go.")  # fmt: skip
@click.option("--services", type=click.IntRange(1, 100_000), help="How many services; default: the shipped sample.")
@click.option("--seed", type=click.IntRange(0, 2**63 - 1), help="Another sample, other chances.")
@click.option("--policy", default="monternet-2006", show_default=True, help="The market.")
@click.option("--clean", is_flag=True, help="Plant no fault: nothing may be found.")
@click.option("--jobs", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes.")
@click.option("--surge/--no-surge", default=True, show_default=True, help="Rehearse the plan's heaviest hour on 10086.")
@json_option
def demo(
    out: Path,
    services: int | None,
    seed: int | None,
    policy: str,
    clean: bool,
    jobs: int,
    surge: bool,
    as_json: bool,
) -> None:
    """Run a sample campaign on the embedded carrier, hold found against planted, follow it up, audit and report it.

    \b
    Example:  dialtest demo --out demo-campaign
              dialtest demo --policy uk-premium-2019 --services 40
    """
    began_s = monotonic_s()
    _make_room(out)
    _write(out, services, seed, policy, clean)
    campaign = open_campaign(out)
    with hold(campaign.folder):
        journal = open_journal(campaign.journal_url)
        cases = _dial(campaign, journal, jobs)
        judged = judge_journal(journal, all_rules(), campaign.services.values())
        found = findings(journal)
        card = score(campaign.planted(), found, dials_made(journal, cases), campaign.policy)
        held = _follow_up(campaign, journal, jobs)
        journal.close()
    audited = audit_demo(campaign) if campaign.policy.terms(campaign.begins).synchronisation else None
    rehearsed = _rehearse(campaign) if surge else None
    reports = _report(campaign)
    seconds = round(monotonic_s() - began_s, 1)
    if as_json:
        counts = {"services": len(campaign.services), "cases": judged.cases, "observations": judged.observations}
        told = {**counts, "findings": len(found), **card.as_json(), "seconds": seconds}
        told |= {"review": asdict(held), "audits": audited.as_json() if audited else None}
        told |= {"surge": rehearsed.as_json() if rehearsed else None}
        click.echo(json.dumps({**told, "reports": [str(path) for path in reports]}, ensure_ascii=False))
    else:
        _tell(campaign, judged, found, card)
        _tell_follow_up(held)
        if audited is not None:
            _tell_audits(campaign, audited)
        if rehearsed is not None:
            rehearsed.tell()
        _tell_reports(campaign, reports, seconds)
    raise SystemExit(1 if card.missed or card.false_alarms else 0)


def _make_room(out: Path) -> None:
    """A demo's folder may be used again by a demo, and by nothing else."""
    if out.exists() and any(out.iterdir()):
        if not (out / MARK).exists():
            raise DialtestError(
                _("{folder} is not empty and was not made by a demo.").format(folder=out),
                _("Choose another folder with --out."),
            )
        shutil.rmtree(out)
    out.mkdir(parents=True, exist_ok=True)
    (out / MARK).touch()


def _write(out: Path, services: int | None, seed: int | None, policy: str, clean: bool) -> None:
    if services is None and seed is None and policy == "monternet-2006":
        copy_sample(out, clean=clean)
        return
    load_policy(policy)
    write_sample(out, services=services or SERVICES, seed=SEED if seed is None else seed, policy=policy, clean=clean)


def _dial(campaign: Campaign, journal: Journal, jobs: int) -> tuple[PlannedCase, ...]:
    cases = plan_campaign(campaign, journal).cases
    with progress(_("Dialling"), len(cases)) as on_closed:
        drive(campaign, journal, cases, None, jobs, on_closed)
    seal(journal, last_time(journal) or campaign.begins)
    return cases


def _follow_up(campaign: Campaign, journal: Journal, jobs: int) -> Held:
    """Hold the review meetings, dial the retests they ask for, and settle what those show."""
    held = hold_meetings(campaign, journal)
    if held.retests:
        planned = planned_cases(journal, campaign.policy)
        with progress(_("Retesting"), len(planned)) as on_closed:
            drive(campaign, journal, planned, None, jobs, on_closed)
        seal(journal, last_time(journal) or campaign.begins)
        judge_journal(journal, all_rules(), campaign.services.values())
        close_meetings(campaign, journal, held)
    return held


def _report(campaign: Campaign) -> list[Path]:
    """Every report there is, in both languages."""
    (writer,) = entry_points(group="dialtest.reports", name="every")
    written: list[Path] = []
    with progress(_("Writing reports"), 0) as on_written:
        for path in writer.load()(campaign.folder):
            written.append(path)
            on_written(len(written))
    return written


def _tell(campaign: Campaign, judged: Judged, found: list[Finding], card: Scorecard) -> None:
    tell(_("{cases} dials of {services} services.").format(cases=judged.cases, services=len(campaign.services)))
    if card.scores:
        _show(card)
    counts = {"found": card.found, "planted": len(card.scores), "findings": len(found)}
    tell(_("{findings} findings; {found} of {planted} planted faults found.").format(**counts))
    every_time = _("Missed although they strike every time: {missed}. False alarms: {alarms}.")
    tell(every_time.format(missed=len(card.missed), alarms=len(card.false_alarms)))
    if card.untested:
        tell(_("Planted where no dial could show them: {count}.").format(count=len(card.untested)))
    for alarm in card.false_alarms[:10]:
        tell(f"  {alarm.rule}  {alarm.case}")


def _rehearse(campaign: Campaign) -> Rehearsed | None:
    """An hour of the hotline under load, in scaled time."""
    (rehearse,) = entry_points(group="dialtest.surge", name="rehearse")
    return rehearsed_on(campaign.folder, rehearse.load())


def _tell_follow_up(held: Held) -> None:
    words = _("Review: {confirmed} matters confirmed; {rectified} said to be rectified, {retests} retests: ")
    outcome = _("{closed} closed, {recurred} met again.")
    tell((words + outcome).format(**asdict(held)))


def _tell_reports(campaign: Campaign, reports: list[Path], seconds: float) -> None:
    first = [path for path in reports if path.suffix == ".html"]
    for path in sorted(first, key=_rank)[:MOST_PATHS]:
        tell(_("Report: {path}").format(path=path))
    tell(_("{count} reports in all, in {folder}; {seconds} s.").format(
        count=len(reports), folder=campaign.folder / "reports", seconds=seconds))  # fmt: skip
    tell(_("Go on with: dialtest status {folder}; dialtest findings {folder}").format(folder=campaign.folder))


def _tell_audits(campaign: Campaign, audited: Audited) -> None:
    steps, fees = audited.subscriptions, audited.fees
    apart = steps.only_boss + steps.only_misc + steps.differ + steps.out_of_step
    tell(_("BOSS against MISC: {rows} subscriptions, {apart} not the same.").format(rows=steps.rows_boss, apart=apart))
    wrong, risk = sum(fees.by_breach.values()), campaign.policy.fee(fees.at_risk_fen)
    counts = {"rows": fees.rows, "wrong": wrong, "risk": risk}
    tell(_("Fee audit: {rows} charge records, {wrong} wrong, {risk} at risk.").format(**counts))


def _rank(path: Path) -> tuple[bool, bool, str]:
    """Weekly report and summary first."""
    return (not path.name.startswith("weekly"), not path.name.startswith("summary"), path.name)


def _show(card: Scorecard) -> None:
    table = Table(_("planted fault"), _("service"), _("strikes"), _("dials"), _("power"), _("found"))
    for row in card.scores:
        found = _("yes") if row.found else _("NO") if row.share >= 1 else _("no")
        table.add_row(row.fault, row.service, f"{row.share:.0%}", str(row.dials), f"{row.power:.0%}", found)
    say(table)
