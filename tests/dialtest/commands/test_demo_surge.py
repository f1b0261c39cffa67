"""The demo's hour of the hotline: told where it was put on, and where it could not be."""

from __future__ import annotations

from pathlib import Path

import pytest

from dialtest.commands.demo_surge import rehearsed_on
from dialtest.errors import CouldNotTest


def test_a_campaign_without_a_plan_rehearses_nothing(tmp_path: Path) -> None:
    assert rehearsed_on(tmp_path, lambda folder, on_progress: None) is None


def test_a_hotline_that_cannot_be_had_is_told_and_the_demo_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def refused(folder: Path, on_progress: object) -> None:
        raise CouldNotTest("The hotline did not open.", "Try it by hand.")

    assert rehearsed_on(tmp_path, refused) is None
    assert "The hotline did not open.\nTry it by hand.\n" == capsys.readouterr().err
