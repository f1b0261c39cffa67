"""The dry run: plays the plan against an honest carrier and a journal that is thrown away; counts what is to come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from math import inf

from sqlalchemy import func, select

from dialtest.campaign.drive import cast_of, frozen_scenarios, plan_campaign, playable, spend_of
from dialtest.campaign.runner import Runner
from dialtest.campaign.spend import cost_fen
from dialtest.campaign.virtual import VirtualDriver
from dialtest.evidence import schema
from dialtest.evidence.journal import CaseChain, Journal
from dialtest.evidence.record import Intent, Opened, Outcome, Record
from dialtest.evidence.store import open_journal
from dialtest.evidence.unfinished import last_time
from dialtest.folder.campaign import Campaign
from dialtest.model.act import Call, Complain, Press, Send, Withdraw
from dialtest.model.addressee import addressee
from dialtest.model.observation import Trouble

MOST_LINES = 40
ENDED = inf


@dataclass(slots=True)
class Rehearsal:
    """What a run would do: binding acts counted, the first of them as lines, and what they may cost in fen.

    `cases` are the dials it would begin or go on with, `ended` those that were made before.
    """

    cases: int = 0
    ended: int = 0
    messages: int = 0
    presses: int = 0
    withdrawals: int = 0
    complaints: int = 0
    calls: int = 0
    refused: int = 0
    committed_fen: int = 0
    billed_fen: int = 0
    lines: tuple[str, ...] = ()

    def as_json(self) -> dict[str, object]:
        """The counts by name."""
        return {name: getattr(self, name) for name in self.__slots__ if name != "lines"}


class _Counting(Journal):
    """A journal that counts instead of writing; only what is beyond the records that a case has already."""

    def __init__(self, kept: Mapping[str, float]) -> None:
        super().__init__(open_journal("sqlite://").engine)
        self.seen = Rehearsal()
        self._cases_begun: dict[str, Opened] = {}
        self._kept = kept

    def append(self, chain: CaseChain, record: Record) -> bool:
        seq = chain.seq
        chain.seq += 1
        if isinstance(record, Opened):
            self._cases_begun[record.case] = record
        if seq < self._kept.get(chain.case, 0):
            return True
        if isinstance(record, Intent):
            self._count(record)
        elif isinstance(record, Outcome) and isinstance(record.result, Trouble):
            self.seen.refused += record.result.detail.startswith("the spend cap")
        return True

    def commit(self) -> None:
        """Nothing to commit."""

    def _count(self, intent: Intent) -> None:
        seen, act, opened = self.seen, intent.act, self._cases_begun[intent.case]
        seen.committed_fen += cost_fen(act, addressee(act, opened.service, opened.companion or None))
        seen.messages += isinstance(act, Send)
        seen.presses += isinstance(act, Press)
        seen.withdrawals += isinstance(act, Withdraw)
        seen.complaints += isinstance(act, Complain)
        seen.calls += isinstance(act, Call)
        if len(seen.lines) < MOST_LINES and isinstance(act, Send):
            seen.lines += (f"{intent.at:%Y-%m-%d %H:%M}  {intent.case}  “{act.text}” → {act.to}",)


def rehearse(campaign: Campaign, until: datetime | None) -> Rehearsal:
    """What performing the rest of the plan as far as `until` would send, and what it may cost.

    The whole plan is played, so that the spend caps know what was spent before.
    """
    kept = open_journal(campaign.journal_url)
    cases = playable(campaign, kept, plan_campaign(campaign, kept).cases)
    frozen = frozen_scenarios(campaign, kept)
    records, run_until = _records(kept), last_time(kept)
    kept.engine.dispose()
    journal = _Counting(records)
    runner = Runner(cast_of(campaign), journal, spend_of(campaign), frozen)
    begins = campaign.policy.midnight(campaign.settings.starts or campaign.policy.starts)
    driver = VirtualDriver(runner, (), begins, (case.msisdn for case in cases))
    driver.run(cases, until)
    due = [case for case in cases if until is None or case.starts_at <= until]
    journal.seen.ended = sum(records.get(case.case) == ENDED for case in due)
    journal.seen.cases = len(due) - journal.seen.ended
    to_come = {(case.msisdn, key) for case in due if records.get(case.case) != ENDED for key in case.services}
    journal.seen.billed_fen = sum(
        charge.fee_fen
        for msisdn, account in driver.carrier.accounts.items()
        for charge in account.charges
        if (msisdn, f"{charge.provider_code}/{charge.service_code}") in to_come
        and (run_until is None or charge.charged_at > run_until)
    )
    return journal.seen


def _records(journal: Journal) -> Mapping[str, float]:
    """How many records each case has that was begun; ENDED for one that has ended."""
    cases, records = schema.cases.c, schema.records.c
    query = (
        select(cases.case, cases.state, func.count(records.seq))
        .join(schema.records, records.case == cases.case, isouter=True)
        .group_by(cases.case, cases.state)
    )
    with journal.reading() as connection:
        return {case: count if state == "open" else ENDED for case, state, count in connection.execute(query)}
