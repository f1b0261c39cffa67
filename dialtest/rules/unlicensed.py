"""Charges no active use explains (R2): each charge of the case is matched with the order or use it is for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from dialtest.model.observation import Charge
from dialtest.rules.active_use import COMMANDS, Touching
from dialtest.rules.case_evidence import CLOCK_SLACK, CaseEvidence
from dialtest.rules.noted import Noted
from dialtest.rules.shared import shared

COMMAND_CHARGED_WITHIN = timedelta(minutes=10)  # (ours) a charge this soon after a command is for the command
USE_CHARGED_WITHIN = timedelta(hours=24)  # (ours) a charge this soon after a use is for that use, once too often

Why = Literal["command", "repeat", "unused"]


@dataclass(frozen=True, slots=True)
class Unlicensed:
    """A charge beyond what was ordered: for a command, for a use already paid, or for nothing at all."""

    noted: Noted[Charge]
    why: Why
    service: tuple[str, str] | None
    command: Touching | None = None


@shared
def unlicensed(evidence: CaseEvidence) -> list[Unlicensed]:
    """Every such charge of the case, oldest first; none for imported results, nor while an order is in doubt."""
    judged = evidence.charges and evidence.dialled and not evidence.order_in_doubt
    return list(_unlicensed(evidence)) if judged else []


def _unlicensed(evidence: CaseEvidence) -> Iterator[Unlicensed]:
    uses = list(evidence.orders)
    for noted in evidence.charges:
        charge = noted.value
        if not evidence.is_own(charge):
            yield from _of_another(evidence, noted)
        elif charge.kind == "monthly":
            known = evidence.ordered_earlier or any(order.asked_at <= charge.charged_at for order in evidence.orders)
            if not known:
                yield Unlicensed(noted, "unused", None)
        elif not evidence.monthly and uses and uses[0].at <= charge.charged_at + CLOCK_SLACK:
            uses.pop(0)
        else:
            yield from _for_nothing(evidence, noted)


def _for_nothing(evidence: CaseEvidence, noted: Noted[Charge]) -> Iterator[Unlicensed]:
    """A charge per use that no use is left for."""
    at = noted.value.charged_at
    command = _command_before(evidence, noted.value)
    used = [order.at for order in evidence.orders if order.at <= at]
    if command is not None and (not used or command.at >= used[-1]):
        yield Unlicensed(noted, "command", None, command)
    elif used and not evidence.monthly and at - used[-1] <= USE_CHARGED_WITHIN:
        yield Unlicensed(noted, "repeat", None)
    elif not evidence.ordered_earlier:
        yield Unlicensed(noted, "unused", None)


def _of_another(evidence: CaseEvidence, noted: Noted[Charge]) -> Iterator[Unlicensed]:
    """A charge of a service that was not dialled: only an earlier case or an order elsewhere can explain it."""
    charge = noted.value
    service = (charge.provider_code, charge.service_code)
    if "/".join(service) not in evidence.opened.earlier and not evidence.ordered_elsewhere:
        command = _command_before(evidence, charge) if charge.kind == "per_use" else None
        yield Unlicensed(noted, "command" if command else "unused", service, command)


def _command_before(evidence: CaseEvidence, charge: Charge) -> Touching | None:
    at = charge.charged_at
    near = (touch for touch in evidence.touches if at - COMMAND_CHARGED_WITHIN <= touch.at <= at)
    return next((touch for touch in reversed([*near]) if touch.touch in COMMANDS), None)
