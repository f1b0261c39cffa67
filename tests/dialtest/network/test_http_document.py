"""docs/network-http.md and its OpenAPI say what the served carrier does."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

import pytest
import requests
from starlette.routing import Route

from dialtest.served.serve import STATUS, ServedCarrier
from dialtest.wire.http_exchange import ProblemCode
from dialtest.wire.http_openapi import openapi, openapi_text
from tests.dialtest.campaign.served import served
from tests.dialtest.campaign.small_campaign import small_campaign

DOCS = Path(__file__).parents[3] / "docs"
PAGE = (DOCS / "network-http.md").read_text(encoding="utf-8")
EXAMPLE = re.compile(r"```http\n(\w+) (\S+)\n(.*?)\n?\n(\d{3})\n(.*?)```", re.DOTALL)
VARYING = frozenset({"client", "network", "now", "at", "sent_at", "sender", "text", "content", "detail", "ordered_at"})


@dataclass(frozen=True)
class Example:
    method: str
    path: str
    body: str
    status: int
    answer: str


def examples() -> Iterator[Example]:
    for method, path, body, status, answer in EXAMPLE.findall(PAGE):
        yield Example(method, path, body, int(status), answer)


def shape(value: Any) -> Any:
    """The value without what chance and registration decide: times, keys and texts only have to be there."""
    if isinstance(value, dict):
        return {name: type(part) if name in VARYING else shape(part) for name, part in value.items()}
    return [shape(part) for part in value] if isinstance(value, list) else value


def test_every_example_of_the_page_works_as_printed() -> None:
    key, done = "CLIENT", 0
    with served(small_campaign()) as url:
        for example in examples():
            answer = requests.request(
                example.method,
                url + example.path.replace("CLIENT", key),
                data=example.body.replace("CLIENT", key).encode(),
                headers={"Content-Type": "application/json"},
                timeout=30,
            )
            assert (example.path, example.status) == (example.path, answer.status_code), answer.text
            if example.answer:
                assert shape(json.loads(example.answer)) == shape(answer.json())
            if example.status == 201:
                key = answer.json()["client"]
            done += 1
    assert PAGE.count("```http") == done


def test_the_page_names_every_problem_with_its_status() -> None:
    told = {code: int(status) for status, code in re.findall(r"^\| (\d{3}) \| `(\w+)` \|", PAGE, re.MULTILINE)}
    assert dict(STATUS) == told
    assert set(get_args(ProblemCode)) == set(told)


def test_the_openapi_file_is_what_the_types_say() -> None:
    assert openapi_text() == (DOCS / "network-http.openapi.json").read_text(encoding="utf-8")


def test_the_openapi_describes_the_real_routes() -> None:
    application = ServedCarrier(None).application()  # type: ignore[arg-type]
    real = {
        (route.path, method)
        for route in application.routes
        if isinstance(route, Route)
        for method in (route.methods or set()) - {"HEAD"}
    }
    assert real == {(path, method.upper()) for path, methods in openapi()["paths"].items() for method in methods}


@pytest.mark.parametrize("name", ["purpose", "fault"])
def test_the_interface_carries_neither_what_the_tester_means_nor_what_the_carrier_hides(name: str) -> None:
    assert f'"{name}"' not in openapi_text()


def test_every_reference_of_the_openapi_leads_somewhere() -> None:
    schemas = openapi()["components"]["schemas"]
    assert set(re.findall(r"#/components/schemas/(\w+)", openapi_text())) <= set(schemas)
