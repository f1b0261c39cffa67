"""Dials over every channel on an honest carrier, round the hours in which channels open and ports close (Q9, T6)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from dialtest.model.act import Send, Withdraw
from tests.dialtest.rules.small_world import Dialled, dial, filed, policy_of

POLICY = policy_of("monternet-2006")
OVER_CHANNELS = (
    "same-answer-everywhere", "withdraw-by-0000", "withdraw-from-all-by-00000", "busy-hall", "channel-deadlines",
    "withdraw-by-terminal", "withdraw-by-hall", "withdraw-by-web", "withdraw-by-wap",
)  # fmt: skip


def dialled(begins: str, seed: int = 1) -> list[Dialled]:
    return dial(
        filed(), OVER_CHANNELS, begins=datetime.fromisoformat(begins).replace(tzinfo=POLICY.zone), seed=seed,
        apart=timedelta(minutes=7),
    )  # fmt: skip


@pytest.mark.parametrize("begins", ["2006-07-18 20:30", "2006-07-20 20:30", "2006-08-31 20:30", "2006-09-30 20:30"])
def test_no_finding_round_the_hour_in_which_a_channel_opens_or_a_port_closes(begins: str) -> None:
    found = [
        (finding.rule, finding.facts) for seed in range(2) for one in dialled(begins, seed) for finding in one.findings
    ]
    assert [] == found


def test_the_rules_about_channels_reach_a_verdict_in_the_dials_made_for_them() -> None:
    decided = {
        rule
        for one in dialled("2006-09-30 20:30")
        for rule, verdict in one.judgement.verdicts.items()
        if verdict == "clean"
    }
    assert {
        "channels-disagree", "answer-incomplete", "withdrawal-not-everywhere", "list-unanswered", "list-incomplete",
        "list-from-wrong-port", "hall-note-forgotten", "channel-not-open", "withdrawal-unconfirmed",
        "withdrawal-ignored", "charge-after-withdrawal",
    } <= decided  # fmt: skip


def test_the_dials_withdraw_over_every_channel_that_has_no_scenario_of_its_own_elsewhere() -> None:
    acts = [done.act for begins in ("2006-06-10 12:00", "2006-10-10 12:00") for one in dialled(begins)
            for done in one.evidence.done]  # fmt: skip
    over = {act.channel for act in acts if isinstance(act, Withdraw)}
    replies = {act.text for act in acts if isinstance(act, Send) and act.purpose == "withdraw" and act.to == "10086"}
    assert {"terminal", "hall", "web", "wap"} <= over
    assert {"1", "00000"} <= replies
