"""The live driver: same campaign, same observations; what is in doubt is never repeated."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from dialtest.campaign.judging import findings, judge_journal
from dialtest.campaign.live import LiveDriver, bind, drive_live
from dialtest.campaign.resume import restore_spend
from dialtest.campaign.runner import IN_DOUBT, Runner
from dialtest.campaign.spend import Spend
from dialtest.campaign.virtual import VirtualDriver
from dialtest.errors import CouldNotTest, DialtestError
from dialtest.evidence.journal import Journal
from dialtest.evidence.record import AnyRecord, Closed, Intent, Outcome, Seen
from dialtest.evidence.unfinished import case_states
from dialtest.model.act import AnyAct, Send
from dialtest.model.finding import Finding
from dialtest.model.observation import AnyObservation, Message, Sent, Trouble
from dialtest.network.port import Arrival
from dialtest.rules.registry import all_rules
from dialtest.served.act_ledger import ActLedger
from dialtest.served.replayable import made_of
from tests.dialtest.campaign.served import served
from tests.dialtest.campaign.small_campaign import SmallCampaign, small_campaign, without_cursors

ORDER_AND_LISTEN = """
from dialtest.script import *
@scenario("order-and-listen", fits=any_service, clauses=("T1",))
async def order_and_listen(dial: Dial) -> None:
    order = await dial.send(dial.service.order_command, purpose="order")
    await dial.listen(until=order.at + minutes(10))
"""


def virtual_journal(campaign: SmallCampaign) -> Journal:
    journal = campaign.journal()
    driver = VirtualDriver(Runner(campaign.cast, journal), campaign.faults, campaign.begins, campaign.cast.numbers)
    driver.run(campaign.planned)
    return journal


def virtual_records(campaign: SmallCampaign) -> dict[str, list[bytes]]:
    return records_by_case(virtual_journal(campaign))


def findings_of(journal: Journal, campaign: SmallCampaign) -> list[Finding]:
    judge_journal(journal, all_rules(), campaign.cast.services.values())
    return findings(journal)


def records_by_case(journal: Journal) -> dict[str, list[bytes]]:
    return {records[0].case: without_cursors(records) for records in journal.every_case()}


def closings(journal: Journal) -> dict[str, tuple[str, str]]:
    """State and reason of every case that ended."""
    last = [records[-1] for records in journal.every_case()]
    return {record.case: (record.state, record.reason) for record in last if isinstance(record, Closed)}


class ScriptedNetwork:
    """A network in the test's hands: acts are answered by a function, messages come at given times."""

    identity = "scripted"

    def __init__(self, campaign: SmallCampaign, arrivals: Sequence[Arrival] = ()) -> None:
        self.time = campaign.begins
        self.arrivals = list(arrivals)
        self.performed: list[tuple[str, AnyAct]] = []
        self.answer: Callable[[str, AnyAct], AnyObservation] = lambda msisdn, act: Sent(self.time)
        self.lock = threading.Lock()

    def now(self) -> datetime:
        return self.time

    def perform(self, msisdn: str, act: AnyAct) -> AnyObservation:
        with self.lock:
            self.performed.append((msisdn, act))
            return self.answer(msisdn, act)

    def wait(self, until: datetime, after: int) -> Sequence[Arrival]:
        coming = [arrival for arrival in self.arrivals if arrival.cursor > after and arrival.message.at <= until]
        self.time = max(self.time, coming[0].message.at if coming else until)
        return [arrival for arrival in coming if arrival.message.at <= self.time]

    def close(self) -> None:
        pass


class Crash(BaseException):
    """The process is gone: nothing after it happens."""


def one_case() -> SmallCampaign:
    return small_campaign(services=1, sources=[ORDER_AND_LISTEN])


def test_the_same_campaign_live_and_virtual_gives_the_same_records_and_findings(tmp_path: Path) -> None:
    campaign = small_campaign(services=10)
    live, virtual = campaign.journal(tmp_path), virtual_journal(campaign)
    with served(campaign) as url:
        assert drive_live(campaign.cast, live, campaign.planned, url)
    assert records_by_case(virtual) == records_by_case(live)
    found = findings_of(virtual, campaign)
    assert found == findings_of(live, campaign)
    assert {"S1", "S3"} <= {finding.service_code for finding in found}


