"""What is said on one call, one thing after the other, and how far into the call it is."""

from __future__ import annotations

from datetime import datetime, timedelta

from dialtest.model.observation import Said, SaidKind
from dialtest.policy.hotline_terms import Words

PRESSING_S = 1


class Talk:
    """One call in the making. `now_s` is seconds since it began."""

    def __init__(self, began_at: datetime, words: Words) -> None:
        self.began_at = began_at
        self.words = words
        self.now_s = 0
        self.said: list[Said] = []
        self.pressed = ""

    @property
    def now(self) -> datetime:
        """What the clock shows."""
        return self.began_at + timedelta(seconds=self.now_s)

    def say(self, kind: SaidKind, text: str) -> None:
        """Say something to its end."""
        self.said.append(Said(self.now_s, kind, text))
        self.now_s += -(-len(text) // self.words.characters_per_s)

    def press(self, key: str) -> None:
        """The caller presses a key."""
        self.pressed += key
        self.now_s += PRESSING_S

    def cut(self, at_s: int) -> None:
        """It is `at_s` now: what would have been said from then on never was."""
        self.said = [said for said in self.said if said.after_s <= at_s]
        self.now_s = at_s
