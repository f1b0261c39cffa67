"""What people keep on paper beside the evidence: tasks done, halls, service checks, and the day it is read for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import select

from dialtest.clock import wall_now
from dialtest.errors import DialtestError
from dialtest.evidence import schema
from dialtest.evidence.journal import Journal
from dialtest.evidence.store import open_journal
from dialtest.evidence.unfinished import last_time
from dialtest.folder import halls, service_checks, tasks
from dialtest.folder.campaign import Campaign
from dialtest.folder.halls import Hall, HallDelay, hall_delays
from dialtest.folder.service_checks import ServiceCheck
from dialtest.folder.tasks import Done, TaskStanding, task_standings
from dialtest.policy.policy import Policy
from dialtest.problem import Problems, raise_if_any


@dataclass(frozen=True, slots=True)
class Papers:
    """The three files of a campaign folder; each may be missing."""

    done: Mapping[str, Done]
    halls: Sequence[Hall]
    checks: Sequence[ServiceCheck]

    def tasks(self, policy: Policy, on: date) -> tuple[TaskStanding, ...]:
        """Every task as it stood at the end of day `on` (D5)."""
        return task_standings(policy, self.done, on)

    def delays(self, policy: Policy, on: date, cities: Sequence[str] = ()) -> tuple[HallDelay, ...]:
        """What halls were late with or overdue at the end of day `on` (Q9)."""
        return hall_delays(policy, self.halls, cities, on)


def examine_papers(folder: Path, policy: Policy, problems: Problems) -> Papers:
    """The papers of a campaign folder as far as they can be read; what is wrong goes to `problems`."""
    done, wrong = tasks.load_tasks(folder / tasks.FILE_NAME, policy)
    problems.merge(wrong)
    known_halls, wrong = halls.load_halls(folder / halls.FILE_NAME)
    problems.merge(wrong)
    checks, wrong = service_checks.load_service_checks(folder / service_checks.FILE_NAME)
    problems.merge(wrong)
    return Papers(done, known_halls, checks)


def read_papers(folder: Path, policy: Policy) -> Papers:
    """The papers, or DialtestError with everything that is wrong with them."""
    problems = Problems()
    papers = examine_papers(folder, policy, problems)
    raise_if_any(problems)
    return papers


def cities_of(campaign: Campaign) -> tuple[str, ...]:
    """Where the campaign has test numbers: each of these cities must have a hall with a dedicated desk (Q9)."""
    return tuple(dict.fromkeys(number.region for number in campaign.numbers.values() if number.region))


def day_of(campaign: Campaign) -> date:
    """The day it is: on a live network the wall clock's, else that of the last record, else the campaign's first.

    On the embedded carrier nothing happens after the last dial of the plan, so the campaign's last day has come.
    The journal is only looked into; one that is not there yet, or cannot be read, knows no later day.
    """
    if campaign.settings.network != "sandbox":
        return wall_now(campaign.policy.zone).date()
    try:
        journal = open_journal(campaign.journal_url, create=False, read_only=True)
    except DialtestError:
        return campaign.starts
    try:
        last, dialled = last_time(journal), _is_dialled(journal)
    finally:
        journal.close()
    day = campaign.policy.local(last).date() if last else campaign.starts
    return max(day, campaign.ends) if dialled else day


def _is_dialled(journal: Journal) -> bool:
    """Whether every dial of the plan has ended."""
    plan, cases = schema.plan.c, schema.cases.c
    ended = select(cases.case).where(cases.state != "open")
    with journal.reading() as connection:
        planned = connection.execute(select(plan.case).limit(1)).first()
        waiting = connection.execute(select(plan.case).where(plan.case.not_in(ended)).limit(1)).first()
    return planned is not None and waiting is None
