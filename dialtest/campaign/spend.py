"""Holds the spend caps: how much each number, and the whole campaign, may have committed to cost."""

from __future__ import annotations

from dataclasses import dataclass, field

from dialtest.model.act import AnyAct, Press, Send
from dialtest.model.observation import AnyObservation, Bill
from dialtest.model.service import Service

COSTS_A_FEE = frozenset({"order", "use"})


@dataclass(slots=True)
class Spend:
    """Fees committed so far, in fen. A cap of 0 is no cap.

    Every order and every use commits one filed fee before it is done; a bill that shows more than a number has
    committed raises what it has committed.
    """

    per_number_cap_fen: int = 0
    per_campaign_cap_fen: int = 0
    campaign_fen: int = 0
    by_number_fen: dict[str, int] = field(default_factory=dict)

    def refuses(self, msisdn: str, act: AnyAct, service: Service) -> str:
        """Why an act must not be done, or empty when it may; an act that may is committed."""
        fee_fen = cost_fen(act, service)
        if not fee_fen:
            return ""
        number_fen = self.by_number_fen.get(msisdn, 0) + fee_fen
        if self.per_number_cap_fen and number_fen > self.per_number_cap_fen:
            return f"the spend cap of {self.per_number_cap_fen} fen per number would be passed ({number_fen} fen)"
        if self.per_campaign_cap_fen and self.campaign_fen + fee_fen > self.per_campaign_cap_fen:
            campaign_fen = self.campaign_fen + fee_fen
            return f"the spend cap of {self.per_campaign_cap_fen} fen per campaign would be passed ({campaign_fen} fen)"
        self._commit(msisdn, number_fen)
        return ""

    def saw(self, msisdn: str, result: AnyObservation) -> None:
        """Take note of what a bill says."""
        if isinstance(result, Bill):
            billed_fen = sum(charge.fee_fen for charge in result.charges)
            if billed_fen > self.by_number_fen.get(msisdn, 0):
                self._commit(msisdn, billed_fen)

    def _commit(self, msisdn: str, number_fen: int) -> None:
        self.campaign_fen += number_fen - self.by_number_fen.get(msisdn, 0)
        self.by_number_fen[msisdn] = number_fen


def cost_fen(act: AnyAct, service: Service) -> int:
    """What an act may cost at once, in fen: one filed fee for an order or a use, nothing for the rest."""
    ordering = isinstance(act, Send | Press) and act.purpose in COSTS_A_FEE
    return service.fee_fen if ordering else 0
