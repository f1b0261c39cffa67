"""Puts the numbered parts of a long text together again (T7, T9)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

from msgspec import Struct

from dialtest.model.observation import Message
from dialtest.rules.noted import Noted

TOGETHER_WITHIN = timedelta(minutes=5)  # (ours) parts of one text leave the service centre within this of each other
_NUMBER = re.compile(r"\((\d{1,2})/(\d{1,2})\)")


class Assembled(Struct, frozen=True):
    """One text as its customer reads it: the parts that came, by their numbers, without these; how many there are."""

    text: str
    parts: tuple[Noted[Message], ...]
    of: int

    @property
    def whole(self) -> bool:
        """Whether every part came."""
        return len(self.parts) == self.of

    @property
    def first(self) -> Noted[Message]:
        return self.parts[0]

    @property
    def sent_at(self) -> datetime:
        """When the first of its parts was sent."""
        return min(part.value.sent_at for part in self.parts)

    @property
    def seqs(self) -> tuple[int, ...]:
        """The records that show it."""
        return tuple(part.seq for part in self.parts)


def assemble(messages: Iterable[Noted[Message]]) -> list[Assembled]:
    """`messages` (oldest first, none twice) as texts, in order of their first parts.

    Parts belong together when sender and number of parts are the same, no number comes twice, and little time lies
    between them.
    """
    texts: list[_Text | Assembled] = []
    open_texts: list[_Text] = []
    for noted in messages:
        number = _NUMBER.match(noted.value.text)
        place, of = (int(number[1]), int(number[2])) if number else (1, 1)
        if of == 1 or not 1 <= place <= of:
            texts.append(Assembled(noted.value.text, (noted,), 1))
            continue
        open_texts = [text for text in open_texts if noted.value.sent_at - text.last <= TOGETHER_WITHIN]
        text = next((text for text in open_texts if text.takes(noted.value.sender, place, of)), None)
        if text is None:
            text = _Text(noted.value.sender, of)
            texts.append(text)
            open_texts.append(text)
        text.add(place, noted)
    return [text.assembled() if isinstance(text, _Text) else text for text in texts]


class _Text:
    """A text of several parts, which are still being found."""

    def __init__(self, sender: str, of: int) -> None:
        self._sender = sender
        self._of = of
        self._parts: dict[int, Noted[Message]] = {}

    @property
    def last(self) -> datetime:
        return max(part.value.sent_at for part in self._parts.values())

    def takes(self, sender: str, place: int, of: int) -> bool:
        return sender == self._sender and of == self._of and place not in self._parts

    def add(self, place: int, noted: Noted[Message]) -> None:
        self._parts[place] = noted

    def assembled(self) -> Assembled:
        placed = [self._parts[place] for place in sorted(self._parts)]
        words = [_NUMBER.sub("", part.value.text, count=1) for part in placed]
        return Assembled("".join(words), tuple(placed), self._of)
