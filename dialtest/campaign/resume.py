"""Takes a case up again where an earlier run left it: the script meets what is recorded, and what is in doubt stays so.

An act that was about to be done and has no outcome is in doubt: it may have been done, so it is never done again.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from dialtest.campaign.local_time import localised
from dialtest.campaign.runner import Runner, Running
from dialtest.errors import DialtestError
from dialtest.evidence.record import AnyRecord, Intent, Opened, Outcome, Seen
from dialtest.evidence.unfinished import spent, take_up
from dialtest.model.act import AnyAct
from dialtest.model.observation import Bill, Trouble
from dialtest.policy.load import parse_policy
from dialtest.policy.policy import Policy
from dialtest.script.case import Case
from dialtest.script.dial import Dial
from dialtest.script.load import load_source
from dialtest.script.scenario import Scenario, any_service, scenario


def resume(runner: Runner, case: str, now: datetime) -> tuple[Running, datetime]:
    """Take up an open case, and when it was opened; it then waits for its next act or has been closed with the reason.

    Raises Tampered when the recorded chain does not hold.
    """
    chain, records = take_up(runner.journal, case)
    opened = records[0]
    if not isinstance(opened, Opened):
        raise DialtestError(f"The case {case} does not begin with its opening.", "Run `dialtest evidence verify`.")
    why = ""
    try:
        played, policy = _scenario(runner, opened), _policy(runner, opened)
    except DialtestError as error:
        played, policy, why = _lost(opened), runner.cast.policy, str(error)
    dial = Dial(opened.service, opened.number, policy, policy.local(opened.at), opened.companion or None)
    latest = policy.local(opened.at) + timedelta(days=played.lasts_days)
    running = Running(Case(played, dial), chain, opened.number.msisdn, latest)
    running.records = list(records)
    runner.by_number[running.msisdn] = running
    act = None
    if not why:
        act, why = _replay(running.case, records[1:], policy)
    if why:
        runner.stop(running, why, now)
    elif isinstance(records[-1], Intent):
        running.act = act
        runner.outcome(running, Trouble(now, "in_doubt", "the program ended between doing it and writing it down"))
    else:
        runner.go_on(running, act, now)
    return running, policy.local(opened.at)


def restore_spend(runner: Runner) -> None:
    """Count what every case, closed ones too, has committed to pay before; caps hold over restarts."""
    for msisdn, service, what in spent(runner.journal):
        if isinstance(what, Bill):
            runner.spend.saw(msisdn, what)
        else:
            runner.spend.refuses(msisdn, what, service)


def _replay(case: Case, records: Sequence[AnyRecord], policy: Policy) -> tuple[AnyAct | None, str]:
    """What the script asks for after everything recorded, and why it cannot go on, if so."""
    act = case.start()
    for record in records:
        if isinstance(record, Seen):
            case.hear(localised(record.message, policy))
        elif isinstance(record, Intent | Outcome):
            if act != record.act:
                return None, _differs(case, record, act)
            if isinstance(record, Outcome):
                act = case.advance(localised(record.result, policy))
    return act, ""


def _differs(case: Case, record: Intent | Outcome, act: AnyAct | None) -> str:
    asks = "ends" if act is None else f"asks for {type(act).__name__}"
    return (
        f"the replay of step {record.step} differs: {type(record.act).__name__} is recorded, "
        f"the scenario {case.scenario.name} now {asks}"
    )


def _scenario(runner: Runner, opened: Opened) -> Scenario:
    """The scenario as it was when the case began, whatever became of its file."""
    current = runner.cast.scenarios.get(opened.scenario)
    if current is not None and current.source == opened.source:
        return current
    file = load_source(runner.journal.document(opened.source), f"{opened.scenario} as it was begun")
    for found in file.scenarios:
        if found.name == opened.scenario:
            return found
    raise DialtestError(f"the frozen source holds no scenario “{opened.scenario}”")


def _policy(runner: Runner, opened: Opened) -> Policy:
    current = runner.cast.policy
    if current.digest == opened.policy:
        return current
    return parse_policy(runner.journal.document(opened.policy), "as it was when the case began")


def _lost(opened: Opened) -> Scenario:
    """Stands in for a scenario that cannot be had any more; it is never played."""

    async def nothing(dial: Dial) -> None:
        pass

    return scenario(opened.scenario, fits=any_service, clauses=())(nothing)
