"""What the hotline says in its answers beside SIP's own words: who answered, what is offered, that no line is free."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from dialtest.wire.sip.glance import header_of

Outcome = Literal["answered", "diverted", "abandoned", "busy", "failed"]

BUSY: frozenset[int] = frozenset((486, 503, 600))
"""Lines or menu ports are full (RFC 3261 §21.4.24, §21.5.4, §21.6.1)."""

TURNED_AWAY = 480
"""Temporarily Unavailable: the hotline ended the longest wait it allows (§21.4.18)."""

MENU = 183
"""Session Progress: the menu speaks and waits for a key."""

AGENT_KEY, KEEP_WAITING, SELF_SERVICE = "0", "1", "2"

OUTCOMES: Mapping[Outcome, str] = {
    "answered": "an agent answered",
    "diverted": "took the self-service that was offered",
    "abandoned": "hung up before anybody answered",
    "busy": "no line was free",
    "failed": "the call itself failed",
}


def offers_self_service(answer: bytes) -> bool:
    """Whether a provisional answer offers to keep waiting or to take the self-service (H3)."""
    return b"\r\nX-Offer:" in answer


def by_self_service(answer: bytes) -> bool:
    """Whether a 200 was given by the self-service; one that does not say so was given by an agent."""
    return b"\r\nX-Answered-By:" in answer and header_of(answer, b"x-answered-by").lower() == b"self-service"