def test_live_and_virtual_agree_across_a_change_to_or_from_summer_time(tmp_path: Path) -> None:
    source = ORDER_AND_LISTEN.replace("minutes(10)", "days(30)")
    campaign = small_campaign(services=10, policy="uk-premium-2019", sources=[source], apart=timedelta(days=40))
    journal = campaign.journal(tmp_path)
    with served(campaign) as url:
        drive_live(campaign.cast, journal, campaign.planned, url)
    offsets = {record.at.utcoffset() for records in journal.every_case() for record in records}
    assert {timedelta(0), timedelta(hours=1)} == offsets
    assert {"completed"} == {state for state, _ in closings(journal).values()}
    assert virtual_records(campaign) == records_by_case(journal)


def test_two_campaigns_at_one_carrier_see_what_each_would_see_alone(tmp_path: Path) -> None:
    campaign = small_campaign(services=4)
    halves = campaign.planned[0::2], campaign.planned[1::2]
    journals = []
    for place in range(2):
        (tmp_path / str(place)).mkdir()
        journals.append(campaign.journal(tmp_path / str(place)))
    with served(campaign) as url:
        threads = [
            threading.Thread(target=drive_live, args=(campaign.cast, journal, half, url))
            for journal, half in zip(journals, halves, strict=True)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
    ended = {**closings(journals[0]), **closings(journals[1])}
    assert {case.case for case in campaign.planned} == set(ended)


def test_a_run_as_far_as_a_day_goes_on_from_there(tmp_path: Path) -> None:
    campaign = small_campaign(services=3)
    journal = campaign.journal(tmp_path)
    half = campaign.begins + timedelta(days=20)
    with served(campaign) as url:
        drive_live(campaign.cast, journal, campaign.planned, url, until=half)
        assert "open" in case_states(journal).values()
        assert [] == [record for records in journal.every_case() for record in records if record.at > half]
        drive_live(campaign.cast, journal, campaign.planned, url)
    assert virtual_records(campaign) == records_by_case(journal)


def test_the_carrier_started_again_with_its_ledger_goes_on_where_it_was(tmp_path: Path) -> None:
    campaign = small_campaign(services=3)
    journal, ledger = campaign.journal(tmp_path), tmp_path / "ledger.db"
    for days in (3, 25, 60, 400):
        with served(campaign, ledger) as url:
            drive_live(campaign.cast, journal, campaign.planned, url, until=campaign.begins + timedelta(days=days))
    assert virtual_records(campaign) == records_by_case(journal)


def test_the_served_carrier_merges_no_acts(tmp_path: Path) -> None:
    campaign = small_campaign(services=2)
    journal = campaign.journal(tmp_path)
    with served(campaign, tmp_path / "ledger.db") as url:
        drive_live(campaign.cast, journal, campaign.planned, url)
    ledger = ActLedger(tmp_path / "ledger.db", made_of(campaign.cast, campaign.faults, campaign.begins))
    outcomes = [
        record
        for records in journal.every_case()
        for record in records
        if isinstance(record, Outcome) and record.act.__struct_config__.tag != "listen"
    ]
    assert len(outcomes) == len(list(ledger.acts()))
    ledger.close()


# In doubt


def test_intents_are_durable_before_anything_is_sent(tmp_path: Path) -> None:
    campaign = one_case()
    journal, other = campaign.journal(tmp_path), campaign.journal(tmp_path)
    network = ScriptedNetwork(campaign)
    seen: list[AnyRecord] = []

    def answer(msisdn: str, act: AnyAct) -> AnyObservation:
        seen.append(other.records_of(campaign.planned[0].case)[-1])
        return Sent(network.time)

    network.answer = answer
    LiveDriver(Runner(campaign.cast, journal), network).run(campaign.planned)
    assert [Intent] == [type(record) for record in seen]


def test_an_act_that_was_sent_and_not_written_down_is_in_doubt_and_not_repeated(tmp_path: Path) -> None:
    campaign = one_case()
    network = ScriptedNetwork(campaign)

    def crash(msisdn: str, act: AnyAct) -> AnyObservation:
        raise Crash

    network.answer = crash
    with pytest.raises(Crash):
        LiveDriver(Runner(campaign.cast, campaign.journal(tmp_path)), network).run(campaign.planned)
    journal = campaign.journal(tmp_path)
    LiveDriver(Runner(campaign.cast, journal), network).run(campaign.planned)
    assert 1 == len(network.performed)
    (state, reason), *_ = closings(journal).values()
    assert ("inconclusive", True) == (state, reason.startswith(IN_DOUBT))
    outcome = journal.records_of(campaign.planned[0].case)[-2]
    assert isinstance(outcome, Outcome)
    assert isinstance(outcome.result, Trouble)
    assert "in_doubt" == outcome.result.failure


@pytest.mark.parametrize("failure", ["timeout", "garbage"])
def test_an_order_without_a_readable_answer_is_in_doubt_whatever_the_script_would_do(failure: str) -> None:
    source = (
        ORDER_AND_LISTEN.replace("    order = await", "    for _ in range(3):\n      try: order = await")
        .replace('"order")', '"order")\n      except CannotTest: pass')
        .replace("async def", "async def")
        .replace("fits=any_service", "fits=any_service")
    )
    campaign = small_campaign(services=1, sources=[source])
    network, journal = ScriptedNetwork(campaign), campaign.journal()
    network.answer = lambda msisdn, act: Trouble(network.time, failure)  # type: ignore[arg-type]
    LiveDriver(Runner(campaign.cast, journal), network).run(campaign.planned)
    assert 1 == len(network.performed)
    assert [True] == [reason.startswith(IN_DOUBT) for _, reason in closings(journal).values()]


def test_an_order_that_certainly_did_not_go_out_is_inconclusive_but_not_in_doubt() -> None:
    campaign = one_case()
    network, journal = ScriptedNetwork(campaign), campaign.journal()
    network.answer = lambda msisdn, act: Trouble(network.time, "outage")
    LiveDriver(Runner(campaign.cast, journal), network).run(campaign.planned)
    assert [("inconclusive", False)] == [
        (state, reason.startswith(IN_DOUBT)) for state, reason in closings(journal).values()
    ]


# Going on


def message(campaign: SmallCampaign, cursor: int, minutes: float, text: str = "hello") -> Arrival:
    at = campaign.planned[0].starts_at + timedelta(minutes=minutes)
    return Arrival(cursor, campaign.planned[0].msisdn, Message(at, at, "10086", text))


def texts(journal: Journal, case: str) -> list[str]:
    return [record.message.text for record in journal.records_of(case) if isinstance(record, Seen)]


def crash_while_waiting(campaign: SmallCampaign, network: ScriptedNetwork, folder: Path, waits: int) -> None:
    """Run until the network has been waited for so often, and vanish then."""
    wait, left = network.wait, [waits]

    def counted(until: datetime, after: int) -> Sequence[Arrival]:
        left[0] -= 1
        if not left[0]:
            raise Crash
        return wait(until, after)

    network.wait = counted  # type: ignore[method-assign]
    with pytest.raises(Crash):
        LiveDriver(Runner(campaign.cast, campaign.journal(folder)), network).run(campaign.planned)
    network.wait = wait  # type: ignore[method-assign]


def test_messages_that_came_while_nobody_was_there_reach_the_case_that_listens(tmp_path: Path) -> None:
    campaign = one_case()
    network = ScriptedNetwork(campaign, [message(campaign, 1, 1, "one"), message(campaign, 2, 2, "two")])
    crash_while_waiting(campaign, network, tmp_path, 4)
    network.time = campaign.planned[0].starts_at + timedelta(days=1)
    journal = campaign.journal(tmp_path)
    LiveDriver(Runner(campaign.cast, journal), network).run(campaign.planned)
    assert ["one", "two"] == texts(journal, campaign.planned[0].case)
    assert 1 == len(network.performed)


def test_messages_older_than_a_case_are_not_its_evidence_when_they_are_fetched_again(tmp_path: Path) -> None:
    campaign = one_case()
    network = ScriptedNetwork(campaign, [message(campaign, 1, -60, "before"), message(campaign, 2, 3, "after")])
    crash_while_waiting(campaign, network, tmp_path, 4)
    journal = campaign.journal(tmp_path)
    LiveDriver(Runner(campaign.cast, journal), network).run(campaign.planned)
    assert ["after"] == texts(journal, campaign.planned[0].case)


def test_a_listening_goes_on_to_its_first_end_after_a_crash(tmp_path: Path) -> None:
    campaign = one_case()
    network = ScriptedNetwork(campaign)
    crash_while_waiting(campaign, network, tmp_path, 3)
    network.time += timedelta(minutes=4)
    journal = campaign.journal(tmp_path)
    LiveDriver(Runner(campaign.cast, journal), network).run(campaign.planned)
    assert campaign.planned[0].starts_at + timedelta(minutes=10) == journal.records_of(campaign.planned[0].case)[-1].at


def test_a_case_keeps_the_scenario_it_began_with_when_the_file_is_edited(tmp_path: Path) -> None:
    campaign = one_case()
    network = ScriptedNetwork(campaign)
    crash_while_waiting(campaign, network, tmp_path, 3)
    edited = small_campaign(services=1, sources=[ORDER_AND_LISTEN.replace("minutes(10)", "minutes(99)")])
    journal = edited.journal(tmp_path)
    LiveDriver(Runner(edited.cast, journal), network).run(edited.planned)
    assert campaign.planned[0].starts_at + timedelta(minutes=10) == journal.records_of(campaign.planned[0].case)[-1].at


BOTH = """
from dialtest.script import *
@scenario("both", fits=any_service, clauses=("Q7",), companion=True)
async def both(dial: Dial) -> None:
    await dial.order_companion()
    await dial.listen(until=dial.now + minutes(10))
    await dial.send(dial.companion.withdraw_command, purpose="withdraw", to=dial.companion.access_number)
"""


def both_ordered_and_crashed(folder: Path) -> tuple[SmallCampaign, ScriptedNetwork]:
    """One case that ordered its companion, gone while it waited."""
    whole = small_campaign(services=2, sources=[BOTH])
    _, companion = whole.cast.services
    campaign = replace(whole, planned=(replace(whole.planned[0], companion=companion),))
    network = ScriptedNetwork(campaign)
    crash_while_waiting(campaign, network, folder, 3)
    return campaign, network


def test_a_case_keeps_the_companion_it_began_with_when_the_catalogue_changes(tmp_path: Path) -> None:
    campaign, network = both_ordered_and_crashed(tmp_path)
    journal = campaign.journal(tmp_path)
    dialled, _ = campaign.cast.services
    cast = replace(campaign.cast, services={dialled: campaign.cast.services[dialled]})
    LiveDriver(Runner(cast, journal), network).run(campaign.planned)
    sent = [act for _, act in network.performed if isinstance(act, Send)]
    assert [("DG1", "order"), ("QX1", "withdraw")] == [(act.text, act.purpose) for act in sent]
    assert [("completed", "")] == list(closings(journal).values())


def test_the_cap_counts_the_fee_of_the_companion_after_a_restart(tmp_path: Path) -> None:
    campaign, _ = both_ordered_and_crashed(tmp_path)
    _, companion = campaign.cast.services.values()
    runner = Runner(campaign.cast, campaign.journal(tmp_path))
    restore_spend(runner)
    assert companion.fee_fen == runner.spend.campaign_fen


def test_a_replay_that_asks_for_something_else_stops_the_case_and_names_the_step(tmp_path: Path) -> None:
    flag = tmp_path / "flag"
    source = ORDER_AND_LISTEN.replace(
        "    order =", f'    from pathlib import Path\n    if Path("{flag}").exists(): await dial.bill()\n    order ='
    )
    campaign = small_campaign(services=1, sources=[source])
    network = ScriptedNetwork(campaign)
    crash_while_waiting(campaign, network, tmp_path, 3)
    flag.touch()
    journal = campaign.journal(tmp_path)
    LiveDriver(Runner(campaign.cast, journal), network).run(campaign.planned)
    assert ["the replay of step 1 differs: Send is recorded, the scenario order-and-listen now asks for ReadBill"] == [
        reason for _, reason in closings(journal).values()
    ]


def test_a_case_whose_frozen_source_is_gone_is_inconclusive_and_the_campaign_goes_on(tmp_path: Path) -> None:
    campaign = one_case()
    network = ScriptedNetwork(campaign)
    crash_while_waiting(campaign, network, tmp_path, 3)
    journal = campaign.journal(tmp_path)
    with journal.writing() as connection:
        connection.exec_driver_sql("DELETE FROM documents WHERE kind = 'scenario'")
    edited = small_campaign(services=1, sources=[ORDER_AND_LISTEN + "# edited\n"])
    LiveDriver(Runner(edited.cast, journal), network).run(edited.planned)
    assert ["inconclusive"] == [state for state, _ in closings(journal).values()]


def test_the_spend_cap_counts_what_was_spent_before_a_restart(tmp_path: Path) -> None:
    campaign = small_campaign(services=1, dials=2, sources=[ORDER_AND_LISTEN])
    network = ScriptedNetwork(campaign)
    fee = next(iter(campaign.cast.services.values())).fee_fen
    for planned in (campaign.planned[:1], campaign.planned):
        journal = campaign.journal(tmp_path)
        LiveDriver(Runner(campaign.cast, journal, Spend(per_campaign_cap_fen=fee)), network).run(planned)
    assert 1 == len(network.performed)


def test_no_more_intents_are_open_than_acts_are_under_way(tmp_path: Path) -> None:
    campaign = small_campaign(services=6, dials=5, sources=[ORDER_AND_LISTEN], apart=timedelta(0))
    network = ScriptedNetwork(campaign)

    def crash(msisdn: str, act: AnyAct) -> AnyObservation:
        raise Crash

    network.answer = crash
    with pytest.raises(Crash):
        LiveDriver(Runner(campaign.cast, campaign.journal(tmp_path)), network, acts_at_once=4).run(campaign.planned)
    intents = [
        record
        for records in campaign.journal(tmp_path).every_case()
        for record in records
        if isinstance(record, Intent)
    ]
    assert 4 == len(intents)


def test_acts_of_different_numbers_are_under_way_at_the_same_time() -> None:
    campaign = small_campaign(services=4, sources=[ORDER_AND_LISTEN], apart=timedelta(0))
    network, together = ScriptedNetwork(campaign), threading.Barrier(4, timeout=20)

    def perform(msisdn: str, act: AnyAct) -> AnyObservation:
        together.wait()  # passes only when four acts meet here
        return Sent(network.time)

    network.perform = perform  # type: ignore[method-assign]
    journal = campaign.journal()
    LiveDriver(Runner(campaign.cast, journal), network).run(campaign.planned)
    assert {"completed"} == {state for state, _ in closings(journal).values()}


# Networks


def test_a_journal_belongs_to_one_network() -> None:
    journal = one_case().journal()
    bind(journal, "first")
    bind(journal, "first")
    with pytest.raises(DialtestError, match="another network"):
        bind(journal, "second")


def test_a_campaign_begun_in_virtual_time_is_not_continued_live() -> None:
    campaign = one_case()
    journal = campaign.journal()
    driver = VirtualDriver(Runner(campaign.cast, journal), (), campaign.begins, campaign.cast.numbers)
    driver.run(campaign.planned)
    with pytest.raises(DialtestError, match="embedded carrier"):
        bind(journal, "first")


def test_nobody_at_the_address_could_not_be_tested() -> None:
    campaign = one_case()
    with pytest.raises(CouldNotTest, match="away"):
        drive_live(campaign.cast, campaign.journal(), campaign.planned, "http://127.0.0.1:9")
