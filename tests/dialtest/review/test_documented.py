"""The commands of docs/review.md work as they stand, one after the other, and lead where the text says."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from dialtest.commands import cli
from dialtest.policy.load import load_policy

TEXT = (Path(__file__).parents[3] / "docs" / "review.md").read_text(encoding="utf-8")


def call(*arguments: str) -> str:
    result = CliRunner().invoke(cli, arguments)
    assert (arguments, 0) == (arguments, result.exit_code), result.output
    return result.output


def test_the_documented_follow_up_ends_with_a_closed_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    call("init", "my-campaign")
    (fault,) = re.findall(r"```toml\n(.*?)```", TEXT, re.DOTALL)
    with Path("my-campaign/dialtest.toml").open("a", encoding="utf-8") as settings:
        settings.write(f"\n{fault}")
    for block in re.findall(r"```sh\n(.*?)```", TEXT, re.DOTALL):
        for line in block.splitlines():
            call(*shlex.split(line)[1:])
    told = json.loads(call("review", "history", "my-campaign", "901508/XW/charge-over-tariff", "--json"))
    assert ["heard", "confirmed", "notified", "rectified", "retested", "closed"] == [
        one["state"] for one in told["history"]
    ]
    assert 4 == len(list(Path("my-campaign/reports").glob("notice-*")))


def test_the_documented_figures_are_those_of_the_policy() -> None:
    policy = load_policy("monternet-2006")
    terms = policy.terms(policy.midnight(policy.starts))
    assert terms.credit is not None
    assert terms.review is not None
    credit, review = terms.credit, terms.review
    assert f"begin with {credit.start} points" in TEXT
    assert f"costs {credit.critical}, {credit.major} or {credit.minor} by its severity, twice that" in TEXT
    assert (2, f"wins {credit.good_week} points back") == (credit.recurred_multiple, "wins 2 points back")
    assert f"{review.retests_least} at least and {review.retests_most} at most" in TEXT
