"""Numbers and ticket types that cannot be chosen: a sentence, and not a row changed."""

from __future__ import annotations

import uuid

import pytest

from tests.functional.shop.market import Market, Stall, make_stall, path_of, post
from tests.support import fingerprint


@pytest.fixture(scope="module")
def stall(market: Market) -> Stall:
    """For tests that change nothing."""
    return make_stall(market.tenant())


@pytest.mark.parametrize(
    "number",
    ["-1", "-2147483649", "99", "999999999", "10000000000", "9" * 5000, "1.5", "1e3", "0x10", "٣", "NaN", "+1", "one", "1 2", "--1", "−1"],
    ids=range(16),
)  # fmt: skip
def test_a_number_that_is_none_is_refused_without_effect(market: Market, stall: Stall, number: str) -> None:
    before = fingerprint(market.runtime.engines)
    answer = post(market.browser(), stall.path + "cart/", {f"q-{stall.types['Free']}": number})
    assert answer.status_int in {409, 422}
    assert "error" in answer
    assert fingerprint(market.runtime.engines) == before


def test_nothing_chosen_is_said(market: Market, stall: Stall) -> None:
    for fields in (
        {},
        {f"q-{stall.types['Free']}": "0"},
        {"q-": "1"},
        {"q-nonsense": "1"},
        {"q-\u00e9": "1"},
    ):
        answer = post(market.browser(), stall.path + "cart/", fields)
        assert answer.status_int == 422
        assert "Choose at least one ticket." in answer


def test_types_of_nobody_of_another_event_and_of_another_tenant_are_the_same(
    market: Market, stall: Stall
) -> None:
    elsewhere, abroad = (
        make_stall(stall.world, f"other-{uuid.UUID(int=7).hex[:4]}"),
        make_stall(market.tenant()),
    )
    unknown = str(uuid.UUID(int=2**127 + 5))
    before = fingerprint(market.runtime.engines)
    answers = [
        post(market.browser(), stall.path + "cart/", {f"q-{kind}": "1", f"q-{stall.types['Free']}": "1"})
        for kind in (unknown, elsewhere.types["Free"], abroad.types["Free"])
    ]
    assert len({a.status_int for a in answers}) == 1
    assert answers[0].status_int in {409, 422}
    assert len({_sentence(a) for a in answers}) == 1
    assert fingerprint(market.runtime.engines) == before


def _sentence(answer: object) -> str:
    found = answer.html.find(class_="error-summary") or answer.html.find(attrs={"role": "alert"})  # type: ignore[attr-defined]
    assert found is not None
    found.small.decompose()  # the reference is each answer's own
    return " ".join(found.get_text().split())


def test_too_many_carts_from_one_address_are_slowed_down(market: Market, stall: Stall) -> None:
    browser = market.browser()
    answers = [post(browser, stall.path + "cart/") for _ in range(62)]
    assert {a.status_int for a in answers[:60]} == {422}
    assert answers[-1].status_int == 429
    assert int(answers[-1].headers["Retry-After"]) >= 1
    assert post(market.browser(), stall.path + "cart/").status_int == 422  # the honest buyer next door


def test_reloading_a_refused_cart_leads_back_to_the_event(market: Market) -> None:
    stall = make_stall(market.tenant())
    browser = market.browser()
    assert path_of(browser.get(stall.path + "cart/?lang=de", status=303)) == stall.path + "?lang=de"
