"""A subscriber base: seeded, of any size, written and read line by line; what the log of its batches holds."""

from __future__ import annotations

import csv
from itertools import islice
from pathlib import Path

import pytest

from dialtest.errors import DialtestError
from dialtest.language import speaking
from dialtest.sample.sample import make_sample
from dialtest.sandbox.batch_log import LogLine, Sending
from dialtest.sandbox.conduct import Conduct, Notice
from dialtest.sandbox.subscriber_base import Subscriber, subscriber_base
from dialtest.sandbox.subscriber_base_file import read_base, write_base
from tests.dialtest.sandbox.box import POLICY, at

SERVICES = make_sample(40, 1, POLICY, numbers=0, control=0).services


def base(size: int = 400, seed: int = 7) -> list[Subscriber]:
    return list(subscriber_base(POLICY, SERVICES, size, seed))


def log(people: list[Subscriber], conduct: Conduct | None = None, share: float = 1) -> list[LogLine]:
    assert POLICY.batches is not None
    return list(Sending(POLICY, POLICY.batches, 7, conduct or Conduct(), share).lines(people))


def test_the_same_seed_makes_the_same_people_and_another_seed_others() -> None:
    assert base() == base()
    assert base(seed=8) != base()


def test_numbers_ascend_and_nobody_has_a_number_twice() -> None:
    numbers = [one.msisdn for one in base()]
    assert numbers == sorted(set(numbers))
    assert {len(number) for number in numbers} == {11}


def test_a_thousand_million_subscribers_are_made_up_one_after_the_other() -> None:
    first = list(islice(subscriber_base(POLICY, SERVICES, 1_000_000_000, 7), 3))
    assert [one.msisdn for one in first] == ["13000000000", "13000000001", "13000000002"]


def test_there_are_all_kinds_of_people() -> None:
    people = base(2_000)
    held = [len([s for s in one.subscriptions if s.held_at(at("2006-08-21"))]) for one in people]
    everything = [subscription for one in people for subscription in one.subscriptions]
    assert {one.brand for one in people} == {"easyown", "mzone", "gotone"}
    assert max(held) > 5
    assert any(one.withdrawn_at for one in everything)
    assert any(one.ordered_at >= at("2006-08-21") for one in everything)
    assert any(at("2006-05-21") <= one.ordered_at < at("2006-08-21") for one in everything)
    assert any(one.ordered_at < at("2006-05-21") for one in everything)
    assert all(len({s.service.key for s in one.subscriptions}) == len(one.subscriptions) for one in people)


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "base.csv"
    people = base()
    assert write_base(file, people) == (400, sum(len(one.subscriptions) for one in people))
    read = list(read_base(file, POLICY))
    assert [(one.msisdn, one.name, one.brand) for one in read] == [(one.msisdn, one.name, one.brand) for one in people]
    told = [[(s.service.key, s.ordered_at, s.withdrawn_at) for s in one.subscriptions] for one in read]
    assert told == [[(s.service.key, s.ordered_at, s.withdrawn_at) for s in one.subscriptions] for one in people]
    assert log(read) == log(people)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("msisdn,", "number,", "Line 1"),
        (",easyown,", ",easyon,", "easyon"),
        (",month,", ",moon,", "moon"),
        ("\n13", "\n12", "not in order"),
    ],
)
def test_a_line_that_is_none_is_named(tmp_path: Path, old: str, new: str, told: str) -> None:
    file = tmp_path / "base.csv"
    write_base(file, base(60))
    text = file.read_text(encoding="utf-8")
    place = text.find(old, 0 if told == "Line 1" else 2_000)
    file.write_text(text[:place] + text[place:].replace(old, new, 1), encoding="utf-8")
    with speaking("en"), pytest.raises(DialtestError) as refused:
        list(read_base(file, POLICY))
    assert told in str(refused.value)


def test_nothing_is_left_of_a_file_that_could_not_be_finished(tmp_path: Path) -> None:
    def broken() -> object:
        yield base(1)[0]
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write_base(tmp_path / "base.csv", broken())  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


def test_everybody_who_holds_something_is_in_the_log_with_every_part() -> None:
    people = base()
    begins = at("2006-08-21")
    texts: dict[tuple[str, int], list[LogLine]] = {}
    for line in log(people):
        texts.setdefault((line.msisdn, line.batch), []).append(line)
    for parts in texts.values():
        assert [line.part for line in parts] == list(range(1, parts[0].parts + 1))
    for one in people:
        told = "".join(line.text for (msisdn, _), parts in texts.items() for line in parts if msisdn == one.msisdn)
        for held in one.subscriptions:
            named = f"{held.service.provider_name}提供的{held.service.name}" in told
            if held.held_at(begins) and held.withdrawn_at is None:
                assert named, (one, held)
            elif not held.held_at(begins):
                assert not named, (one, held)


class Mute(Conduct):
    def existing_reminder(self, honest: tuple[Notice, ...]) -> tuple[Notice, ...]:
        return ()


def test_a_fault_strikes_its_share_of_the_subscriptions_and_counts_them() -> None:
    assert POLICY.batches is not None
    people = base(2_000)
    sending = Sending(POLICY, POLICY.batches, 7, Mute(), 0.1)
    lines = list(sending.lines(people))
    named = sum(line.text.count("提供的") for line in log(people))
    assert sum(line.text.count("提供的") for line in lines) == named - sending.struck
    assert 0.06 < sending.struck / named < 0.14


def test_the_log_is_written_as_a_table(tmp_path: Path) -> None:
    assert POLICY.batches is not None
    sending = Sending(POLICY, POLICY.batches, 7)
    sending.write(tmp_path / "sent.csv", base(50))
    with (tmp_path / "sent.csv").open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert len(rows) == sending.messages
    assert list(rows[0]) == ["msisdn", "sent_at", "sender", "batch", "part", "parts", "text"]
    assert {row["sender"] for row in rows} == {"10086"}
