"""The page “10086” (H1, H2): what was measured against what was expected, and what the week ahead needs."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from dialtest.clock import Week
from dialtest.errors import DialtestError
from dialtest.language import LANGUAGES, Language, speaking
from dialtest.policy.load import load_policy
from load.measured import measured_path, write_measured
from load.plan.reading import load_plan
from reports.document import weekly_document
from reports.hotline_page import HotlinePage, hotline_page
from reports.weekly_view import weekly_view
from tests.load.measured_builder import measured_run
from tests.reports.campaign_builder import RULES, CampaignBuilder, service

POLICY = load_policy("monternet-2006")
WEEK = Week.parse("2006-W31")
MONDAY = datetime.fromisoformat("2006-07-31T09:00:00+08:00")
NEXT_TUESDAY = datetime.fromisoformat("2006-08-08T10:00:00+08:00")


def planned(folder: Path, agents: int = 30, start: datetime = NEXT_TUESDAY) -> Path:
    """A campaign folder whose plan reminds 3,000 subscribers within 50 minutes; a quarter of an hour later most who
    call have called.
    """
    (folder / "surge.toml").write_text(
        f"""
        name = "pilot"
        begins = "2006-07-31T00:00:00+08:00"
        [[batch]]
        number = 7
        brand = "mzone"
        size = 3000
        start = "{start.isoformat()}"
        messages_per_s = 1
        [callback]
        share = 0.4
        delay = {{ law = "exponential", mean_s = 600 }}
        [call]
        handle = {{ law = "exponential", mean_s = 180 }}
        patience = {{ law = "exponential", mean_s = 120 }}
        [agents]
        mzone = {agents}
        [background]
        mzone = 12
        """,
        encoding="utf-8",
    )
    return folder


def page(folder: Path) -> HotlinePage:
    found = hotline_page(folder, POLICY, WEEK)
    assert found is not None
    return found


def measure(folder: Path, begins: datetime, answered: int, asked: int, **changes: object) -> None:
    run = measured_run(load_plan(folder / "surge.toml"), begins, answered, asked, **changes)
    write_measured(run, measured_path(folder, begins))


def test_a_campaign_without_a_plan_has_no_page(tmp_path: Path) -> None:
    assert hotline_page(tmp_path, POLICY, WEEK) is None


def test_every_day_of_next_week_on_which_anybody_calls_is_there(tmp_path: Path) -> None:
    assert [date(2006, 8, 7) + timedelta(days=n) for n in range(2)] == [
        one.begins.date() for one in page(planned(tmp_path)).days
    ]


def test_agents_who_hold_the_standard_leave_nobody_short(tmp_path: Path) -> None:
    heavy = next(day for day in page(planned(tmp_path, agents=80)).days if day.begins.date() == NEXT_TUESDAY.date())
    assert 3000 == round(heavy.reminded)
    assert 1200 < sum(heavy.callers) < 1200 + 24 * 12
    assert 0 == heavy.short
    assert heavy.connection_rate > 0.99


def test_too_few_agents_are_named_with_brand_day_and_how_many_are_missing(tmp_path: Path) -> None:
    short = page(planned(tmp_path, agents=30)).short
    assert [("mzone", NEXT_TUESDAY.date())] == [(day.brand, day.begins.date()) for day in short]
    worst = short[0]
    assert 30 == worst.agents[worst.heaviest]
    assert worst.short == worst.agents_needed[worst.heaviest] - 30 > 20
    assert NEXT_TUESDAY <= worst.heaviest_at < NEXT_TUESDAY + timedelta(hours=1)


def test_agents_said_to_be_missing_are_enough_once_they_are_there(tmp_path: Path) -> None:
    missing = page(planned(tmp_path, agents=30)).short[0].short
    assert () == page(planned(tmp_path, agents=30 + missing)).short
    assert 1 == len(page(planned(tmp_path, agents=30 + missing - 1)).short)


def test_only_batches_of_next_week_are_proposed(tmp_path: Path) -> None:
    (batch,) = page(planned(tmp_path)).batches
    assert (NEXT_TUESDAY, timedelta(minutes=50), 1200) == (batch.begins, batch.ends - batch.begins, batch.callers)
    assert () == page(planned(tmp_path, start=NEXT_TUESDAY + timedelta(days=7))).batches


def test_only_what_was_measured_of_this_week_is_shown(tmp_path: Path) -> None:
    planned(tmp_path)
    measure(tmp_path, MONDAY, 90, 100)
    measure(tmp_path, MONDAY + timedelta(days=7), 10, 100)
    (run,) = page(tmp_path).runs
    (brand,) = run.brands
    assert (90, 100) == (brand.by_attempts.found, brand.by_attempts.dials)
    assert (4, [100, 0, 0, 0]) == (len(brand.quarters), [one.calls for one in brand.quarters])
    assert 12 == pytest.approx(brand.expected)


@pytest.mark.parametrize(("answered", "below"), [(70, True), (76, False), (90, False)])
def test_a_brand_is_below_its_standard_when_its_whole_interval_is(tmp_path: Path, answered: int, below: bool) -> None:
    planned(tmp_path)
    measure(tmp_path, MONDAY, answered, 100)
    assert below == page(tmp_path).runs[0].brands[0].below


def test_a_measurement_of_another_plan_says_so(tmp_path: Path) -> None:
    planned(tmp_path)
    measure(tmp_path, MONDAY, 90, 100)
    planned(tmp_path, agents=31)
    assert not page(tmp_path).runs[0].same_plan


def test_a_broken_measurement_is_named(tmp_path: Path) -> None:
    planned(tmp_path)
    measure(tmp_path, MONDAY, 90, 100)
    path = measured_path(tmp_path, MONDAY)
    path.write_bytes(path.read_bytes()[:200])
    with pytest.raises(DialtestError, match=path.name):
        page(tmp_path)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_weekly_report_has_the_page_and_obeys_no_host(tmp_path: Path, language: Language) -> None:
    planned(tmp_path)
    measure(tmp_path, MONDAY, 70, 100, host="<script>alert(1)</script>", late=60)
    source = CampaignBuilder(service()).found().source(RULES)
    with speaking(language):
        view = weekly_view(source, WEEK, (), page(tmp_path))
        text = weekly_document(view, source.rules, language)
    assert "5　10086" in text
    assert "&lt;script&gt;alert(1)" in text
    assert "<script" not in text
    assert {"zh": "未达到应有的速率", "en": "did not reach its rate"}[language] in text
