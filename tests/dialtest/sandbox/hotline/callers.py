"""Callers and hotlines for tests: small ones, with round numbers."""

from __future__ import annotations

from dataclasses import replace

from dialtest.policy.hotline_terms import Desk, EmergencyTerms, HotlineTerms, Shift
from dialtest.policy.load import load_policy
from dialtest.sandbox.hotline.caller import Caller

CHINA = load_policy("monternet-2006")
SHIPPED = CHINA.timeline[0][1].hotline
NOON_S = 12 * 3600.0


def shipped() -> HotlineTerms:
    """The hotline of the shipped policy."""
    assert SHIPPED is not None
    return SHIPPED


def emergency(**changes: object) -> EmergencyTerms:
    """The emergency flow of the shipped policy, with changes."""
    return replace(shipped().emergency, **changes)  # type: ignore[arg-type]


def hotline(agents: int = 2, brands: tuple[str, ...] = ("mzone",), **changes: object) -> HotlineTerms:
    """A hotline with so many agents a brand, day and night; `changes` are those of its emergency flow."""
    desks = tuple(Desk(brand, 0.8, (Shift(0, 24, agents),), 0.0, 0.0, 0, 0) for brand in brands)
    return replace(shipped(), desks=desks, emergency=emergency(**changes))


def caller(call: int, asked_s: float, **changes: object) -> Caller:
    """A call at noon plus `asked_s`; patient for a minute, three minutes long."""
    made = Caller(call, f"139{call:08d}", "mzone", NOON_S + asked_s, 60.0, 180.0)
    return replace_fields(made, **changes)


def replace_fields(made: Caller, **changes: object) -> Caller:
    """The same caller with some fields changed."""
    values = {name: getattr(made, name) for name in made.__struct_fields__}
    return Caller(**(values | changes))
