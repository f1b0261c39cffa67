"""Reads a file of call records as the verb does."""

from __future__ import annotations

from pathlib import Path

from dialtest.audit.workspace import open_workspace
from dialtest.policy.load import load_policy
from load.calibration.call_file import ReadCalls, read_calls


def read(path: Path) -> ReadCalls:
    """The calls of a file, under the shipped policy."""
    with open_workspace() as workspace:
        return read_calls(workspace, load_policy("monternet-2006"), path)
