"""The verbs of refunds, as a user types them: a campaign's refunds are settled, and the files audited."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dialtest.commands import cli


def typed(*words: object) -> Result:
    """What a command prints and its exit code."""
    return CliRunner().invoke(cli, [str(word) for word in words])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A campaign of few services that charge too much, dialled and complained of."""
    folder = tmp_path_factory.mktemp("refunds") / "campaign"
    assert 0 == typed("init", folder).exit_code
    settings = folder / "dialtest.toml"
    faults = '\n[[sandbox.fault]]\nname = "charge-over-tariff"\nservices = ["*"]\n'
    settings.write_text(settings.read_text(encoding="utf-8") + faults, encoding="utf-8")
    assert typed("run", folder).exception is None
    return folder


def files(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.csv"))


def test_the_refunds_of_a_campaign_are_settled_and_reconcile(folder: Path, tmp_path: Path) -> None:
    settled = typed("sandbox", "refunds", folder, "--out", tmp_path, "--json")
    written = json.loads(settled.output)
    assert {str(path) for path in files(tmp_path)} == {one["path"] for one in written}
    assert written[0]["total_fen"] > 0
    audited = typed("audit", "refunds", *files(tmp_path))
    assert 0 == audited.exit_code
    assert "The totals reconcile at every hop" in audited.output


def test_a_broken_settlement_is_told_and_fails(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    typed("sandbox", "refunds", folder, "--out", tmp_path, "--fault", "refund-row-lost")
    audited = typed("audit", "refunds", *files(tmp_path), "--json")
    assert 1 == audited.exit_code
    told = json.loads(audited.output)
    assert (1, False) == (told["by_breach"]["lost"], told["reconciles"])
    assert told["breaches"][0]["where"].partition(":")[0] in {"/".join(path.parts[-2:]) for path in files(tmp_path)}
    assert "did not arrive" in typed("audit", "refunds", *files(tmp_path)).output


def test_a_provider_looks_up_its_own_rows(folder: Path, tmp_path: Path) -> None:
    typed("sandbox", "refunds", folder, "--out", tmp_path)
    provider = next((tmp_path / "provider").rglob("*.csv")).stem
    rows = json.loads(typed("sandbox", "refunds", folder, "--provider", provider, "--json").output)
    assert {provider} == {row["provider_code"] for row in rows}
    assert [] == json.loads(typed("sandbox", "refunds", folder, "--provider", "nobody", "--json").output)


def test_a_campaign_that_was_never_run_has_no_refunds_to_settle(tmp_path: Path) -> None:
    assert 0 == typed("init", tmp_path / "new").exit_code
    failed = typed("sandbox", "refunds", tmp_path / "new")
    assert "There is no journal" in str(failed.exception)


def test_a_folder_stands_for_its_files(folder: Path, tmp_path: Path) -> None:
    typed("sandbox", "refunds", folder, "--out", tmp_path)
    told = json.loads(typed("audit", "refunds", tmp_path, "--json").output)
    assert (len(files(tmp_path)), True) == (told["files"], told["reconciles"])
    (tmp_path / "empty").mkdir()
    assert "no CSV or XLSX file" in str(typed("audit", "refunds", tmp_path / "empty").exception)


def test_files_of_another_settlement_are_not_mixed_with_new_ones(folder: Path, tmp_path: Path) -> None:
    typed("sandbox", "refunds", folder, "--out", tmp_path, "--fault", "refund-file-misrouted")
    mixed = typed("sandbox", "refunds", folder, "--out", tmp_path)
    assert "has files of another settlement" in str(mixed.exception)
    assert 0 == typed("sandbox", "refunds", folder, "--out", tmp_path, "--fault", "refund-file-misrouted").exit_code


def test_files_that_are_none_are_told(tmp_path: Path) -> None:
    failed = typed("audit", "refunds", tmp_path / "none.csv")
    assert "cannot be read" in str(failed.exception)
