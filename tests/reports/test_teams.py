"""Teams in the weekly report: several on a service, and where they disagree."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from dialtest.campaign.sweeping import SWEEP
from dialtest.language import speaking
from reports.document import weekly_document
from reports.weekly_view import weekly_view
from tests.reports.campaign_builder import OVER_TARIFF, WEEK, CampaignBuilder, at


def disagreeing() -> CampaignBuilder:
    built = CampaignBuilder().found().found(team="call_centre")
    for _ in range(4):
        built.case(team="third_party", ended=at("08-02"), verdicts={OVER_TARIFF.name: "clean"})
    return built


def text(built: CampaignBuilder) -> str:
    source = built.source()
    with speaking("en"):
        return LexborHTMLParser(weekly_document(weekly_view(source, WEEK), source.rules, "en")).text()


def test_where_teams_disagree_stands_in_the_report_with_the_dials_behind_each_side() -> None:
    told = text(disagreeing())
    assert "Where teams disagree" in told
    assert "1 of 1 dials" in told
    assert "0 of 4 dials" in told


def test_teams_of_one_mind_are_not_said_to_disagree() -> None:
    assert "Where teams disagree" not in text(CampaignBuilder().found().found(team="third_party"))


def test_services_of_several_teams_are_counted_and_a_provider_is_none_of_them() -> None:
    view = weekly_view(disagreeing().source(), WEEK)
    assert (1, 1) == (view.teams.dialled, view.teams.several)
    own = CampaignBuilder().found().case(team="provider", verdicts={OVER_TARIFF.name: "clean"})
    assert (1, 0) == (lambda teams: (teams.dialled, teams.several))(weekly_view(own.source(), WEEK).teams)


def test_a_sweep_contradicts_nobody() -> None:
    built = CampaignBuilder().found()
    for _ in range(9):
        built.case(scenario=SWEEP, team="third_party", ended=at("08-02"), verdicts={OVER_TARIFF.name: "clean"})
    assert () == weekly_view(built.source(), WEEK).teams.disagreements
