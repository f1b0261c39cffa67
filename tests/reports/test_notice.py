"""The breach notice: what it says in both languages, that nothing in it is obeyed, and the same bytes every time."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from dataclasses import replace
from datetime import datetime
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from selectolax.lexbor import LexborHTMLParser

from dialtest.errors import DialtestError
from dialtest.evidence.seal import seal
from dialtest.language import LANGUAGES, Language, speaking
from dialtest.model.matter import Move
from dialtest.model.service import Service
from dialtest.review.answer import keep_answer
from dialtest.review.decision import Ruling, decide
from dialtest.review.matter_file import MatterFile, matter_files
from dialtest.review.outcome import follow_evidence
from dialtest.rules.rule import Rule
from reports.notice_document import notice_html, notice_pdf
from reports.notice_text import NoticeText, notice_text
from reports.notice_view import notice_view
from reports.rule_words import RuleWords
from tests.reports.campaign_builder import OVER_TARIFF, POLICY, RULES, CampaignBuilder, at, service

MOVES: tuple[Move, ...] = ("hear", "confirm")
EVIL = service(
    "#sys",
    "900666",
    "<script>alert(1)</script>",
    name='#sys.inputs $x$ *b* = h1 \u202egnp.exe @ref \\u{1F600} "]',
)


def decided(built: CampaignBuilder, why: str = "属实", document: Path | None = None) -> MatterFile:
    """The only matter of a campaign, heard and confirmed on 8 August."""
    (file,) = matter_files(built.journal)
    documents = (keep_answer(built.journal, document),) if document else ()
    for move in MOVES:
        file = decide(built.journal, file, Ruling(move, "王芳", why, at("08-08"), documents), POLICY)
    seal(built.journal, at("08-09"))
    return file


def notice(
    built: CampaignBuilder, language: Language, rules: tuple[Rule, ...] = RULES, file: MatterFile | None = None
) -> NoticeText:
    source = built.source(rules)
    with speaking(language):
        view = notice_view(source, file or matter_files(built.journal)[0])
        return notice_text(view, RuleWords(source.rules, language), language)


def campaign(of: Service | None = None, rule: Rule = OVER_TARIFF, why: str = "属实") -> CampaignBuilder:
    of = of or service()
    built = CampaignBuilder(of, name=of.provider_name)
    built.case(ended=at("08-02"), charged_fen=4500, says=of.name, verdicts={rule.name: "finding"})
    built.finding(rule, charged="45元", filed="30元", refund_due_fen="3000")
    decided(built, why)
    return built


def refunded(built: CampaignBuilder, begun: datetime | None = None, ended: datetime | None = None) -> CampaignBuilder:
    """One more dial that found 15 yuan charged too much."""
    built.case(begun=begun, ended=ended, charged_fen=4500, verdicts={OVER_TARIFF.name: "finding"})
    return built.finding(due=ended, charged="45元", filed="30元", refund_due_fen="1500")


def words_of(pdf: bytes) -> str:
    """All words of a PDF without blanks: lines break and letters are spaced as the layout likes."""
    return "".join("".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


@cache
def both(language: Language) -> tuple[str, str]:
    """The words of HTML and PDF, without blanks."""
    made = notice(campaign(), language)
    return "".join(LexborHTMLParser(notice_html(made)).body.text().split()), words_of(notice_pdf(made))


def without_blanks(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_forms_name_provider_service_clauses_refund_deadline_and_hashes(language: Language) -> None:
    built = campaign()
    (file,) = matter_files(built.journal)
    (cited,) = file.entries[-1].decided.findings
    for words in both(language):
        facts = ("新浪", "头条新闻", "900001", "XW", *OVER_TARIFF.clauses, "30元", "2006-08-1523:59", "王芳:属实")
        for expected in (*facts, "case-0001"):
            assert expected in words
        assert cited.hash in words
        assert file.entries[-1].hash in words


def test_it_is_written_in_chinese_and_in_english() -> None:
    assert all("违约通知书" in words and "签字(盖章)" in words for words in both("zh"))
    assert all("Noticeofbreach" in words and "Signature,seal" in words for words in both("en"))
    assert all("收费高于备案资费" in words for words in both("zh"))
    assert all("Chargeabovethefiledtariff" in words for words in both("en"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_markup_from_outside_is_shown_and_not_obeyed(language: Language) -> None:
    made = notice(campaign(EVIL, why="#panic() <b>x</b> {{ 7*7 }}"), language)
    page = LexborHTMLParser(notice_html(made))
    assert [] == page.css("script, b, img, iframe")
    for words in (without_blanks(page.body.text()), words_of(notice_pdf(made))):
        for expected in ("<script>alert(1)</script>", "#sys.inputs$x$*b*=h1‹U+202E›gnp.exe@ref", "#panic()", "{{7*7}}"):
            assert without_blanks(expected) in words


def test_the_same_matter_gives_the_same_bytes_in_another_process_zone_and_hash_seed() -> None:
    program = (
        "import hashlib; from tests.reports.test_notice import *;"
        "made = notice(campaign(), 'zh');"
        "print(hashlib.sha256(notice_html(made).encode() + notice_pdf(made)).hexdigest())"
    )
    other = {"PYTHONHASHSEED": "1", "TZ": "America/New_York", "LANG": "C", "LC_ALL": "C", "DIALTEST_LANG": "en"}
    told = subprocess.run(
        [sys.executable, "-c", program], env={**os.environ, **other}, capture_output=True, text=True, check=True
    ).stdout
    made = notice(campaign(), "zh")
    assert hashlib.sha256(notice_html(made).encode() + notice_pdf(made)).hexdigest() == told.strip()


def test_later_decisions_and_judgings_do_not_change_a_notice() -> None:
    built = campaign()
    before = notice(built, "en")
    (file,) = matter_files(built.journal)
    decide(built.journal, file, Ruling("notify", "王芳", "已签收", at("08-10")), POLICY)
    built.found(begun=at("08-12"), ended=at("08-20"))
    assert before == notice(built, "en")


def test_a_breach_confirmed_again_after_it_recurred_gets_a_notice_of_its_own() -> None:
    built = campaign()
    (file,) = matter_files(built.journal)
    again: tuple[Move, ...] = ("notify", "rectify")
    for move in again:
        file = decide(built.journal, file, Ruling(move, "王芳", "已改", at("08-10")), POLICY)
    built.found(begun=at("08-12"), ended=at("08-20"))
    (file,) = follow_evidence(built.journal, matter_files(built.journal), POLICY)
    for move in MOVES:
        file = decide(built.journal, file, Ruling(move, "王芳", "再次发生", at("08-22")), POLICY)
    made = notice(built, "en")
    assert f"Notice no. {file.key.id}-2" == made.number
    assert "The breach costs 20 credit points." in made.demands
    assert ["再次发生"] == [said for _at, said, _documents in made.answers]
    assert ["case-0002"] == [case for case, _record, _hash in made.hashes]
    assert ["case-0002"] == [case for _at, _message, case in made.found]


def test_a_recurrence_demands_what_was_not_demanded_before() -> None:
    built = refunded(CampaignBuilder())
    file = decided(built)
    for move in ("notify", "rectify"):
        file = decide(built.journal, file, Ruling(move, "王芳", "已改", at("08-10")), POLICY)  # type: ignore[arg-type]
    refunded(built, begun=at("08-12"), ended=at("08-20"))
    (file,) = follow_evidence(built.journal, matter_files(built.journal), POLICY)
    for move in MOVES:
        file = decide(built.journal, file, Ruling(move, "王芳", "再次发生", at("08-22")), POLICY)
    made = notice(built, "en")
    assert ("Refund due", "15元, besides 15元 demanded before") in made.facts
    assert any(demand.startswith("Refund 15元 ") for demand in made.demands)


def test_a_confirmation_that_was_taken_back_gives_no_notice() -> None:
    built = campaign()
    decide(built.journal, matter_files(built.journal)[0], Ruling("dismiss", "王芳", "误判", at("08-10")), POLICY)
    with pytest.raises(DialtestError, match="taken back at 2006-08-10 10:00 by 王芳: 误判"), speaking("en"):
        notice(built, "en")


def test_the_providers_answer_and_the_digest_of_its_documents_stand_in_it(tmp_path: Path) -> None:
    (tmp_path / "answer.pdf").write_bytes(b"%PDF\xff")
    built = CampaignBuilder().found()
    decided(built, document=tmp_path / "answer.pdf")
    ((at_, said, documents),) = notice(built, "en").answers
    assert ("2006-08-08 10:00", "属实") == (at_, said)
    assert documents == f"answer.pdf (SHA-256 {hashlib.sha256(b'%PDF' + bytes([0xFF])).hexdigest()})"


def test_a_breach_of_the_carrier_is_addressed_to_the_carrier_and_costs_no_points() -> None:
    made = notice(campaign(rule=replace(OVER_TARIFF, breach="carrier_duty")), "en")
    assert ("Notice of the carrier's own breach", "中国移动") == (made.title, made.addressee)
    assert [] == [demand for demand in made.demands if "credit points" in demand]
    assert ["The breach costs 10 credit points."] == [d for d in notice(campaign(), "en").demands if "points" in d]


def test_a_matter_that_was_never_confirmed_has_no_notice() -> None:
    built = CampaignBuilder().found()
    with pytest.raises(DialtestError, match="never confirmed"), speaking("en"):
        notice(built, "en")


def test_many_findings_are_listed_up_to_a_bound_and_the_rest_counted() -> None:
    built = CampaignBuilder()
    for _ in range(130):
        built.found()
    decided(built)
    made = notice(built, "en")
    assert (20, "and 110 more", 100, "and 30 more") == (
        len(made.found),
        made.found_more,
        len(made.hashes),
        made.hashes_more,
    )
    assert 2 == len(made.cases)
