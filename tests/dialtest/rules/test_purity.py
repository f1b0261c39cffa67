"""No rule can reach the carrier's inner state: what rules import, and what observations may hold."""

from __future__ import annotations

import ast
import typing
from importlib.metadata import EntryPoint
from pathlib import Path

import msgspec
import pytest

import dialtest.rules
from dialtest.errors import DialtestError
from dialtest.evidence.record import AnyRecord
from dialtest.model import observation
from dialtest.rules import registry
from dialtest.rules.charge_over_tariff import CHARGE_OVER_TARIFF
from dialtest.rules.registry import ALL_RULES, all_rules

FOLDER = Path(dialtest.rules.__file__).parent
ALLOWED = {"adverts", "errors", "evidence", "language", "model", "policy", "rules", "wire"}

VISIBLE = {
    "Message": ("at", "sent_at", "sender", "text"),
    "Sent": ("at",),
    "Page": ("at", "url", "status", "content"),
    "Answer": ("at", "channel", "subscriptions"),
    "Bill": ("at", "charges", "refunds"),
    "Complained": ("at", "reference", "note"),
    "Called": (
        "at", "began_at", "ended_at", "pressed", "said", "asked_agent_at", "answered_at", "shown", "done_at",
        "refused", "chose_self_service",
    ),
    "Said": ("after_s", "kind", "text"),
    "CallLog": ("at", "calls"),
    "Incoming": ("at", "sender", "lasted_s", "carried_out"),
    "Withdrawn": ("at", "accepted", "note"),
    "Heard": ("at",),
    "Trouble": ("at", "failure", "detail"),
    "Change": ("at", "what", "channel"),
    "Refund": (
        "at", "provider_code", "service_code", "provider_name", "service_name", "amount_fen", "kind", "reference",
    ),
    "Charge": (
        "charged_at", "provider_code", "service_code", "provider_name", "service_name", "fee_fen", "kind",
    ),
    "SubscriptionRow": (
        "provider_name", "access_number", "service_name", "ordered_at", "service_type", "billing_type", "tariff",
        "status", "order_channel", "history", "service_hotline", "contact", "giver", "description", "attributes",
    ),
}  # fmt: skip
"""All a handset, a screen or a bill shows; a new field here must be something a customer can see."""


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.py")), ids=lambda file: file.name)
def test_a_rule_imports_rooms_below_it_only_never_the_carrier(file: Path) -> None:
    imported = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            imported.add(node.module or "")
        elif isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
    rooms = {name.split(".")[1] for name in imported if name.startswith("dialtest.")}
    assert rooms <= ALLOWED
    assert not imported & {"gc", "inspect", "sys", "importlib"}, "no way round"


def test_observations_hold_what_a_customer_sees_and_nothing_else() -> None:
    seen = {
        name: kind.__struct_fields__
        for name, kind in vars(observation).items()
        if isinstance(kind, type) and issubclass(kind, msgspec.Struct) and kind.__module__ == observation.__name__
    }
    del seen["Observation"]
    assert VISIBLE == seen


def test_records_hold_acts_observations_and_what_was_filed() -> None:
    fields = {field for kind in typing.get_args(AnyRecord) for field in kind.__struct_fields__}
    known = {"case", "seq", "step", "at", "act", "result", "message", "cursor", "state", "reason"}
    opening = {"service", "number", "scenario", "scenario_version", "source", "policy", "seed", "earlier", "origin"}
    opening |= {"companion"}
    deciding = {
        "provider_code", "service_code", "rule", "severity", "breach", "move", "by", "why", "findings", "documents",
        "deadline", "retests", "refund_due_fen",
    }  # fmt: skip
    assert known | opening | deciding == fields


def test_third_parties_rules_come_after_the_shipped_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    point = EntryPoint("own", "dialtest.rules.charge_over_tariff:CHARGE_OVER_TARIFF", "dialtest.rules")
    monkeypatch.setattr(registry, "entry_points", lambda group: [point])
    assert (*ALL_RULES, CHARGE_OVER_TARIFF) == all_rules()


def test_an_entry_point_that_is_no_rule_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    point = EntryPoint("own", "dialtest.rules.charge_over_tariff:check", "dialtest.rules")
    monkeypatch.setattr(registry, "entry_points", lambda group: [point])
    with pytest.raises(DialtestError, match="“own”"):
        all_rules()
