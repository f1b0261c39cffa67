"""The commands that the documents on teams, bulletin and summary show work as they stand, in an empty folder."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from dialtest.commands import cli
from tests.test_documents import commands

WRITTEN = {
    "docs/bulletin-and-summary.md": (
        "bulletin.html",
        "my-campaign/reports/bulletin-2006-08-1.zh.html",
        "my-campaign/reports/summary.zh.html",
    ),
    "docs/teams.md": (),
}


@pytest.mark.parametrize("document", sorted(WRITTEN))
def test_the_commands_of_a_document_work_in_an_empty_folder(
    document: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shown = commands(document)
    assert len(shown) > 3
    for command in shown:
        result = CliRunner().invoke(cli, shlex.split(command)[1:])
        assert (command, 0, "") == (command, result.exit_code, result.output if result.exit_code else "")

    written = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*.html")}
    assert set(WRITTEN[document]) == written
