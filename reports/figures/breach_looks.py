"""How each breach class looks in every figure."""

from __future__ import annotations

from dialtest.model.finding import BreachClass

BREACH_LOOKS: dict[BreachClass, tuple[str, str]] = {
    "price_fraud": ("#1F4E79", ""),
    "misleading_ads": ("#E39B1F", "////"),
    "forced_subscription": ("#DDE4EA", "...."),
    "carrier_duty": ("#5B8C5A", "\\\\\\\\"),
}
"""Fill and hatch: apart in lightness as well as in hue, so that nobody needs to tell colours."""
