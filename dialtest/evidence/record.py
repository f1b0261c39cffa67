"""What one line of the journal holds, and its bytes."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec
from msgspec import UNSET, Struct, UnsetType

from dialtest.model.act import AnyAct
from dialtest.model.finding import BreachClass, Severity
from dialtest.model.matter import MatterState, Move
from dialtest.model.number import Number
from dialtest.model.observation import AnyObservation, Message
from dialtest.model.service import Service

CaseState = Literal["completed", "inconclusive"]
Origin = Literal["dialled", "imported"]


class Record(Struct, frozen=True, tag_field="kind"):
    """`seq` counts the records of a case from 0; `step` counts its acts; `at` is the network's time."""

    case: str
    seq: int
    step: int
    at: datetime


class Opened(Record, frozen=True, tag="opened"):
    """The case begins: everything a judge needs to know of what was dialled, as filed at that moment.

    `source` and `policy` are SHA-256 digests of documents kept in the journal; `earlier` names the services
    (keys) formerly ordered on this number by earlier cases. `companion` is another service that the script may order
    beside this one; most cases have none, and then their bytes do not mention it.
    """

    service: Service
    number: Number
    scenario: str
    scenario_version: int
    source: str
    policy: str
    seed: int
    earlier: tuple[str, ...] = ()
    origin: Origin = "dialled"
    companion: Service | UnsetType = UNSET


class Intent(Record, frozen=True, tag="intent"):
    """About to do a binding act; durable before it is done."""

    act: AnyAct


class Outcome(Record, frozen=True, tag="outcome"):
    """An act was done, and this is what the customer saw of it."""

    act: AnyAct
    result: AnyObservation


class Seen(Record, frozen=True, tag="seen"):
    """A message arrived. `cursor` is its place in the network's delivery order, to go on from after a restart."""

    message: Message
    cursor: int


class Closed(Record, frozen=True, tag="closed"):
    """The case ended; `reason` says why it is inconclusive."""

    state: CaseState
    reason: str = ""


class KeptDocument(Struct, frozen=True):
    """A document handed to the meeting: name, SHA-256 and size of the file as it came.

    The journal keeps it under the digest `kept`: as its text, or where it is no text as base64.
    """

    name: str
    sha256: str
    size: int
    kept: str
    form: Literal["text", "base64"]


class CitedFinding(Struct, frozen=True):
    """A finding a decision is about: its case, the version of the rule, and the hash its last cited record has."""

    case: str
    rule_version: int
    record: int
    hash: str


class Decided(Record, frozen=True, tag="decided"):
    """A matter changed its state (D2, D3): by whom, why, on which findings and documents.

    Its chain is the matter's, not a case's. `severity` and `breach` are the rule's at that time, so that a decision
    stands by itself whatever later judging finds. `deadline` is what the provider was given, `retests` are the cases
    planned, `refund_due_fen` what the findings say customers are owed.
    """

    provider_code: str
    service_code: str
    rule: str
    severity: Severity
    breach: BreachClass
    move: Move
    state: MatterState
    by: str
    why: str
    findings: tuple[CitedFinding, ...] = ()
    documents: tuple[KeptDocument, ...] = ()
    deadline: datetime | None = None
    retests: tuple[str, ...] = ()
    refund_due_fen: int = 0


AnyRecord = Opened | Intent | Outcome | Seen | Closed | Decided

_decoder = msgspec.json.Decoder(AnyRecord)


encode = msgspec.json.Encoder().encode
"""The record's bytes as they are hashed and kept: JSON, fields in declared order."""


def decode(body: bytes | str) -> AnyRecord:
    """The record in `body`; raises msgspec.ValidationError for anything that is not one."""
    record: AnyRecord = _decoder.decode(body)
    return record
