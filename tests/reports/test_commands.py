"""`dialtest report weekly` on a campaign folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dialtest.clock import Week
from dialtest.errors import CouldNotTest, DialtestError
from dialtest.folder.text import write_folder
from dialtest.language import language, speaking
from dialtest.model.number import Number
from dialtest.settings import Settings
from reports.bulletin import write_bulletin, write_bulletins
from reports.commands import report
from reports.half_month import HalfMonth
from reports.summary import write_summary
from reports.weekly import write_weekly
from tests.reports.campaign_builder import POLICY, WEEK, CampaignBuilder, service


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A campaign folder whose journal holds one finding due in week 2006-W31."""
    place = tmp_path / "campaign"
    place.mkdir()
    write_folder(place, Settings(name="sample"), POLICY, [service()], [Number("13900000001", "mzone")])
    built = CampaignBuilder(url=f"sqlite:///{place}/journal.db").found()
    built.source()
    built.journal.close()
    return place


def run(*arguments: object) -> Result:
    with speaking("en"):
        result = CliRunner().invoke(report, ["weekly", *map(str, arguments)])
        assert "en" == language()
        return result


def test_the_report_is_written_into_the_campaign_in_the_language_asked_for(folder: Path) -> None:
    result = run(folder, "--week", "2006-W31", "--lang", "zh")
    path = folder / "reports" / "weekly-2006-W31.zh.html"
    assert (0, f"已写出：{path}\n") == (result.exit_code, result.output)
    assert "收费高于备案资费" in path.read_text(encoding="utf-8")
    assert [path] == list(path.parent.iterdir())


def test_without_a_week_the_last_one_with_a_finding_is_reported(folder: Path) -> None:
    assert "weekly-2006-W31.en.html" == write_weekly(folder, None, "en").name


def test_the_findings_are_written_as_lists_too(folder: Path, tmp_path: Path) -> None:
    csv, xlsx = tmp_path / "list.csv", tmp_path / "list.xlsx"
    assert 0 == run(folder, "--week", "2006-W31", "--out", tmp_path / "w.html", "--csv", csv, "--xlsx", xlsx).exit_code
    lines = csv.read_text(encoding="utf-8-sig").splitlines()
    assert (2, True) == (len(lines), lines[1].startswith("2006-W31,new,critical,price fraud,900001,新浪,XW,头条新闻"))
    assert lines[1].endswith(",0元,Me48c8207d2,new,")
    assert xlsx.stat().st_size > 1_000


def test_the_same_folder_gives_the_same_files(folder: Path, tmp_path: Path) -> None:
    files = [write_weekly(folder, WEEK, "en", tmp_path / f"{name}.html") for name in ("one", "two")]
    assert files[0].read_bytes() == files[1].read_bytes()


def test_a_folder_that_is_no_campaign_is_told_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(DialtestError, match="dialtest init"):
        write_weekly(tmp_path, WEEK, "en")


def test_a_language_we_do_not_speak_is_refused(folder: Path) -> None:
    with pytest.raises(DialtestError, match="no language"):
        write_weekly(folder, WEEK, "fr")


def test_a_week_before_the_campaign_is_refused(folder: Path) -> None:
    with pytest.raises(DialtestError, match="Nothing was dialled"):
        write_weekly(folder, Week.parse("2006-W01"), "en")


def test_a_report_that_cannot_be_written_leaves_nothing_behind(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    with speaking("en"), pytest.raises(CouldNotTest, match="taken cannot be written"):
        write_weekly(folder, WEEK, "en", tmp_path / "taken")
    assert [] == list(tmp_path.glob("*.part"))


def test_help_has_an_example() -> None:
    assert "Example:  dialtest report weekly" in run("--help").output


def test_several_bulletins_are_the_same_as_each_alone(folder: Path, tmp_path: Path) -> None:
    halves = [HalfMonth.parse("2006-07-2"), HalfMonth.parse("2006-08-1")]
    together = [path.read_bytes() for path in write_bulletins(folder, halves, ("zh", "en"))]
    alone = [
        write_bulletin(folder, half, lang, tmp_path / f"{half}.{lang}").read_bytes()
        for half in halves
        for lang in ("zh", "en")
    ]
    assert together == alone


def test_the_bulletin_of_the_last_half_month_with_a_finding_is_the_default(folder: Path) -> None:
    with speaking("en"):
        result = CliRunner().invoke(report, ["bulletin", str(folder)])
    assert (0, f"Written: {folder}/reports/bulletin-2006-08-1.en.html\n") == (result.exit_code, result.output)


def test_the_summary_is_written_into_the_campaign(folder: Path) -> None:
    with speaking("en"):
        result = CliRunner().invoke(report, ["summary", str(folder), "--lang", "zh"])
    assert (0, f"已写出：{folder}/reports/summary.zh.html\n") == (result.exit_code, result.output)


def test_papers_that_cannot_be_read_are_told_before_anything_is_written(folder: Path) -> None:
    (folder / "tasks.csv").write_text("task,done on\nofice,2006-06-10\n", encoding="utf-8")
    with speaking("en"), pytest.raises(DialtestError, match=r"tasks\.csv, row 2"):
        write_summary(folder, "en")
    assert not (folder / "reports").exists()


def test_a_campaign_that_found_nothing_has_a_bulletin_of_its_last_half_month(tmp_path: Path) -> None:
    write_folder(tmp_path, Settings(name="clean"), POLICY, [service()], [Number("13900000001", "mzone")])
    built = CampaignBuilder(url=f"sqlite:///{tmp_path}/journal.db").case(verdicts={})
    built.source()
    built.journal.close()
    assert "bulletin-2006-08-1.en.html" == write_bulletin(tmp_path, None, "en").name
