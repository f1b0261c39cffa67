"""What a call is about (H1): the service, the caller's subscription to it, and how its provider treats the caller."""

from __future__ import annotations

from dialtest.model.act import Call
from dialtest.model.service import Service
from dialtest.sandbox.conduct import HONEST, Conduct
from dialtest.sandbox.core import Core
from dialtest.sandbox.dispatches import known_to_boss
from dialtest.sandbox.ledger import Account, Subscription


def held_of(core: Core, account: Account, act: Call) -> Subscription | None:
    """The caller's subscription to the service the call is about; None where there is none."""
    service = service_of(core, act)
    return known_to_boss(core, account, service) if service is not None else None


def service_of(core: Core, act: Call) -> Service | None:
    """The service a call is about."""
    return core.filings.of(act.provider_code, act.service_code)


def conduct_of(core: Core, account: Account, act: Call) -> Conduct:
    """How the hotline treats a call about this service."""
    service = service_of(core, act)
    if service is None:
        return HONEST
    held = account.active(service)
    return core.conduct(service, account, held.ordered_at if held is not None else None)
