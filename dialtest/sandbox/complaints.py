"""How the carrier deals with a complaint (D7, R1, R4): taken, verified, decided, answered by message, paid."""

from __future__ import annotations

from datetime import datetime

from dialtest.model.act import Complain
from dialtest.model.observation import AnyObservation, Complained, Trouble
from dialtest.policy.terms import ComplaintTerms
from dialtest.policy.wording import fill
from dialtest.sandbox.chance import Chance
from dialtest.sandbox.conduct import Notice
from dialtest.sandbox.core import Core
from dialtest.sandbox.ledger import Account, Complaint, Redress
from dialtest.sandbox.refunds import decide, pay, unsettled
from dialtest.sandbox.ruling import Ruling
from dialtest.sandbox.verification import Wrong, wrong_charges

HOUR_S = 3600
AT_ONCE_S = (10 * 60, 30 * 60)
AT_ONCE_SHARE = 0.4
VERIFIED_S = (4 * HOUR_S, 66 * HOUR_S)
UNVERIFIED_SHARE = 0.03
PAID_S = (60, 4 * HOUR_S)
ANSWERED_S = (60, HOUR_S)


def take_complaint(core: Core, account: Account, act: Complain, now: datetime) -> AnyObservation:
    """Take a complaint and give it a reference; it is verified first and decided then (R1)."""
    terms = core.terms.complaint
    if terms is None or act.channel not in terms.channels:
        return Trouble(now, "unknown_channel", act.channel)
    service = core.filings.of(act.provider_code, act.service_code)
    if service is None:
        return Trouble(now, "refused", "no such service")
    redress = account.redress = account.redress or Redress()
    chance = Chance(core.seed, "complaint", account.number.msisdn, len(redress.complaints))
    reference = f"T{now:%m%d}{chance.between(0, 10**6):06d}"
    complaint = Complaint(now, service, reference, act.wants)
    redress.complaints.append(complaint)
    _verify(core, account, redress, complaint, chance)
    return Complained(now, reference)


def _verify(core: Core, account: Account, redress: Redress, complaint: Complaint, chance: Chance) -> None:
    """Set when verification ends: at once at the front line where the case is clear, else within hours (R1, R4).

    What cannot be verified is decided when the policy's days are over (R3).
    """
    found = [wrong for wrong in wrong_charges(core.policy, account, complaint.service) if wrong.clear]
    at_once, takes_s, slow = chance.share(), chance.between(*VERIFIED_S), chance.share() < UNVERIFIED_SHARE
    in_time_s = core.terms.refund.unverified_after_days * 24 * HOUR_S
    honest_s = in_time_s if slow else takes_s
    if found and at_once < AT_ONCE_SHARE:
        honest_s = chance.between(*AT_ONCE_S)
        complaint.provider_told_at = core.agenda.clock(honest_s)
    conduct = core.conduct(complaint.service, account)
    delay_s = conduct.verifies_complaint_in_s(honest_s)
    core.agenda.after(delay_s, _decide, core, account, redress, complaint, delay_s < in_time_s, chance)


def _decide(
    core: Core, account: Account, redress: Redress, complaint: Complaint, verified: bool, chance: Chance
) -> None:
    """Decide, pay back and answer; what a complaint was about is settled with it, whatever the answer."""
    complaint.decided_at = core.now
    found = _in_question(account, complaint, wrong_charges(core.policy, account, complaint.service))
    conduct = core.conduct(complaint.service, account)
    decided = conduct.ruling(decide(core, account, complaint, found, verified, chance))
    complaint.refund_fen = decided.refund_fen
    redress.settled.update(place for place, _ in unsettled(account, complaint))
    paid = conduct.top_up(decided)
    if paid.total_fen:
        core.agenda.after(chance.between(*PAID_S), pay, core, account, redress, complaint, paid)
    terms = core.terms.complaint
    if terms is not None:
        _answer(core, account, complaint, decided, terms, chance)


def _in_question(account: Account, complaint: Complaint, found: list[Wrong]) -> list[Wrong]:
    """The wrong charges that were there when the customer complained."""
    return [wrong for wrong in found if account.charges[wrong.place].charged_at <= complaint.at]


def _answer(
    core: Core, account: Account, complaint: Complaint, decided: Ruling, terms: ComplaintTerms, chance: Chance
) -> None:
    """Tell the customer by message what was found and what comes back, within the time limit (D7)."""
    money = core.policy.fee
    amounts = {"wrong": money(decided.wrong_fen), "total": money(decided.total_fen)}
    template = getattr(terms, decided.outcome)
    text = fill(template, core.policy, complaint.service, reference=complaint.reference, **amounts)
    honest = Notice(chance.one_of(terms.senders), text, chance.between(*ANSWERED_S))
    notice = core.conduct(complaint.service, account).complaint_answer(honest)
    if notice is not None:
        core.delivery.send(account.number.msisdn, notice.sender, notice.text, notice.delay_s, chance)
