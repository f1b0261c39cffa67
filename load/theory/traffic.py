"""What is offered to agents, in erlangs, and the bounds within which these models answer."""

from __future__ import annotations

from math import inf

from dialtest.errors import DialtestError
from dialtest.language import _

HOUR_S = 3600.0
MOST_AGENTS = 100_000
MOST_CALLS_PER_H = 1e9
LONGEST_S = 604_800.0
SHORTEST_S = 1e-3
NO_CALLS = 1e-200


def offered_erlangs(calls_per_h: float, handle_s: float) -> float:
    """Calls an hour × seconds each ÷ 3600: how many would be handled at once if nobody had to wait.

    Raises DialtestError outside 0 … 1e9 calls an hour and 1 ms … 7 days a call.
    """
    if not 0 <= calls_per_h <= MOST_CALLS_PER_H:
        raise _outside(_("Calls an hour"), calls_per_h, 0, MOST_CALLS_PER_H)
    if not SHORTEST_S <= handle_s <= LONGEST_S:
        raise _outside(_("The handle time in seconds"), handle_s, SHORTEST_S, LONGEST_S)
    erlangs = calls_per_h * handle_s / HOUR_S
    return erlangs if erlangs > NO_CALLS else 0.0


def checked_agents(agents: float) -> float:
    """A number of agents, not always whole (shifts that change within an interval); raises DialtestError."""
    if not 0 < agents <= MOST_AGENTS:
        raise _outside(_("The number of agents"), agents, 1, MOST_AGENTS)
    return agents


def checked_patience_s(patience_s: float) -> float:
    """A mean patience: 0 for callers who never wait, inf for callers who never give up; raises DialtestError."""
    if not patience_s >= 0:
        raise _outside(_("The patience in seconds"), patience_s, 0, inf)
    return patience_s


def checked_within_s(within_s: float) -> float:
    """The seconds within which a call should be answered; raises DialtestError."""
    if not 0 <= within_s <= LONGEST_S:
        raise _outside(_("The seconds to be answered within"), within_s, 0, LONGEST_S)
    return within_s


def checked_share(share: float) -> float:
    """A probability strictly between 0 and 1; raises DialtestError."""
    if not 0 < share < 1:
        raise _outside(_("A share"), share, 0, 1)
    return share


def _outside(what: str, found: float, least: float, most: float) -> DialtestError:
    words = {"what": what, "found": _said(found), "least": _said(least), "most": _said(most)}
    if most == inf:
        return DialtestError(_("{what}: {found} was found; at least {least} is expected.").format(**words))
    return DialtestError(
        _("{what}: {found} was found; a number from {least} to {most} is expected.").format(**words),
        _("Check the unit: calls are per hour, times are in seconds, shares lie between 0 and 1."),
    )


def _said(value: float) -> str:
    if value != value:
        return "nan"
    if isinstance(value, int):
        return f"{value:,}" if abs(value) < 10**15 else f"{str(value)[:8]}…"
    return f"{value:,.10g}" if value == 0 or 1e-3 <= abs(value) < 1e7 else f"{value:.6g}"
