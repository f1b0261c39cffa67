"""`dialtest evidence` as a user meets it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from dialtest.commands.evidence import evidence
from dialtest.errors import DialtestError
from tests.dialtest.evidence.journals import LENGTHS, dial, new_journal, rows, sealed_campaign, tampering


def run(*arguments: object) -> Result:
    """Call the verb; what a user is told as a problem is raised."""
    result = CliRunner().invoke(evidence, [str(argument) for argument in arguments])
    if isinstance(result.exception, DialtestError):
        raise result.exception
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def root(folder: Path) -> str:
    (newest,) = rows(folder / "journal.db", "SELECT hex(root) FROM seals ORDER BY seal DESC LIMIT 1")[0]
    return str(newest).lower()


def test_show_prints_number_local_time_hash_and_words_of_each_record(tmp_path: Path) -> None:
    sealed_campaign(tmp_path)
    lines = run("show", tmp_path, "b").output.splitlines()
    assert LENGTHS["b"] == len(lines)
    (hash_,) = rows(tmp_path / "journal.db", "SELECT hash FROM records WHERE \"case\" = 'b' AND seq = 3")[0]
    assert f"   3  2006-07-21 00:02:00  {hash_.hex()[:12]}  Message from 10086: “头条新闻 0”" == lines[3]


def test_show_gives_the_same_as_json_that_cannot_steer_a_terminal(tmp_path: Path) -> None:
    journal = new_journal(tmp_path)
    dial(journal, "a", text="\x1b]0;\u202e\x9b")
    journal.close()
    output = run("show", tmp_path, "a", "--json").output
    assert [] == [line for line in output.splitlines() if not line.isprintable()]
    shown: Any = json.loads(output)
    assert ["opened", "intent", "outcome", "seen", "seen", "closed"] == [line["kind"] for line in shown["records"]]


def test_verify_ends_with_nothing_where_everything_holds(tmp_path: Path) -> None:
    sealed_campaign(tmp_path)
    result = run("verify", tmp_path, "--seal", root(tmp_path)[:16])
    assert 0 == result.exit_code
    assert "Checked 4 cases, 28 records, 2 documents, 2 seals.\nEverything is as it was written." in result.output
    assert f"Seal 2: {root(tmp_path)}" in result.output


def test_verify_ends_with_one_where_something_does_not(tmp_path: Path) -> None:
    with tampering(sealed_campaign(tmp_path)) as connection:
        connection.execute("DELETE FROM records WHERE \"case\" = 'b' AND seq = 4")
    result = run("verify", tmp_path)
    assert 1 == result.exit_code
    assert "Case b, record 4: missing.\n1 things do not hold.\n" in result.output


def test_verify_says_the_same_as_json(tmp_path: Path) -> None:
    with tampering(sealed_campaign(tmp_path)) as connection:
        connection.execute("DELETE FROM records WHERE \"case\" = 'b' AND seq = 4")
    result = run("verify", tmp_path, "--json")
    said = json.loads(result.output)
    assert (1, False, 1) == (result.exit_code, said["holds"], said["total"])
    assert [{"kind": "record_missing", "case": "b", "record": 4, "text": "Case b, record 4: missing."}] == (
        said["discrepancies"]
    )


def test_verify_takes_a_journal_by_itself(tmp_path: Path) -> None:
    assert 0 == run("verify", sealed_campaign(tmp_path)).exit_code


def test_the_settings_say_where_the_journal_is(tmp_path: Path) -> None:
    sealed_campaign(tmp_path).rename(tmp_path / "evidence.db")
    (tmp_path / "dialtest.toml").write_text('journal = "sqlite:///evidence.db"\n')
    assert 0 == run("verify", tmp_path).exit_code


def test_a_copy_is_made_and_verified_without_the_journal(tmp_path: Path) -> None:
    sealed_campaign(tmp_path)
    out = tmp_path / "b.zip"
    made = run("export", tmp_path, "--case", "b", "--case", "c", "--out", out)
    assert f"Copied 2 cases with 14 records to {out}.\nSeal: {root(tmp_path)}\n" == made.output
    seal = root(tmp_path)
    (tmp_path / "journal.db").unlink()
    assert 0 == run("verify", out, "--seal", seal).exit_code
    assert 1 == run("verify", out, "--seal", "ab" * 32).exit_code


def test_export_counts_as_json(tmp_path: Path) -> None:
    sealed_campaign(tmp_path)
    made = json.loads(run("export", tmp_path, "--out", tmp_path / "all.zip", "--json").output)
    assert (4, 28, 2, root(tmp_path)) == (made["cases"], made["records"], made["documents"], made["seal"])


@pytest.mark.parametrize("seal", ["", "abc", "0x00112233445566", "g" * 16, "ab" * 33, "ab" * 7, "abc" * 7])
def test_what_cannot_be_a_seal_is_refused(tmp_path: Path, seal: str) -> None:
    sealed_campaign(tmp_path)
    with pytest.raises(DialtestError, match="is no seal"):
        run("verify", tmp_path, "--seal", seal)


@pytest.mark.parametrize("name", ["away", "empty.zip"])
def test_what_is_not_there_or_nothing_is_bad_input(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty.zip").touch()
    with pytest.raises(DialtestError) as refused:
        run("verify", tmp_path / name)
    assert 2 == refused.value.exit_code


def test_looking_at_evidence_changes_nothing(tmp_path: Path) -> None:
    before = sealed_campaign(tmp_path).read_bytes()
    run("verify", tmp_path)
    run("show", tmp_path, "a")
    assert before == (tmp_path / "journal.db").read_bytes()
    assert ["journal.db"] == [path.name for path in tmp_path.iterdir()]


@pytest.mark.parametrize("verb", [[], ["show"], ["verify"], ["export"]])
def test_help_has_an_example(verb: list[str]) -> None:
    assert "Example:" in run(*verb, "--help").output
