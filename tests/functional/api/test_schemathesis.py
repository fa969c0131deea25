"""The document against the application: made-up input with no, a wrong and the right credential; nothing breaks or answers aside.

Each operation gets 15 inputs from three callers, the same ones in every run: a minute of CPU. `SRATIX_LONG=1` makes it 200 others each time.
"""

from __future__ import annotations

import itertools
import os
from collections import Counter
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from sratix_core.web.identity import cookie_name
from tests.functional.api.surface import DOCUMENT
from tests.functional.api.world import make_ids
from tests.functional.shop.market import TOKEN, Market, make_market

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
_turns = itertools.count(1)


@pytest.fixture(scope="module")
def market(tmp_path_factory: pytest.TempPathFactory) -> Market:
    return make_market(tmp_path_factory.mktemp("market"))


@pytest.fixture(scope="module")
def callers(market: Market) -> dict[str, dict[str, Any]]:
    """Who may ask: nobody, somebody with a key that opens nothing, an owner, a scanner."""
    ids = make_ids(market, "acme")
    name = cookie_name(market.runtime.settings)
    login = next(
        (c.value or "").strip('"') for c in market.member(ids.full.stall.world).cookiejar if c.name == name
    )
    return {
        "none": {},
        "wrong": {"headers": {"Authorization": "Bearer srx_key_1_00000000000000000000000000000000_x"}},
        "right": {"cookies": {"csrf": TOKEN, name: login}, "headers": {"X-CSRF-Token": TOKEN}},
        "device": {"headers": {"Authorization": f"Bearer {ids.full.key}"}},
        "ids": ids.own,
    }


schema = schemathesis.openapi.from_dict(DOCUMENT)
OPERATIONS = {
    f"{o.method.upper()} {o.path}": o for o in (found.ok() for found in schema.get_all_operations())
}
LONG = os.environ.get("SRATIX_LONG") == "1"
EXAMPLES = settings(
    max_examples=200 if LONG else 15,
    derandomize=not LONG,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
    database=None,
)


seen: Counter[tuple[str, int]] = Counter()


@pytest.mark.parametrize("label", OPERATIONS)
def test_nothing_breaks_and_nothing_answers_aside(label: str, market: Market, callers: Any) -> None:
    @EXAMPLES
    @given(case=OPERATIONS[label].as_strategy())
    def run(case: Any) -> None:
        ask(case, market, callers)

    run()


def ask(case: Any, market: Market, callers: Any) -> None:
    """The same made-up request from each caller."""
    made_up, case.headers = dict(case.path_parameters or {}), _kept(case.headers)
    for who in ("none", "wrong", "right"):
        # Most of what is made up goes to things that exist, or nothing but 404 would be seen.
        known = {k: callers["ids"][k] for k in made_up if k in ("tenant", "event") or next(_turns) % 4}
        case.path_parameters = {**made_up, **known}
        given = callers["device" if who == "right" and "/scanner/" in case.path else who]
        number = next(_turns)
        environ = {"REMOTE_ADDR": f"10.9.{number >> 8 & 255}.{number & 255}"}
        response = case.call(app=market.app.app, environ_base=environ, **given)
        case.validate_response(response, checks=CHECKS)
        seen[who, response.status_code] += 1


def _kept(headers: Any) -> dict[str, str]:
    """What was made up for headers of ours, one time in three; a made-up credential would shut every door."""
    named = {k: v for k, v in (headers or {}).items() if k in ("If-Match", "Idempotency-Key")}
    return {} if next(_turns) % 3 else named


def test_what_was_made_up_reached_the_rooms() -> None:
    """Or the test above would praise a closed door."""
    good = sum(n for (who, status), n in seen.items() if who == "right" and status < 300)
    assert good > len(DOCUMENT["paths"])
    assert not any(status < 400 for who, status in seen if who == "wrong" and status not in (200, 304))
    assert seen["none", 401] > len(DOCUMENT["paths"])
    # The scanner's key may have been ended on the way.
    assert seen["right", 401] * 10 < seen["none", 401]
