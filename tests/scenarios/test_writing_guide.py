"""The guide to writing scenarios: its example runs as it stands there, and its tables say what the code says."""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import get_args

import pytest

from dialtest.campaign.single import SingleDials, Told
from dialtest.folder.campaign import Campaign, open_campaign
from dialtest.folder.checking import check_folder
from dialtest.model.act import Purpose
from dialtest.policy.policy import Policy
from dialtest.script import Dial, Scenario, scenario
from dialtest.script.case import MOST_STEPS
from dialtest.settings import FaultSettings, SandboxSettings
from tests.dialtest.campaign.campaign_folder import add_scenario, new_folder

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "writing-scenarios.md").read_text(encoding="utf-8")
TOLD_BY_THE_DRIVER = {"hear"}


@dataclass(frozen=True)
class Example:
    """The guide's example in a campaign of its own."""

    folder: Path
    campaign: Campaign
    scenario: Scenario

    def dial(self, *faults: str) -> list[Told]:
        """One dial of every service it fits, with these faults planted everywhere."""
        planted = SandboxSettings(tuple(FaultSettings(name, ("*",)) for name in faults))
        campaign = replace(self.campaign, settings=replace(self.campaign.settings, sandbox=planted))
        dials = SingleDials(campaign)
        return [dials.dial(name, service.key) for name, service in dials.fitting() if name == self.scenario.name]


def example_text() -> str:
    """The code block that is a whole scenario file."""
    blocks = re.findall(r"^```python\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)
    (whole,) = [block for block in blocks if "@scenario(" in block]
    return str(whole)


def rows(heading: str) -> list[tuple[str, str]]:
    """What the first column of the tables under a heading writes, and the rest of the row."""
    section = GUIDE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    return re.findall(r"^\| `([^`]+)` \|(.*)\|$", section, re.MULTILINE)


@pytest.fixture(params=["monternet-2006", "uk-premium-2019"])
def example(request: pytest.FixtureRequest, tmp_path: Path) -> Example:
    folder = new_folder(tmp_path, request.param)
    path = add_scenario(folder, example_text(), "last_hour.py")
    campaign = open_campaign(folder)
    (own,) = [file for file in campaign.scenario_files if file.path == str(path)]
    return Example(folder, campaign, own.scenarios[0])


def test_the_example_is_found_sound_in_a_campaign_of_either_market(example: Example) -> None:
    assert [] == [str(problem) for problem in check_folder(example.folder).problems]


def test_the_example_runs_through_and_finds_nothing_on_an_honest_carrier(example: Example) -> None:
    told = example.dial()
    assert told
    assert {((), "", "")} == {(one.findings, one.inconclusive, one.untested) for one in told}


def test_the_example_catches_the_fault_it_is_written_for(example: Example) -> None:
    assert all(one.findings for one in example.dial("charge-after-withdrawal"))


def test_every_line_of_the_example_is_explained_in_its_order() -> None:
    code = [line.strip() for line in example_text().splitlines() if line.strip()]
    explained = [line.partition("…")[0] for line, _ in rows("A complete example")]
    assert [True] * len(code) == [line.startswith(start) for line, start in zip(code, explained, strict=True)]


def test_everything_a_dial_can_do_is_told_and_nothing_else() -> None:
    told = {re.split(r"[.(]", line)[1] for line, _ in rows("What a dial can do") if not line.startswith("dial.policy.")}
    attributes = set(inspect.signature(Dial).parameters)
    offered = {name for name in {*vars(Dial), *attributes} if not name.startswith("_")}
    assert offered - TOLD_BY_THE_DRIVER == told


def test_acts_are_told_with_their_arguments_and_defaults() -> None:
    for line, _ in rows("What a dial can do"):
        called = re.fullmatch(r"dial\.(\w+)\((.*)\)", line)
        if called:
            given = [argument.partition("=")[::2] for argument in called[2].split(", ") if argument]
            parameters = list(inspect.signature(getattr(Dial, called[1])).parameters.values())[1:]
            expected = [
                (one.name, "" if one.kind is one.POSITIONAL_OR_KEYWORD and one.default is one.empty else _shown(one))
                for one in parameters
            ]
            assert sorted(expected) == sorted(given), line


def _shown(parameter: inspect.Parameter) -> str:
    return "…" if parameter.default is parameter.empty else repr(parameter.default).replace("'", '"')


def test_what_the_guide_says_of_the_policy_is_there() -> None:
    told = [line for line, _ in rows("What a dial can do") if line.startswith("dial.policy.")]
    names = [re.split(r"[.(]", line)[2] for line in told]
    assert len(names) >= 5
    assert names == [name for name in names if name in Policy.__dataclass_fields__ or hasattr(Policy, name)]


def test_every_argument_of_the_decorator_is_told_with_its_default() -> None:
    expected = [
        (one.name, "" if one.default is one.empty else "any day" if one.default is None else f"`{one.default!r}`")
        for one in inspect.signature(scenario).parameters.values()
    ]
    assert expected == [(name, rest.partition("|")[0].strip()) for name, rest in rows("What stands in @scenario")]


def test_every_purpose_is_named() -> None:
    (sentence,) = re.findall(r"Purposes are (.*?)\.", GUIDE, re.DOTALL)
    assert sorted(get_args(Purpose)) == sorted(re.findall(r"`(\w+)`", sentence))


def test_the_limit_of_acts_is_the_one_that_holds() -> None:
    assert f"asks for more than {MOST_STEPS:,} acts" in GUIDE


def test_no_line_is_too_wide_to_read_outside_a_table() -> None:
    assert [] == [line for line in GUIDE.splitlines() if len(line) > 130 and not line.startswith("|")]
