"""What a plan says of the hotline itself beside its agents: ordinary calls, lines, and the emergency flow (H2, H3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dialtest.language import _
from dialtest.policy.hotline_terms import HotlineTerms
from load.plan.surge_plan import HOURS, Emergency, Lines
from load.plan.tables import REQUIRED, Tables


def read_background(tables: Tables, top: Mapping[str, Any], brands: Sequence[str]) -> Mapping[str, tuple[float, ...]]:
    """Ordinary calls an hour by brand: one figure, or 24 of them."""
    one = tables.known(tables.table(top, "background", ""), "background.", brands)
    found: dict[str, tuple[float, ...]] = {}
    for brand in one:
        value = one[brand]
        if isinstance(value, list) and len(value) == HOURS:
            hours = {str(hour): per_h for hour, per_h in enumerate(value)}
            found[brand] = tuple(tables.number(hours, h, f"background.{brand}.", 0, 1e7, 0.0) for h in hours)
        elif isinstance(value, list):
            tables.wrong(f"background.{brand}", f"{len(value)}", _("one figure, or 24: one for each hour of the day"))
        else:
            found[brand] = (tables.number(one, brand, "background.", 0, 1e7, 0.0),) * HOURS
    return found


def read_emergency(tables: Tables, top: Mapping[str, Any], hotline: HotlineTerms | None) -> Emergency | None:
    """The emergency flow where the plan has its table; what that leaves out is the policy's."""
    if "emergency" not in top:
        return None
    known = ("on_below", "off_at", "window_s", "least_calls", "self_service_share", "call_back_agents",
             "call_back_mean_s", "call_back_from_h", "call_back_until_h")  # fmt: skip
    one, above = tables.known(tables.table(top, "emergency", ""), "emergency.", known), "emergency."
    prior = hotline.emergency if hotline else None

    def default(name: str) -> Any:
        return getattr(prior, name) if prior else REQUIRED

    flow = Emergency(
        on_below=tables.number(one, "on_below", above, 0, 1, default("on_below")),
        off_at=tables.number(one, "off_at", above, 0, 1, default("off_at")),
        window_s=tables.number(one, "window_s", above, 1, 86_400, default("window_s")),
        least_calls=int(tables.number(one, "least_calls", above, 1, 1e6, default("least_calls"), whole=True)),
        self_service_share=tables.number(one, "self_service_share", above, 0, 1, default("self_service_share")),
        call_back_agents=int(
            tables.number(one, "call_back_agents", above, 0, 1e6, default("call_back_agents"), whole=True)
        ),
        call_back_mean_s=tables.number(one, "call_back_mean_s", above, 1, 86_400, default("call_back_mean_s")),
        call_back_from_h=int(
            tables.number(one, "call_back_from_h", above, 0, 23, default("call_back_from_h"), whole=True)
        ),
        call_back_until_h=int(
            tables.number(one, "call_back_until_h", above, 1, 24, default("call_back_until_h"), whole=True)
        ),
    )
    if flow.off_at < flow.on_below:
        tables.wrong(
            "emergency.off_at", flow.off_at, _("a rate not below on_below ({rate})").format(rate=flow.on_below)
        )
    return flow


def read_lines(tables: Tables, top: Mapping[str, Any]) -> Lines:
    one = tables.known(tables.table(top, "lines", ""), "lines.", ("lines", "menu_ports"))

    def limit(key: str) -> int | None:
        return int(tables.number(one, key, "lines.", 1, 1e7, REQUIRED, whole=True)) if key in one else None

    return Lines(limit("lines"), limit("menu_ports"))
