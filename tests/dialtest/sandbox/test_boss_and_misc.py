"""BOSS and MISC keep in step (Q3, Q5) whatever the link between them does, as long as timer and reconciliation run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialtest.model.act import Withdraw
from dialtest.model.observation import Withdrawn
from dialtest.model.service import Service
from dialtest.policy.terms import SynchronisationTerms
from dialtest.sandbox.chance import Chance
from dialtest.sandbox.ledger import Account, Subscription
from dialtest.sandbox.link import PROMPT, Fate, honest_fate
from tests.dialtest.sandbox.box import FUNDED, NEWS, POLICY, TONES, Box, at

LOST = Fate(())
SWALLOWED = Fate((), "false")
LATE = Fate((200,))
DOUBLED = Fate((0, 90))
UNRECEIPTED = Fate((0,), "lost")

Step = tuple[str, Service, int]

FATES = st.builds(
    Fate,
    st.lists(st.integers(0, 4000), max_size=3).map(tuple),
    st.sampled_from(["given", "given", "lost", "false"]),
).map(lambda fate: Fate((), "false") if fate.receipt == "false" else fate)
STEPS = st.lists(
    st.tuples(st.sampled_from(["order", "withdraw"]), st.sampled_from([NEWS, TONES]), st.integers(1, 900)),
    min_size=1,
    max_size=8,
)


def kept_in_step(**changes: object) -> SynchronisationTerms:
    """The market's terms, with changes."""
    terms = POLICY.terms(at("2006-07-03 00:00")).synchronisation
    assert terms is not None
    return replace(terms, **changes)  # type: ignore[arg-type]


ALL_OFF: dict[str, object] = {"repeated_every_s": 0, "answers_checked_every_s": 0, "reconciled_at": ""}


def linked(fates: Sequence[Fate], **changes: object) -> Box:
    """A carrier whose link meets these fates, one a transmission, and none after them."""
    box = Box("2006-07-03 00:00")
    core, left = box.carrier.core, iter(fates)
    core.synchronisation = kept_in_step(**changes)
    core.link.check_every_s = core.synchronisation.repeated_every_s
    core.link.fate = lambda chance: next(left, PROMPT)
    return box


def lived(
    fates: Sequence[Fate], steps: Sequence[Step], **changes: object
) -> tuple[Box, list[tuple[Service, datetime]]]:
    """A customer's life over such a link, three quiet days after it; and the wishes the carrier accepted."""
    box, wishes = linked(fates, **changes), list[tuple[Service, datetime]]()
    for what, service, minutes in steps:
        box.agenda.advance(box.agenda.now + timedelta(minutes=minutes))
        if what == "order":
            box.order(service)
        else:
            said = box.do(Withdraw("hotline", service.provider_code, service.service_code))
            if isinstance(said, Withdrawn) and said.accepted:
                wishes.append((service, box.agenda.now))
    box.agenda.advance(box.agenda.now + timedelta(days=3))
    return box, wishes


def account_of(box: Box) -> Account:
    return box.carrier.accounts[FUNDED]


def entries(ledger: Sequence[Subscription]) -> list[tuple[str, datetime, datetime | None, datetime | None]]:
    return sorted((held.service.key, held.ordered_at, held.asked_to_end_at, held.ended_at) for held in ledger)


def forgotten(box: Box, wishes: Sequence[tuple[Service, datetime]]) -> list[tuple[str, datetime]]:
    """The wishes after which an older subscription is still there, on either side."""
    account = account_of(box)
    return [
        (service.key, asked_at)
        for service, asked_at in wishes
        for held in (*account.subscriptions, *account.at_misc)
        if held.service is service and held.ordered_at <= asked_at and held.active
    ]


@settings(max_examples=150)
@given(fates=st.lists(FATES, max_size=25), steps=STEPS)
def test_whatever_the_link_does_both_ledgers_agree_in_the_end_and_no_withdrawal_is_forgotten(
    fates: list[Fate], steps: list[Step]
) -> None:
    box, wishes = lived(fates, steps)
    account = account_of(box)
    assert entries(account.at_misc) == entries(account.subscriptions)
    assert [] == forgotten(box, wishes)


