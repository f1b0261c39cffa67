"""What a load run is asked to do, as one message: the master sends it to every worker, with that worker's share."""

from __future__ import annotations

from collections.abc import Collection

from msgspec import Struct

from load.arrivals.calls import draw_calls
from load.callers.line import Hop
from load.callers.share import ALL_WAYS, Share
from load.plan.exact import read_exact
from load.plan.surge_plan import SurgePlan


class Order(Struct, frozen=True, forbid_unknown_fields=True):
    """A run.

    exact_plan: as `write_exact` has it, so that workers on other machines need no file. speed: seconds of the plan a
    second. hotline: where SIP goes; http: base address of the hotline's web and SMS way out, and of its books; empty
    where there is none. allowed: further hosts that may be loaded. first_number: the subscriber number of caller 0.
    password: answers digest challenges. most_attempts: in all. drain_s: how long, after the last arrival, callers may
    take on the wall until they are cut off.
    """

    exact_plan: str
    seed: int
    speed: float
    hotline: Hop
    http: str = ""
    allowed: tuple[str, ...] = ()
    first_number: int = 13_800_000_000
    password: str = ""
    most_attempts: int = 1_000_000
    drain_s: float = 120.0

    def plan(self) -> SurgePlan:
        """The plan."""
        return read_exact(self.exact_plan.encode())

    def arrivals_s(self, plan: SurgePlan) -> float:
        """How long calls arrive, on the wall."""
        return plan.length_s / self.speed

    def longest_s(self, plan: SurgePlan) -> float:
        """How long the run may take on the wall."""
        return self.arrivals_s(plan) + self.drain_s

    def share(self, plan: SurgePlan, mine: int, of: int, ways: Collection[int] = ALL_WAYS) -> Share:
        """The callers of worker `mine` of `of`: those who first call between the plan's begin and end."""
        return Share.of_calls(draw_calls(plan, self.seed), plan.length_s, mine, of, ways)
