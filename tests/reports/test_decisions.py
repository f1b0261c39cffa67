"""The weekly report shows where each matter stands, what was decided, and the credit points."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from dialtest.clock import Week
from dialtest.language import speaking
from dialtest.model.matter import Move
from dialtest.review.decision import Ruling, decide
from dialtest.review.matter_file import matter_files
from dialtest.review.outcome import follow_evidence
from reports.document import weekly_document
from reports.weekly_view import weekly_view
from tests.reports.campaign_builder import POLICY, WEEK, CampaignBuilder, at, service


def page(built: CampaignBuilder, week: Week = WEEK) -> LexborHTMLParser:
    source = built.source()
    with speaking("en"):
        return LexborHTMLParser(weekly_document(weekly_view(source, week), source.rules, "en"))


def take(built: CampaignBuilder, *moves: Move, why: str = "they admit it") -> None:
    file = matter_files(built.journal)[0]
    for move in moves:
        file = decide(built.journal, file, Ruling(move, "Wang Fang", why, at("08-08")), POLICY)


def test_a_matter_that_was_decided_on_shows_its_decisions_and_what_may_follow() -> None:
    built = CampaignBuilder().found()
    take(built, "hear", "confirm")
    provider = page(built).css(".provider")[0]
    shown = provider.css(".ticks")[0].text()
    file = matter_files(built.journal)[0]
    for expected in (file.key.id, "confirmed", "2006-08-08", "Wang Fang: they admit it", file.entries[-1].hash[:12]):
        assert expected in shown
    assert ["dismiss", "notify"] == [node.text().strip() for node in provider.css(".ticks div > span")]


def test_what_followed_from_the_evidence_is_told_in_the_words_of_the_report() -> None:
    built = CampaignBuilder().found()
    take(built, "hear", "confirm", "notify", "rectify")
    built.found(begun=at("08-12"), ended=at("08-20"))
    follow_evidence(built.journal, matter_files(built.journal), POLICY)
    text = page(built, Week.parse("2006-W33")).text()
    assert "Found again in 1 dials begun after it was to be rectified" in text
    assert '"count"' not in text


def test_the_room_for_answer_and_decision_is_filled_when_there_is_one() -> None:
    built = CampaignBuilder().found()
    assert 3 == len(page(built).css(".provider .rule"))
    take(built, "hear", "confirm")
    answer = page(built).css_first(".provider .answer")
    assert "they admit it" in answer.text()
    assert "deadline 2006-08-15 23:59" in answer.text()
    assert [] == answer.css(".rule")


def test_what_is_still_open_from_earlier_weeks_stays_on_the_agenda() -> None:
    built = CampaignBuilder().found()
    take(built, "hear", "confirm", "notify")
    built.case(service("TL", "900003"), begun=at("08-15"), ended=at("08-16"), verdicts={})
    text = page(built, Week.parse("2006-W33")).text()
    assert "Still open from earlier weeks　1" in text
    take(built, "dismiss", why="a mistake of ours")
    assert "Still open from earlier weeks" not in page(built, Week.parse("2006-W33")).text()


def test_the_league_begins_with_the_fewest_credit_points() -> None:
    built = CampaignBuilder(service(), service("TL", "900003"))
    built.found().found().case(service("TL", "900003"), verdicts={})
    built.found(of=service("TL", "900003"))
    take(built, "hear", "confirm")
    view = weekly_view(built.source(), Week.parse("2006-W32"))
    assert [("900001", 90), ("900003", 100)] == [(one.provider_code, one.points) for one in view.league]


def test_what_is_due_back_stands_beside_the_evidence() -> None:
    built = CampaignBuilder().case(ended=at("08-02"), charged_fen=4500, verdicts={"charge-over-tariff": "finding"})
    built.finding(charged="45元", filed="30元", refund_due_fen="3000")
    assert "30元 due back" in page(built).css_first("article.finding").text()


def test_a_deadline_that_has_passed_is_marked() -> None:
    built = CampaignBuilder().found()
    take(built, "hear", "confirm", "notify")
    built.found(begun=at("08-15"), ended=at("08-22"))
    assert "overdue" not in page(built).css_first(".provider .answer").text()
    assert "overdue" in page(built, Week.parse("2006-W34")).css_first(".provider .answer").text()


def test_a_decision_from_outside_is_shown_and_not_obeyed() -> None:
    built = CampaignBuilder().found()
    take(built, "hear", why="<script>alert(1)</script> \u202e")
    shown = page(built)
    assert [] == shown.css("script")
    assert "<script>alert(1)</script> ‹U+202E›" in shown.text()
