"""Describes the HTTP network interface in OpenAPI 3.1, its schemas taken from the very types that read and write it."""

from __future__ import annotations

import json
from typing import Any

import msgspec
from msgspec import Struct

from dialtest.wire.http_exchange import (
    Clock,
    Perform,
    Problem,
    Register,
    Registered,
    Wait,
    Waited,
    WireObservation,
)

REF = "#/components/schemas/{name}"
TIMES = frozenset(
    {
        "at",
        "sent_at",
        "ordered_at",
        "charged_at",
        "now",
        "until",
        "waits_until",
        "began_at",
        "ended_at",
        "asked_agent_at",
        "answered_at",
        "done_at",
    }
)
TYPES: tuple[type[Struct], ...] = (Clock, Perform, Problem, Register, Registered, Wait, Waited)


def openapi_text() -> str:
    """The description as it stands in docs/network-http.openapi.json."""
    return json.dumps(openapi(), ensure_ascii=False, indent=1) + "\n"


def openapi() -> dict[str, Any]:
    """The description as data."""
    _, components = msgspec.json.schema_components([*TYPES, WireObservation], ref_template=REF)
    observation = msgspec.json.schema_components([WireObservation], ref_template=REF)[0][0]
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "A network that dialtest can drive",
            "version": "1",
            "description": "What a carrier offers to test programs. docs/network-http.md says what it means.",
        },
        "paths": {
            "/v1/clients": {
                "post": _operation(
                    "register", "A test program joins.", Register, {"201": _answer(_ref(Registered))}, (400, 429)
                )
            },
            "/v1/clients/{client}": {
                "delete": {
                    **_operation("leave", "It goes.", None, {"204": {"description": "Gone."}}, (410,)),
                    "parameters": [{"name": "client", "in": "path", "required": True, "schema": {"type": "string"}}],
                }
            },
            "/v1/acts": {
                "post": _operation(
                    "perform", "A customer does something, now.", Perform, {"200": _answer(observation)}, (400, 410)
                )
            },
            "/v1/waits": {
                "post": _operation("wait", "Let time pass.", Wait, {"200": _answer(_ref(Waited))}, (400, 410, 422))
            },
            "/v1/clock": {
                "get": _operation("look", "What time it is, and who is there.", None, {"200": _answer(_ref(Clock))}, ())
            },
        },
        "components": {"schemas": _with_times(dict(sorted(components.items())))},
    }


def _with_times(schemas: dict[str, Any]) -> dict[str, Any]:
    """Say which strings are times: RFC 3339 with an offset."""
    for schema in schemas.values():
        for name, field in schema.get("properties", {}).items():
            if name in TIMES:
                for kind in field.get("anyOf", [field]):
                    if kind.get("type") == "string":
                        kind["format"] = "date-time"
    return schemas


def _operation(
    name: str, summary: str, body: type[Struct] | None, answers: dict[str, Any], refusals: tuple[int, ...]
) -> dict[str, Any]:
    every = (*refusals, *((413, 415) if body is not None else ()), 503)
    operation: dict[str, Any] = {
        "operationId": name,
        "summary": summary,
        "responses": {**answers, **{str(status): _answer(_ref(Problem), "Refused.") for status in every}},
    }
    if body is not None:
        operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": _ref(body)}}}
    return operation


def _ref(kind: type[Struct]) -> dict[str, str]:
    return {"$ref": REF.format(name=kind.__name__)}


def _answer(schema: dict[str, Any], description: str = "Done.") -> dict[str, Any]:
    return {"description": description, "content": {"application/json": {"schema": schema}}}
