"""`dialtest review`: the weekly meeting's decisions to take, those taken, and the providers' credit points."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import click
from rich.table import Table

from dialtest.clock import Week
from dialtest.commands.review_moves import MOVE_COMMANDS
from dialtest.commands.review_room import Room, as_json_of, reviewing
from dialtest.commands.screen import clean, folder_argument, json_option, say, tell, word
from dialtest.evidence.printable import printable
from dialtest.evidence.told import decided_why, matter_state
from dialtest.folder.campaign import Campaign
from dialtest.language import _, language, ngettext
from dialtest.review.credit import Credit, credit_accounts
from dialtest.review.matter_file import MatterFile, the_matter
from dialtest.review.meeting import Item, agenda
from dialtest.rules.registry import all_rules

DEFAULT = "list"
MOST_ROWS = 60


class _Verbs(click.Group):
    """A group whose first word may also be the folder: then its matters are listed."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in self.commands and args[0] not in ("--help", "-h"):
            args = [DEFAULT, *args]
        return super().parse_args(ctx, args)


@click.group(cls=_Verbs)
def review() -> None:
    """The review meeting: list what is to be decided, record decisions, notices, retests and credit points.

    \b
    The week's decisions:  dialtest review my-campaign --week 2006-W31
    One decision:          dialtest review hear my-campaign M0123456789 --by 王芳 --why 承认资费配置错误
    """


@review.command(DEFAULT)
@folder_argument
@click.option("--week", metavar="2006-W30", help="As for the meeting on this week; default: everything to date.")
@click.option(
    "--all", "everything", is_flag=True, help="Also what waits for a provider or a retest, and what is settled."
)
@json_option
def list_(folder: Path, week: str | None, everything: bool, as_json: bool) -> None:
    """The decisions to take, most harmful first; records first what ended retests and later dials show.

    \b
    Example:  dialtest review my-campaign --week 2006-W31
              dialtest review list my-campaign --all
    """
    wanted = Week.parse(week) if week else None
    with reviewing(folder) as room:
        items = agenda(room.journal, room.files, room.campaign.policy, wanted, room.now)
        shown = [item for item in items if everything or not item.waits]
        settled = [file for file in room.files if file.settled] if everything else []
        if as_json:
            values = [_item_values(item, room.campaign) for item in shown]
            values += [as_json_of(file, room.campaign) for file in settled]
            click.echo(json.dumps(values, ensure_ascii=False, indent=1))
            return
        _print(room, shown, settled)
        waiting = sum(item.waits for item in items)
        if waiting and not everything:
            tell(_("{count} more wait for a provider or a retest; --all shows them.").format(count=waiting))


@review.command()
@folder_argument
@click.argument("matter", metavar="ID")
@json_option
def history(folder: Path, matter: str, as_json: bool) -> None:
    """Everything that was decided on a matter: who, when, why, on which evidence, with the hash of each record.

    \b
    Example:  dialtest review history my-campaign M0123456789
    """
    with reviewing(folder) as room:
        file = the_matter(room.files, matter)
        if as_json:
            click.echo(json.dumps(as_json_of(file, room.campaign), ensure_ascii=False, indent=1))
            return
        _tell_history(file, room.campaign)


@review.command()
@folder_argument
@click.option("--week", metavar="2006-W30", help="As at the end of this week; default: to date.")
@json_option
def credit(folder: Path, week: str | None, as_json: bool) -> None:
    """Credit points of the providers, fewest first: confirmed breaches cost them, good weeks win them back.

    \b
    Example:  dialtest review credit my-campaign --week 2006-W35
    """
    with reviewing(folder) as room:
        campaign, policy = room.campaign, room.campaign.policy
        last = Week.parse(week) if week else Week.of(policy.local(room.now))
        accounts = credit_accounts(room.journal, room.files, policy, campaign.begins, last)
        if as_json:
            values = [_account_values(account, campaign) for account in accounts]
            click.echo(json.dumps(values, ensure_ascii=False, indent=1))
        elif not accounts:
            tell(_("This market has no credit points, or nobody was dialled yet."))
        else:
            _print_credit(accounts, campaign, last)


for _command in MOVE_COMMANDS:
    review.add_command(_command)


def _print(room: Room, items: Sequence[Item], settled: Sequence[MatterFile]) -> None:
    lines = [(item.file, _next(item)) for item in items] + [(file, "") for file in settled]
    titles = {rule.name: rule.title.get(language()) or rule.name for rule in all_rules()}
    for file, following in lines[:MOST_ROWS]:
        _print_matter(file, following, room.campaign, titles)
    if not lines:
        tell(_("Nothing is to be decided."))
    if len(lines) > MOST_ROWS:
        tell(_("… and {count} more; --json shows all.").format(count=len(lines) - MOST_ROWS))


