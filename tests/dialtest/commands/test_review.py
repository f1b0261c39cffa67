"""`dialtest review` as a user meets it: the list, decisions, refusals, notices, credit points, history."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from dialtest.commands import cli
from dialtest.errors import CouldNotTest, DialtestError
from dialtest.evidence import schema
from dialtest.evidence.store import open_journal
from dialtest.evidence.turn import turn
from dialtest.folder.text import write_folder
from dialtest.language import speaking
from dialtest.model.number import Number
from dialtest.sample.sample import write_sample
from dialtest.settings import Settings
from tests.reports.campaign_builder import FREE_WORDS, POLICY, CampaignBuilder, at, service

OVER, FREE = "900001/XW/charge-over-tariff", "900001/XW/page-says-free"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A campaign with a critical matter of two findings and a major one of one, found on 2 and 9 August."""
    place = tmp_path / "campaign"
    place.mkdir()
    write_folder(place, Settings(name="sample"), POLICY, [service()], [Number("13900000001", "mzone")])
    built = CampaignBuilder(url=f"sqlite:///{place}/journal.db")
    built.found(FREE_WORDS, ended=at("08-02")).found(ended=at("08-02")).found(ended=at("08-09"))
    built.source()
    built.journal.close()
    return place


def call(*arguments: object, language: str = "en") -> Result:
    with speaking(language):
        return CliRunner().invoke(cli, ["review", *map(str, arguments)])


def decide(move: str, folder: Path, matter: str, *more: object) -> Result:
    return call(move, folder, matter, "--by", "王芳", "--why", "属实", *more)


def listed(folder: Path, *options: str) -> list[dict[str, object]]:
    values: list[dict[str, object]] = json.loads(call(folder, "--json", *options).output)
    return values


def test_the_list_begins_with_the_most_harmful_and_says_what_may_be_decided(folder: Path) -> None:
    first, second = listed(folder)
    assert ("charge-over-tariff", "page-says-free") == (first["rule"], second["rule"])
    assert ["hear", "dismiss"] == first["possible"]
    told = call(folder).output.splitlines()
    assert told[0].startswith(f"{first['id']}  critical  new  2 cases")
    assert "新浪 900001 · 头条新闻 XW · Charge above the filed tariff" in told[1]


def test_the_list_speaks_chinese_first(folder: Path) -> None:
    assert "重大  新增  2例  → hear, dismiss" in call(folder, language="zh").output


def test_a_week_shows_what_was_found_by_its_end(folder: Path) -> None:
    assert [1, 1] == [one["this_week"] for one in listed(folder, "--week", "2006-W31")]
    assert [1, 0] == [one["this_week"] for one in listed(folder, "--week", "2006-W32")]
    assert [] == listed(folder, "--week", "2006-W30")
    assert "Nothing is to be decided." in call(folder, "--week", "2006-W30").output


def test_a_matter_goes_from_hearing_to_notice_with_its_papers(folder: Path, tmp_path: Path) -> None:
    answer = tmp_path / "答复.txt"
    answer.write_text("承认", encoding="utf-8")
    assert 0 == decide("hear", folder, OVER, "--document", answer).exit_code
    confirmed = decide("confirm", folder, OVER, "--at", "2006-08-10").output
    assert "To be rectified by 2006-08-17 23:59." in confirmed
    number = f"notice-{listed(folder)[0]['id']}-1"
    assert {f"{number}.{lang}.{form}" for lang in ("zh", "en") for form in ("html", "pdf")} == {
        path.name for path in (folder / "reports").iterdir()
    }
    assert 0 == decide("notify", folder, OVER).exit_code
    told = call("history", folder, OVER).output
    for expected in ("state: notified", "答复.txt", "deadline 2006-08-17", "provider heard  王芳: 属实"):
        assert expected in told


def test_a_refused_decision_says_what_is_possible_and_changes_nothing(folder: Path) -> None:
    refused = decide("notify", folder, OVER)
    assert isinstance(refused.exception, DialtestError)
    assert "hear, dismiss" in refused.exception.remedy
    assert [] == json.loads(call("history", folder, OVER, "--json").output)["history"]


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("hear", "M0000000000"), "M0000000000"),
        (("hear", OVER, "--at", "yesterday"), "yesterday"),
        (("hear", OVER, "--at", "2006-07-01"), "2006-07-01"),
        (("hear", OVER, "--at", "2006-11-01"), "2006-09-09 10:00 is the latest"),
        (("hear", OVER, "--at", "9999-12-31"), "9999-12-31 23:59"),
        (("hear", OVER, "--document", "/no/such/file"), "/no/such/file"),
    ],
)
def test_bad_input_is_named(folder: Path, arguments: tuple[str, ...], named: str) -> None:
    move, matter, *more = arguments
    refused = decide(move, folder, matter, *more)
    assert isinstance(refused.exception, DialtestError)
    assert named in refused.exception.problem


