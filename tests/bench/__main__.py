"""`make bench`: one JSON object with the figures of campaigns, audits and simulation, and of their peers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

SIZES = (1_000, 10_000)
DURABLE_CASES = 100
BARE_CASES = 10_000
ROUNDS = 3
AUDITED_ROWS = int(os.environ.get("AUDITED_ROWS", "10_000_000"))


def measured(module: str, size: int) -> dict[str, Any]:
    """The figures a module prints when run alone in a process pinned to one core, so that peak memory is its own."""
    command = [sys.executable, "-m", f"tests.bench.{module}", str(size)]
    core = {min(os.sched_getaffinity(0))} if hasattr(os, "sched_getaffinity") else None
    pin = (lambda: os.sched_setaffinity(0, core)) if core else None
    done = subprocess.run(command, check=True, capture_output=True, text=True, preexec_fn=pin)
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return figures


def best(rounds: list[dict[str, Any]]) -> dict[str, Any]:
    """The median round by cases per second, with the least and most beside it."""
    ordered = sorted(rounds, key=lambda figures: figures["cases_per_second"])
    rates = [figures["cases_per_second"] for figures in ordered]
    return {**ordered[len(ordered) // 2], "cases_per_second_min_max": [rates[0], rates[-1]]}


def unpinned(module: str, size: int) -> dict[str, Any]:
    """The figures of a module that uses all cores, or sees to its cores itself."""
    command = [sys.executable, "-m", f"tests.bench.{module}", str(size)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return figures


def main() -> None:
    """Measure peers and sizes in turns, so that a machine that slows down slows all of them."""
    rounds: dict[str, list[dict[str, Any]]] = {}
    for _ in range(ROUNDS):
        for size in SIZES:
            rounds.setdefault(f"campaign_{size}", []).append(measured("campaign", size))
        rounds.setdefault("bare_prototype", []).append(measured("bare", BARE_CASES))
        rounds.setdefault("dbos_sqlite", []).append(measured("durable", DURABLE_CASES))
    told = {name: best(found) for name, found in rounds.items()}
    ours = told[f"campaign_{SIZES[-1]}"]["cases_per_second"]
    told["ratios"] = {
        "to_bare_prototype": round(ours / told["bare_prototype"]["cases_per_second"], 3),
        "to_dbos_sqlite": round(ours / told["dbos_sqlite"]["cases_per_second"], 1),
        "cost_per_case_10000_to_1000": round(told["campaign_1000"]["cases_per_second"] / ours, 3),
    }
    told["audit"] = unpinned("audit", AUDITED_ROWS)
    told["surge_simulation"] = measured("surge", ROUNDS)
    told["hotline_load"] = unpinned("hotline_load", 5_000)
    told["machine"] = {"python": " ".join(sys.version.split()), "cores": os.cpu_count(), "rounds": ROUNDS}
    print(json.dumps(told, indent=1))


if __name__ == "__main__":
    main()
