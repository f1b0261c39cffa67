"""The dry run: plays what is due against an honest carrier and a journal that is thrown away, and counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dialtest.campaign.drive import cast_of, plan_campaign, spend_of
from dialtest.campaign.runner import Runner
from dialtest.campaign.virtual import VirtualDriver
from dialtest.evidence.journal import CaseChain, Journal
from dialtest.evidence.record import Intent, Outcome, Record
from dialtest.evidence.store import open_journal
from dialtest.folder.campaign import Campaign
from dialtest.model.act import Call, Complain, Press, Send, Withdraw
from dialtest.model.observation import Trouble

MOST_LINES = 40


@dataclass(slots=True)
class Rehearsal:
    """What a run would do: binding acts counted, the first of them as lines, and what they may cost in fen."""

    cases: int = 0
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
    """A journal that counts instead of writing."""

    def __init__(self) -> None:
        super().__init__(open_journal("sqlite://").engine)
        self.seen = Rehearsal()

    def append(self, chain: CaseChain, record: Record) -> bool:
        chain.seq += 1
        if isinstance(record, Intent):
            self._count(record)
        elif isinstance(record, Outcome) and isinstance(record.result, Trouble):
            self.seen.refused += record.result.detail.startswith("the spend cap")
        return True

    def commit(self) -> None:
        """Nothing to commit."""

    def _count(self, intent: Intent) -> None:
        seen, act = self.seen, intent.act
        seen.messages += isinstance(act, Send)
        seen.presses += isinstance(act, Press)
        seen.withdrawals += isinstance(act, Withdraw)
        seen.complaints += isinstance(act, Complain)
        seen.calls += isinstance(act, Call)
        if len(seen.lines) < MOST_LINES and isinstance(act, Send):
            seen.lines += (f"{intent.at:%Y-%m-%d %H:%M}  {intent.case}  “{act.text}” → {act.to}",)


def rehearse(campaign: Campaign, until: datetime | None) -> Rehearsal:
    """What performing the whole plan as far as `until` would send, and what it may cost."""
    kept = open_journal(campaign.journal_url)
    cases = plan_campaign(campaign, kept).cases
    kept.engine.dispose()
    journal, spend = _Counting(), spend_of(campaign)
    runner = Runner(cast_of(campaign), journal, spend)
    begins = campaign.policy.midnight(campaign.settings.starts or campaign.policy.starts)
    driver = VirtualDriver(runner, (), begins, (case.msisdn for case in cases))
    driver.run(cases, until)
    journal.seen.cases = sum(until is None or case.starts_at <= until for case in cases)
    journal.seen.committed_fen = spend.campaign_fen
    accounts = driver.carrier.accounts.values()
    journal.seen.billed_fen = sum(charge.fee_fen for account in accounts for charge in account.charges)
    return journal.seen
