"""Verdicts on ended cases become durable together with their last records, whatever comes in between."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from dialtest.campaign.ended_cases import EndedCases
from dialtest.campaign.judging import CaseJudge
from dialtest.evidence import schema
from dialtest.evidence.journal import Journal
from dialtest.evidence.record import AnyRecord
from dialtest.evidence.store import file_url, open_journal
from dialtest.rules.example import subscription_story
from dialtest.rules.registry import all_rules


class Startled(CaseJudge):
    """A judge who is interrupted over the first case."""

    interrupted = False

    def rows(self, cases: Sequence[Sequence[AnyRecord]]) -> list[tuple[dict[str, Any], list[dict[str, Any]]]]:
        if not self.interrupted:
            self.interrupted = True
            raise KeyboardInterrupt
        return super().rows(cases)


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return open_journal(file_url(tmp_path / "journal.db"))


def judged(journal: Journal) -> list[str]:
    with journal.reading() as connection:
        return list(connection.execute(select(schema.judgements.c.case)).scalars())


def ended(journal: Journal) -> Sequence[AnyRecord]:
    """The records of a case that has ended, appended to the journal but not durable yet."""
    evidence = subscription_story().charged(3000).evidence()
    journal.keep_document("policy", "monternet-2006", evidence.policy.text)
    chain = journal.begin(evidence.opened.case)
    for record in evidence.records:
        journal.append(chain, record)
    return evidence.records


def test_a_case_is_judged_when_its_last_records_become_durable(journal: Journal) -> None:
    cases = EndedCases(journal, CaseJudge(journal, all_rules()))
    records = ended(journal)
    cases.add(records)
    assert [] == judged(journal)
    journal.commit()
    assert [records[0].case] == judged(journal)


def test_a_case_is_judged_once(journal: Journal) -> None:
    cases = EndedCases(journal, CaseJudge(journal, all_rules()))
    records = ended(journal)
    cases.add(records)
    journal.commit()
    journal.append(journal.begin("another"), records[1])
    journal.commit()
    assert 1 == len(judged(journal))


def test_a_case_whose_judge_was_interrupted_is_judged_before_its_records_become_durable(journal: Journal) -> None:
    cases = EndedCases(journal, Startled(journal, all_rules()))
    records = ended(journal)
    cases.add(records)
    with pytest.raises(KeyboardInterrupt):
        journal.commit()
    assert [] == journal.records_of(records[0].case)
    journal.commit()
    assert [records[0].case] == judged(journal)
