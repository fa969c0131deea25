"""The page of API keys: one is made, shown once, used, and revoked; nobody gives more than they hold."""

from __future__ import annotations

import re

from sratix_core.accounts.permissions import API_KEY_EDIT, EVENT_VIEW, ORDER_VIEW
from tests.functional.credentials.hands import ask
from tests.functional.shop.market import Market, form_to, make_stall, post

KEY = re.compile(r"srx_key_\d+_[0-9a-f]{32}_[\w-]{32}")


def test_a_key_is_made_shown_once_used_and_revoked(market: Market) -> None:
    world = market.tenant()
    make_stall(world, "spring")
    owner, slug = market.member(world), world.tenant.slug
    form = form_to(owner.get(f"/dashboard/{slug}/api-keys/"), "/api-keys/")
    form["name"] = "Website"
    for box in form.fields["scopes"]:
        box.checked = box._value in {EVENT_VIEW, ORDER_VIEW}
    made = form.submit(status=200)
    assert "no-store" in made.headers["Cache-Control"]
    key = KEY.search(made.text)
    assert key is not None
    assert made.html.find("code", id="new-key").text == key[0]
    assert key[0] not in owner.get(f"/dashboard/{slug}/api-keys/")
    assert ask(market.browser(), f"/api/v1/tenants/{slug}/who", key[0]).status_int == 200

    page = owner.get(f"/dashboard/{slug}/api-keys/")
    question = owner.get(page.html.find("a", attrs={"data-dialog": "revoke-1"})["href"])
    assert "Revoke Website?" in question
    ended = form_to(question, "/").submit(status=303).follow()
    assert "Revoked" in ended
    assert ask(market.browser(), f"/api/v1/tenants/{slug}/who", key[0]).status_int == 401


def test_what_is_wrong_with_a_key_stands_beside_the_field(market: Market) -> None:
    world = market.tenant()
    owner, page = market.member(world), f"/dashboard/{world.tenant.slug}/api-keys/"
    for fields, sentence in (
        ({"name": "", "scopes": EVENT_VIEW}, "Fill this in."),
        ({"name": "x" * 81}, "This is too long."),
        ({"name": "x" * 81}, "Choose at least one thing that the key may do."),
        ({"name": "x"}, "Choose at least one thing that the key may do."),
        ({"name": "x", "scopes": API_KEY_EDIT}, "A key may do only what you may do yourself."),
        ({"name": "x", "scopes": EVENT_VIEW, "life": "36500"}, "Choose one of the listed options."),
        ({"name": "x", "scopes": EVENT_VIEW, "tier": "high"}, "Choose one of the listed options."),
    ):
        answer = post(owner, page, fields, status=422)
        assert sentence in answer
        assert KEY.search(answer.text) is None
    assert post(owner, page, {"name": "x", "scopes": EVENT_VIEW, "event_id": "no id"}).status_int == 404
