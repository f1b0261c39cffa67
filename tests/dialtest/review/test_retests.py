"""A breach said to be rectified is dialled again by the scenario that found it, and what that shows decides."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from dialtest.campaign.planbook import planned_cases
from dialtest.commands import cli
from dialtest.errors import DialtestError
from dialtest.evidence.store import open_journal
from dialtest.evidence.verify import verify
from dialtest.folder.campaign import open_campaign
from dialtest.language import speaking
from dialtest.review.matter_file import matter_files
from dialtest.review.retest import plan_retests
from dialtest.review.states import NotPossible
from dialtest.sample.sample import write_sample
from dialtest.settings import FaultSettings
from tests.reports.campaign_builder import at

SERVICE = "901508/XW"
FAULT = "charge-over-tariff"
MENDED = date(2006, 8, 10)


def call(*arguments: object) -> str:
    result = CliRunner().invoke(cli, [str(argument) for argument in arguments])
    assert 0 == result.exit_code, (result.output, result.exception)
    return result.output


def rectified(folder: Path, until: date | None) -> str:
    """A campaign with one fault, followed up until its provider says it is rectified; the matter's id."""
    write_sample(folder, services=4, faults=[FaultSettings(FAULT, (SERVICE,), until=until)])
    call("run", folder, "--until", "2006-08-08")
    matter = next(one for one in json.loads(call("review", folder, "--json")) if one["rule"] == FAULT)["id"]
    for move in ("hear", "confirm", "notify", "rectify"):
        call("review", move, folder, matter, "--by", "王芳", "--why", "已改正", "--at", "2006-08-11 10:00")
    return str(matter)


def of(folder: Path, matter: str) -> dict[str, object]:
    told: dict[str, object] = json.loads(call("review", "history", folder, matter, "--json"))
    return told


@pytest.fixture(scope="module")
def mended(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("mended")
    return folder, rectified(folder, MENDED)


def test_retests_dial_the_service_with_the_scenario_that_found_it_on_numbers_new_to_it(
    mended: tuple[Path, str],
) -> None:
    folder, matter = mended
    campaign = open_campaign(folder)
    journal = open_journal(campaign.journal_url)
    planned = planned_cases(journal, campaign.policy)
    file = next(file for file in matter_files(journal) if file.key.id == matter)
    found_by = {case.scenario for case in planned if case.case in {finding.case for finding in file.findings}}
    retests = [case for case in planned if ".retest-" in case.case]
    journal.close()
    assert 3 <= len(retests) <= 12
    assert {SERVICE} == {case.service for case in retests}
    assert {case.scenario for case in retests} <= found_by
    for case in retests:
        others = [other for other in planned if other.msisdn == case.msisdn and other.case != case.case]
        assert SERVICE not in {other.service for other in others}
        assert all(other.starts_at < case.starts_at for other in others)
        assert case.starts_at > at("08-11")


def test_while_retests_are_to_come_no_more_are_planned(mended: tuple[Path, str]) -> None:
    folder, matter = mended
    before = of(folder, matter)["history"]
    again = ("review", "rectify", folder, matter, "--by", "王芳", "--why", "已改正", "--at", "2006-08-12")
    refused = CliRunner().invoke(cli, [str(one) for one in again])
    assert isinstance(refused.exception, NotPossible)
    assert "dialtest run" in refused.exception.remedy
    assert before == of(folder, matter)["history"]


def test_retests_whose_numbers_are_gone_are_told_and_others_may_be_planned_in_their_place(tmp_path: Path) -> None:
    matter = rectified(tmp_path, MENDED)
    first = of(tmp_path, matter)["history"][-1]["retests"]  # type: ignore[index]
    campaign = open_campaign(tmp_path)
    journal = open_journal(campaign.journal_url)
    gone = {case.msisdn for case in planned_cases(journal, campaign.policy) if case.case in first}
    journal.close()
    numbers = tmp_path / "numbers.csv"
    lines = [line.split(",") for line in numbers.read_text("utf-8").splitlines()]
    others = [[f"1{place:010d}" if msisdn in gone else msisdn, *rest] for place, (msisdn, *rest) in enumerate(lines)]
    numbers.write_text("\n".join(map(",".join, others)), encoding="utf-8")
    with speaking("en"):
        assert f"{len(first)} of them cannot be dialled" in call("review", "retest", tmp_path, matter)
    call("review", "rectify", tmp_path, matter, "--by", "王芳", "--why", "换号复测", "--at", "2006-08-12 10:00")
    call("run", tmp_path)
    assert "retested" == of(tmp_path, matter)["state"]


def test_a_mended_service_passes_its_retests_and_the_matter_is_closed(mended: tuple[Path, str]) -> None:
    folder, matter = mended
    call("run", folder)
    told = of(folder, matter)
    assert "retested" == told["state"]
    call("review", "close", folder, matter, "--by", "梳理会议", "--why", "复测正常")
    assert "closed" == of(folder, matter)["state"]
    call("judge", folder)
    call("run", folder)
    assert "closed" == of(folder, matter)["state"]
    journal = open_journal(open_campaign(folder).journal_url)
    assert verify(journal).holds
    journal.close()


def test_a_service_that_was_not_mended_recurs_and_is_heard_again(tmp_path: Path) -> None:
    matter = rectified(tmp_path, None)
    call("run", tmp_path)
    told = of(tmp_path, matter)
    history = told["history"]
    assert isinstance(history, list)
    assert ("recurred", "dialtest") == (told["state"], history[-1]["by"])
    assert matter in call("review", tmp_path)


def test_what_was_found_with_a_companion_is_retested_with_one_on_numbers_new_to_both(tmp_path: Path) -> None:
    write_sample(tmp_path, services=12, faults=[FaultSettings("list-reply-ends-all", ("*",))])
    call("run", tmp_path)
    campaign = open_campaign(tmp_path)
    journal = open_journal(campaign.journal_url)
    file = next(file for file in matter_files(journal) if file.key.rule == "ended-unasked")
    dialled = {(case.msisdn, key) for case in planned_cases(journal, campaign.policy) for key in case.services}
    retests = plan_retests(campaign, journal, file, at("12-01")).cases
    journal.close()
    assert retests
    for case in retests:
        assert case.companion
        assert not {(case.msisdn, case.service), (case.msisdn, case.companion)} & dialled


def test_without_a_free_number_the_shortage_is_told_and_nothing_is_recorded(tmp_path: Path) -> None:
    write_sample(tmp_path, services=4, faults=[FaultSettings(FAULT, (SERVICE,))])
    call("run", tmp_path, "--until", "2006-08-08")
    numbers = tmp_path / "numbers.csv"
    campaign = open_campaign(tmp_path)
    journal = open_journal(campaign.journal_url)
    spent = {case.msisdn for case in planned_cases(journal, campaign.policy) if case.service == SERVICE}
    kept = [line for line in numbers.read_text("utf-8").splitlines() if line.split(",")[0] in spent or "号码" in line]
    numbers.write_text("\n".join(kept), encoding="utf-8")
    file = next(file for file in matter_files(journal) if file.key.rule == FAULT)
    with pytest.raises(DialtestError, match=SERVICE):
        plan_retests(open_campaign(tmp_path), journal, file, at("08-11"))
    journal.close()
