"""Performing a campaign: jobs, stops, replays, judging at closing and again."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from dialtest.campaign.drive import drive, plan_campaign
from dialtest.campaign.judging import findings, judge_journal
from dialtest.campaign.planbook import planned_cases
from dialtest.campaign.spend import Spend, cost_fen
from dialtest.evidence.journal import Tampered
from dialtest.evidence.record import Closed, Outcome
from dialtest.evidence.store import open_journal
from dialtest.evidence.unfinished import last_time, spent
from dialtest.folder.campaign import open_campaign
from dialtest.model.act import Send
from dialtest.model.observation import Trouble
from dialtest.rules.registry import all_rules
from tests.dialtest.campaign.campaigns import driven, heads, sample


def test_the_result_is_the_same_whatever_the_number_of_jobs(tmp_path: Path) -> None:
    alone, shared = driven(sample(tmp_path / "a")), driven(sample(tmp_path / "b"), jobs=2)
    assert heads(alone) == heads(shared)
    assert findings(alone) == findings(shared)
    assert findings(alone)


@pytest.mark.parametrize("campaign_cap_fen", [0, 20_000])
def test_the_result_is_the_same_whatever_numbers_share_a_carrier(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, campaign_cap_fen: int
) -> None:
    together = driven(sample(tmp_path / "a", per_campaign_fen=campaign_cap_fen))
    monkeypatch.setattr("dialtest.campaign.drive.PORTION_NUMBERS", 7)
    in_portions = driven(sample(tmp_path / "b", per_campaign_fen=campaign_cap_fen))
    assert heads(together) == heads(in_portions)
    assert findings(together) == findings(in_portions)
    assert last_time(together) == last_time(in_portions)


def test_the_latest_time_of_a_journal_is_that_of_a_case_under_way_too(tmp_path: Path) -> None:
    campaign = sample(tmp_path, services=4, clean=True)
    journal = open_journal(campaign.journal_url)
    assert last_time(journal) is None
    drive(campaign, journal, plan_campaign(campaign, journal).cases, campaign.begins + timedelta(days=40))
    latest = max(record.at for case in heads(journal) for record in journal.records_of(case))
    assert latest == last_time(journal)
    assert any(not isinstance(journal.records_of(case)[-1], Closed) for case in heads(journal))


def test_a_run_that_stopped_in_between_ends_like_one_that_did_not(tmp_path: Path) -> None:
    whole = driven(sample(tmp_path / "a"))
    campaign = sample(tmp_path / "b")
    stopped = open_journal(campaign.journal_url)
    cases = plan_campaign(campaign, stopped).cases
    drive(campaign, stopped, cases, campaign.begins + timedelta(days=60))
    assert len(heads(stopped)) < len(heads(whole))
    drive(campaign, stopped, plan_campaign(campaign, stopped).cases)
    assert heads(whole) == heads(stopped)
    assert findings(whole) == findings(stopped)


def test_running_a_finished_campaign_again_adds_nothing(tmp_path: Path) -> None:
    campaign = sample(tmp_path)
    journal = driven(campaign)
    before = heads(journal), findings(journal)
    drive(campaign, journal, plan_campaign(campaign, journal).cases)
    assert before == (heads(journal), findings(journal))


def test_judging_again_from_the_journal_agrees_with_judging_at_closing(tmp_path: Path) -> None:
    campaign = sample(tmp_path, services=40)
    journal = driven(campaign)
    at_closing = findings(journal)
    judged = judge_journal(journal, all_rules(), campaign.services.values())
    assert at_closing == findings(journal)
    assert len(at_closing) == judged.findings
    assert judged.findings > 10


def test_a_case_finishes_with_the_scenario_it_began_with(tmp_path: Path) -> None:
    campaign = sample(tmp_path, services=4, clean=True)
    own = tmp_path / "scenarios" / "own.py"
    own.parent.mkdir(exist_ok=True)
    own.write_text(OWN.format(days=40), encoding="utf-8")
    campaign = open_campaign(tmp_path)
    journal = open_journal(campaign.journal_url)
    drive(campaign, journal, plan_campaign(campaign, journal).cases, campaign.begins + timedelta(days=130))
    begun = [case for case in heads(journal) if ".wait-and-see." in case]
    own.write_text(OWN.format(days=2), encoding="utf-8")
    edited = open_campaign(tmp_path)
    drive(edited, journal, plan_campaign(edited, journal).cases)
    lasted = {}
    for case in heads(journal):
        if ".wait-and-see." in case:
            records = journal.records_of(case)
            assert isinstance(records[-1], Closed)
            assert "" == records[-1].reason
            lasted[case] = (records[-1].at - records[0].at).days
    assert begun
    assert {40} == {lasted[case] for case in begun}
    assert {2} == {days for case, days in lasted.items() if case not in begun}


def test_a_replay_that_differs_names_the_case_and_changes_nothing(tmp_path: Path) -> None:
    campaign = sample(tmp_path, services=4)
    journal = driven(campaign)
    before = heads(journal)
    other = open_campaign(tmp_path, seed=99)
    with pytest.raises(Tampered, match=r"901\d+\.\w+\.[a-z0-9-]+\.\d{3}"):
        drive(other, journal, plan_campaign(other, journal).cases)
    assert before == heads(journal)


def test_a_scenario_that_raises_loops_or_asks_nonsense_leaves_the_campaign_going(tmp_path: Path) -> None:
    campaign = sample(tmp_path, services=3, clean=True)
    (tmp_path / "scenarios").mkdir(exist_ok=True)
    (tmp_path / "scenarios" / "bad.py").write_text(BAD, encoding="utf-8")
    campaign = open_campaign(tmp_path)
    journal = driven(campaign)
    reasons = {}
    for case in heads(journal):
        last = journal.records_of(case)[-1]
        assert isinstance(last, Closed)
        reasons.setdefault(case.split(".")[2], set()).add((last.state, last.reason))
    assert all("ZeroDivisionError" in reason for _, reason in reasons["raises"])
    assert all("is past" in reason for _, reason in reasons["listens-to-the-past"])
    assert all("ScriptStuck" in reason for _, reason in reasons["never-asks"])
    assert all("more than 1000 acts" in reason for _, reason in reasons["asks-for-ever"])
    assert ("completed", "") in reasons["keep-through-first-bill"]


def test_no_number_commits_more_than_its_cap(tmp_path: Path) -> None:
    campaign = sample(tmp_path, services=12, clean=True, per_number_fen=1)
    journal = driven(campaign)
    refused = [
        record.result.detail
        for case in heads(journal)
        for record in journal.records_of(case)
        if isinstance(record, Outcome) and isinstance(record.result, Trouble) and record.result.failure == "refused"
    ]
    assert refused
    assert all("spend cap of 1 fen per number" in why for why in refused)


def test_a_bill_above_what_was_committed_counts_against_the_cap() -> None:
    from dialtest.model.observation import Bill, Charge
    from dialtest.rules.example import SERVICE, story

    spend, now = Spend(per_number_cap_fen=7_000), story().now
    order = Send("106600001", "DZXW", "order")
    assert "" == spend.refuses("1390", order, SERVICE)
    assert 3_000 == spend.campaign_fen
    spend.saw("1390", Bill(now, (Charge(now, "900001", "XW", "新浪", "头条新闻", 5_000, "monthly"),)))
    assert 5_000 == spend.campaign_fen
    assert "would be passed (8000 fen)" in spend.refuses("1390", order, SERVICE)
    assert "" == spend.refuses("1391", order, SERVICE)


def test_an_order_of_the_companion_commits_its_own_fee(tmp_path: Path) -> None:
    campaign = sample(tmp_path, services=12, clean=True, per_number_fen=100_000)
    journal = driven(campaign)
    beside = [case for case in planned_cases(journal, campaign.policy) if case.companion]
    assert beside
    fees = {case.msisdn: campaign.services[case.companion].fee_fen for case in beside}
    committed: dict[str, list[int]] = {case.msisdn: [] for case in beside}
    for msisdn, service, what in spent(journal):
        if msisdn in fees and isinstance(what, Send) and what.purpose == "order":
            committed[msisdn].append(cost_fen(what, service))
    assert all(fees[msisdn] in paid for msisdn, paid in committed.items())


OWN = '''"""A scenario of this campaign's own."""

from dialtest.script import Dial, any_service, days, scenario


@scenario("wait-and-see", fits=any_service, clauses=("D1",), lasts_days=45, orders=False)
async def wait_and_see(dial: Dial) -> None:
    """Wait."""
    await dial.listen(until=dial.now + days({days}))
'''

BAD = '''"""Scenarios that misbehave."""

from dialtest.script import Dial, any_service, days, scenario


@scenario("raises", fits=any_service, clauses=("D1",))
async def raises(dial: Dial) -> None:
    """Divide by nothing."""
    1 / 0


@scenario("listens-to-the-past", fits=any_service, clauses=("D1",))
async def listens_to_the_past(dial: Dial) -> None:
    """Ask for yesterday."""
    await dial.listen(until=dial.now - days(1))


@scenario("never-asks", fits=lambda service: service.billing_type == "per_use", clauses=("D1",))
async def never_asks(dial: Dial) -> None:
    """Compute for ever."""
    while True:
        pass


@scenario("asks-for-ever", fits=any_service, clauses=("D1",))
async def asks_for_ever(dial: Dial) -> None:
    """Query without end."""
    while True:
        await dial.query()
'''
