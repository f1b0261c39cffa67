"""docs/surge-theory.md: its commands work, and its table is what the theory says today."""

from __future__ import annotations

import re
import shlex
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner

from dialtest.commands import cli
from tests.load.theory.reproduced import rows, table
from tests.test_documents import ROOT, commands

DOCUMENT = "docs/surge-theory.md"


@pytest.mark.parametrize("command", commands(DOCUMENT))
def test_a_command_of_the_page_works(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(cli, shlex.split(command)[1:])
    assert (0, "") == (result.exit_code, result.output if result.exit_code else "")


def test_the_table_of_the_page_is_from_a_run() -> None:
    assert table() in (ROOT / DOCUMENT).read_text(encoding="utf-8")


def test_every_published_number_is_reproduced_to_all_its_digits() -> None:
    wrong = [row for row in rows() if not _agree(row[2], row[3])]
    assert [] == wrong


def _agree(published: str, computed: str) -> bool:
    """Whether the computed number, rounded or cut after the published digits, is the published one."""
    ours, theirs = (Decimal(re.findall(r"\d*\.?\d+", text)[-1]) for text in (computed, published))
    return abs(ours - theirs) <= Decimal(1).scaleb(int(theirs.as_tuple().exponent)) / 2
