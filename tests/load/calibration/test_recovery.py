"""Laws that were planted in records are found again, within their intervals."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from load.calibration.calibration import Calibration, calibrate
from load.calibration.fitting import fit_laws
from load.calibration.lengths import lengths
from load.calibration.patience import kaplan_meier
from load.law import Empirical, Erlang, Exponential, Law, Lognormal
from tests.load.calibration.reading import read
from tests.load.calibration.recorded import Behaviour, answered_or_not, over_days, write_bank, write_calls

CALLERS = 6_000


def calibrated(path: Path, how: Behaviour, bank: bool, seed: int = 7) -> Calibration:
    generator = np.random.default_rng(seed)
    calls = answered_or_not(over_days(CALLERS, 10, generator), how, generator)
    return calibrate(read((write_bank if bank else write_calls)(path / "calls.csv", calls)), redial_within_s=7_200)


@pytest.mark.parametrize("bank", [True, False])
def test_handle_time_and_patience_are_found_again(tmp_path: Path, bank: bool) -> None:
    found = calibrated(tmp_path, Behaviour(), bank)
    assert found.handle.mean.low < 180 < found.handle.mean.high
    patience = next(fit for fit in found.patience.fits if fit.name == "exponential")
    assert patience.mean.low < 300 < patience.mean.high
    assert isinstance(found.handle.law, Exponential)


def test_served_callers_are_cut_off_and_not_left_out(tmp_path: Path) -> None:
    """Who gave up had waited 63 s on average, though patience lasts 300 s."""
    found = calibrated(tmp_path, Behaviour(), bank=False)
    waits = found.read.records
    gave_up = waits.wait_s[(waits.outcome == 1)].mean()
    fit = next(fit for fit in found.patience.fits if fit.name == "exponential")
    assert 55 < gave_up < 75
    assert fit.mean.value > 4 * gave_up


@pytest.mark.parametrize(
    "law", [Exponential(240), Lognormal(240, 0.8), Erlang(240, 4)], ids=["exponential", "lognormal", "erlang"]
)
def test_the_family_of_the_handle_time_is_found(tmp_path: Path, law: Law) -> None:
    found = calibrated(tmp_path, Behaviour(handle=law), bank=False)
    assert type(law) is type(found.handle.law)
    best = found.handle.fits[0]
    assert best.mean.low < 240 < best.mean.high
    if isinstance(law, Erlang):
        assert isinstance(best.law, Erlang)
        assert 4 == best.law.phases
    if isinstance(law, Lognormal):
        assert best.sigma is not None
        assert best.sigma.low < 0.8 < best.sigma.high


def test_a_lognormal_patience_is_found_though_most_of_it_is_cut_off(tmp_path: Path) -> None:
    found = calibrated(tmp_path, Behaviour(patience=Lognormal(400, 1.2)), bank=True)
    best = found.patience.fits[0]
    assert isinstance(best.law, Lognormal)
    assert best.mean.low < 400 < best.mean.high
    assert best.sigma is not None
    assert best.sigma.low < 1.2 < best.sigma.high


def test_the_curve_holds_the_truth_about_19_times_in_20() -> None:
    """A hundred samples of which most were served, at 60 s; the binomial law allows 88 to 100."""
    generator, held = np.random.default_rng(5), 0
    for _sample in range(100):
        patience_s, offered_s = generator.exponential(300, 400), generator.exponential(80, 400)
        curve = kaplan_meier(np.minimum(patience_s, offered_s), patience_s < offered_s)
        one = curve.beyond(60, 400)
        held += one is not None and one.low < np.exp(-60 / 300) < one.high
    assert held >= 88


def test_redials_are_found_again(tmp_path: Path) -> None:
    found = calibrated(tmp_path, Behaviour(queued=1.0), bank=False)
    again = found.redials
    assert again.share.low < 0.4 < again.share.high
    delay = next(fit for fit in again.fits if fit.name == "exponential")
    assert delay.mean.low < 600 < delay.mean.high
    assert isinstance(found.redial_law, Exponential)
    assert 0 == again.after_answer.value


def test_a_delay_that_is_cut_off_by_the_window_is_not_taken_for_short(tmp_path: Path) -> None:
    generator = np.random.default_rng(3)
    how = Behaviour(queued=1.0, redial_delay=Exponential(1_800), redial_share=0.6)
    calls = answered_or_not(over_days(CALLERS, 10, generator), how, generator)
    read_calls = read(write_calls(tmp_path / "calls.csv", calls))
    found = calibrate(read_calls, redial_within_s=1_800)
    delay = next(fit for fit in found.redials.fits if fit.name == "exponential")
    assert delay.mean.low < 1_800 < delay.mean.high
    assert isinstance(found.redial_law, Empirical)
    assert max(found.redial_law.values_s) <= 1_800


def test_the_intervals_hold_the_truth_about_19_times_in_20() -> None:
    """A hundred samples of 80 callers of whom most were served; the binomial law allows 88 to 100."""
    generator, held = np.random.default_rng(11), 0
    for _sample in range(100):
        patience_s, offered_s = generator.exponential(300, 80), generator.exponential(150, 80)
        fits = fit_laws(lengths(np.minimum(patience_s, offered_s), patience_s < offered_s))
        mean = next(fit.mean for fit in fits if fit.name == "exponential")
        held += mean.low < 300 < mean.high
    assert held >= 88
