"""What others would use: the same eight acts as durable steps of DBOS on SQLite.

Run as `python -m tests.bench.durable N`, with dbos installed (`make bench` sees to it).
"""

from __future__ import annotations

import json
import logging
import sys
import tempfile
from pathlib import Path

from dbos import DBOS, DBOSConfig

from dialtest.clock import monotonic_s
from tests.bench.bare import ACTS


@DBOS.step()
def act(name: str, case: int) -> str:
    """One act, which does nothing but be recorded."""
    return f"{name} {case}"


@DBOS.workflow()
def life(case: int) -> int:
    """A case: eight recorded acts."""
    return sum(len(act(name, case)) for name in ACTS)


def measure(cases: int) -> dict[str, object]:
    """Run `cases` workflows; figures by name."""
    logging.disable(logging.WARNING)
    with tempfile.TemporaryDirectory() as folder:
        config: DBOSConfig = {"name": "bench", "system_database_url": f"sqlite:///{Path(folder) / 'dbos.db'}"}
        DBOS(config=config)
        DBOS.launch()
        began_s = monotonic_s()
        handles = [DBOS.start_workflow(life, case) for case in range(cases)]
        for handle in handles:
            handle.get_result()
        seconds = monotonic_s() - began_s
        DBOS.destroy()
    return {"cases_per_second": round(cases / seconds, 1), "steps_per_second": round(cases * len(ACTS) / seconds)}


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]))))
