"""Administrators and everybody else: there is always one left, and a new power needs a new sign-in."""

from __future__ import annotations

from pathlib import Path

import pytest

from sratix_core.accounts.models import Login, User
from tests.functional.platform.people import House, make_house
from tests.functional.platform.threads import together
from tests.functional.shop.market import form_to, post
from tests.support import fingerprint


@pytest.fixture
def own(tmp_path: Path) -> House:
    return make_house(tmp_path)


def admins(house: House) -> int:
    return len(house.all(User, User.is_platform_admin, ~User.disabled))


@pytest.mark.parametrize("act", ["administrator/off", "access/off"])
def test_the_last_administrator_stays(own: House, act: str) -> None:
    me, browser = own.person(admin=True)
    before = fingerprint(own.runtime.engines, without={"tenants"})
    answer = post(browser, f"/platform/users/{me}/{act}/")
    assert answer.status_int == 409
    assert "This is the last administrator." in answer
    assert admins(own) == 1
    assert fingerprint(own.runtime.engines, without={"tenants"}) == before


@pytest.mark.parametrize("act", ["administrator/off", "access/off"])
def test_administrators_who_remove_each_other_at_once_leave_one(own: House, act: str) -> None:
    people = [own.person(admin=True) for _ in range(4)]
    turns = [(people[n][1], people[(n + 1) % 4][0]) for n in range(4)]
    together(*[lambda b=b, u=u: post(b, f"/platform/users/{u}/{act}/") for b, u in turns])
    assert admins(own) >= 1
    left = [own.browser_of(user.id) for user in own.all(User, User.is_platform_admin, ~User.disabled)]
    left[0].get("/platform/users/", status=200)


def test_a_disabled_administrator_does_not_count_as_one(own: House) -> None:
    (me, browser), (other, _) = own.person(admin=True), own.person(admin=True)
    assert post(browser, f"/platform/users/{other}/access/off/").status_int == 303
    assert post(browser, f"/platform/users/{me}/administrator/off/").status_int == 409


def test_a_new_administrator_signs_in_again(own: House) -> None:
    _, browser = own.person(admin=True)
    user_id, theirs = own.person()
    theirs.get("/platform/tenants/", status=403)
    form = form_to(browser.get(f"/platform/users/{user_id}/"), "/administrator/on/")
    assert "They sign in again" in form.submit().follow()
    assert "/account/login" in theirs.get("/platform/tenants/", status=303).headers["Location"]
    own.browser_of(user_id).get("/platform/tenants/", status=200)
    assert post(browser, f"/platform/users/{user_id}/administrator/on/").status_int == 409
    assert own.acts() == ["user.made_admin"]


def test_who_is_switched_off_is_out_at_once_and_can_come_back(own: House) -> None:
    _, browser = own.person(admin=True)
    world = own.market.tenant()
    member = own.market.member(world)
    there = f"/dashboard/{world.tenant.slug}/events/"
    member.get(there, status=200)
    user_id = own.all(User, ~User.is_platform_admin)[0].id
    assert post(browser, f"/platform/users/{user_id}/access/off/").status_int == 303
    member.get(there, status=303)
    assert own.all(Login, Login.user_id == user_id) == []
    post(browser, f"/platform/users/{user_id}/administrator/on/", status=409)
    assert post(browser, f"/platform/users/{user_id}/access/on/").status_int == 303
    own.browser_of(user_id).get(there, status=200)
    assert own.acts() == ["user.disabled", "user.enabled"]


def test_signing_somebody_out_ends_every_browser(own: House) -> None:
    _, browser = own.person(admin=True)
    user_id, theirs = own.person()
    second = own.browser_of(user_id)
    assert "Browsers signed in: 2" in browser.get(f"/platform/users/{user_id}/")
    assert post(browser, f"/platform/users/{user_id}/logins/").status_int == 303
    for gone in (theirs, second):
        gone.get("/account/password", status=303)


def test_who_loses_the_platform_loses_it_in_the_middle(own: House) -> None:
    (_, browser), (other, theirs) = own.person(admin=True), own.person(admin=True)
    form = form_to(theirs.get(f"/platform/users/{other}/"), "/logins/")
    assert post(browser, f"/platform/users/{other}/administrator/off/").status_int == 303
    assert form.submit(status="*").status_int == 401
    assert own.acts() == ["user.unmade_admin"]


def test_people_are_found_by_the_beginning_of_their_mail(own: House) -> None:
    _, browser = own.person(admin=True)
    user_id, _ = own.person(name="Somebody Else")
    email = own.all(User, User.id == user_id)[0].email
    assert "Somebody Else" in browser.get("/platform/users/", {"q": email[:4].upper()})
    assert "Somebody Else" not in browser.get("/platform/users/", {"q": email[1:]})
    assert "Somebody Else" not in browser.get("/platform/users/", {"view": "admins"})
    browser.get("/platform/users/", {"q": "%_\u0000"}, status="*")
