"""The sandbox's hotline that is started for a plan is the plan's hotline."""

from __future__ import annotations

from pathlib import Path

import pytest
import requests

from dialtest.errors import CouldNotTest, DialtestError
from dialtest.policy.load import load_policy
from dialtest.served.hotline.own_terms import own_terms
from load.verify.sandbox_hotline import sandbox_hotline, terms_text
from tests.load.plan_builder import surge_plan

SHIFTS = '[{ from = "00:00", until = "08:00", agents = 3 }, { from = "08:00", until = "24:00", agents = 40 }]'


def test_agents_standard_and_emergency_flow_are_the_plans(tmp_path: Path) -> None:
    plan = surge_plan(agents=SHIFTS, more="[emergency]\non_below = 0.5\nwindow_s = 300\n[standard]\nmzone = 0.7")
    path = tmp_path / "terms.toml"
    path.write_text(terms_text(plan), encoding="utf-8")
    policy = load_policy("monternet-2006")
    policys = policy.terms(plan.begins).hotline
    assert policys is not None
    terms = own_terms(policys, path)
    (desk,) = terms.desks
    assert (3, 40, 0.7) == (desk.agents_at(7), desk.agents_at(8), desk.standard)
    assert (0.5, 300) == (terms.emergency.on_below, terms.emergency.window_s)


def test_it_opens_with_the_plans_clock_and_is_gone_afterwards() -> None:
    with sandbox_hotline(surge_plan(), 60.0) as addresses:
        state = requests.get(f"http://{addresses.http}/state", timeout=10).json()
    assert (60.0, ["mzone"]) == (state["speed"], [brand["brand"] for brand in state["brands"]])
    assert "2006-08-21T10:00:00+08:00" == state["clock"]
    with pytest.raises(requests.ConnectionError):
        requests.get(f"http://{addresses.http}/state", timeout=10)


def test_shifts_it_cannot_have_are_refused_with_what_to_do() -> None:
    half_past = SHIFTS.replace("08:00", "08:30")
    with pytest.raises(DialtestError, match="mzone"), sandbox_hotline(surge_plan(agents=half_past), 1.0):
        pass


def test_a_hotline_that_does_not_open_is_told_with_what_it_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", "/bin/false")
    with pytest.raises(CouldNotTest), sandbox_hotline(surge_plan(), 1.0):
        pass
