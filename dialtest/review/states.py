"""Which changes of state the follow-up of a matter knows, from where each is possible, and who makes it (D2, D3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dialtest.errors import DialtestError
from dialtest.evidence.told import matter_state
from dialtest.language import _
from dialtest.model.matter import MatterKey, MatterState, Move


@dataclass(frozen=True, slots=True)
class Change:
    """From which states a move is possible and where it leads; one `by_evidence` no person makes."""

    possible_from: frozenset[MatterState]
    to: MatterState
    by_evidence: bool = False


CHANGES: Mapping[Move, Change] = {
    "hear": Change(frozenset({"new", "heard", "recurred"}), "heard"),
    "confirm": Change(frozenset({"heard"}), "confirmed"),
    "dismiss": Change(frozenset({"new", "heard", "confirmed", "notified", "recurred"}), "dismissed"),
    "notify": Change(frozenset({"confirmed"}), "notified"),
    "rectify": Change(frozenset({"notified", "rectified"}), "rectified"),
    "retest": Change(frozenset({"rectified"}), "retested", by_evidence=True),
    "close": Change(frozenset({"retested"}), "closed"),
    "recur": Change(frozenset({"rectified", "retested", "closed"}), "recurred", by_evidence=True),
    "reopen": Change(frozenset({"dismissed"}), "new", by_evidence=True),
}

FIRST: MatterState = "new"
SETTLED: frozenset[MatterState] = frozenset({"dismissed", "closed"})


class NotPossible(DialtestError):
    """The state of a matter does not allow this change, or nothing speaks for it."""


def possible(state: MatterState) -> tuple[Move, ...]:
    """What the meeting may decide in `state`."""
    return tuple(move for move, change in CHANGES.items() if state in change.possible_from and not change.by_evidence)


def after(state: MatterState, move: Move, key: MatterKey) -> MatterState:
    """The state `move` leads to from `state`; raises NotPossible, naming what is possible instead."""
    change = CHANGES[move]
    if state in change.possible_from:
        return change.to
    allowed = possible(state)
    problem = _("Matter {id} is in the state “{state}”; “{move}” is not possible there.")
    if allowed:
        remedy = _("Possible now: {moves}.").format(moves=", ".join(allowed))
    else:
        remedy = _("Nothing is to be decided now: the next change comes with what later dials find.")
    if move == "confirm" and "hear" in allowed:
        heard_first = _("A breach is confirmed after the provider was heard; hear also records that it said nothing.")
        remedy = f"{remedy} {heard_first}"
    raise NotPossible(problem.format(id=key.id, state=matter_state(state), move=move), remedy)
