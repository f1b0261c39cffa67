"""The hotline's part of a policy (H1–H3): its menu, its words, its brands' desks, and the emergency flow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Does = Literal["menu", "query", "withdraw", "ways", "language", "agent"]
Language = Literal["zh", "en"]

HOURS = 24


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One branch of the menu's tree. `keys` is the whole way to it from the greeting, one key a level: `21`.

    `zh` and `en` are what the menu says of it.
    """

    keys: str
    does: Does
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Words:
    """Everything the hotline says in one language; `characters_per_s` is how fast it says it."""

    characters_per_s: int
    greeting: str
    item: str
    listed: str
    none_listed: str
    withdrawn: str
    refused: str
    not_understood: str
    other_ways: str
    please_wait: str
    offer: str
    agent: str
    goodbye: str

    def __post_init__(self) -> None:
        if self.characters_per_s < 1:
            raise ValueError(f"the hotline says {self.characters_per_s} characters a second; at least 1")


@dataclass(frozen=True, slots=True)
class Shift:
    """How many agents sit at a brand's desk from one full hour until another (excluded, at most 24)."""

    from_h: int
    until_h: int
    agents: int

    def __post_init__(self) -> None:
        if not 0 <= self.from_h < self.until_h <= HOURS or self.agents < 0:
            raise ValueError(
                f"a shift from {self.from_h} until {self.until_h} with {self.agents} agents; hours are 0–24"
            )


@dataclass(frozen=True, slots=True)
class Desk:
    """One brand's queue (H2): its standard of the connection rate, its agents, and what ordinarily comes in.

    `background_per_h`: ordinary calls that ask for an agent, by day; `night_share` of them come from 22:00 to 8:00.
    `ordered_per_day`: how many of its subscribers order something, and so are reminded at once; `reminded_per_day`: how
    many get a second (or an existing-subscription) reminder on a day on which these go out.
    """

    brand: str
    standard: float
    shifts: tuple[Shift, ...]
    background_per_h: float
    night_share: float
    ordered_per_day: int
    reminded_per_day: int

    def __post_init__(self) -> None:
        hours = [hour for shift in self.shifts for hour in range(shift.from_h, shift.until_h)]
        if sorted(hours) != list(range(HOURS)):
            raise ValueError(f"the shifts of {self.brand} must cover each hour of the day once")
        if not 0 < self.standard <= 1 or self.background_per_h < 0 or not 0 <= self.night_share <= 1:
            raise ValueError(f"the desk of {self.brand} has a standard or a number of calls that cannot be")

    def agents_at(self, hour: int) -> int:
        """How many agents sit there in that hour of the day."""
        return next(shift.agents for shift in self.shifts if shift.from_h <= hour < shift.until_h)


@dataclass(frozen=True, slots=True)
class CallBackShare:
    """H1: the share of those reminded who call 10086, by kind of reminder and wording (the ways out it names)."""

    reminder: Literal["first", "second", "existing"]
    wording: Literal["10086", "10086_and_0000"]
    share: float
    mean_delay_s: int

    def __post_init__(self) -> None:
        if not 0 <= self.share <= 1 or self.mean_delay_s < 0:
            raise ValueError(
                f"a share of {self.share} after {self.mean_delay_s} s; a share is 0–1, a delay not negative"
            )


@dataclass(frozen=True, slots=True)
class EmergencyTerms:
    """H3: the flow is on from when the connection rate of the last `window_s` fell below `on_below` (and at least
    `least_calls` were counted) until it is `off_at` or more, or so few calls are left that nothing can be said.

    `self_service_share`: callers who take the self-service they are offered. `notice`: the SMS with the other ways for
    whoever was not answered; it announces the call back too. Once the flow is off, a crew of `call_back_agents` of its
    own calls back between two full hours of the day, `call_back_mean_s` a call; `call_back_within_h` counts from the
    call that was not answered.
    """

    on_below: float
    off_at: float
    window_s: int
    least_calls: int
    self_service_share: float
    notice: str
    call_back_within_h: int
    call_back_from_h: int
    call_back_until_h: int
    call_back_agents: int
    call_back_mean_s: int

    def __post_init__(self) -> None:
        if not 0 <= self.on_below <= self.off_at <= 1:
            raise ValueError(f"the emergency flow is on below {self.on_below} and off at {self.off_at}; on ≤ off ≤ 1")
        if (
            self.window_s <= 0
            or self.call_back_mean_s <= 0
            or not 0 <= self.call_back_from_h < self.call_back_until_h <= HOURS
        ):
            raise ValueError("the emergency flow needs a window, and hours of the day to call back in")


@dataclass(frozen=True, slots=True)
class HotlineTerms:
    """The hotline: its number, its menu, its laws of handle time and patience (both exponential), its desks."""

    number: str
    says_zh: Words
    says_en: Words
    menu: tuple[MenuItem, ...]
    tries: int
    handle_mean_s: int
    patience_mean_s: int
    desks: tuple[Desk, ...]
    call_back: tuple[CallBackShare, ...]
    emergency: EmergencyTerms

    def __post_init__(self) -> None:
        menus = {item.keys for item in self.menu if item.does == "menu"} | {""}
        lost = [item.keys for item in self.menu if item.keys[:-1] not in menus or not item.keys]
        if lost or len({item.keys for item in self.menu}) != len(self.menu):
            raise ValueError(f"the menu cannot be walked to {', '.join(lost) or 'a key that stands there twice'}")
        if self.handle_mean_s <= 0 or self.patience_mean_s <= 0 or self.tries < 1:
            raise ValueError("handle time and patience are longer than nothing, and a caller has at least one try")
        if not self.desks:
            raise ValueError("a hotline needs a desk for at least one brand")

    def desk(self, brand: str) -> Desk | None:
        """The desk of a brand; None where the hotline knows no such brand."""
        return next((desk for desk in self.desks if desk.brand == brand), None)

    def words(self, language: Language) -> Words:
        """What is said in a language."""
        return self.says_en if language == "en" else self.says_zh

    def share_of(self, reminder: str, wording: str) -> CallBackShare | None:
        """H1: how many of those reminded this way call."""
        return next((one for one in self.call_back if (one.reminder, one.wording) == (reminder, wording)), None)

    def reached(self, pressed: str) -> Does | None:
        """What the keys `pressed` lead to: the first branch that is no further menu; keys that lead nowhere are
        skipped. None: they stay among menus.
        """
        items, path = {item.keys: item for item in self.menu}, ""
        for key in pressed:
            item = items.get(path + key)
            if item is not None and item.does == "menu":
                path = item.keys
            elif item is not None and item.does != "language":
                return item.does
        return None
