"""What is compiled and the Python it is written in give the same outcomes on the same calls."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.load.simulation.played import digest, plans


def test_compiled_code_does_what_its_python_says() -> None:
    plain = subprocess.run(
        [sys.executable, "-m", "tests.load.simulation.played"],
        env={**os.environ, "NUMBA_DISABLE_JIT": "1"},
        capture_output=True,
        text=True,
        check=True,
        timeout=100,
    )
    assert plain.stdout.splitlines() == [digest(plan) for plan in plans()]
    assert ["True", "True", "False"] == [line.split()[0] for line in plain.stdout.splitlines()]
