"""What a capacity planner plans with (H1–H3), as data: batches, call-back, calls, agents, emergency flow, lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from load.law import Law

DAY_S = 86_400
HOURS = 24

ReminderKind = Literal["order", "second", "existing"]


@dataclass(frozen=True, slots=True)
class CallBack:
    """H1: which share of those reminded calls, and how long after the message.

    `instead_sms`, `instead_web`: the shares of those who would call but withdraw by SMS or web instead. `kind` of
    reminder and `wording` (the ways out it names: `10086` or `10086_and_0000`) are what the policy's prior goes by.
    """

    share: float
    delay: Law
    kind: ReminderKind = "existing"
    wording: str = "10086"
    instead_sms: float = 0.0
    instead_web: float = 0.0


@dataclass(frozen=True, slots=True)
class Batch:
    """One batch of reminders (T8): `size` subscribers, each sent `parts` messages; `messages_per_s` 0: all at once.

    Several brands may share a number: batch 1 goes to the sensitive users of all.
    `start` None: not planned yet, `dialtest surge schedule` proposes one.
    """

    number: int
    brand: str
    size: int
    start: datetime | None
    messages_per_s: float
    parts: int
    callback: CallBack


@dataclass(frozen=True, slots=True)
class Redial:
    """Callers who gave up or found the lines full try again: each time `share` of them, `most` times at most."""

    share: float
    delay: Law
    most: int


@dataclass(frozen=True, slots=True)
class CallLaws:
    """Handle time and patience of every call; `menu`: how long callers stay in the menu before asking for an agent."""

    handle: Law
    patience: Law
    redial: Redial
    menu: Law | None = None


@dataclass(frozen=True, slots=True)
class Shift:
    """How many agents sit there from one second of the local day until another (excluded; at most 86,400)."""

    from_s: int
    until_s: int
    agents: int


@dataclass(frozen=True, slots=True)
class Desk:
    """A queue of its own: its brand, its agents by shift (together they cover the day) and its standard (H2)."""

    brand: str
    shifts: tuple[Shift, ...]
    standard: float

    def agents_at(self, second_of_day: float) -> int:
        """How many agents sit there at that second of the local day."""
        return next(one.agents for one in self.shifts if one.from_s <= second_of_day < one.until_s)

    @property
    def most_agents(self) -> int:
        return max(one.agents for one in self.shifts)


@dataclass(frozen=True, slots=True)
class Pool:
    """Agents beside the desks who serve several brands: the brand whose caller has waited longest first."""

    name: str
    brands: tuple[str, ...]
    shifts: tuple[Shift, ...]


@dataclass(frozen=True, slots=True)
class Emergency:
    """H3: on while the connection rate of the last `window_s` is below `on_below`, until it is `off_at` or more.

    Fewer than `least_calls` in the window say nothing. `self_service_share` of those who must wait then take the
    self-service they are offered. A crew of `call_back_agents` calls back those who were not answered once the flow is
    off, from one hour of the local day until another, `call_back_mean_s` a call (exponential).
    """

    on_below: float
    off_at: float
    window_s: float
    least_calls: int
    self_service_share: float
    call_back_agents: int
    call_back_mean_s: float
    call_back_from_h: int
    call_back_until_h: int


@dataclass(frozen=True, slots=True)
class Lines:
    """What the exchange holds at once: calls in all, and calls in the menu; None: as many as come."""

    lines: int | None = None
    menu_ports: int | None = None


@dataclass(frozen=True, slots=True)
class QuietHours:
    """No message is sent from one second of the local day until another, which may lie on the next day."""

    from_s: int
    until_s: int


@dataclass(frozen=True, slots=True)
class Window:
    """Between which moments batches may be sent; what `schedule` plans in."""

    begins: datetime
    ends: datetime


@dataclass(frozen=True)
class SurgePlan:
    """A whole plan. Inside the model times are seconds since `begins`; `ends` is where arrivals end.

    `background_per_h`: ordinary calls of a brand, one figure for each hour of the local day. `digest`: SHA-256 of the
    file it was read from, to name the plan in results.
    """

    name: str
    policy: str
    zone: ZoneInfo
    begins: datetime
    ends: datetime
    batches: tuple[Batch, ...]
    call: CallLaws
    desks: tuple[Desk, ...]
    pools: tuple[Pool, ...] = ()
    background_per_h: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    emergency: Emergency | None = None
    lines: Lines = Lines()
    quiet: QuietHours | None = None
    window: Window | None = None
    seed: int = 2006
    digest: str = ""

    @property
    def brands(self) -> tuple[str, ...]:
        """The brands in the order of their desks: the order of every array by brand."""
        return tuple(desk.brand for desk in self.desks)

    @property
    def length_s(self) -> float:
        """How long calls arrive."""
        return (self.ends - self.begins).total_seconds()

    @property
    def clock_begins_s(self) -> int:
        """The second of the local day at `begins`."""
        local = self.begins.astimezone(self.zone)
        return local.hour * 3600 + local.minute * 60 + local.second

    def second_of_day(self, t_s: float) -> float:
        """The second of the local day `t_s` after `begins`; days are taken to have 24 hours."""
        return (self.clock_begins_s + t_s) % DAY_S

    def since_begin_s(self, when: datetime) -> float:
        """Seconds from `begins` to a moment."""
        return (when - self.begins).total_seconds()

    def moment(self, t_s: float) -> datetime:
        """The moment `t_s` after `begins`, in the plan's zone."""
        return (self.begins + timedelta(seconds=t_s)).astimezone(self.zone)

    def between(self, begins: datetime, ends: datetime) -> SurgePlan:
        """The same plan looked at from one moment until another: only who calls in between counts."""
        return replace(self, begins=begins.astimezone(self.zone), ends=ends.astimezone(self.zone))

    def desk(self, brand: str) -> Desk:
        """The desk of a brand; raises StopIteration for a brand without one, which reading refuses."""
        return next(desk for desk in self.desks if desk.brand == brand)