@settings(max_examples=60)
@given(fates=st.lists(st.sampled_from([LOST, LATE, DOUBLED, UNRECEIPTED, Fate((30, 5))]), max_size=25), steps=STEPS)
def test_the_timer_alone_mends_all_that_an_acknowledging_link_does(fates: list[Fate], steps: list[Step]) -> None:
    box, wishes = lived(fates, steps, reconciled_at="", answers_checked_every_s=0)
    account = account_of(box)
    assert entries(account.at_misc) == entries(account.subscriptions)
    assert [] == forgotten(box, wishes)


ORDER, WITHDRAW = ("order", NEWS, 60), ("withdraw", NEWS, 600)


@pytest.mark.parametrize(
    ("fates", "steps", "guard"),
    [
        ([LOST], [ORDER], "repeated_every_s"),  # the order is lost on its way to BOSS
        ([PROMPT, LOST], [ORDER, WITHDRAW], "repeated_every_s"),  # the wish is lost on its way to MISC
        ([SWALLOWED], [ORDER], "reconciled_at"),  # BOSS confirms the order and forgets it
        ([PROMPT, SWALLOWED], [ORDER, WITHDRAW], "answers_checked_every_s"),  # MISC confirms the wish and forgets it
        ([PROMPT, PROMPT, SWALLOWED], [ORDER, WITHDRAW], "answers_checked_every_s"),  # BOSS does so with the answer
        ([PROMPT, PROMPT, SWALLOWED], [ORDER, WITHDRAW], "reconciled_at"),
    ],
)
def test_with_timer_and_reconciliation_off_they_stay_out_of_step_and_the_one_that_is_for_it_mends_it(
    fates: list[Fate], steps: list[Step], guard: str
) -> None:
    account = account_of(lived(fates, steps, **ALL_OFF)[0])
    assert entries(account.at_misc) != entries(account.subscriptions)
    mended, wishes = lived(fates, steps, **{what: off for what, off in ALL_OFF.items() if what != guard})
    account = account_of(mended)
    assert entries(account.at_misc) == entries(account.subscriptions)
    assert [] == forgotten(mended, wishes)


def test_a_lost_order_is_in_boss_a_minute_later() -> None:
    box = linked([LOST]).order(when="2006-07-10 12:00")
    assert () == box.until("2006-07-10 12:00").query().subscriptions
    (row,) = box.until("2006-07-10 12:01").query().subscriptions
    assert at("2006-07-10 12:00") == row.ordered_at
    assert 1 == box.carrier.core.link.repeated


def test_a_doubled_order_is_one_subscription() -> None:
    box = linked([DOUBLED]).order(when="2006-07-10 12:00").until("2006-07-10 13:00")
    assert 1 == len(box.query().subscriptions)


def test_a_copy_of_the_order_that_comes_after_the_withdrawal_brings_nothing_back() -> None:
    box = linked([Fate((0, 3 * 24 * 3600))]).order(when="2006-07-10 12:00")
    box.withdraw("2006-07-10 15:00")
    assert ["withdrawn"] == [row.status for row in box.until("2006-07-20 12:00").query().subscriptions]


def test_a_wish_for_what_boss_does_not_show_yet_makes_it_ask_misc_at_once() -> None:
    box = linked([Fate((7200,))], repeated_every_s=0).order(when="2006-07-10 12:00")
    account = account_of(box.until("2006-07-10 12:29"))
    assert [] == account.subscriptions
    assert Withdrawn(at("2006-07-10 12:30"), True) == box.withdraw("2006-07-10 12:30")
    assert ["withdrawn"] == [row.status for row in box.until("2006-07-11 12:30").query().subscriptions]
    assert entries(account.at_misc) == entries(account.subscriptions)