def _print_matter(file: MatterFile, following: str, campaign: Campaign, titles: Mapping[str, str]) -> None:
    """Two lines, because an id must never be cut: how it stands and what may follow; what it is about."""
    key = file.key
    service = campaign.services.get(f"{key.provider_code}/{key.service_code}")
    count = len(file.findings)
    cases = ngettext("{count} case", "{count} cases", count).format(count=count) if count else _("no longer found")
    refund = _("{money} due back").format(money=campaign.policy.fee(file.refund_due_fen)) if file.refund_due_fen else ""
    stands = (
        key.id,
        word(file.severity),
        matter_state(file.state),
        cases,
        refund,
        f"→ {following}" if following else "",
    )
    tell("  ".join(filter(None, stands)))
    provider = f"{_provider_name(key.provider_code, campaign)} {key.provider_code}".strip()
    named = f"{service.name} {key.service_code}" if service else key.service_code
    tell(printable(f"    {provider} · {named} · {titles.get(key.rule, key.rule)}"))


def _next(item: Item) -> str:
    outcome, moves = item.outcome, ", ".join(item.moves)
    if outcome is not None:
        words = _("retests: {clean} clean, {inconclusive} inconclusive, {waiting} to come")
        stands = words.format(clean=outcome.clean, inconclusive=outcome.inconclusive, waiting=outcome.waiting)
        return stands if outcome.waiting else f"{stands}; {moves}"
    return _("overdue; {moves}").format(moves=moves) if item.overdue else moves


def _tell_history(file: MatterFile, campaign: Campaign) -> None:
    policy = campaign.policy
    tell(_("Matter {id}: {key}, state: {state}").format(id=file.key.id, key=file.key, state=matter_state(file.state)))
    count = len(file.findings)
    tell(ngettext("{count} finding", "{count} findings", count).format(count=count))
    for entry in file.entries:
        one = entry.decided
        at = f"{policy.local(one.at):%Y-%m-%d %H:%M}"
        said = f"{printable(one.by)}: {printable(decided_why(one))}"
        tell(f"{one.seq:>3}  {at}  {entry.hash[:12]}  {matter_state(one.state)}  {said}")
        for document in one.documents:
            words = _("     document {name}, {size} bytes, SHA-256 {sha256}")
            tell(words.format(name=document.name, size=document.size, sha256=document.sha256))
        if one.deadline:
            tell(_("     deadline {at}").format(at=f"{policy.local(one.deadline):%Y-%m-%d %H:%M}"))
        for case in one.retests:
            tell(_("     retest {case}").format(case=case))


def _item_values(item: Item, campaign: Campaign) -> dict[str, object]:
    outcome = item.outcome
    retests = outcome and {
        "planned": outcome.planned, "clean": outcome.clean, "found": outcome.found,
        "inconclusive": outcome.inconclusive, "waiting": outcome.waiting, "power": round(outcome.power, 4),
    }  # fmt: skip
    return {
        **as_json_of(item.file, campaign),
        "this_week": item.this_week, "overdue": item.overdue, "waits": item.waits, "possible": list(item.moves),
        "retest_outcome": retests,
    }  # fmt: skip


def _account_values(account: Credit, campaign: Campaign) -> dict[str, object]:
    return {
        "provider_code": account.provider_code,
        "provider_name": _provider_name(account.provider_code, campaign),
        "points": account.points,
        "confirmed": account.confirmed,
        "lost": account.lost,
        "won": account.won,
        "weeks": [{"week": str(w.week), "lost": w.lost, "won": w.won, "points": w.points} for w in account.weeks],
    }


def _print_credit(accounts: Sequence[Credit], campaign: Campaign, last: Week) -> None:
    table = Table(_("provider"), _("points"), _("breaches confirmed"), _("lost"), _("won back"))
    for account in accounts:
        name = clean(f"{_provider_name(account.provider_code, campaign)} {account.provider_code}")
        table.add_row(name, *map(str, (account.points, account.confirmed, account.lost, account.won)))
    say(table)
    tell(_("Credit points at the end of week {week}.").format(week=last))


def _provider_name(code: str, campaign: Campaign) -> str:
    services = campaign.services.values()
    return next((service.provider_name for service in services if service.provider_code == code), "")
