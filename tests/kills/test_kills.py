"""No evidence is lost and no order is sent twice, whenever a campaign is ended by force."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest
from sqlalchemy import select

from dialtest.evidence import schema
from dialtest.evidence.store import open_journal
from tests.kills import virtual
from tests.kills.ending import PROCESSES, end_by_force

KILLS = 5


@pytest.mark.parametrize("seed", [11, 12, 13])
def test_a_live_campaign_killed_again_and_again_agrees_with_the_carriers_ledger(tmp_path: Path, seed: int) -> None:
    kills = campaigns = 0
    while kills < KILLS:  # a fast machine may finish a campaign before it was ended so often
        folder = tmp_path / str(campaigns)
        folder.mkdir()
        books = end_by_force(folder, seed + 100 * campaigns, KILLS - kills)
        kills, campaigns = kills + books.kills, campaigns + 1
        assert [] == books.wrong
        assert books.acts > 50
    assert KILLS == kills


def virtual_run(folder: Path, commits: int) -> int | None:
    process = PROCESSES.Process(target=virtual.dial, args=(folder, 5, commits))
    process.start()
    process.join(100)
    return process.exitcode


def hashes(folder: Path) -> list[tuple[str, int, bytes]]:
    table = schema.records
    with open_journal(f"sqlite:///{folder / 'journal.db'}").reading() as connection:
        rows = connection.execute(select(table.c.case, table.c.seq, table.c.hash).order_by(table.c.case, table.c.seq))
        return [(case, seq, hash_) for case, seq, hash_ in rows]


def test_a_killed_virtual_run_is_replayed_and_ends_with_the_hashes_of_an_undisturbed_one(tmp_path: Path) -> None:
    killed, undisturbed = tmp_path / "killed", tmp_path / "undisturbed"
    killed.mkdir()
    undisturbed.mkdir()
    assert 0 == virtual_run(undisturbed, 0)
    lengths = []
    for commits in (2, 3, 5):
        assert -signal.SIGKILL == virtual_run(killed, commits)
        lengths.append(len(hashes(killed)))
    assert 0 == virtual_run(killed, 0)
    assert 0 < lengths[0] < lengths[1] < lengths[2] < len(hashes(undisturbed))
    assert hashes(undisturbed) == hashes(killed)
