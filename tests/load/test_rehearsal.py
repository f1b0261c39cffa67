"""The heaviest hour of a campaign's plan can be rehearsed before it comes."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from load.measured import all_measured
from load.outlook import heaviest_hour
from load.plan.reading import load_plan
from load.rehearsal import rehearse

PLAN = """
[[batch]]
number = 1
brand = "mzone"
size = 500
start = "2006-08-21T10:00:00+08:00"
messages_per_s = 0.5
[[batch]]
number = 2
brand = "mzone"
size = 1000
start = "2006-08-22T10:00:00+08:00"
messages_per_s = 0.5
[callback]
delay = { law = "exponential", mean_s = 300 }
[agents]
mzone = 10
[emergency]
"""


def test_without_a_plan_there_is_nothing_to_rehearse(tmp_path: Path) -> None:
    assert rehearse(tmp_path) is None


def test_the_heaviest_hour_is_put_on_a_hotline_and_kept(tmp_path: Path) -> None:
    (tmp_path / "surge.toml").write_text(PLAN, encoding="utf-8")
    plan = load_plan(tmp_path / "surge.toml")
    begins = heaviest_hour(plan)
    assert datetime.fromisoformat("2006-08-22T10:00:00+08:00") == begins
    measured = rehearse(tmp_path, speed=400)
    assert measured is not None
    assert [measured] == list(all_measured(tmp_path))
    assert (begins, begins + timedelta(hours=1)) == (measured.begins, measured.ends)
    assert measured.due == measured.placed == measured.hotline_attempts
    tally = measured.tally
    assert tally.attempts == tally.answered + tally.abandoned + tally.diverted + tally.busy + tally.failed
    assert 0 == measured.hotline_unrecorded
    assert tally.abandoned == tally.recorded > 20
    assert pytest.approx(sum(one.calls for one in measured.quarters)) == tally.attempts
