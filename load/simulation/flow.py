"""The emergency flow (H3) of each brand, compiled: the semantics of `dialtest.sandbox.hotline.emergency`, exactly."""

from __future__ import annotations

from load.simulation.compiled import compiled
from load.simulation.records import Records


@compiled
def note(slots: Records, desk: Records, house: Records, now_s: float, answered: int) -> None:
    """A call of the desk got its agent (1), or gave up (0)."""
    slot = slots[desk["noted_end"]]
    slot["noted_s"] = now_s
    slot["noted"] = answered
    desk["noted_end"] += 1
    desk["answered"] += answered
    look(slots, desk, house, now_s)


@compiled
def look(slots: Records, desk: Records, house: Records, now_s: float) -> bool:
    """Whether the flow is on now; what lies before the window is forgotten. A plan without it: never."""
    terms = house[0]
    if terms["has_flow"] == 0:
        return False
    while (
        desk["noted_begin"] < desk["noted_end"] and slots[desk["noted_begin"]]["noted_s"] <= now_s - terms["window_s"]
    ):
        desk["answered"] -= slots[desk["noted_begin"]]["noted"]
        desk["noted_begin"] += 1
    counted = desk["noted_end"] - desk["noted_begin"]
    rate = desk["answered"] / counted if counted > 0 else 1.0
    limit = terms["off_at"] if desk["flow_on"] == 1 else terms["on_below"]
    desk["flow_on"] = 1 if counted >= terms["least_calls"] and rate < limit else 0
    return bool(desk["flow_on"] == 1)
