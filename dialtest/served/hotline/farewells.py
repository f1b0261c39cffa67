"""The BYEs the hotline itself sends, and sends again until they are answered (RFC 3261 §15.1.1, timers E and F)."""

from __future__ import annotations

from ipaddress import AddressValueError, IPv4Address

from dialtest.served.hotline.line import Line, Source
from dialtest.wire.sip.client_transaction import RequestClient
from dialtest.wire.sip.dialog import Dialog, hop_line
from dialtest.wire.sip.glance import branch_of, header_of, headers_of, status_of
from dialtest.wire.sip.grammar import split
from dialtest.wire.sip.message import write
from dialtest.wire.sip.names import MAGIC
from dialtest.wire.sip.refusal import Garbled

Send = tuple[bytes, Source]


class Farewells:
    """BYEs under way, by their branches. `here`: host and port they are sent from."""

    def __init__(self, here: Source) -> None:
        self._here = here
        self._under_way: dict[bytes, tuple[RequestClient, Source, float]] = {}

    def __len__(self) -> int:
        return len(self._under_way)

    def begin(self, line: Line, now_s: float) -> list[Send]:
        """Say good-bye to a caller; nothing where the caller left no address to send it to."""
        branch = f"{MAGIC}-bye-{line.tag.decode()}"
        try:
            dialog = dialog_of(line)
            bye = write(dialog.request("BYE", hop_line(*self._here, branch)))
        except (Garbled, ValueError):
            return []
        client, hop = RequestClient(bye), _hop(dialog) or line.source
        step = client.start(now_s)
        self._under_way[branch.encode()] = (client, hop, step.due_s or now_s)
        return [(bye, hop)]

    def receive(self, answer: bytes, now_s: float) -> None:
        """An answer came, to one of them or to nothing we know."""
        branch = branch_of(header_of(answer, b"via"))
        known = self._under_way.get(branch)
        if known is not None and known[0].receive(status_of(answer), now_s).told in ("accepted", "refused"):
            del self._under_way[branch]

    def tick(self, now_s: float) -> list[Send]:
        """What is to be sent again."""
        sends: list[Send] = []
        for branch, (client, source, due_s) in list(self._under_way.items()):
            if now_s < due_s:
                continue
            step = client.tick(now_s)
            if step.send is not None:
                sends.append((step.send, source))
            if step.due_s is None:
                del self._under_way[branch]
            else:
                self._under_way[branch] = (client, source, step.due_s)
        return sends


def _hop(dialog: Dialog) -> Source | None:
    """Where the dialog's next request goes; None where that is a name, which nobody looks up here."""
    host, port = dialog.hop
    try:
        return str(IPv4Address(host)), port
    except AddressValueError:
        return None


def dialog_of(line: Line) -> Dialog:
    """The hotline's end of a call's dialog, from what its line remembers; raises Garbled where that is no address."""
    head = b"\r\n" + line.head
    routes = [route for value in headers_of(head, b"record-route") for route in split(value.decode(), ",")]
    call_id, local, remote = (header_of(head, name).decode() for name in (b"call-id", b"to", b"from"))
    return Dialog(call_id, local, remote, line.target.decode(), tuple(routes), 0, line.cseq)
