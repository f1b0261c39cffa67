"""Results that teams hand in as spreadsheets (D1): a provider's are its own, whoever hands them in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from dialtest.campaign.imported import import_results
from dialtest.campaign.judging import judge_journal
from dialtest.commands import cli
from dialtest.evidence.store import open_journal
from dialtest.folder.campaign import open_campaign
from dialtest.language import speaking
from dialtest.problem import BadInput
from dialtest.rules.registry import all_rules
from dialtest.standing.standing import Standing, standing_of
from tests.dialtest.campaign.campaign_folder import new_folder

HEADER = "拨测编号,团队,号码,品牌,企业代码,业务代码,场景,时间,动作,金额\n"
OWN_NUMBER = "号码,品牌,地区,地点,团队,对照号码,企业代码\n13700000001,神州行,昌吉,昌吉营业厅,SP,否,901508\n"


def charged(case: str, team: str, number: str, amount: str, provider: str = "901508") -> str:
    """A dial that ordered in July and read a bill with one charge in August."""
    start = f"{case},{team},{number},神州行,{provider}"
    service = "XW" if provider == "901508" else "TL"
    return (
        f"{start},{service},长期观察,2006-07-03 10:00,订购,\n"
        f"{start},{service},长期观察,2006-08-01 00:05,扣费,{amount}\n"
        f"{start},{service},长期观察,2006-08-02 09:00,查账单,\n"
    )


def folder_with(tmp_path: Path, *rows: str, numbers: str = "") -> Path:
    folder = new_folder(tmp_path)
    if numbers:
        (folder / "numbers.csv").write_text(numbers, encoding="utf-8")
    (folder / "results.csv").write_text(HEADER + "".join(rows), encoding="utf-8")
    return folder


def standing(folder: Path) -> Standing:
    campaign = open_campaign(folder)
    journal = open_journal(campaign.journal_url)
    import_results(campaign, journal, folder / "results.csv")
    judge_journal(journal, all_rules(), campaign.services.values())
    told = standing_of(campaign, journal)
    journal.close()
    return told


def test_results_of_a_provider_add_nothing_to_its_coverage_and_its_breaches_are_findings(tmp_path: Path) -> None:
    told = standing(folder_with(tmp_path, charged("1", "SP", "13900000001", "50元")))
    assert (0, 0) == (sum(row.services_dialled for row in told.providers), told.several_teams)
    assert (1, 1) == next((row.dials, row.services) for row in told.teams if row.team == "provider")
    assert told.findings > 0


def test_a_third_party_that_finds_what_another_team_does_not_disagrees_in_status(tmp_path: Path) -> None:
    rows = [charged("A", "第三方", "13911110001", "50元"), charged("B", "第三方", "13911110002", "50元")]
    rows += [charged(f"C{place}", "呼叫服务中心", f"1392222000{place}", "30元") for place in range(5)]
    folder = folder_with(tmp_path, *rows)
    told = [one for one in standing(folder).disagreements if one.rule == "charge-over-tariff"]
    assert [("third_party", 2, 2, "call_centre", 5)] == [
        (one.finding_team, one.found, one.of_dials, one.clean_team, one.clean) for one in told
    ]
    with speaking("en"):
        output = CliRunner().invoke(cli, ["status", str(folder)]).output
        listed = json.loads(CliRunner().invoke(cli, ["status", str(folder), "--json"]).output)
    assert "third party found it in 2 of 2 dials, call centre in none of 5" in output
    assert "charge-over-tariff" in [one["rule"] for one in listed["disagreements"]]


@pytest.mark.parametrize(
    ("team", "number", "provider", "told"),
    [
        ("第三方", "13700000001", "901508", "the team numbers.csv gives"),
        ("SP", "13700000001", "901515", "a service of 901508"),
    ],
)
def test_a_provider_s_number_is_neither_another_team_s_nor_dials_others(
    team: str, number: str, provider: str, told: str, tmp_path: Path
) -> None:
    folder = folder_with(tmp_path, charged("1", team, number, "30元", provider), numbers=OWN_NUMBER)
    with speaking("en"), pytest.raises(BadInput) as caught:
        standing(folder)
    assert told in "\n".join(caught.value.problems.lines())
