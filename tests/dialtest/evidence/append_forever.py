"""Writes cases into a held journal until it is killed; every line it prints acknowledges one commit."""

from __future__ import annotations

import sys
from pathlib import Path

from dialtest.evidence.hold import hold
from dialtest.evidence.seal import seal
from dialtest.evidence.store import open_journal
from tests.dialtest.evidence.journals import dial, new_journal


def main(folder: Path, url: str, run: str) -> None:
    new_journal(url).close()
    with hold(folder):
        journal = open_journal(url)
        for number in range(10**9):
            case = f"{run}-{number:06d}"
            dial(journal, case, messages=number % 5, closed=number % 3 > 0)
            journal.commit()
            if number % 7 == 0:
                seal(journal)
            print(case, flush=True)  # noqa: T201 - the test reads it


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