def test_a_decision_needs_a_name_and_a_reason(folder: Path) -> None:
    assert 2 == call("hear", folder, OVER).exit_code
    assert isinstance(call("hear", folder, OVER, "--by", "王芳", "--why", " ").exception, DialtestError)


def test_who_decides_while_somebody_else_does_waits_for_the_turn_and_is_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dialtest.evidence.turn.BUSY_TIMEOUT_S", 0)
    journal = open_journal(f"sqlite:///{folder}/journal.db")
    with turn(journal.engine):
        refused = decide("hear", folder, OVER)
    journal.close()
    assert isinstance(refused.exception, CouldNotTest)
    assert "Somebody else" in refused.exception.problem
    assert 0 == decide("hear", folder, OVER).exit_code


def test_a_run_plans_no_numbers_while_the_meeting_decides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dialtest.evidence.turn.BUSY_TIMEOUT_S", 0)
    write_sample(tmp_path, services=1)
    journal = open_journal(f"sqlite:///{tmp_path}/journal.db")
    with turn(journal.engine):
        refused = CliRunner().invoke(cli, ["run", str(tmp_path)])
    assert isinstance(refused.exception, CouldNotTest)
    with journal.reading() as connection:
        assert [] == list(connection.execute(select(schema.plan.c.case)))
    journal.close()


def test_a_confirmation_whose_notice_cannot_be_written_says_that_it_is_recorded(folder: Path) -> None:
    decide("hear", folder, OVER)
    (folder / "reports").write_text("no folder", encoding="utf-8")
    told = decide("confirm", folder, OVER).exception
    assert isinstance(told, CouldNotTest)
    assert "The decision is recorded" in told.problem
    assert "dialtest report notice" in told.remedy
    assert "confirmed" in call("history", folder, OVER).output


def test_bytes_that_are_no_text_are_refused(folder: Path) -> None:
    refused = call("hear", folder, OVER, "--by", "\udcff", "--why", "属实").exception
    assert isinstance(refused, DialtestError)
    assert "--by is no text" in refused.problem


@pytest.mark.parametrize("damage", ["UPDATE records SET body = '{\"a'", "UPDATE findings SET facts = '{\"a'"])
def test_a_record_cut_short_is_told_with_what_to_do(folder: Path, damage: str) -> None:
    journal = open_journal(f"sqlite:///{folder}/journal.db")
    opened = journal.records_of("case-0001")[0]
    journal.append(journal.begin("late"), msgspec.structs.replace(opened, case="late"))
    journal.commit()
    with journal.writing() as connection:
        connection.exec_driver_sql(damage)
    journal.close()
    told = call(folder).exception
    assert isinstance(told, DialtestError)
    assert "dialtest evidence verify" in told.remedy


def test_decisions_are_sealed_and_verified(folder: Path) -> None:
    decide("dismiss", folder, OVER)
    checked = CliRunner().invoke(cli, ["evidence", "verify", str(folder), "--json"])
    told = json.loads(checked.output)
    assert (True, 1, 0) == (told["holds"], told["matters"], told["unsealed_records"])


def test_the_time_line_of_a_matter_tells_its_decisions(folder: Path) -> None:
    decide("hear", folder, OVER)
    chain = f"review/{listed(folder)[0]['id']}"
    with speaking("en"):
        told = CliRunner().invoke(cli, ["evidence", "show", str(folder), chain]).output
    assert "provider heard, by 王芳: 属实" in told


def test_a_dismissed_matter_leaves_the_list_and_stays_in_all(folder: Path) -> None:
    decide("dismiss", folder, FREE)
    assert ["charge-over-tariff"] == [one["rule"] for one in listed(folder)]
    assert ["charge-over-tariff", "page-says-free"] == [one["rule"] for one in listed(folder, "--all")]


def test_what_waits_for_the_provider_is_counted_until_its_deadline_has_passed(folder: Path) -> None:
    for move in ("hear", "confirm", "notify"):
        decide(move, folder, OVER)
    assert "1 more wait for a provider or a retest" in call(folder).output
    decide("dismiss", folder, FREE, "--at", "2006-08-20")
    (late,) = listed(folder)
    assert (True, "notified") == (late["overdue"], late["state"])
    assert "overdue; dismiss, rectify" in call(folder).output


def test_credit_points_are_shown_fewest_first(folder: Path) -> None:
    decide("hear", folder, OVER)
    decide("confirm", folder, OVER)
    (account,) = json.loads(call("credit", folder, "--json").output)
    assert ("900001", "新浪", 90, 1) == tuple(
        account[name] for name in ("provider_code", "provider_name", "points", "confirmed")
    )
    assert "Credit points at the end of week 2006-W32." in call("credit", folder).output


def test_judging_again_keeps_decisions(folder: Path) -> None:
    decide("hear", folder, OVER)
    CliRunner().invoke(cli, ["judge", str(folder)])
    assert "heard" == json.loads(call("history", folder, OVER, "--json").output)["state"]
