"""`dialtest check`: everything wrong with a campaign folder, at once."""

from __future__ import annotations

import json
from pathlib import Path

import click

from dialtest.commands.screen import folder_argument, json_option, tell
from dialtest.folder.checking import Checked, check_folder
from dialtest.language import _


@click.command()
@folder_argument
@json_option
def check(folder: Path, as_json: bool) -> None:
    """Check settings, policy, catalogue, adverts, numbers, scenarios and planted faults of a campaign.

    Every problem is told with its file, row, column and what to do; nothing is changed. Exit code 0: all is well;
    2: there are problems.

    \b
    Example:  dialtest check my-campaign
              dialtest check my-campaign --json | jq .problems[0]
    """
    checked = check_folder(folder)
    if as_json:
        click.echo(json.dumps(_as_json(checked), ensure_ascii=False, indent=1))
    else:
        _tell(checked, folder)
    raise SystemExit(2 if checked.problems else 0)


def _as_json(checked: Checked) -> dict[str, object]:
    problems = [
        {
            "file": problem.file,
            "row": problem.row,
            "column": problem.column,
            "cause": problem.cause,
            "found": problem.found,
            "expected": problem.expected,
            "problem": problem.sentence,
            "remedy": problem.remedy,
        }
        for problem in checked.problems
    ]
    causes = dict(checked.problems.causes.most_common())
    return {
        "ok": not checked.problems,
        **_counts(checked),
        "total": checked.problems.total,
        "causes": causes,
        "problems": problems,
        "notes": checked.notes,
    }


def _counts(checked: Checked) -> dict[str, int]:
    campaign = checked.campaign
    if campaign is None:
        return {"services": 0, "numbers": 0, "scenarios": 0}
    kinds = (campaign.services, campaign.numbers, campaign.scenarios)
    return dict(zip(("services", "numbers", "scenarios"), map(len, kinds), strict=True))


def _tell(checked: Checked, folder: Path) -> None:
    for line in checked.problems.lines():
        tell(line)
    for note in checked.notes:
        tell(_("Note: {note}").format(note=note))
    if not checked.problems:
        words = _("{folder} is fit to run: {services} services, {numbers} numbers, {scenarios} scenarios.")
        tell(words.format(folder=folder, **_counts(checked)))
