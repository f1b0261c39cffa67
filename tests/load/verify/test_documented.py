"""What docs/surge.md says of its plan is what comes out, as far as a seed decides it."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

from load.plan.reading import parse_plan
from load.simulation.replication import replicate
from load.simulation.simulate import simulate
from load.verify.theory import theory_of
from load.verify.verified import rows

DOCUMENT = Path(__file__).parents[3] / "docs" / "surge.md"
FIGURES = {
    "rate by attempts": "connection_rate_by_attempts",
    "rate by callers": "connection_rate_by_callers",
    "rate within 15 s": "connection_rate_within",
    "mean wait": "mean_wait_s",
}


def test_the_table_of_three_answers_is_that_of_the_documents_plan() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    (stated,) = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    whole = parse_plan(stated, "docs/surge.md")
    plan = whole.between(whole.begins, datetime.fromisoformat("2006-08-21T12:00:00+08:00"))
    simulated, same_calls = simulate(plan, 400, plan.seed), replicate(plan, plan.seed, 0).tallies
    found = {row.figure: row for row in rows(dict(theory_of(plan)), simulated, same_calls, None)}
    for words, figure in FIGURES.items():
        cells = re.search(rf"\| {words} \| (\S+)[^|]*\| (\S+) . ± (\S+) \| (\S+)[^|]*\|", text)
        assert cells is not None, words
        row, scale = found[figure], 1 if figure == "mean_wait_s" else 100  # type: ignore[index]
        theory = "–" if row.theory is None else f"{scale * row.theory:.1f}"
        half = f"{scale * (row.high - row.low) / 2:.1f}"
        assert (theory, f"{scale * row.simulated:.1f}", half, f"{scale * row.same_calls:.1f}") == cells.groups()
