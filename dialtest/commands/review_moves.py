"""The verbs of `dialtest review` that record a decision, each with who took it, when and why."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, time
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import click

from dialtest.commands.review_room import Room, as_json_of, reviewing
from dialtest.commands.screen import folder_argument, json_option, tell
from dialtest.errors import CouldNotTest, DialtestError
from dialtest.evidence.told import matter_state
from dialtest.language import LANGUAGES, _
from dialtest.model.matter import Move
from dialtest.policy.policy import Policy
from dialtest.review.answer import keep_answer
from dialtest.review.decision import Ruling, check, decide
from dialtest.review.matter_file import MatterFile, the_matter
from dialtest.review.outcome import retest_outcome
from dialtest.review.retest import Retests, dialable, keep_retests, plan_retests
from dialtest.review.states import NotPossible, after

DAY_FORM = "%Y-%m-%d"
TIME_FORMS = (DAY_FORM, "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S")
DAYS_END = time(23, 59)

Verb = Callable[..., None]


def _decision(verb: Verb) -> Verb:
    """The arguments every decision has."""
    for option in (
        json_option,
        click.option("--at", metavar="TIME", help="When, market time: 2006-08-02 or “2006-08-02 15:30”; default: now."),
        click.option("--why", required=True, metavar="TEXT", help="The reason."),
        click.option("--by", "by", required=True, metavar="NAME", help="Who decided."),
        click.argument("matter", metavar="ID"),
        folder_argument,
    ):
        verb = option(verb)
    return verb


@click.command()
@_decision
@click.option("--document", "documents", multiple=True, type=click.Path(path_type=Path, dir_okay=False),
              help="A document of its answer, again for more; kept in the journal by its digest.")  # fmt: skip
def hear(documents: Sequence[Path], **given: Any) -> None:
    """Record that the provider was heard: --why holds its answer, or that it gave none.

    \b
    Example:  dialtest review hear my-campaign M0123456789 --by 王芳 --why 承认资费配置错误 --document answer.pdf
    """
    _record("hear", given, documents)


@click.command()
@_decision
def confirm(**given: Any) -> None:
    """Confirm the breach: sets the deadline and writes the breach notice, HTML and PDF, in Chinese and English.

    \b
    Example:  dialtest review confirm my-campaign M0123456789 --by 梳理会议 --why 三次拨测均多收15元
    """
    _record("confirm", given)


@click.command()
@_decision
def dismiss(**given: Any) -> None:
    """Dismiss the matter, with the reason; findings that come later open it again.

    \b
    Example:  dialtest review dismiss my-campaign M0123456789 --by 梳理会议 --why 运营商出账故障,非SP责任
    """
    _record("dismiss", given)


@click.command()
@_decision
def notify(**given: Any) -> None:
    """Record that the breach notice was handed over.

    \b
    Example:  dialtest review notify my-campaign M0123456789 --by 王芳 --why 通知书已当面签收
    """
    _record("notify", given)


@click.command()
@_decision
def rectify(**given: Any) -> None:
    """Record that the provider says it is rectified, and plan the retests; `dialtest run` dials them.

    \b
    Example:  dialtest review rectify my-campaign M0123456789 --by 王芳 --why 已改正资费配置
    """
    _record("rectify", given)


@click.command()
@folder_argument
@click.argument("matter", metavar="ID")
@json_option
def retest(folder: Path, matter: str, as_json: bool) -> None:
    """How the retests of a matter stand; when they have ended, the outcome is recorded.

    \b
    Example:  dialtest review retest my-campaign M0123456789
    """
    with reviewing(folder) as room:
        file = the_matter(room.files, matter)
        outcome = retest_outcome(room.journal, file)
        if as_json:
            click.echo(json.dumps(as_json_of(file, room.campaign), ensure_ascii=False, indent=1))
        elif outcome is None:
            after(file.state, "retest", file.key)
            tell(_("No retest is planned."))
        else:
            words = _(
                "{planned} retests: {clean} clean, {found} found, {inconclusive} inconclusive, {waiting} to come."
            )
            counts = {name: getattr(outcome, name) for name in ("planned", "clean", "found", "inconclusive", "waiting")}
            tell(words.format(**counts))
            stuck = outcome.waiting - len(dialable(room.campaign, room.journal, outcome.to_come))
            if stuck:
                words = _(
                    "{count} of them cannot be dialled: number, service or scenario is no longer in the campaign. "
                    "Put it back; once none is left that can be dialled, `review rectify` plans others."
                )
                tell(words.format(count=stuck))
            tell(_("Matter {id} is now: {state}.").format(id=file.key.id, state=matter_state(file.state)))


@click.command()
@_decision
def close(**given: Any) -> None:
    """Close a matter whose retests were clean; found again later, it recurs.

    \b
    Example:  dialtest review close my-campaign M0123456789 --by 梳理会议 --why 复测三次均正常
    """
    _record("close", given)


MOVE_COMMANDS = (hear, confirm, dismiss, notify, rectify, retest, close)


def _record(move: Move, given: dict[str, Any], documents: Sequence[Path] = ()) -> None:
    with reviewing(given["folder"]) as room:
        policy = room.campaign.policy
        file = the_matter(room.files, given["matter"])
        after(file.state, move, file.key)
        at = _at(given["at"], room) if given["at"] else room.now
        kept = tuple(keep_answer(room.journal, path) for path in documents)
        ruling = Ruling(move, given["by"], given["why"], at, kept)
        retests = Retests((), ())
        if move == "rectify":
            check(file, ruling, policy)
            _all_retests_ended(room, file)
            retests = plan_retests(room.campaign, room.journal, file, at)
        ruling = replace(ruling, retests=tuple(case.case for case in retests.cases))
        keep_retests(room.journal, retests)  # first: a decision must not wait for retests that no plan has
        decided = decide(room.journal, file, ruling, policy)
        room.files = tuple(decided if one.key == file.key else one for one in room.files)
        _tell(decided, room, as_json=given["as_json"])
    if move == "confirm":
        for path in _notices(given["folder"], decided):
            if not given["as_json"]:
                tell(_("Notice: {path}").format(path=path))


def _all_retests_ended(room: Room, file: MatterFile) -> None:
    """Raise while retests are to come that can be dialled: what the provider said before is still being tried."""
    outcome = retest_outcome(room.journal, file) if file.state == "rectified" else None
    if outcome is not None and dialable(room.campaign, room.journal, outcome.to_come):
        problem = _("Matter {id} is being retested already: {waiting} of {planned} retests are still to come.")
        raise NotPossible(
            problem.format(id=file.key.id, waiting=outcome.waiting, planned=outcome.planned),
            _("Dial them with: dialtest run {folder}").format(folder=room.campaign.folder),
        )


def _tell(file: MatterFile, room: Room, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(as_json_of(file, room.campaign), ensure_ascii=False, indent=1))
        return
    tell(_("Matter {id} is now: {state}.").format(id=file.key.id, state=matter_state(file.state)))
    made = file.entries[-1]
    if made.decided.deadline:
        deadline = f"{room.campaign.policy.local(made.decided.deadline):%Y-%m-%d %H:%M}"
        tell(_("To be rectified by {deadline}.").format(deadline=deadline))
    if made.decided.retests:
        tell(_("{count} retests planned; dial them with: dialtest run {folder}").format(
            count=len(made.decided.retests), folder=room.campaign.folder))  # fmt: skip
    tell(_("Recorded as {hash}.").format(hash=made.hash))


def _notices(folder: Path, file: MatterFile) -> list[Path]:
    """Have the notice written by whoever writes notices, in every language."""
    writers = entry_points(group="dialtest.reports", name="notice")
    try:
        return [path for writer in writers for lang in LANGUAGES for path in writer.load()(folder, file.key.id, lang)]
    except CouldNotTest as error:
        raise CouldNotTest(
            _("The decision is recorded, but its notice was not written. {problem}").format(problem=error.problem),
            _("Mend the cause, then write the notice: dialtest report notice {folder} {id}").format(
                folder=folder, id=file.key.id
            ),
        ) from None


def _at(text: str, room: Room) -> datetime:
    """A time on the market's clock; a bare day is its end, so that what was found that day is covered, or now."""
    at = _time(text, room.campaign.policy)
    if at > room.latest and at.date() == room.latest.date() and at.time() == DAYS_END:
        return room.latest
    if at > room.latest:
        problem = _("The decision is dated {at}; {latest} is the latest that is possible.")
        raise DialtestError(
            problem.format(at=f"{at:%Y-%m-%d %H:%M}", latest=f"{room.latest:%Y-%m-%d %H:%M}"),
            _("Correct --at, or leave it out."),
        )
    return at


def _time(text: str, policy: Policy) -> datetime:
    for form in TIME_FORMS:
        try:
            found = datetime.strptime(text.strip(), form).replace(tzinfo=policy.zone)
        except ValueError:
            continue
        return datetime.combine(found, DAYS_END, policy.zone) if form == DAY_FORM else found
    raise DialtestError(
        _("--at: “{found}” is not a time.").format(found=text[:60]), _("Write it as 2006-08-02 or “2006-08-02 15:30”.")
    )
