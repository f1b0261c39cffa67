"""Which calls to the hotline got no agent, and which calls came back (H3)."""

from __future__ import annotations

from collections.abc import Iterator

from dialtest.model.observation import Called, Incoming
from dialtest.policy.hotline_terms import HotlineTerms
from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.noted import Noted
from dialtest.rules.shared import shared

NEVER_LOOKED = "nobody looked up who had rung"


@shared
def unanswered(evidence: CaseEvidence) -> list[Noted[Called]]:
    """The calls that asked for an agent and got none, nor took the self-service instead."""
    return [noted for noted in evidence.calls if noted.value.unanswered]


@shared
def answered(evidence: CaseEvidence) -> list[Noted[Called]]:
    """The calls that an agent answered."""
    return [noted for noted in evidence.calls if noted.value.answered_at is not None]


@shared
def calls_back(evidence: CaseEvidence) -> list[Noted[Incoming]]:
    """The hotline's calls to the handset since the case began, each with the record of the log that showed it first."""
    return sorted(_calls_back(evidence), key=lambda noted: noted.at)


def _calls_back(evidence: CaseEvidence) -> Iterator[Noted[Incoming]]:
    terms, known = hotline(evidence), set()
    for log in evidence.call_logs:
        for place, call in enumerate(log.value.calls):
            if (
                place not in known
                and call.at >= evidence.opened.at
                and terms is not None
                and call.sender == terms.number
            ):
                known.add(place)
                yield Noted(log.seq, call.at, call)


def hotline(evidence: CaseEvidence) -> HotlineTerms | None:
    """The hotline's terms when the case began."""
    return evidence.market.hotline
