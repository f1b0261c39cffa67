"""The documents list every header, every setting and an example that imports."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from dialtest.campaign.imported import import_results
from dialtest.campaign.judging import findings, judge_journal
from dialtest.catalogue.columns import ADVERT_HEADERS, NUMBER_HEADERS, RESULT_HEADERS, SERVICE_HEADERS, Headers
from dialtest.catalogue.tariff import parse_tariff
from dialtest.evidence.store import open_journal
from dialtest.folder.campaign import open_campaign
from dialtest.rules.registry import all_rules
from dialtest.settings import PlanSettings, Settings, SpendSettings
from tests.dialtest.campaign.campaign_folder import new_folder

DOCS = Path(__file__).parents[3] / "docs"
CATALOGUE = (DOCS / "catalogue.md").read_text(encoding="utf-8")
FOLDER = (DOCS / "campaign-folder.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("document", "headers"),
    [
        (CATALOGUE, SERVICE_HEADERS),
        (CATALOGUE, ADVERT_HEADERS),
        (CATALOGUE, NUMBER_HEADERS),
        (FOLDER, RESULT_HEADERS),
    ],
)
def test_the_documents_list_every_header_of_every_column(document: str, headers: Headers) -> None:
    listed = re.findall(r"^\| (\w+)(?: \*)? \| ([^|]+) \|", document, re.MULTILINE)
    assert [] == [name for name, aliases in headers.items() if (name, ", ".join(aliases)) not in listed]


def test_the_document_lists_every_setting() -> None:
    keys = [known.name for known in fields(Settings) if known.name not in ("plan", "spend", "sandbox")]
    keys += [f"plan.{known.name}" for known in fields(PlanSettings)]
    keys += [f"spend.{known.name}" for known in fields(SpendSettings)]
    assert [] == [key for key in keys if f"`{key}`" not in FOLDER]


def test_the_documented_tariffs_are_understood() -> None:
    (line,) = (line for line in CATALOGUE.splitlines() if line.startswith("`30元/月`"))
    written = re.findall(r"`([^`]+)`", line)
    assert 11 == len([parse_tariff(text) for text in written])


def test_the_documented_results_import_and_give_the_two_findings_they_tell_of(tmp_path: Path) -> None:
    found = re.search(r"<!-- example: results.csv -->\n```csv\n(.*?)```", FOLDER, re.DOTALL)
    assert found is not None
    (tmp_path / "results.csv").write_text(found[1], encoding="utf-8")
    campaign, journal = open_campaign(new_folder(tmp_path)), open_journal("sqlite://")
    assert 2 == import_results(campaign, journal, tmp_path / "results.csv").cases
    judge_journal(journal, all_rules())
    assert ["withdrawal-refused", "charge-over-tariff"] == [finding.rule for finding in findings(journal)]
