"""What shows that BOSS and MISC are out of step (Q3, Q5), and what must not be taken for it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from dialtest.model.observation import Change
from dialtest.rules.example import SERVICE, Story, story, subscribed, withdrawn
from dialtest.rules.judge import Judgement, judge_case
from dialtest.rules.registry import ALL_RULES
from dialtest.sandbox.chance import Chance
from dialtest.sandbox.link import PROMPT, Fate
from tests.dialtest.rules.small_world import dial, filed, policy_of

LOST = Fate(())


def judged(told: Story) -> Judgement:
    return judge_case(told.evidence(), ALL_RULES)


def found(told: Story) -> set[str]:
    return {finding.rule for finding in judged(told).findings}


def ended_after(**length: int) -> Story:
    """A withdrawal that the history says took effect so long after the wish."""
    told = withdrawn()
    wish = told.evidence().withdrawals[0]
    history = (Change(wish.at + timedelta(**length), "withdrawn", "hotline"),)
    return told.later(days=3).queried(told.row("withdrawn", history=history))


@pytest.mark.parametrize(
    ("hours", "minutes", "late"), [(3, 0, False), (24, 0, False), (24, 4, False), (24, 6, True), (30, 0, True)]
)
def test_the_history_tells_whether_a_withdrawal_was_late_but_for_clocks_that_disagree(
    hours: int, minutes: int, late: bool
) -> None:
    assert late == ("withdrawal-late" in found(ended_after(hours=hours, minutes=minutes)))


def test_a_late_withdrawal_is_not_an_ignored_one() -> None:
    told = withdrawn().later(hours=25)
    told.queried(told.row()).later(hours=4)
    names = found(told.queried(told.row("withdrawn")))
    assert "withdrawal-late" in names
    assert "withdrawal-ignored" not in names


def test_what_only_a_second_wish_ended_was_ignored_at_first() -> None:
    told = withdrawn().later(hours=30)
    told.queried(told.row()).withdrew("hotline").confirmed_withdrawal()
    history = (Change(told.now + timedelta(hours=2), "withdrawn", "hotline"),)
    names = found(told.later(days=2).queried(told.row("withdrawn", history=history)))
    assert "withdrawal-ignored" in names
    assert "withdrawal-late" not in names


def test_a_late_end_that_nobody_saw_active_and_no_history_tells_is_no_finding() -> None:
    told = withdrawn().later(days=3)
    assert "withdrawal-late" not in found(told.queried(told.row("withdrawn", history=())))


def test_whoever_ordered_again_has_not_left_late() -> None:
    told = withdrawn().later(hours=40).ordered().reminded_first().delivered()
    assert "withdrawal-late" not in found(told.later(hours=2).queried(told.row()))


def test_without_a_question_after_the_day_nobody_can_tell() -> None:
    assert "inconclusive" == judged(withdrawn().later(hours=3).queried()).verdicts["withdrawal-late"]


def asked(told: Story, *channels: str) -> Story:
    """Asked over these channels at one moment; none shows anything."""
    for channel in channels:
        told.queried(channel=channel)
    return told


def test_a_subscription_that_two_channels_leave_out_is_missed() -> None:
    assert "query-misses-subscription" in found(asked(subscribed().later(minutes=30), "hotline", "web"))


def test_one_channel_alone_may_be_wrong_itself() -> None:
    assert "query-misses-subscription" not in found(asked(subscribed().later(minutes=30), "hotline"))


def test_what_the_two_systems_may_still_be_telling_each_other_is_not_missed() -> None:
    told = story().ordered().reminded_first()
    assert "query-misses-subscription" not in found(asked(told.later(minutes=9), "hotline", "web"))


def test_an_order_that_nothing_tells_of_may_have_made_nothing() -> None:
    assert "query-misses-subscription" not in found(asked(story().ordered().later(minutes=30), "hotline", "web"))


def test_a_subscription_that_is_shown_as_withdrawn_is_shown() -> None:
    told = withdrawn().later(days=2)
    for channel in ("hotline", "web"):
        told.queried(told.row("withdrawn"), channel=channel)
    assert "query-misses-subscription" not in found(told)


def test_what_the_order_made_instead_is_another_matter() -> None:
    told = subscribed().later(minutes=30)
    for channel in ("hotline", "web"):
        told.queried(told.row(service_name=f"{SERVICE.name} PLUS"), channel=channel)
    names = found(told)
    assert "something-else-ordered" in names
    assert "query-misses-subscription" not in names


def test_a_fee_tells_of_a_subscription_as_a_reminder_does() -> None:
    told = story().ordered().to_next_first().charged(SERVICE.fee_fen)
    assert "query-misses-subscription" in found(asked(told.later(minutes=30), "hotline", "web"))


def test_a_market_that_knows_nothing_of_two_systems_is_not_judged_by_them() -> None:
    told = story(policy="uk-premium-2019").ordered().to_next_first().charged(SERVICE.fee_fen)
    verdicts = judged(asked(told.later(minutes=30), "hotline", "web")).verdicts
    assert "query-misses-subscription" not in verdicts


def troubled(chance: Chance) -> Fate:
    """A link on which every third message meets trouble."""
    drawn = chance.between(0, 30)
    fates = (LOST, LOST, Fate((0, 35)), Fate((40,)), Fate((25, 5)), Fate((0,), "lost"), Fate((10,), "lost"))
    return fates[drawn] if drawn < len(fates) else PROMPT


def test_customers_notice_nothing_of_a_link_far_worse_than_the_honest_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dialtest.sandbox.core.honest_fate", troubled)
    begins = datetime(2006, 7, 22, tzinfo=policy_of("monternet-2006").zone)
    dialled = dial(filed(), begins=begins, apart=timedelta(hours=1))
    assert dialled
    assert [] == [(finding.rule, one.evidence.opened) for one in dialled for finding in one.findings]
