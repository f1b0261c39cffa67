"""The commands that the READMEs show work as they stand, one after the other, in an empty folder."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from dialtest.commands import cli
from dialtest.policy.load import load_policy

ROOT = Path(__file__).parents[1]


def commands(document: str) -> list[str]:
    """The `dialtest …` lines of a document's shell blocks, without their comments."""
    text = (ROOT / document).read_text(encoding="utf-8")
    blocks = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    lines = [line.partition("  #")[0].strip() for block in blocks for line in block.splitlines()]
    return [line for line in lines if line.startswith("dialtest ")]


@pytest.mark.parametrize("document", ["README.md", "README.zh-CN.md"])
def test_the_commands_of_a_readme_work_in_an_empty_folder(
    document: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shown = commands(document)
    assert len(shown) > 10
    for command in shown:
        result = CliRunner().invoke(cli, shlex.split(command)[1:])
        assert (command, 0, "") == (command, result.exit_code, result.output if result.exit_code else "")
    assert (tmp_path / "my-campaign" / "reports" / "weekly-2006-W32.zh.html").exists()


def test_the_commands_about_existing_subscriptions_work_in_an_empty_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shown = commands("docs/existing-subscriptions.md")
    assert len(shown) == 8
    for command in shown:
        result = CliRunner().invoke(cli, shlex.split(command)[1:])
        assert (command, 0, "") == (command, result.exit_code, result.output if result.exit_code else "")
    assert json.loads(result.output)["by_breach"]["missing"] > 50


def test_the_batches_are_told_as_the_policy_has_them() -> None:
    text = (ROOT / "docs" / "existing-subscriptions.md").read_text(encoding="utf-8")
    told = re.findall(r"^\| (\d+) \|.*\| (\w+) \| ([-0-9]+) \| ([-0-9]+) \|$", text, re.MULTILINE)
    batches = load_policy("monternet-2006").batches
    assert batches is not None
    expected = [(str(b.number), b.age, str(b.first_date), str(b.last_date)) for b in batches.terms.batches]
    assert told == expected


def test_both_readmes_show_the_same_commands() -> None:
    assert commands("README.md") == commands("README.zh-CN.md")


@pytest.mark.parametrize("document", [*sorted(path.name for path in (ROOT / "docs").glob("*.md")), "../README.md"])
def test_links_of_a_document_lead_somewhere(document: str) -> None:
    path = ROOT / "docs" / document
    targets = re.findall(r"\]\(([^)#]+)[^)]*\)", path.read_text(encoding="utf-8"))
    local = [target for target in targets if not target.startswith("http")]
    assert [] == [target for target in local if not (path.parent / target).exists()]


def test_every_verb_has_help_with_an_example() -> None:
    def verbs(group: object, path: tuple[str, ...]) -> list[tuple[str, ...]]:
        names = group.list_commands(None) if hasattr(group, "list_commands") else []
        inner = [(*path, name) for name in names]
        return [path, *(found for name in inner for found in verbs(_command(group, name[-1]), name))]

    def _command(group: object, name: str) -> object:
        return group.get_command(None, name)  # type: ignore[attr-defined]

    for path in verbs(cli, ()):
        result = CliRunner().invoke(cli, [*path, "--help"])
        assert (path, 0) == (path, result.exit_code)
        assert "Commands:" in result.output or f"dialtest {' '.join(path)} " in result.output, path
