"""The final summary (D9, D10): before and after, months, refunds, side effects, tasks; and what it must not claim."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from dialtest.errors import DialtestError
from dialtest.evidence.record import Closed, Opened, Outcome
from dialtest.folder.halls import Hall
from dialtest.folder.papers import Papers
from dialtest.folder.service_checks import ServiceCheck
from dialtest.folder.tasks import Done
from dialtest.language import LANGUAGES, Language, speaking
from dialtest.model.act import ReadBill, Send, Withdraw
from dialtest.model.number import Number
from dialtest.model.observation import Bill, Charge, Refund, Sent, Withdrawn
from dialtest.review.decision import Ruling, decide
from dialtest.review.matter_file import matter_files
from dialtest.rules.rule import Rule
from reports.before_after import Compared
from reports.bulletin_view import bulletin_view
from reports.half_month import HalfMonth
from reports.matter import Rate
from reports.months import Month, months_between
from reports.summary import summary_document
from reports.summary_view import SummaryView, summary_view
from tests.reports.campaign_builder import FREE_WORDS, OVER_TARIFF, POLICY, CampaignBuilder, at, service

NO_PAPERS = Papers({}, (), ())
ON = date(2006, 12, 31)
CARRIERS = Rule(**{**{name: getattr(OVER_TARIFF, name) for name in OVER_TARIFF.__slots__}, "breach": "carrier_duty"})


def view(built: CampaignBuilder, papers: Papers = NO_PAPERS, on: date = ON) -> SummaryView:
    return summary_view(built.source(), papers, (), POLICY.starts, POLICY.ends, on)


def page(built: CampaignBuilder, language: Language = "en", papers: Papers = NO_PAPERS) -> str:
    source = built.source()
    with speaking(language):
        seen = summary_view(source, papers, (), POLICY.starts, POLICY.ends, ON)
        return summary_document(seen, source.rules, language)


def improving(before: int = 20, after: int = 20) -> CampaignBuilder:
    """Every dial meets a breach before the rectification, and none after it."""
    built = CampaignBuilder()
    for place in range(before):
        built.found(begun=at("06-10") + timedelta(days=place), ended=at("08-02"))
    for place in range(after):
        built.case(begun=at("09-03") + timedelta(days=place), verdicts={OVER_TARIFF.name: "clean"})
    return built


def ordered(built: CampaignBuilder, name: str, when: datetime, withdrawn: datetime | None, until: datetime) -> None:
    """A case that orders, perhaps withdraws, and ends."""
    opened = Opened(name, 0, 0, when, service(), Number(f"139{len(name):08d}", "mzone"), "kept", 1, "", "", 1)
    records: list[Opened | Outcome | Closed] = [
        opened, Outcome(name, 1, 1, when, Send("106600001", "DZXW", "order"), Sent(when)),
    ]  # fmt: skip
    if withdrawn is not None:
        wish = Withdraw("hotline", "900001", "XW")
        records.append(Outcome(name, 2, 2, withdrawn, wish, Withdrawn(withdrawn, True)))
    records.append(Closed(name, len(records), 3, until, "completed"))
    chain = built.journal.begin(name)
    for record in records:
        built.journal.append(chain, record)
    built.journal.commit()


def billed(built: CampaignBuilder, name: str, msisdn: str, bill: Bill) -> None:
    opened = Opened(name, 0, 0, at("08-01"), service(), Number(msisdn, "mzone"), "bill", 1, "", "", 1)
    chain = built.journal.begin(name)
    built.journal.append(chain, opened)
    built.journal.append(chain, Outcome(name, 1, 1, bill.at, ReadBill(), bill))
    built.journal.commit()


def charge(when: datetime, fee_fen: int, kind: str = "monthly") -> Charge:
    return Charge(when, "900001", "XW", "新浪", "头条新闻", fee_fen, kind)  # type: ignore[arg-type]


def test_fewer_findings_after_the_rectification_are_told_where_the_intervals_lie_apart() -> None:
    told = view(improving())
    assert ("fell", 20, 20) == (
        told.compared.total.change,
        told.compared.total.before.found,
        told.compared.total.after.dials,
    )
    assert "fewer dials met a breach" in LexborHTMLParser(page(improving())).text()


def test_a_difference_that_few_dials_leave_open_is_not_claimed() -> None:
    assert "open" == view(improving(before=2, after=2)).compared.total.change
    assert "The dials show no difference" in LexborHTMLParser(page(improving(before=2, after=2))).text()


def test_more_findings_are_told_too() -> None:
    built = CampaignBuilder()
    for place in range(20):
        built.case(begun=at("06-10") + timedelta(days=place), verdicts={OVER_TARIFF.name: "clean"})
        built.found(begun=at("09-03") + timedelta(days=place), ended=at("11-01"))
    assert "rose" == view(built).compared.total.change


def test_more_dials_of_a_scenario_that_finds_much_are_no_rise() -> None:
    built = CampaignBuilder()
    for days, found, clean in (("06-10", (10, 1), (10, 39)), ("09-03", (40, 0), (40, 10))):
        for scenario, bad, good in (("finds-much", found[0], clean[0]), ("finds-little", found[1], clean[1])):
            for _ in range(bad):
                built.found(begun=at(days), ended=at(days) + timedelta(days=3), scenario=scenario)
            for _ in range(good):
                built.case(begun=at(days), scenario=scenario, verdicts={OVER_TARIFF.name: "clean"})
    total = view(built).compared.total
    assert (11, 60, 40, 90) == (total.before.found, total.before.dials, total.after.found, total.after.dials)
    assert "open" == total.change
    assert abs(total.before.share - total.after.share) < 0.02


def test_scenarios_of_one_period_alone_are_not_compared() -> None:
    built = improving()
    for place in range(30):
        built.case(begun=at("10-01") + timedelta(days=place), scenario="other", verdicts={OVER_TARIFF.name: "clean"})
    told = view(built).compared
    assert (("keep-through-first-bill",), 20) == (told.scenarios, told.total.after.dials)


def test_retests_which_dial_what_was_found_at_fault_are_held_against_nobody() -> None:
    built = improving()
    for place in range(1, 21):
        name = f"900001.XW.keep-through-first-bill.retest-{place:02d}"
        built.case(name=name, begun=at("09-10"), verdicts={OVER_TARIFF.name: "finding"}).finding()
    seen = view(built)
    assert (0, 20) == (seen.compared.total.after.found, seen.compared.total.after.dials)
    assert {"2006-09": 20} == {str(month.month): month.any.dials for month in seen.months if month.month.month == 9}


def test_the_days_of_rectification_are_neither_before_nor_after() -> None:
    told = view(improving().found(begun=at("08-15"), ended=at("09-02"))).compared
    assert (date(2006, 7, 31), date(2006, 9, 1)) == (told.before_ends, told.after_starts)
    assert (20, 20) == (told.total.before.dials, told.total.after.dials)


def test_a_provider_s_own_dials_and_the_carrier_s_own_failures_are_not_held_against_a_provider() -> None:
    built = improving(before=3, after=3).case(begun=at("06-12"), team="provider", verdicts={})
    built.case(begun=at("06-13"), verdicts={}).finding(CARRIERS)
    told = view(built).compared
    (row,) = told.providers
    assert (4, 3, 4) == (told.total.before.found, row.before.found, row.before.dials)


@given(st.integers(0, 40), st.integers(0, 40), st.integers(0, 40), st.integers(0, 40))
def test_a_change_is_told_only_where_the_shares_really_differ(found: int, clean: int, later: int, cleaner: int) -> None:
    sides = Rate(found, found + clean), Rate(later, later + cleaner)
    row = Compared("", (sides,) if all(side.dials for side in sides) else ())
    if row.change == "fell":
        assert later * (found + clean) < found * (later + cleaner)
    if row.change == "rose":
        assert later * (found + clean) > found * (later + cleaner)


def test_dials_count_in_the_month_they_were_begun_in() -> None:
    months = view(improving(before=3, after=3)).months
    assert [(Month(2006, 6), 3, 3), (Month(2006, 7), 0, 0), (Month(2006, 8), 0, 0), (Month(2006, 9), 0, 3)] == [
        (one.month, one.any.found, one.any.dials) for one in months
    ]
    assert Rate(3, 3) == months[0].by_breach["price_fraud"]
    assert Rate(0, 3) == months[0].by_breach["misleading_ads"]


def test_months_go_on_over_the_turn_of_a_year() -> None:
    assert ["2006-11", "2006-12", "2007-01"] == list(map(str, months_between(Month(2006, 11), Month(2007, 1))))


def test_findings_are_added_up_by_class_matter_service_and_provider() -> None:
    other = service("TL", "900003")
    built = CampaignBuilder(service(), other).found().found().found(FREE_WORDS).found(OVER_TARIFF, other)
    rows = {row.breach: (row.findings, row.matters, row.services, row.providers) for row in view(built).breaches}
    assert ((3, 2, 2, 2), (1, 1, 1, 1)) == (rows["price_fraud"], rows["misleading_ads"])


def test_fees_and_refunds_are_those_of_the_bills_each_line_once() -> None:
    built = CampaignBuilder().case()
    twice = (charge(at("08-01"), 3000), charge(at("08-01"), 3000))
    back = Refund(at("09-05"), "900001", "XW", "新浪", "头条新闻", 3000, "refund", "R1")
    top = Refund(at("09-05"), "900001", "XW", "新浪", "头条新闻", 3000, "double_return", "R1")
    billed(built, "first", "13900000091", Bill(at("08-02"), twice))
    billed(built, "second", "13900000091", Bill(at("09-06"), (*twice, charge(at("09-01"), 50, "per_use")), (back, top)))
    told = view(built)
    assert [("2006-08", 6000, 0, 0), ("2006-09", 0, 50, 6000)] == [
        (str(one.month), one.monthly_fen, one.per_use_fen, one.paid_back_fen) for one in told.effects if one.fees_fen
    ]
    assert (3000, 3000, 0, 6000) == (
        told.refunds.refund_fen, told.refunds.double_return_fen, told.refunds.goodwill_fen, told.refunds.paid_fen
    )  # fmt: skip


def test_an_order_that_is_not_withdrawn_before_its_first_charge_outlives_both_reminders() -> None:
    built = CampaignBuilder()
    ordered(built, "kept", at("07-05"), None, at("08-03"))
    ordered(built, "withdrawn", at("07-05"), at("07-31", 23), at("08-03"))
    ordered(built, "charged first", at("07-05"), at("08-01", 1), at("08-03"))
    ordered(built, "nobody knows", at("07-05"), None, at("07-30"))
    (july,) = view(built).effects
    assert (Month(2006, 7), Rate(2, 3)) == (july.month, july.kept)


def test_checks_of_a_month_have_their_mean_and_their_kinds_apart() -> None:
    checks = tuple(
        ServiceCheck(date(2006, 9, day), kind, "延安路营业厅", "李四", "退订办理", score)
        for day, kind, score in ((1, "service_check", 900), (2, "service_check", 801), (3, "satisfaction", 700))
    )
    papers = Papers({}, (), checks)
    september = next(one for one in view(improving(), papers).effects if one.month == Month(2006, 9))
    assert {"service_check": (2, 85.05), "satisfaction": (1, 70.0)} == {
        kind: (score.count, score.mean) for kind, score in september.checks.items()
    }
    assert "退订办理" in page(improving(), "zh", papers)


def test_without_service_checks_none_are_made_up() -> None:
    assert all(not one.checks for one in view(improving()).effects)
    assert "secret check" not in LexborHTMLParser(page(improving())).text()


def test_tasks_and_halls_are_shown_as_they_stood() -> None:
    papers = Papers(
        {"office": Done("office", date(2006, 6, 20), "张三", "会议纪要")},
        (Hall("昌吉", "延安路", True, date(2006, 7, 20), date(2006, 7, 1)),),
        (),
    )
    told = view(improving(), papers)
    assert ("late", 1) == (told.tasks[0].status, told.task_counts["late"])
    assert ["checked"] == [delay.matter for delay in told.halls]
    assert "会议纪要" in page(improving(), "zh", papers)


def test_the_course_counts_dials_and_findings_of_each_phase() -> None:
    course = view(improving(before=3, after=2)).course
    assert [(1, 3, 0), (2, 0, 0), (3, 0, 3), (4, 2, 0), (5, 0, 0)] == [
        (row.phase.number, row.dials, row.findings) for row in course
    ]


def reviewed() -> CampaignBuilder:
    """One matter heard and confirmed in August."""
    built = CampaignBuilder().found()
    built.journal.commit()
    (file,) = matter_files(built.journal)
    file = decide(built.journal, file, Ruling("hear", "王五", "未答复", at("08-04")), POLICY)
    decide(built.journal, file, Ruling("confirm", "王五", "证据充分", at("08-05")), POLICY)
    return built


def test_what_the_review_decided_is_counted_in_the_period_it_was_decided_in() -> None:
    built = reviewed()
    assert (1, 1, True) == (lambda told: (told.new, told.confirmed, told.decided))(view(built).review)
    august = bulletin_view(built.source(), NO_PAPERS, (), HalfMonth.parse("2006-08-1")).review
    later = bulletin_view(built.source(), NO_PAPERS, (), HalfMonth.parse("2006-08-2")).review
    assert ((1, 1), (0, 0)) == ((august.new, august.confirmed), (later.new, later.confirmed))


def test_before_any_decision_nothing_is_called_confirmed() -> None:
    assert "No review meeting has recorded a decision yet" in LexborHTMLParser(page(improving())).text()
    assert "No review meeting has recorded a decision yet" not in LexborHTMLParser(page(reviewed())).text()


@cache
def full_page(language: Language) -> str:
    evil = service("=1+1", "900666", "<script>alert(1)</script>", name="\u202egnp.exe")
    built = CampaignBuilder(service(), evil, name="<img src=x onerror=alert(1)>").found(OVER_TARIFF, evil)
    built.found(begun=at("06-10")).case(begun=at("09-10"), verdicts={OVER_TARIFF.name: "clean"})
    check = ServiceCheck(date(2006, 9, 1), "satisfaction", "<b>hall</b>", "{{ 7*7 }}", "中奖😀", 905)
    papers = Papers(
        {"office": Done("office", date(2006, 6, 1), "<i>", "\u202e")}, (Hall("<b>", "x", False, None, None),), (check,)
    )
    return page(built, language, papers)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_summary_fetches_nothing_and_obeys_nobody(language: Language) -> None:
    tree = LexborHTMLParser(full_page(language))
    assert [] == tree.css("script, link, iframe, img[onerror], td b, td i")
    assert {"data:"} == {(node.attributes["src"] or "")[:5] for node in tree.css("[src]")}
    assert "{{ 7*7 }}" in tree.text()


def test_both_languages_say_the_same_numbers() -> None:
    chinese, english = (LexborHTMLParser(full_page(language)) for language in LANGUAGES)
    assert [node.text() for node in chinese.css(".numbers b")] == [node.text() for node in english.css(".numbers b")]


def test_a_campaign_that_dialled_nothing_is_refused() -> None:
    with speaking("en"), pytest.raises(DialtestError, match="Nothing was dialled"):
        view(CampaignBuilder())


def test_the_same_campaign_gives_the_same_bytes(tmp_path: Path) -> None:
    assert page(improving()) == page(improving())