@pytest.mark.parametrize("fates", [[], [PROMPT, LOST], [PROMPT, Fate((40,))]])
def test_an_order_while_the_withdrawal_is_on_its_way_is_a_subscription_of_its_own(fates: list[Fate]) -> None:
    box = linked(fates).order(when="2006-07-10 12:00")
    box.withdraw("2006-07-10 15:00")
    box.order(when="2006-07-10 15:00").until("2006-07-10 15:05")
    assert ["withdrawn", "active"] == [row.status for row in box.query().subscriptions]
    assert 2 == len({message.sent_at for _, message in box.heard if "您已定制试用" in message.text})
    assert Withdrawn(at("2006-07-12 09:00"), True) == box.withdraw("2006-07-12 09:00")
    assert entries(account_of(box).at_misc) == entries(account_of(box).subscriptions)


def test_a_wish_that_misc_forgot_is_followed_up_within_24_hours_and_the_find_is_recorded() -> None:
    box = linked([PROMPT, SWALLOWED], reconciled_at="").order(when="2006-07-10 12:00")
    box.withdraw("2006-07-10 15:00")
    assert ["active"] == [row.status for row in box.until("2006-07-10 22:59").query().subscriptions]
    assert ["withdrawn"] == [row.status for row in box.until("2006-07-11 15:00").query().subscriptions]
    assert [("wish_unanswered", "timer")] == [(one.what, one.found_by) for one in box.carrier.core.watch.found]


def test_a_withdrawal_that_failed_at_misc_is_found_and_followed_up_within_24_hours() -> None:
    numbers = [f"1390000{number:04d}" for number in range(1500)]
    box = Box("2006-07-10 12:00", numbers=numbers)
    for number in numbers:
        box.order(number=number)
    box.until("2006-07-11 12:00")
    for number in numbers:
        assert isinstance(box.do(Withdraw("hotline", NEWS.provider_code, NEWS.service_code), number), Withdrawn)
    box.until("2006-07-12 11:59")
    found = box.carrier.core.watch.found
    assert {("wish_unanswered", "timer")} == {(one.what, one.found_by) for one in found}
    assert 2 <= len(found) <= 20
    assert not any(held.active for account in box.carrier.accounts.values() for held in account.subscriptions)


def test_an_order_that_boss_forgot_is_found_the_next_night_and_the_find_is_recorded() -> None:
    box = linked([SWALLOWED]).order(when="2006-07-10 12:00")
    assert () == box.until("2006-07-11 02:59").query().subscriptions
    assert 1 == len(box.until("2006-07-11 03:01").query().subscriptions)
    (found,) = box.carrier.core.watch.found
    at_three = at("2006-07-11 03:00") + timedelta(seconds=0.5)
    assert ("order_unknown_to_boss", "reconciliation", at_three) == (found.what, found.found_by, found.at)


def test_what_is_on_its_way_when_the_night_comes_is_no_find() -> None:
    box = linked([Fate((240,))]).order(when="2006-07-11 02:58").until("2006-07-12 04:00")
    assert [] == box.carrier.core.watch.found
    assert 1 == len(box.query().subscriptions)


def test_a_fee_that_misc_bills_while_the_wish_is_on_its_way_is_not_taken() -> None:
    box = linked([PROMPT, Fate((7200,))], repeated_every_s=0).order(when="2006-07-10 12:00")
    box.withdraw("2006-07-31 23:00")
    assert [] == box.until("2006-08-02 00:00").charged()


def test_an_honest_link_leaves_nothing_to_find_and_repeats_little() -> None:
    box = Box("2006-07-03 00:00", numbers=[f"1390000{number:04d}" for number in range(1500)])
    for number in box.carrier.accounts:
        box.order(number=number)
    core = box.until("2006-07-04 04:00").carrier.core
    assert [] == core.watch.found
    assert all(1 == len(account.subscriptions) for account in box.carrier.accounts.values())
    assert 0 < core.link.repeated < 20


def test_the_honest_link_keeps_within_what_two_ledgers_may_differ() -> None:
    terms = kept_in_step()
    late_s = [max(fate.copies_after_s, default=0) for fate in _drawn(20_000)]
    lost = sum(fate == LOST for fate in _drawn(20_000))
    assert max(late_s) + terms.repeated_every_s < terms.out_of_step_s
    assert 0 < lost < 100


def _drawn(count: int) -> Iterator[Fate]:
    chance = Chance(5)
    return (honest_fate(chance) for _ in range(count))
