"""The page of devices: one is paired with a key shown once, moved to another gate, seen at the door, and ended."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import select

from sratix_core.devices.models import Device
from tests.functional.dashboard.full import make_full
from tests.functional.shop.market import Market, form_to, post
from tests.support import TestApp

KEY = re.compile(r"srx_device_\d+_[0-9a-f]{32}_[\w-]{32}")
MANIFEST = "/api/v1/scanner/manifest"


def manifest(browser: TestApp, key: str) -> Any:
    return browser.get(MANIFEST, headers={"Authorization": f"Bearer {key}"}, status="*")


def test_a_device_is_paired_changed_seen_and_ended(market: Market) -> None:
    full = make_full(market)
    owner, page = market.member(full.stall.world), full.stall.office + "check-in/devices/"
    form = form_to(owner.get(page), "/devices/")
    form["name"] = "North 1"
    paired = form.submit(status=200)
    assert "no-store" in paired.headers["Cache-Control"]
    key = KEY.search(paired.text)
    assert key is not None
    assert key[0] not in owner.get(page)
    assert manifest(market.browser(), key[0]).json["device"]["gate"] is None

    with full.stall.world.open(write=False) as ctx:
        device = ctx.db.scalars(select(Device).where(Device.name == "North 1")).one()
        assert device.last_seen_at == ctx.clock.now()
    changing = form_to(owner.get(f"{page}{device.id}/"), f"/devices/{device.id}/")
    changing["name"], changing["gate_id"] = "South 1", full.gate
    assert "South 1" in changing.submit(status=303).follow()
    told = manifest(market.browser(), key[0]).json["device"]
    assert (told["name"], told["gate"]) == ("South 1", "Full gate")

    question = owner.get(f"{page}{device.id}/revocation/")
    assert "Revoke South 1?" in question
    form_to(question, "/revocation/").submit(status=303)
    assert manifest(market.browser(), key[0]).status_int == 401


def test_last_seen_is_at_most_a_minute_old(market: Market) -> None:
    full = make_full(market)
    world, seen = full.stall.world, []
    for seconds in (0, 59, 1):
        world.later(seconds=seconds)
        manifest(market.browser(), full.key)
        with world.open(write=False) as ctx:
            seen.append(ctx.db.scalars(select(Device.last_seen_at)).one())
    assert seen[0] == seen[1]
    assert seen[2] == world.clock.now()


def test_a_device_needs_a_name(market: Market) -> None:
    full = make_full(market)
    owner, page = market.member(full.stall.world), full.stall.office + "check-in/devices/"
    for address in (page, f"{page}{full.ids['device']}/"):
        for name in ("", "  ", "x" * 81):
            answer = post(owner, address, {"name": name}, status=422)
            assert KEY.search(answer.text) is None
