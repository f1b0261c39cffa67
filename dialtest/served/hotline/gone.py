"""Calls that have ended: remembered for a while, so that a datagram that comes late or twice is no new call."""

from __future__ import annotations

from dialtest.wire.sip.timers import GIVE_UP_S

MOST = 500_000


class Gone:
    """Keys of calls that ended in the last 64·T1 to 128·T1, with the number and status of their INVITE's answer.

    Two generations: the older is forgotten as a whole. More than 500,000 in one make it forget sooner.
    """

    __slots__ = ("_newer", "_older", "_turns_s")

    def __init__(self) -> None:
        self._newer: dict[bytes, int] = {}
        self._older: dict[bytes, int] = {}
        self._turns_s = 0.0

    def note(self, key: bytes, cseq: int, status: int) -> None:
        """A call has ended; `cseq` and `status` of its INVITE."""
        if len(self._newer) >= MOST:
            self._turn()
        self._newer[key] = cseq * 1000 + status

    def status(self, key: bytes, cseq: int) -> int:
        """What the INVITE of that number was answered; 0 for a call that is not remembered, or a later INVITE."""
        found = self._newer.get(key) or self._older.get(key) or 0
        return found % 1000 if found and cseq <= found // 1000 else 0

    def __contains__(self, key: bytes) -> bool:
        return key in self._newer or key in self._older

    def tick(self, now_s: float) -> None:
        """Forget what is old."""
        if now_s >= self._turns_s:
            self._turn()
            self._turns_s = now_s + GIVE_UP_S

    def _turn(self) -> None:
        self._older, self._newer = self._newer, {}
