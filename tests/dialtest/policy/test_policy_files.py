"""Policy files: every number of the clauses is there, later terms inherit, mistakes are told."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from dialtest.errors import DialtestError
from dialtest.policy.load import load_policy, parse_policy, shipped_policy_text

POLICY = load_policy("monternet-2006")
TEXT = shipped_policy_text("monternet-2006")
OCTOBER = datetime(2006, 10, 1, tzinfo=POLICY.zone)
JULY = datetime(2006, 7, 1, tzinfo=POLICY.zone)


def refused(text: str) -> str:
    """What is said of a policy that is not one."""
    with pytest.raises(DialtestError) as told:
        parse_policy(text, "mine.toml")
    return str(told.value)


def test_port_1862_closes_for_reminders_and_withdrawals_at_midnight_of_the_first_of_october() -> None:
    before, after = POLICY.terms(OCTOBER - timedelta(microseconds=1)), POLICY.terms(OCTOBER)
    assert before.first_reminder is not None
    assert after.first_reminder is not None
    assert before.first_reminder.senders == ("10086", "1862")
    assert after.first_reminder.senders == ("10086",)
    assert before.withdrawal.confirmation.senders == ("10086", "1862")
    assert after.withdrawal.confirmation.senders == ("10086",)


def test_terms_keep_what_later_ones_do_not_state() -> None:
    before, after = POLICY.terms(JULY), POLICY.terms(OCTOBER)
    assert before.first_reminder is not None
    assert after.first_reminder is not None
    assert after.first_reminder.text == before.first_reminder.text
    assert after.charging == before.charging
    assert after.existing == before.existing


def test_before_the_first_terms_the_first_ones_hold() -> None:
    assert POLICY.terms(datetime(2005, 1, 1, tzinfo=POLICY.zone)) == POLICY.terms(JULY)


def test_every_number_of_the_clauses_is_in_the_file() -> None:
    terms = POLICY.terms(JULY)
    first, second, existing = terms.first_reminder, terms.second_reminder, terms.existing
    assert first is not None
    assert second is not None
    assert existing is not None
    assert (first.within_s, terms.withdrawal.confirmation.within_s) == (300, 300)  # T2, Q4
    assert (second.first_day, second.last_day, second.senders) == (21, 25, ("10086",))  # T4, T6
    assert (terms.charging.cycle, terms.charging.next_month_free_from_day) == ("calendar_month", 21)  # T3, T5
    assert (terms.charging.free_this_month, terms.charging.free_next_month) == ("当月", "下月底前")  # T7
    assert terms.withdrawal.effective_within_h == 24  # Q5
    assert (terms.query.history_days, len(terms.query.fields), len(set(terms.query.fields))) == (365, 15, 15)  # Q2
    refund = terms.refund
    assert (refund.wrong_multiple, refund.unverified_multiple, refund.unverified_after_days) == (2, 1, 3)  # R2, R3
    assert (existing.first_date, existing.last_date) == (date(2006, 8, 21), date(2006, 9, 30))  # T8
    assert (existing.sensitive_above, existing.recent_months) == (5, 3)  # T8
    assert existing.extra_text == ",发“0000”到10086"  # T9


def test_the_25_batches_are_sensitive_users_then_brand_by_group_by_age() -> None:
    existing = POLICY.terms(JULY).existing
    assert existing is not None
    expected = [("all", "all", "sensitive")] + [
        (brand, group, age)
        for brand in ("easyown", "mzone", "gotone")
        for group in ("wap", "sms", "mms", "other")
        for age in ("recent", "older")
    ]
    assert [(batch.brand, batch.service_group, batch.age) for batch in existing.batches] == expected
    assert [batch.number for batch in existing.batches] == list(range(1, 26))


def test_the_campaign_runs_from_june_to_the_end_of_december() -> None:
    assert (POLICY.starts.isoformat(), POLICY.ends.isoformat()) == ("2006-06-01", "2006-12-31")


@pytest.mark.parametrize(
    ("right", "wrong", "meant"),
    [
        ("within_s = 300", "within_sec = 300", "within_s"),
        ("first_day = 21", "frist_day = 21", "first_day"),
        ("[terms.charging]", "[terms.chargeing]", "charging"),
    ],
)
def test_an_unknown_key_is_refused_and_the_nearest_suggested(right: str, wrong: str, meant: str) -> None:
    assert f"do you mean “{meant}”?" in refused(TEXT.replace(right, wrong, 1))


BROKEN = {
    "empty": "",
    "unfinished": "name = ",
    "binary": "\0",
    "misspelt": TEXT.replace("currency =", "curency ="),
    "no such zone": TEXT.replace('"Asia/Shanghai"', '"Asia/Nowhere"'),
    "a path for a zone": TEXT.replace('"Asia/Shanghai"', '"../../etc/localtime"'),
    "no date": TEXT.replace("starts = 2006-06-01", "starts = 6"),
    "no from": TEXT.replace("from = 2006-06-01", ""),
    "twice the same from": TEXT.replace("from = 2006-10-01", "from = 2006-06-01"),
    "from a number": TEXT.replace("from = 2006-06-01", "from = 6"),
    "no such cycle": TEXT.replace('cycle = "calendar_month"', 'cycle = "lunar_month"'),
    "a word for hours": TEXT.replace("effective_within_h = 24", 'effective_within_h = "a day"'),
    "no terms": TEXT.partition("[[terms]]")[0],
    "an unclosed table": TEXT.replace("[terms.order] ", "[terms.order"),
    "a unit without words": TEXT.replace("use = ", "uses = "),
    "a slot that digs": TEXT.replace("{amount}元/月", "{amount.__class__}元/月"),
    "a slot in a form of its own": TEXT.replace("您已定制试用{provider}", "您已定制试用{provider:>20}"),
    "an open brace": TEXT.replace("您已定制试用{provider}", "您已定制试用{provider"),
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN.keys())
def test_what_is_no_policy_is_refused_by_its_name(text: str) -> None:
    assert "mine.toml" in refused(text)


def test_a_slot_that_is_never_filled_is_refused_and_the_nearest_suggested() -> None:
    assert "do you mean “{provider}”?" in refused(TEXT.replace("{provider}", "{provder}", 1))


def test_a_policy_that_is_not_shipped_is_answered_with_those_that_are() -> None:
    with pytest.raises(DialtestError, match="monternet-2006, uk-premium-2019"):
        load_policy("monternet-2007")


def test_a_policy_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DialtestError, match=r"mine\.toml"):
        load_policy(tmp_path / "mine.toml")


def test_a_policy_read_from_a_file_is_the_same_as_the_shipped_one(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(TEXT, encoding="utf-8")
    assert load_policy(path) == POLICY
