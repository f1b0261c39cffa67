"""What a run measured is kept in a file that is read strictly."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from dialtest.errors import DialtestError
from load.measured import BrandMeasured, Measured, Quarter, Spread, all_measured, measured_path, read_measured
from load.measured import write_measured as write
from load.tally import Tally

BEGINS = datetime(2006, 8, 21, 2, tzinfo=UTC)
HOUR = datetime(2006, 8, 21, 3, tzinfo=UTC)


def measured(**changes: object) -> Measured:
    """100 calls were due and placed; all were answered."""
    tally = Tally(callers=100, attempts=100, answered=100, answered_within=90, callers_answered=100, waited_s=12.5)
    plain = Measured(
        plan="batch-7",
        digest="ab" * 32,
        seed=2006,
        begins=BEGINS,
        ends=HOUR,
        speed=60.0,
        measured_at=HOUR,
        wall_s=61.5,
        host="127.0.0.1:5086",
        workers=2,
        workers_lost=0,
        due=100,
        placed=100,
        late=0,
        not_started=0,
        lost=0,
        most_at_once=7,
        stopped_early=False,
        brands=(BrandMeasured("mzone", tally, Spread(100, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0), Spread()),),
        quarters=(Quarter(BEGINS, "mzone", 100, 100),),
        reply=Spread(100, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001),
        reply_service=Spread(),
        answer=Spread(),
        answer_service=Spread(),
        lateness=Spread(),
        failures={},
    )
    return msgspec.structs.replace(plain, **changes)


def test_a_measurement_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = measured_path(tmp_path, BEGINS)
    write(measured(hotline_attempts=100, failures={"busy": 3}), path)
    assert measured(hotline_attempts=100, failures={"busy": 3}) == read_measured(path)
    assert [read_measured(path)] == all_measured(tmp_path)
    assert ["measured-2006-08-21T0200.json"] == [one.name for one in (tmp_path / "surge").iterdir()]


@pytest.mark.parametrize(
    "change",
    [lambda text: text[:-20], lambda text: text.replace('"seed": 2006', '"seed": "x"'), lambda text: "",
     lambda text: text.replace('"plan":', '"plane":'), lambda text: text.replace("00Z", "00"), lambda text: "[]"],
)  # fmt: skip
def test_a_broken_measurement_is_refused_with_its_name(tmp_path: Path, change: object) -> None:
    path = tmp_path / "measured.json"
    write(measured(), path)
    path.write_text(change(path.read_text()))  # type: ignore[operator]
    with pytest.raises(DialtestError, match=r"measured\.json"):
        read_measured(path)


def test_a_run_reached_its_rate_when_99_in_a_hundred_calls_started_in_time() -> None:
    assert measured(late=1).reached
    assert not measured(late=2).reached
    assert not measured(placed=98, not_started=2).reached
    assert not measured(lost=1).reached
    assert not measured(stopped_early=True).reached


def test_a_hotline_that_said_nothing_was_not_heard() -> None:
    assert measured().heard
    assert not measured(reply=Spread()).heard
