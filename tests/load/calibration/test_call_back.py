"""Call-back share and delay of batches are found again, whether or not records name their batch."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from dialtest.policy.load import load_policy
from dialtest.problem import BadInput
from load.calibration.call_back import CallBack, call_back
from load.calibration.redials import is_redial
from load.calibration.sent_batches import SentBatch, batches_of_plan, local_s, read_batches
from load.law import Erlang, Exponential, Law, Lognormal, draw_s
from load.plan.reading import parse_plan
from tests.load.calibration.reading import read
from tests.load.calibration.recorded import (
    BEGINS,
    CALL_COLUMNS,
    DAY_S,
    Behaviour,
    Spoken,
    answered_or_not,
    over_days,
    write_calls,
)

MARKET = load_policy("monternet-2006")
ZERO_S = BEGINS.timestamp()
HOUR_S = 3600


def sent(number: int, size: int, at_s: float, for_s: float = 0.0, brand: str = "mzone") -> SentBatch:
    return SentBatch(number, brand, size, ((ZERO_S + at_s, ZERO_S + at_s + for_s, 1.0),))


def reminded(batch: SentBatch, share: float, delay: Law, generator: np.random.Generator) -> list[float]:
    """When those who were reminded call, in seconds since BEGINS."""
    callers = generator.binomial(batch.size, share)
    sent_s = batch.from_s - ZERO_S + generator.random(callers) * (batch.until_s - batch.from_s)
    return [float(one) for one in sent_s + draw_s(delay, generator, callers)]


def surge(batches: list[SentBatch], share: float, delay: Law, ordinary: int, days: int, seed: int = 1) -> list[Spoken]:
    """Ordinary calls by day, and those the batches bring; no records after `days`."""
    generator = np.random.default_rng(seed)
    at_s = [(one, 0) for one in over_days(ordinary, days, generator)]
    for batch in batches:
        at_s += [(one, batch.number) for one in reminded(batch, share, delay, generator)]
    at_s.sort()
    calls = answered_or_not([one for one, _ in at_s], Behaviour(), generator, [number for _, number in at_s])
    return [call for call in calls if call.at_s < days * DAY_S]


def found_in(tmp_path: Path, calls: list[Spoken], batches: list[SentBatch], named: bool) -> CallBack:
    columns = CALL_COLUMNS if named else [name for name in CALL_COLUMNS if name != "batch"]
    (found,) = call_back(read(write_calls(tmp_path / "calls.csv", calls, columns)).records, batches)
    return found


BATCHES = [sent(1, 3_000, 1 * DAY_S + 10 * HOUR_S, 600), sent(2, 2_000, 2 * DAY_S + 14 * HOUR_S)]


@pytest.mark.parametrize("named", [True, False])
def test_share_and_delay_of_each_batch_are_found_again(tmp_path: Path, named: bool) -> None:
    calls = surge(BATCHES, 0.4, Exponential(2_400), ordinary=1_500, days=4)
    found = found_in(tmp_path, calls, BATCHES, named)
    assert found.share.low < 0.4 < found.share.high
    assert found.delay.low < 2_400 < found.delay.high
    assert isinstance(found.law, Exponential)
    assert ("none" if named else "hours") == found.basis
    for batch in found.batches:
        assert batch.share.low < 0.4 < batch.share.high
        assert batch.delay.low < 2_400 < batch.delay.high


@pytest.mark.parametrize("law", [Lognormal(3_000, 1.0), Erlang(3_000, 3)], ids=["lognormal", "erlang"])
def test_the_family_of_the_delay_is_found_among_ordinary_calls(tmp_path: Path, law: Law) -> None:
    calls = surge(BATCHES, 0.4, law, ordinary=1_500, days=4, seed=6)
    found = found_in(tmp_path, calls, BATCHES, named=False)
    assert type(law) is type(found.law)
    assert found.delay.low < 3_000 < found.delay.high


def test_ordinary_calls_alone_are_no_call_back(tmp_path: Path) -> None:
    calls = surge([], 0.0, Exponential(2_400), ordinary=3_000, days=4)
    found = found_in(tmp_path, calls, BATCHES, named=False)
    assert found.share.value < 0.02


def test_redials_are_no_call_back(tmp_path: Path) -> None:
    """Half of those who gave up redial: attempts would make the share too high by as much."""
    calls = surge(BATCHES, 0.4, Exponential(2_400), ordinary=500, days=4)
    records = read(write_calls(tmp_path / "calls.csv", calls)).records
    assert 100 < is_redial(records).sum()
    found = found_in(tmp_path, calls, BATCHES, named=True)
    assert found.calls == len(records) - is_redial(records).sum()


def test_the_end_of_the_records_cuts_callers_off_and_makes_the_share_no_smaller(tmp_path: Path) -> None:
    batch = sent(1, 10_000, DAY_S + 23 * HOUR_S)
    calls = surge([batch], 0.4, Exponential(3_600), ordinary=500, days=2)
    found = found_in(tmp_path, calls, [batch], named=True)
    assert 0.26 > found.share.records / 10_000
    assert found.share.low < 0.4 < found.share.high


@pytest.mark.parametrize("named", [True, False])
def test_records_that_begin_after_a_batch_make_the_share_no_smaller(tmp_path: Path, named: bool) -> None:
    batch = sent(1, 10_000, DAY_S + 9.5 * HOUR_S)
    calls = surge([batch], 0.4, Exponential(3_600), ordinary=1_000, days=4)
    later = [call for call in calls if call.at_s > DAY_S + 10 * HOUR_S]
    found = found_in(tmp_path, later, [batch], named)
    assert 0.27 > found.share.records / 10_000
    assert found.share.low < 0.4 < found.share.high


def test_without_a_quiet_day_ordinary_calls_are_taken_to_be_level(tmp_path: Path) -> None:
    generator = np.random.default_rng(2)
    batch = sent(1, 3_000, 1 * HOUR_S)
    evenly = [(float(one), 0) for one in generator.random(500) * DAY_S]
    brought = [(one, 1) for one in reminded(batch, 0.4, Exponential(2_400), generator)]
    at_s = sorted(evenly + brought)
    calls = answered_or_not([one for one, _ in at_s], Behaviour(), generator)
    found = found_in(tmp_path, calls, [batch], named=False)
    assert "level" == found.basis
    assert found.share.low < 0.4 < found.share.high


def test_a_batch_outside_the_records_is_told(tmp_path: Path) -> None:
    calls = surge(BATCHES, 0.4, Exponential(2_400), ordinary=500, days=4)
    found = found_in(tmp_path, calls, [*BATCHES, sent(9, 5_000, 40 * DAY_S)], named=True)
    assert (9,) == found.outside
    assert [1, 2] == [batch.batch.number for batch in found.batches]


def test_records_of_another_brand_say_nothing(tmp_path: Path) -> None:
    calls = surge(BATCHES, 0.4, Exponential(2_400), ordinary=200, days=4)
    records = read(write_calls(tmp_path / "calls.csv", calls)).records
    assert () == call_back(records, [sent(1, 3_000, DAY_S, brand="easyown")])


def test_a_table_of_batches_is_read_with_chinese_headers(tmp_path: Path) -> None:
    path = tmp_path / "batches.csv"
    path.write_text("批次,品牌,用户数,开始时间,每秒条数\n7,动感地带,10000,2006-08-21 10:00:00,5\n", encoding="gb18030")
    assert (sent(7, 10_000, 10 * HOUR_S, 2_000),) == read_batches(path, MARKET)


def test_every_bad_row_of_batches_is_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "batches.csv"
    rows = (
        "1,mzone,-5,2006-08-21 10:00:00\n2,mzone,10,yesterday\n3,mzone,1e300,20060821100000\n3,mzone,9,20060821100000"
    )
    path.write_text(f"number,brand,size,start\n{rows}\n", encoding="utf-8")
    with pytest.raises(BadInput) as told:
        read_batches(path, MARKET)
    assert {"wrong value": 2, "impossible time": 1, "duplicate batch": 1} == dict(told.value.problems.causes)


def test_a_table_without_batches_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "batches.csv"
    path.write_text("number,brand,size,start\n", encoding="utf-8")
    with pytest.raises(BadInput):
        read_batches(path, MARKET)


def test_batches_of_a_plan_keep_its_rates_and_quiet_hours() -> None:
    plan = parse_plan(
        """
        [[batch]]
        number = 3
        brand = "mzone"
        size = 7200
        start = "2006-08-21T19:00:00+08:00"
        messages_per_s = 1
        [agents]
        mzone = 5
        [quiet]
        from = "20:00"
        until = "09:00"
        """,
        "plan.toml",
    )
    (batch,) = batches_of_plan(plan, local_s(plan.begins, MARKET))
    expected = ((19 * HOUR_S, 20 * HOUR_S, 0.5), (33 * HOUR_S, 34 * HOUR_S, 0.5))
    assert expected == tuple((a - ZERO_S, b - ZERO_S, share) for a, b, share in batch.stretches)
