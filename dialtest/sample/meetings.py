"""The meetings of a sample campaign: what the review might have decided on what was found, week by week (D2, D3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from dialtest.errors import DialtestError
from dialtest.evidence.journal import Journal
from dialtest.evidence.seal import seal
from dialtest.evidence.unfinished import last_time
from dialtest.folder.campaign import Campaign
from dialtest.model.matter import Move
from dialtest.policy.policy import Policy
from dialtest.review.decision import Ruling, decide
from dialtest.review.matter_file import MatterFile, matter_files
from dialtest.review.outcome import follow_evidence
from dialtest.review.retest import keep_retests, plan_retests
from dialtest.sample.faults import mended_on

FRIDAY, MEETS_AT_H = 4, 15
NOTIFIED_AFTER = timedelta(days=3)
RECTIFIED_AFTER = timedelta(days=9)
MERE_CLAIMS = 5
"""So many providers say that they mended a breach and did not."""

WORDS: Mapping[str, Mapping[str, str]] = {
    "zh": {
        "chair": "梳理会议",
        "officer": "SP管理员",
        "hear": "SP已书面答复,对拨测记录无异议",
        "confirm": "拨测证据充分,认定违约",
        "notify": "违约通知书已送达",
        "rectify": "SP书面报告已完成整改",
        "close": "复测均正常,同意结案",
    },
    "en": {
        "chair": "review meeting",
        "officer": "provider management",
        "hear": "the provider answered in writing and does not dispute the records",
        "confirm": "the evidence suffices; the breach is confirmed",
        "notify": "the breach notice was delivered",
        "rectify": "the provider reports that it is rectified",
        "close": "all retests were clean; closed",
    },
}


@dataclass(slots=True)
class Held:
    """What the meetings did: matters confirmed, rectified, closed and recurred, retests planned."""

    confirmed: int = 0
    rectified: int = 0
    retests: int = 0
    closed: int = 0
    recurred: int = 0


def hold_meetings(campaign: Campaign, journal: Journal) -> Held:
    """Decide on every matter on the Friday after it was found: hear, confirm, notify.

    Providers that mend their ways in this sample say so, and a few that do not; for those retests are planned, as far
    as numbers are free. What is true they will show.
    """
    held = Held()
    mended = {key for planted in campaign.planted() if planted.until for key in planted.services}
    claims = MERE_CLAIMS
    for file in matter_files(journal):
        meeting = _meeting(campaign.policy, file.findings[0].due_at)
        if meeting > campaign.policy.midnight(campaign.ends):
            continue
        held.confirmed += 1
        for move, at in (("hear", meeting), ("confirm", meeting), ("notify", meeting + NOTIFIED_AFTER)):
            file = decide(journal, file, _ruling(campaign.policy, move, at), campaign.policy)  # type: ignore[arg-type]
        truly = f"{file.key.provider_code}/{file.key.service_code}" in mended
        if truly or claims:
            claims -= not truly
            _rectify(campaign, journal, file, meeting, held)
    seal(journal, last_time(journal))
    return held


def close_meetings(campaign: Campaign, journal: Journal, held: Held) -> None:
    """After the retests: record what they showed, and close what they showed clean."""
    policy = campaign.policy
    for file in follow_evidence(journal, matter_files(journal), policy):
        held.recurred += file.state == "recurred"
        last = file.last()
        if file.state == "retested" and last is not None:
            decide(journal, file, _ruling(policy, "close", _meeting(policy, last.at)), policy)
            held.closed += 1
    seal(journal, last_time(journal))


def _rectify(campaign: Campaign, journal: Journal, file: MatterFile, meeting: datetime, held: Held) -> None:
    policy = campaign.policy
    at = max(meeting + RECTIFIED_AFTER, policy.midnight(mended_on(policy)))
    try:
        retests = plan_retests(campaign, journal, file, at)
    except DialtestError:
        return  # no number is free for it: the matter stays with the provider
    ruling = replace(_ruling(policy, "rectify", at), retests=tuple(case.case for case in retests.cases))
    decide(journal, file, ruling, policy)
    keep_retests(journal, retests)
    held.rectified += 1
    held.retests += len(retests.cases)


def _ruling(policy: Policy, move: Move, at: datetime) -> Ruling:
    words = WORDS[policy.language]
    return Ruling(move, words["officer" if move in ("notify", "rectify") else "chair"], words[move], at)


def _meeting(policy: Policy, found_at: datetime) -> datetime:
    """Friday 15:00 of the week after."""
    day = policy.local(found_at).date()
    friday = day + timedelta(days=7 - day.weekday() + FRIDAY)
    return policy.midnight(friday) + timedelta(hours=MEETS_AT_H)
