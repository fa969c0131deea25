"""What is done with everything a list shows, by a program: named first, confirmed by its number, done by a worker."""

from __future__ import annotations

import pytest

from sratix_core.app import make_worker
from tests.functional.api.client import Api
from tests.functional.shop.market import Market, Stall, buy, make_stall


@pytest.fixture
def stall(market: Market) -> Stall:
    stall = make_stall(market.tenant(), types={"Free": {"capacity": 50}, "Other": {"capacity": 50}})
    for kind in ("Free", "Free", "Other"):
        buy(market.browser(), stall, **{kind: 1})
    return stall


def test_a_program_is_told_what_it_is_about_confirms_it_and_sees_how_far_it_is(
    market: Market, stall: Stall
) -> None:
    api = Api(market.member(stall.world), f"/api/v1/tenants/{stall.world.tenant.slug}")
    here, narrowed = f"/events/{stall.slug}", f"kind=cancel&ticket_type_id={stall.types['Free']}"
    assert api.get(f"{here}/mass-act-scope?{narrowed}") == {
        "count": 2, "paid": {"amount": 0, "currency": "CHF"},
    }  # fmt: skip
    wanted = {"kind": "cancel", "ticket_type_id": stall.types["Free"], "expected": 2}
    refused = api.post(f"{here}/mass-acts", {**wanted, "expected": 3}, status=409)
    assert (refused["code"], "has 2 now" in refused["detail"]) == ("list_changed", True)
    made = api.post(f"{here}/mass-acts", wanted, status=201)
    assert (made["total"], made["seen"], made["finished_at"]) == (2, 0, None)
    make_worker(market.runtime, wakeups=False).drain()
    over = api.get(f"{here}/mass-acts/{made['id']}")
    assert (over["seen"], over["done"]) == (2, 2)
    assert over["finished_at"] is not None
    assert api.get(f"{here}/mass-acts")["items"] == [over]
    assert [o["state"] for o in api.get(f"{here}/orders")["items"]] == ["paid", "cancelled", "cancelled"]
    assert api.get(f"{here}/mass-act-scope?{narrowed}")["count"] == 0
    assert api.get(f"{here}/mass-act-scope?kind=void")["count"] == 1
    assert api.get(f"{here}/mass-act-scope?kind=mails&q=nobody")["count"] == 0


@pytest.mark.parametrize(
    "wrong", ["kind=nothing", "kind=void&state=paid", "kind=cancel&came=true", "kind=cancel&more=1"]
)
def test_what_narrows_another_list_is_refused(market: Market, stall: Stall, wrong: str) -> None:
    api = Api(market.member(stall.world), f"/api/v1/tenants/{stall.world.tenant.slug}")
    api.get(f"/events/{stall.slug}/mass-act-scope?{wrong}", status=422)
    api.post(f"/events/{stall.slug}/mass-acts", {"expected": 3}, status=422)
