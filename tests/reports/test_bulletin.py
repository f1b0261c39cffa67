"""The half-month bulletin (D6, D7): what it counts, that it is one page, and that it is harmless."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from dialtest.clock import Week
from dialtest.errors import DialtestError
from dialtest.evidence.record import Closed, Opened, Outcome, Seen
from dialtest.folder.halls import Hall
from dialtest.folder.papers import Papers
from dialtest.folder.tasks import Done
from dialtest.language import LANGUAGES, Language, speaking
from dialtest.model.act import Call, Complain, ReadBill
from dialtest.model.number import Number
from dialtest.model.observation import Bill, Called, Charge, Complained, Message, Refund
from reports.bulletin import bulletin_document
from reports.bulletin_view import PROVIDERS_SHOWN, BulletinView, bulletin_view
from reports.half_month import HalfMonth
from reports.matter import Rate
from reports.reading import read_campaign
from tests.reports.campaign_builder import FREE_WORDS, OVER_TARIFF, POLICY, CampaignBuilder, at, service
from tests.reports.printed import printed_pages

HALF = HalfMonth.parse("2006-08-1")
NO_PAPERS = Papers({}, (), ())


def view(built: CampaignBuilder, papers: Papers = NO_PAPERS, half: HalfMonth = HALF) -> BulletinView:
    return bulletin_view(built.source(), papers, (), half)


def page(built: CampaignBuilder, language: Language = "zh", papers: Papers = NO_PAPERS) -> str:
    source = built.source()
    with speaking(language):
        return bulletin_document(bulletin_view(source, papers, ("昌吉",), HALF), source.rules, language)


def complaint(
    built: CampaignBuilder, name: str, made: datetime, answered: datetime | None, provider: str = "900001"
) -> None:
    """A case that did nothing but complain, and heard what it heard."""
    opened = Opened(
        name, 0, 0, made, service(provider=provider), Number("13900009999", "mzone"), "complain", 1, "", "", 1
    )
    act = Complain("hotline", provider, "XW", "charge", "refund")
    records: list[Opened | Outcome | Seen | Closed] = [
        opened,
        Outcome(name, 1, 1, made, act, Complained(made, f"R{name}")),
    ]
    if answered is not None:
        text = f"投诉答复:R{name}号投诉已核查,收费无误。中国移动"
        records.append(Seen(name, 2, 1, answered, Message(answered, answered, "10086", text), 1))
    records.append(Closed(name, len(records), 2, made + timedelta(days=6), "completed"))
    chain = built.journal.begin(name)
    for record in records:
        built.journal.append(chain, record)
    built.journal.commit()


def call(built: CampaignBuilder, name: str, answered: bool, brand: str = "mzone", patience_s: int = 120) -> None:
    began = at("08-03")
    opened = Opened(name, 0, 0, began, service(), Number("13900008888", brand), "call", 1, "", "", 1)
    taken = began + timedelta(seconds=30) if answered else None
    called = Called(began, began, began + timedelta(minutes=2), "0", (), began + timedelta(seconds=10), taken)
    chain = built.journal.begin(name)
    built.journal.append(chain, opened)
    built.journal.append(chain, Outcome(name, 1, 1, began, Call("10086", "0", patience_s), called))
    built.journal.append(chain, Closed(name, 2, 1, called.ended_at, "completed"))
    built.journal.commit()


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2006-07-1", "2006-07-01", "2006-07-15"),
        ("2006-07-2", "2006-07-16", "2006-07-31"),
        ("2008-02-2", "2008-02-16", "2008-02-29"),
    ],
)
def test_a_half_month_has_its_days(text: str, first: str, last: str) -> None:
    half = HalfMonth.parse(text)
    assert (first, last, text) == (str(half.first_day), str(half.last_day), str(half))
    assert half == half.next.previous == HalfMonth.of(half.last_day)


@pytest.mark.parametrize("text", ["2006-07", "2006-13-1", "2006-07-3", "2006-7-1", "２００６-07-1", "0000-07-1"])
def test_what_is_no_half_month_is_refused(text: str) -> None:
    with speaking("en"), pytest.raises(DialtestError, match="not half a month"):
        HalfMonth.parse(text)


def test_bulletins_are_numbered_from_the_campaign_s_first() -> None:
    assert [1, 2, 5, 14] == [
        HalfMonth.parse(text).number_since(POLICY.starts)
        for text in ("2006-06-1", "2006-06-2", "2006-08-1", "2006-12-2")
    ]


def test_dials_services_and_providers_of_independent_teams_are_counted() -> None:
    built = CampaignBuilder(service(), service(provider="900002"))
    built.case(begun=at("08-01")).case(begun=at("08-02"), team="provider").case(begun=at("07-02"), ended=at("07-20"))
    told = view(built)
    assert (1, 2) == (told.now.dials, told.to_date.dials)
    assert (1, 2, 1, 2) == (told.to_date.services, told.services, told.to_date.providers, told.all_providers)


def test_a_finding_counts_in_the_half_month_its_verdict_became_due() -> None:
    built = (
        CampaignBuilder().found(ended=at("08-15")).found(ended=at("08-16")).found(ended=at("07-20"), begun=at("07-01"))
    )
    row = view(built).breaches[0]
    assert ("price_fraud", 1, 1, 2, 1) == (row.breach, row.now, row.before, row.to_date, row.services)


def test_complaints_are_counted_by_their_answers_against_the_limit() -> None:
    built = CampaignBuilder().found()
    limit = timedelta(hours=POLICY.terms(at("08-01")).complaint.answer_within_h)  # type: ignore[union-attr]
    complaint(built, "a", at("08-01"), at("08-01") + limit)
    complaint(built, "b", at("08-01"), at("08-01") + limit + timedelta(seconds=1))
    complaint(built, "c", at("08-01"), None)
    complaint(built, "d", at("08-15"), None)
    complaint(built, "e", at("08-15"), at("08-16"))
    complaint(built, "f", at("07-31"), at("08-01"))
    counts = view(built).complaints
    assert (5, 1, 1, 2, 1) == (counts.made, counts.in_time, counts.late, counts.waiting, counts.overdue)
    assert 1 / 3 == counts.share_in_time
    assert limit + timedelta(seconds=1) == counts.longest
    assert 6 == view(built).complaints_to_date.made


def test_complaints_stand_beside_their_provider() -> None:
    built = CampaignBuilder(service(), service(provider="900002")).case()
    complaint(built, "a", at("08-01"), at("08-02"), provider="900002")
    (row,) = view(built).providers
    assert ("900002", 1, 1) == (row.code, row.complaints.made, row.complaints.in_time)
    assert "24.0 h" in LexborHTMLParser(page(built, "en")).text()


def test_a_half_month_without_complaints_says_so() -> None:
    assert "No complaint was raised in this period." in LexborHTMLParser(page(CampaignBuilder().found(), "en")).text()


def test_the_connection_rate_stands_by_brand_against_its_standard() -> None:
    built = CampaignBuilder().found()
    for place in range(12):
        call(built, f"call-{place}", answered=place < 3)
    (rate,) = view(built).connection
    assert ("mzone", 3, 12, 0.80, "below") == (rate.brand, rate.answered, rate.asked, rate.standard, rate.verdict)
    assert "25.0%" in LexborHTMLParser(page(built, "en")).text()


def test_a_rate_that_few_calls_leave_open_is_not_said_to_be_below() -> None:
    built = CampaignBuilder().found()
    for place in range(9):
        call(built, f"call-{place}", answered=False)
    assert ["unknown"] == [rate.verdict for rate in view(built).connection]


def test_a_caller_who_hangs_up_early_on_purpose_says_nothing_of_the_rate() -> None:
    built = CampaignBuilder().found()
    call(built, "one", answered=False, patience_s=30)
    assert ((), Rate(0, 1)) == (view(built).connection, view(built).early_calls)
    told = LexborHTMLParser(page(built, "en")).text()
    assert "Calls that hung up early on purpose, most at the peak: 1, of them answered: 0." in told


def test_money_paid_back_to_test_numbers_counts_once_however_often_the_bill_is_read() -> None:
    built = CampaignBuilder().found()
    charge = Charge(at("08-01"), "900001", "XW", "新浪", "头条新闻", 3000, "monthly")
    back = Refund(at("08-05"), "900001", "XW", "新浪", "头条新闻", 3000, "refund", "R1")
    for name in ("first", "second"):
        opened = Opened(name, 0, 0, at("08-01"), service(), Number("13900007777", "mzone"), "x", 1, "", "", 1)
        chain = built.journal.begin(name)
        built.journal.append(chain, opened)
        built.journal.append(chain, Outcome(name, 1, 1, at("08-06"), ReadBill(), Bill(at("08-06"), (charge,), (back,))))
    built.journal.commit()
    assert 3000 == view(built).paid_back_fen


def test_phases_tasks_and_halls_stand_as_on_the_last_day() -> None:
    done = {"office": Done("office", date(2006, 6, 10), "", ""), "website": Done("website", date(2006, 8, 14), "", "")}
    papers = Papers(done, (Hall("昌吉", "延安路", False, date(2006, 7, 1), date(2006, 7, 1)),), ())
    told = view(CampaignBuilder().found(), papers)
    assert [3] == [phase.number for phase in told.phases]
    assert ["website"] == [one.task.task for one in told.done_now]
    assert 2 == told.tasks["done"]
    assert ["desk"] == [delay.matter for delay in told.halls]
    assert "existing-ready" in [one.task.task for one in told.next_due]


def full() -> tuple[CampaignBuilder, Papers]:
    """Everything as long and as much as it can be."""
    names = [service("X" * 60, f"9{place:05d}", "名" * 60, name="WWWW" * 15) for place in range(20)]
    built = CampaignBuilder(*names, name="很长的活动名称" * 20)
    for place, one in enumerate(names):
        built.found(OVER_TARIFF, one).found(FREE_WORDS, one)
        complaint(built, f"c{place}", at("08-02"), at("08-12") if place % 2 else None, one.provider_code)
    for brand in ("gotone", "easyown", "mzone"):
        call(built, f"call-{brand}", answered=False, brand=brand)
    done = {
        name: Done(name, date(2006, 8, 1 + place), "某某", "依据")
        for place, name in enumerate(("office", "numbers", "filings", "website"))
    }
    halls = tuple(Hall(f"城市{place}", "营业厅", False, None, None) for place in range(30))
    return built, Papers(done, halls, ())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_fullest_bulletin_is_one_page(language: Language, tmp_path: Path) -> None:
    built, papers = full()
    document = page(built, language, papers)
    tree = LexborHTMLParser(document)
    assert [4, 3, PROVIDERS_SHOWN, 3] == [len(table.css("tbody tr")) for table in tree.css("table")]
    assert 16 >= len(tree.css("dd"))
    assert 1 == printed_pages(document, tmp_path)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_bulletin_fetches_nothing_and_obeys_nobody(language: Language) -> None:
    evil = service("=1+1", "900666", "<script>alert(1)</script>", name="\u202egnp.exe")
    document = page(CampaignBuilder(evil, name="<img src=x onerror=alert(1)>").found(OVER_TARIFF, evil), language)
    tree = LexborHTMLParser(document)
    assert [] == tree.css("script, link, iframe, a, img[onerror]")
    assert ["data:"] == [(node.attributes["src"] or "")[:5] for node in tree.css("[src]")]
    assert "‹U+202E›gnp.exe" in tree.text()


def test_a_half_month_before_the_first_dial_is_refused() -> None:
    with speaking("en"), pytest.raises(DialtestError, match="Nothing was dialled"):
        view(CampaignBuilder().found(), half=HalfMonth.parse("2006-06-1"))


def test_the_same_campaign_gives_the_same_bytes() -> None:
    assert page(*(full()[:1])) == page(*(full()[:1]))


@pytest.mark.parametrize("text", ["2006-07-1", "2006-07-2", "2006-08-1", "2006-08-2"])
def test_a_bulletin_made_later_says_what_it_would_have_said_then(text: str) -> None:
    built, papers = full()
    built.case(begun=at("07-10"), ended=at("07-20"), reason="no balance").found(begun=at("07-05"), ended=at("07-16"))
    complaint(built, "answered later", at("07-15"), at("07-17"))
    source, half = built.source(), HalfMonth.parse(text)
    then = bulletin_view(source, papers, (), half)
    later = bulletin_view(source, papers, (), half, read_campaign(source, at("12-31")))
    assert then == later


@pytest.mark.parametrize(("parse", "text"), [(HalfMonth.parse, "9999-12-2"), (Week.parse, "9999-W52")])
def test_the_end_of_the_calendar_is_refused(parse: Callable[[str], object], text: str) -> None:
    with pytest.raises(DialtestError, match=text):
        parse(text)
