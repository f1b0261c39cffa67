"""`python -m tests.kills [KILLS] [SEED]`: ends live campaigns by force 200 times and prints what the books say."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import click

from tests.kills.ending import end_by_force

KILLS = 200
KILLS_PER_CAMPAIGN = 20


def main(kills: int = KILLS, seed: int = 2006) -> int:
    """Exit code 0 when the books agree and some act was in doubt."""
    done = acts = doubts = doubts_done = wrong = 0
    while done < kills:
        with tempfile.TemporaryDirectory() as folder:
            books = end_by_force(Path(folder), seed, min(KILLS_PER_CAMPAIGN, kills - done))
        done, acts, doubts = done + books.kills, acts + books.acts, doubts + len(books.doubts)
        doubts_done, wrong, seed = doubts_done + books.doubts_done, wrong + len(books.wrong), seed + 1
        click.echo(f"{done} kills, {acts} binding acts, {doubts} in doubt ({doubts_done} of them done), {wrong} wrong")
        for what in books.wrong[:20]:
            click.echo(f"  wrong: {what}")
    return 0 if doubts and not wrong else 1


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
