"""The report as a file: complete in itself, drawable, harmless, and the same every time."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import subprocess
import sys
from datetime import date
from functools import cache
from io import BytesIO

import pytest
from fontTools.ttLib import TTFont
from selectolax.lexbor import LexborHTMLParser

from dialtest.folder.tasks import task_standings
from dialtest.language import LANGUAGES, Language, speaking
from dialtest.policy.phases import phases_on
from dialtest.rules.rule import Rule
from reports.document import weekly_document
from reports.weekly_view import weekly_view
from tests.reports.campaign_builder import FREE_WORDS, RULES, WEEK, CampaignBuilder, at, service

EVIL = service("=1+1", "900666", "<script>alert(1)</script>", name="\u202egnp.exe")


def document(built: CampaignBuilder, language: Language = "zh", rules: tuple[Rule, ...] = RULES) -> str:
    source = built.source(rules)
    with speaking(language):
        return weekly_document(weekly_view(source, WEEK), source.rules, language)


def busy_campaign() -> CampaignBuilder:
    built = CampaignBuilder(service(), EVIL, service("TL", "900003")).found().found()
    built.found(FREE_WORDS, EVIL, says='<img src=x onerror="alert(1)"> 中奖😀 {{ 7*7 }}', scenario="<b>x</b>")
    built.case(EVIL, reason="the page <iframe> has no order button", doubt=True, ended=at("08-01"))
    return built.found(ended=at("07-18"), begun=at("07-10"))


@cache
def busy_page(language: Language) -> str:
    return document(busy_campaign(), language)


def font_in(page: str) -> TTFont:
    (found,) = re.findall(r'url\("data:font/woff2;base64,([^"]+)"\)', page)
    return TTFont(BytesIO(base64.b64decode(found)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_character_of_the_document_is_in_the_font_it_carries(language: Language) -> None:
    page = busy_page(language)
    with font_in(page) as font:
        assert set() == set(page) - set(map(chr, font.getBestCmap())) - {"\n"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_document_fetches_nothing(language: Language) -> None:
    page = busy_page(language)
    tree = LexborHTMLParser(page)
    assert [] == tree.css("script, link, iframe, object, embed, form, base, meta[http-equiv]")
    addresses = [node.attributes[name] for name in ("src", "href") for node in tree.css(f"[{name}]")]
    assert [] == [one for one in addresses if not (one or "").startswith(("data:image/svg+xml;base64,", "#"))]
    assert ["data:"] == [one[:5] for one in re.findall(r'url\("?([^")]+)', page)]
    assert "@import" not in page


def test_every_link_leads_to_its_finding() -> None:
    tree = LexborHTMLParser(busy_page("zh"))
    targets = {node.attributes["id"] for node in tree.css("[id]")}
    links = [(node.attributes["href"] or "").removeprefix("#") for node in tree.css("a")]
    assert 2 == len(links)
    assert set(links) == targets


def test_markup_from_outside_is_shown_and_not_obeyed() -> None:
    page = busy_page("zh")
    tree = LexborHTMLParser(page)
    assert 0 == len(tree.css("img[onerror], article b, td b"))
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "{{ 7*7 }}" in tree.text()
    assert "‹U+202E›gnp.exe" in tree.text()
    assert "‹U+1F600›" in tree.text() or "\\U0001f600" in tree.text()


def test_the_most_harmful_matter_comes_first_with_room_for_answer_and_decision() -> None:
    tree = LexborHTMLParser(busy_page("en"))
    first = tree.css(".provider")[0]
    assert "Charge above the filed tariff" in first.text()
    assert ["confirm", "dismiss", "notify", "retest"] == [node.text() for node in first.css(".ticks span")]
    assert "Provider's answer" in first.text()


def test_both_languages_say_the_same_numbers() -> None:
    chinese, english = (LexborHTMLParser(busy_page(language)) for language in LANGUAGES)
    assert [node.text() for node in chinese.css(".numbers b")] == [node.text() for node in english.css(".numbers b")]
    assert "本周需要决定的事项" in chinese.text()
    assert "Decisions needed this week" in english.text()
    assert "收取45元,备案资费为30元。" in chinese.text()
    assert "Charged 45元; the filed tariff is 30元." in english.text()


def test_a_message_whose_facts_are_missing_shows_the_facts_it_has() -> None:
    built = CampaignBuilder().case(verdicts={}).finding(said="免费")
    assert "said: 免费" in LexborHTMLParser(document(built)).text()


def test_a_rule_that_is_no_longer_installed_is_shown_by_its_name() -> None:
    text = LexborHTMLParser(document(CampaignBuilder().found(), rules=())).text()
    assert "charge-over-tariff" in text
    assert "charged: 45元; filed: 30元" in text


def test_a_week_without_a_finding_says_so() -> None:
    text = LexborHTMLParser(document(CampaignBuilder().case(verdicts={}), "en")).text()
    assert "No finding became due this week; nothing is to be decided." in text


def test_the_seal_of_the_journal_stands_in_the_header() -> None:
    built = busy_campaign()
    seal = weekly_view(built.source(), WEEK).seal
    assert seal is not None
    assert seal.root in (LexborHTMLParser(document(built)).css_first("header").text())


def test_the_header_names_the_phase_of_the_week_and_what_is_overdue() -> None:
    source = CampaignBuilder().found().source(RULES)
    standings = task_standings(source.policy, {}, date(2006, 8, 6))
    with speaking("en"):
        shown = LexborHTMLParser(weekly_document(weekly_view(source, WEEK, standings), source.rules, "en")).text()
    overdue = [one.task.what["en"] for one in standings if one.status == "overdue"]
    assert overdue[0][:50] in shown
    assert f"and {len(overdue) - 3} more" in shown
    assert all(phase.name["en"] in shown for phase in phases_on(source.policy.phases, date(2006, 8, 6)))


def test_the_same_campaign_gives_the_same_bytes_in_another_process_zone_and_hash_seed() -> None:
    program = (
        "import hashlib; from tests.reports.test_document import busy_campaign, document;"
        "print(hashlib.sha256(document(busy_campaign()).encode()).hexdigest())"
    )
    other = {"PYTHONHASHSEED": "1", "TZ": "America/New_York", "LANG": "C", "LC_ALL": "C", "DIALTEST_LANG": "en"}
    told = subprocess.run(
        [sys.executable, "-c", program], env={**os.environ, **other}, capture_output=True, text=True, check=True
    ).stdout
    assert hashlib.sha256(document(busy_campaign()).encode()).hexdigest() == told.strip()
