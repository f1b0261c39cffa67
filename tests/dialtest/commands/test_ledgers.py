"""The verb sandbox ledgers: what the embedded carrier exports on a day, and what the whole-file audits find in it."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dialtest.commands import cli
from dialtest.errors import DialtestError
from dialtest.sample.sample import write_sample

SCENARIOS = '["keep-through-first-bill", "withdraw-and-watch", "withdraw-and-ask-hourly", "per-use-order"]'


def typed(*words: object) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words])


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An honest campaign of a few services."""
    folder = tmp_path_factory.mktemp("campaign")
    write_sample(folder, services=7, seed=3, clean=True)
    settings = folder / "dialtest.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("scenarios = []", f"scenarios = {SCENARIOS}"))
    assert SCENARIOS in settings.read_text(encoding="utf-8")
    return folder


def planted(campaign: Path, folder: Path, *faults: str) -> Path:
    """The same campaign, with faults on every service they fit."""
    folder.mkdir()
    for file in campaign.iterdir():
        if file.suffix in (".csv", ".toml"):
            (folder / file.name).write_bytes(file.read_bytes())
    with (folder / "dialtest.toml").open("a", encoding="utf-8") as settings:
        for fault in faults:
            settings.write(f'\n[[sandbox.fault]]\nname = "{fault}"\nservices = ["*"]\n')
    return folder


def exported(campaign: Path, out: Path, *words: object) -> dict[str, int]:
    result = typed("sandbox", "ledgers", campaign, "--out", out, "--json", *words)
    assert 0 == result.exit_code, result.output
    told: dict[str, int] = json.loads(result.output)
    return told


def audited(campaign: Path, exports: Path) -> tuple[dict[str, int], dict[str, int]]:
    """What the reconciliation and the fee audit count in the exports, zeros left out."""
    subscriptions = exports / "boss.csv", exports / "misc.csv"
    compared = typed("audit", "subscriptions", *subscriptions, "--json", "--out", exports / "step")
    catalogue = "--catalogue", campaign / "catalogue.csv", "--subscriptions", exports / "boss.csv"
    fees = typed("audit", "cdr", exports / "cdr.csv", *catalogue, "--json", "--out", exports / "fees")
    assert (0, 0) == (compared.exit_code, fees.exit_code), compared.output + fees.output
    figures = json.loads(compared.output)
    names = ("only_boss", "only_misc", "differ", "out_of_step")
    breaches = json.loads(fees.output)["by_breach"]
    return {name: figures[name] for name in names if figures[name]}, {key: n for key, n in breaches.items() if n}


@pytest.mark.parametrize("at", ["2006-06-20 12:00", "2006-07-14", "2006-08-01 00:00", "2007-01-01"])
def test_the_audits_find_nothing_on_an_honest_carrier_on_any_day(campaign: Path, tmp_path: Path, at: str) -> None:
    told = exported(campaign, tmp_path, "--at", at)
    assert told["boss"] == told["misc"] > 0
    assert ({}, {}) == audited(campaign, tmp_path)


def test_two_takings_of_one_moment_are_the_same_byte_by_byte(campaign: Path, tmp_path: Path) -> None:
    for name in ("first", "second"):
        exported(campaign, tmp_path / name, "--at", "2006-09-01")
    for file in ("boss.csv", "misc.csv", "cdr.csv", "out_of_step.csv"):
        assert (tmp_path / "first" / file).read_bytes() == (tmp_path / "second" / file).read_bytes()


@pytest.mark.parametrize(
    ("fault", "mismatches", "breaches"),
    [
        ("order-unknown-to-boss", {"only_misc"}, {"no_subscription"}),
        ("withdrawal-lost", {"differ", "out_of_step"}, {"after_withdrawal"}),
        ("order-taken-twice", {"differ", "out_of_step"}, set()),
        ("charge-over-tariff", set(), {"over_tariff"}),
        ("charge-in-free-period", set(), {"in_free_period"}),
        ("phantom-use", set(), {"no_active_use"}),
    ],
)
def test_the_audits_find_what_was_planted(
    campaign: Path, tmp_path: Path, fault: str, mismatches: set[str], breaches: set[str]
) -> None:
    cheating = planted(campaign, tmp_path / "cheating", fault)
    exported(cheating, tmp_path / "out")
    step, fees = audited(cheating, tmp_path / "out")
    assert (mismatches, breaches) == (set(step), set(fees))


def test_what_the_daily_reconciliation_found_is_told(campaign: Path, tmp_path: Path) -> None:
    told = exported(planted(campaign, tmp_path / "cheating", "order-unknown-until-night"), tmp_path / "out")
    with (tmp_path / "out" / "out_of_step.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert told["out_of_step"] == len(rows) > 0
    unknown = [row for row in rows if row["what"] == "order_unknown_to_boss"]
    assert {("reconciliation", "03:00:00")} == {(row["found_by"], row["at"].partition(" ")[2]) for row in unknown}


def test_a_day_outside_the_campaign_is_refused(campaign: Path, tmp_path: Path) -> None:
    with pytest.raises(DialtestError, match="outside the campaign"):
        CliRunner().invoke(
            cli, ["sandbox", "ledgers", str(campaign), "--at", "2016-01-01", "--out", str(tmp_path)],
            catch_exceptions=False, standalone_mode=False,
        )  # fmt: skip


def test_the_journal_is_left_as_it_is(campaign: Path, tmp_path: Path) -> None:
    ran = planted(campaign, tmp_path / "ran")
    assert 0 == typed("run", ran, "--until", "2006-06-20").exit_code
    before = json.loads(typed("status", ran, "--json").output)
    exported(ran, tmp_path / "out")
    assert before == json.loads(typed("status", ran, "--json").output)


def test_it_says_when_it_was_taken_and_where_it_is(campaign: Path, tmp_path: Path) -> None:
    said = typed("sandbox", "ledgers", campaign, "--at", "2006-07-14", "--out", tmp_path).output
    assert "Taken at 2006-07-14 00:00:00" in said
    assert "boss.csv" in said
