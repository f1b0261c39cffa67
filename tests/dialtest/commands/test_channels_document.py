"""docs/channels.md says what the policy, the rules and the scenarios say, and its commands work."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from dialtest.commands import cli
from dialtest.policy.load import load_policy
from dialtest.policy.opening import Purpose, channels, opens
from dialtest.rules.registry import ALL_RULES
from dialtest.script.load import load_folder, shipped_folder

PAGE = (Path(__file__).parents[3] / "docs" / "channels.md").read_text(encoding="utf-8")
POLICY = load_policy("monternet-2006")


def day(channel: str, purpose: Purpose) -> str:
    since = opens(POLICY, channel, purpose)
    return f"{since:%Y-%m-%d}" if since else ""


def test_the_table_says_when_each_channel_opens() -> None:
    told = re.findall(r"^\| `(\w+)` \| .+ \| (\S+) \| (\S+) \|$", PAGE, re.MULTILINE)
    assert sorted((name, day(name, "query"), day(name, "withdrawal")) for name in channels(POLICY)) == sorted(told)


def test_the_dialogue_told_is_that_of_the_policy() -> None:
    terms, hall = POLICY.timeline[0][1].short_code, POLICY.timeline[0][1].hall
    assert terms is not None
    assert hall is not None
    assert (300, 24, "00000", "0000") == (
        terms.answer.within_s, terms.valid_h, terms.withdraw_all, POLICY.query_command
    )  # fmt: skip
    assert f"From {hall.busy_from_h} to {hall.busy_until_h} (ours)" in PAGE
    assert 12 == hall.notes_done_within_h


def test_every_scenario_and_rule_it_names_is_shipped() -> None:
    shipped = {scenario.name for file in load_folder(shipped_folder()) for scenario in file.scenarios}
    named = {name for row in re.findall(r"^\| (`[a-z-]+-[0-9a-z-]+`.*?) \|", PAGE, re.MULTILINE)
             for name in re.findall(r"`([\w-]+)`", row)}  # fmt: skip
    assert len(named) >= 8
    assert set() == named - shipped
    rules = {rule.name for rule in ALL_RULES}
    found = set(re.findall(r"`((?:channel|answer|withdrawal|list|hall)s?-[a-z-]+)`", PAGE)) - shipped
    assert len(found) >= 7
    assert set() == found - rules


def test_its_commands_work_in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    block = re.search(r"```sh\n(.*?)```", PAGE, re.DOTALL)
    assert block is not None
    for line in block[1].splitlines():
        result = CliRunner().invoke(cli, shlex.split(line.partition("  #")[0])[1:])
        assert (line, 0, "") == (line, result.exit_code, result.output if result.exit_code else "")
