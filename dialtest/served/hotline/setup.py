"""What a served hotline is made of: its policy's terms, who sits there, how much it holds, how fast its clock goes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from dialtest.errors import DialtestError
from dialtest.language import _
from dialtest.policy.hotline_terms import HotlineTerms
from dialtest.policy.policy import Policy

MOST_LINES = 500_000  # calls at once where no other number is given: bounded, at about 1.4 KB each


@dataclass(frozen=True)
class HotlineSetup:
    """A hotline before it opens.

    midnight: the local one before `starts`; the machine's seconds count from there. agents: of brands whose shifts
    do not count. lines: calls at once in all. menu_ports: calls at once in the menu or the self-service, None: as
    many as lines. speed: seconds of the hotline's clock a second. emergency: whether there is an emergency flow
    (H3) at all. stands_still: its clock does, until the first call. menu: every call begins in the menu. digest:
    user and password every new call must prove to know. longest_call_s and longest_wait_s: after which the hotline
    ends a call or a wait, on its own clock. keep_calls: call records kept.
    """

    terms: HotlineTerms
    starts: datetime
    midnight: datetime
    agents: Mapping[str, int] = field(default_factory=dict)
    lines: int = MOST_LINES
    menu_ports: int | None = None
    speed: float = 1.0
    emergency: bool = True
    menu: bool = False
    digest: tuple[str, str] | None = None
    stands_still: bool = False
    longest_call_s: float = 7200.0
    longest_wait_s: float = 7200.0
    keep_calls: int = 100_000
    seed: int = 0

    @property
    def brands(self) -> tuple[str, ...]:
        """The brands with a desk; a call that names no brand goes to the first."""
        return tuple(desk.brand for desk in self.terms.desks)


@dataclass(slots=True)
class ScaledClock:
    """The hotline's clock: it showed `begun_s` seconds since midnight when the machine's clock stood at `since_s`.

    None: it stands still, until `start`.
    """

    midnight: datetime
    begun_s: float
    since_s: float | None
    speed: float

    def start(self, real_s: float) -> None:
        """Let it go, unless it goes already."""
        if self.since_s is None:
            self.since_s = real_s

    def now_s(self, real_s: float) -> float:
        """Seconds since midnight of the first day."""
        return self.begun_s + (real_s - self.since_s) * self.speed if self.since_s is not None else self.begun_s

    def moment(self, now_s: float) -> datetime:
        """What the hotline's clock shows then; its days have 24 hours."""
        return self.midnight + timedelta(seconds=now_s)


def terms_of(policy: Policy, starts: datetime) -> HotlineTerms:
    """The hotline's terms of a policy at a moment; raises DialtestError where the policy has no hotline."""
    terms = policy.terms(starts).hotline
    if terms is None:
        problem = _("The policy {name} has no hotline.").format(name=policy.name)
        raise DialtestError(problem, _("Take one with a [terms.hotline]."))
    return terms
