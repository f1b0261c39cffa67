"""Which of the services that a case orders a message goes to."""

from __future__ import annotations

from dialtest.model.act import AnyAct, Send
from dialtest.model.service import Service


def addressee(act: AnyAct, service: Service, companion: Service | None) -> Service:
    """The companion where a message goes to its access number, else the service dialled."""
    if companion is not None and type(act) is Send and act.to == companion.access_number:
        return companion
    return service
