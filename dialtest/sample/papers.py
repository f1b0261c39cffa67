"""Makes up what people of the sample campaign wrote on paper: tasks done, halls, service checks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random

from dialtest.folder import halls, service_checks, tasks
from dialtest.folder.halls import Hall
from dialtest.folder.service_checks import CheckKind, ServiceCheck
from dialtest.folder.tasks import Done
from dialtest.folder.text import write_text
from dialtest.model.number import Number
from dialtest.policy.policy import Policy

FILES = (tasks.FILE_NAME, halls.FILE_NAME, service_checks.FILE_NAME)
LATE_TASK, LATE_DAYS = "existing-ready", 3
CHECK_MONTHS = (8, 9, 10, 11)
WORDS = {
    "zh": {"office": "活动办公室", "minutes": "见会议纪要", "check": "退订办理、业务解释", "survey": "电话回访"},
    "en": {"office": "campaign office", "minutes": "see the minutes", "check": "withdrawal, advice", "survey": "calls"},
}


def write_papers(folder: Path, policy: Policy, numbers: Iterable[Number], seed: int) -> None:
    """Write the papers of a market that has phases and halls; nothing for one that has none."""
    if not policy.phases or policy.halls is None:
        return
    random = Random(f"{seed}/papers")
    language = policy.language
    places = tuple(dict.fromkeys((number.region, number.site) for number in numbers if number.site))
    write_text(folder / tasks.FILE_NAME, tasks.tasks_text(policy, language, _done(policy, random)))
    write_text(folder / halls.FILE_NAME, halls.halls_text(_halls(policy, places, random), language))
    checks = service_checks.checks_text(_checks(policy, places, random), language)
    write_text(folder / service_checks.FILE_NAME, checks)


def _done(policy: Policy, random: Random) -> dict[str, Done]:
    """Every task done a few days before its deadline, but for one that was late."""
    words = WORDS[policy.language]
    done = {}
    for task in (task for phase in policy.phases for task in phase.tasks):
        days = LATE_DAYS if task.task == LATE_TASK else -random.randrange(4)
        done[task.task] = Done(task.task, task.due + timedelta(days=days), words["office"], words["minutes"])
    return done


def _halls(policy: Policy, places: Sequence[tuple[str, str]], random: Random) -> list[Hall]:
    """A hall with a desk for each site, all ready in time but for the last, whose staff was trained late."""
    due = policy.halls
    if due is None:
        return []
    made = []
    for place, (city, name) in enumerate(places, 1):
        trained = due.trained_by + timedelta(days=4 if place == len(places) else -random.randrange(6))
        made.append(Hall(city, name, True, due.checked_by - timedelta(days=random.randrange(8)), trained))
    return made


def _checks(policy: Policy, places: Sequence[tuple[str, str]], random: Random) -> list[ServiceCheck]:
    """Secret checks in two halls a month and one survey a month, slowly getting better."""
    words = WORDS[policy.language]
    made = []
    for step, month in enumerate(CHECK_MONTHS):
        asked: list[tuple[CheckKind, str, str]] = [("satisfaction", policy.carrier_ports[0], words["survey"])]
        asked += [("service_check", name, words["check"]) for _city, name in random.sample(places, min(2, len(places)))]
        for kind, place, what in asked:
            on = date(policy.starts.year, month, random.randint(5, 25))
            made.append(ServiceCheck(on, kind, place, words["office"], what, 820 + 25 * step + random.randrange(40)))
    return sorted(made, key=lambda check: (check.on, check.kind, check.place))
