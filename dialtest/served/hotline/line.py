"""One call on the line: what the hotline must remember to answer it, and no more, so that 50,000 can wait."""

from __future__ import annotations

from typing import Literal

from dialtest.policy.hotline_terms import Language
from dialtest.sandbox.hotline.menu import MenuWalk
from dialtest.served.hotline.book import Entry
from dialtest.served.hotline.floor import BrandFloor
from dialtest.wire.sip.server_transaction import InviteServer

LineState = Literal["menu", "waiting", "talking", "self_service", "refused"]
Source = tuple[str, int]


class Line:
    """One call.

    key: Call-ID and From tag, by which the caller's requests find it. tag: ours. branch, invite_cseq: of its INVITE.
    cseq: of the caller's last request. source: where answers go. head: the headers every answer to the INVITE repeats,
    our tag among them. target: the URI requests of ours go to. status, transaction: of the final answer, once there is
    one; before it, the last provisional answer can be made again from the state. walk: its place in the menu, while it
    is there; language: what it is spoken to in afterwards.
    """

    __slots__ = (
        "branch",
        "cseq",
        "entry",
        "floor",
        "head",
        "invite_cseq",
        "key",
        "language",
        "source",
        "state",
        "status",
        "tag",
        "target",
        "transaction",
        "walk",
    )

    def __init__(
        self,
        key: bytes,
        branch: bytes,
        cseq: int,
        source: Source,
        tag: bytes,
        head: bytes,
        target: bytes,
        floor: BrandFloor,
        entry: Entry,
    ) -> None:
        self.key = key
        self.branch = branch
        self.invite_cseq = self.cseq = cseq
        self.source = source
        self.tag = tag
        self.head = head
        self.target = target
        self.floor = floor
        self.entry = entry
        self.state: LineState = "menu"
        self.status = 0
        self.transaction: InviteServer | None = None
        self.walk: MenuWalk | None = None
        self.language: Language = "zh"
