"""The hotline's menu (H1) as a tree that is walked key by key; whoever holds the line says when a key comes."""

from __future__ import annotations

from collections.abc import Sequence

from dialtest.policy.hotline_terms import HotlineTerms, Language, MenuItem


class MenuWalk:
    """One caller's place in the menu. `press` says what a key leads to; None: nowhere.

    language: the one it speaks; a key may change it. over: so many keys were not understood that the hotline hangs up.
    """

    __slots__ = ("_items", "_missed", "_path", "_tries", "language")

    def __init__(self, terms: HotlineTerms) -> None:
        self.language: Language = "zh"
        self._items = {item.keys: item for item in terms.menu}
        self._tries = terms.tries
        self._path = ""
        self._missed = 0

    @property
    def over(self) -> bool:
        return self._missed >= self._tries

    def choices(self) -> Sequence[MenuItem]:
        """What may be pressed now."""
        return [item for keys, item in self._items.items() if keys[:-1] == self._path and keys]

    def prompt(self) -> str:
        """What the menu says now."""
        return ("; " if self.language == "en" else ";").join(
            item.en if self.language == "en" else item.zh for item in self.choices()
        )

    def press(self, key: str) -> MenuItem | None:
        """Go where a key leads."""
        item = self._items.get(self._path + key) if key else None
        if item is None:
            self._missed += 1
        elif item.does == "menu":
            self._path = item.keys
        elif item.does == "language":
            self.language = "zh" if self.language == "en" else "en"
        return item
