"""docs/audit.md: its commands work as they stand, and it lists every header and breach."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from dialtest.audit.export_columns import CDR_HEADERS, SUBSCRIPTION_HEADERS
from dialtest.model.charge_breach import CHARGE_BREACHES
from tests.dialtest.audit.exports import typed
from tests.test_documents import ROOT, commands

TEXT = (ROOT / "docs" / "audit.md").read_text(encoding="utf-8")


def test_the_commands_work_in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for command in commands("docs/audit.md"):
        result = typed(*shlex.split(command)[1:])
        assert (command, 0) == (command, result.exit_code), result.output
    assert (tmp_path / "september-fees" / "findings.csv").exists()


@pytest.mark.parametrize("headers", [SUBSCRIPTION_HEADERS, CDR_HEADERS])
def test_every_header_is_listed(headers: dict[str, tuple[str, ...]]) -> None:
    assert [alias for aliases in headers.values() for alias in aliases if alias not in TEXT] == []


def test_every_breach_is_listed_with_its_rules() -> None:
    rows = {line.split("`")[1]: line for line in TEXT.splitlines() if line.startswith("| `")}
    missing = [
        (breach.key, name)
        for breach in CHARGE_BREACHES
        for name in (breach.title["zh"], *breach.clauses, *breach.rules)
        if name not in rows[breach.key]
    ]
    assert missing == []
