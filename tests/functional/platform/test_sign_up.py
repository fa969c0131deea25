"""Becoming an organizer: asked for, confirmed by mail, decided by a person; and what strangers can't do with it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sqlalchemy import select
from webtest import TestResponse

from sratix_core.accounts.models import User
from sratix_core.app import make_worker
from sratix_core.messages.models import Message
from sratix_core.signup import service
from sratix_core.signup.links import token_of
from sratix_core.signup.models import SignUp
from sratix_core.tenants.models import Member, Tenant
from sratix_core.tenants.platform import home_of
from sratix_core.values.slugs import RESERVED, skeleton
from tests.functional.platform.people import LOOKING, House, make_house
from tests.functional.platform.threads import together
from tests.functional.shop.market import form_to, make_stall, post
from tests.support import TestApp, fingerprint

PASSWORD = "seven herons over the lake"
FIELDS = {
    "name": "Grünwald Räume", "slug": "gruenwald", "full_name": "Ada Keller", "email": "ada@gruenwald.example.org",
    "password": PASSWORD,
}  # fmt: skip


def fill(browser: TestApp, **other: str) -> TestResponse:
    form = form_to(browser.get("/sign-up/"), "/sign-up/")
    for name, value in {**FIELDS, **other}.items():
        form[name] = value
    return form.submit(status="*")


def click(browser: TestApp, there: str, password: str = PASSWORD) -> TestResponse:
    """Confirm behind the link."""
    return post(browser, there, {"password": password})


def link_of(house: House, email: str = FIELDS["email"]) -> str:
    row = house.all(SignUp, SignUp.email == email)[-1]
    return f"/sign-up/{token_of(house.runtime.keys, row.id)}/"


def mails_to(house: House, email: str) -> list[str]:
    """What the worker sends to an address, as subject lines."""
    make_worker(house.runtime, wakeups=False).drain()
    found = []
    for path in sorted((house.runtime.settings.data_dir / "mail").glob("*.eml")):
        text = path.read_text(encoding="utf-8")
        if email in text:
            found.append(text)
    return found


def test_from_the_form_to_the_first_event(tmp_path: Path) -> None:
    house = make_house(tmp_path)
    _, admin = house.person(admin=True)
    browser = house.market.browser()
    answer = fill(browser)
    assert "Look into your mail" in answer.follow()
    assert house.all(Tenant, Tenant.slug == "gruenwald") == []
    mail = mails_to(house, FIELDS["email"])[0].replace("=\n", "").replace("=3D", "=")
    found = re.search(r"http://localhost(/sign-up/[0-9A-Z]+/)", mail)
    assert found is not None

    browser.get(found[1], status=200)  # a mail program that opens links makes nothing
    assert house.all(Tenant, Tenant.slug == "gruenwald") == []
    form = form_to(browser.get(found[1]), found[1])
    form["password"] = PASSWORD
    done = form.submit()
    assert "now waits for a look" in done
    assert house.status("gruenwald") == "pending"
    assert browser.get("/gruenwald/", status=404)

    login = browser.get("/account/login").form
    login["email"], login["password"] = FIELDS["email"], PASSWORD
    waiting = login.submit().follow()
    assert "Grünwald Räume" in waiting
    assert "A person looks at it." in waiting
    browser.get("/dashboard/gruenwald/", status=404)

    page = admin.get("/platform/tenants/?view=pending")
    assert "Grünwald Räume" in page
    assert "ada@gruenwald.example.org" in page
    assert post(admin, "/platform/tenants/gruenwald/status/active/").status_int == 303
    assert any("is ready to sell" in text for text in mails_to(house, FIELDS["email"]))
    browser.get("/gruenwald/", status=200)
    browser.get("/dashboard/gruenwald/events/", status=200)
    assert house.all(SignUp) == []
    tenant = house.all(Tenant, Tenant.slug == "gruenwald")[0]
    assert house.acts(tenant.id) == ["tenant.signed_up", "tenant.approved"]
    assert house.acts() == ["tenant.signed_up", "tenant.approved"]


@pytest.mark.parametrize(
    "slug",
    ["platform", "sign-up", "p1atform", "pla-tform", "acme-events", "acrne", "ac-me", "Acme", "a--b", ""],
)
def test_reserved_taken_and_look_alike_addresses_are_refused(house: House, slug: str) -> None:
    if not house.all(Tenant, Tenant.slug == "acme"):
        house.market.tenant("acme")
        house.market.tenant("acme-event5")
        home_of(house.runtime)
    before = fingerprint(house.runtime.engines)
    answer = fill(house.market.browser(), slug=slug)
    assert answer.status_int == 422
    assert 'id="slug-note"' in answer
    assert PASSWORD not in answer
    assert fingerprint(house.runtime.engines) == before


def test_every_reserved_word_and_its_look_alikes_stay_reserved() -> None:
    assert skeleton("scan") != skeleton("my")
    for word in RESERVED:
        assert skeleton(word.replace("l", "1").replace("o", "0")) == skeleton(word)


def test_no_answer_tells_whether_an_address_has_an_account(house: House) -> None:
    user_id, _ = house.person()
    known = house.all(User, User.id == user_id)[0].email
    answers = []
    for number, email in enumerate((known, "nobody-at-all@example.org")):
        answer = fill(house.market.browser(), slug=f"telling-{number}x", email=email)
        answers.append((answer.status_int, answer.headers["Location"], answer.body))
        assert len(house.all(Message, Message.recipient == email)) == 1
    assert answers[0] == answers[1]


def test_who_has_an_account_keeps_it_with_its_password(house: House) -> None:
    user_id, _ = house.person(name="Old Name")
    before = house.all(User, User.id == user_id)[0]
    browser = house.market.browser()
    fill(browser, slug="second-home", email=before.email, password="another password of mine")
    assert click(browser, link_of(house, before.email), "another password of mine").status_int == 200
    after = house.all(User, User.id == user_id)[0]
    assert (after.password_hash, after.full_name) == (before.password_hash, "Old Name")
    assert house.all(Member, Member.user_id == user_id)[0].role == "owner"


def test_a_link_works_once_even_when_two_click(house: House) -> None:
    fill(house.market.browser(), slug="twice", email="twice@example.org")
    there, browsers = link_of(house, "twice@example.org"), [house.market.browser() for _ in range(2)]
    answers = together(*[lambda b=b: click(b, there) for b in browsers])
    assert sorted(a.status_int for a in answers) == [200, 409]
    assert len(house.all(Tenant, Tenant.slug == "twice")) == 1
    assert click(browsers[0], there).status_int == 409
    assert browsers[0].get(there, status=409)


def test_of_two_who_want_one_address_the_first_to_confirm_has_it(house: House) -> None:
    for email in ("one@example.org", "two@example.org"):
        fill(house.market.browser(), slug="wanted", email=email)
    first, second = link_of(house, "one@example.org"), link_of(house, "two@example.org")
    answers = together(
        lambda: click(house.market.browser(), first), lambda: click(house.market.browser(), second)
    )
    assert sorted(a.status_int for a in answers) in ([200, 409], [200, 422])
    assert len(house.all(Tenant, Tenant.slug == "wanted")) == 1
    made = house.all(User, User.email.in_(["one@example.org", "two@example.org"]))
    assert len(made) == 1, "who did not get the address has no account either"


def test_who_has_the_mailbox_but_did_not_sign_up_makes_nothing(house: House) -> None:
    """A stranger who signs up with somebody's address must not end up knowing that account's password."""
    fill(house.market.browser(), slug="hijack", email="victim@example.org")
    there, before = link_of(house, "victim@example.org"), fingerprint(house.runtime.engines)
    for password in ("", "a password of the victim"):
        assert click(house.market.browser(), there, password).status_int == 422
    assert fingerprint(house.runtime.engines) == before


def test_a_forged_or_old_link_opens_nothing(house: House) -> None:
    fill(house.market.browser(), slug="forged", email="forged@example.org")
    good = link_of(house, "forged@example.org")
    letters = good.removeprefix("/sign-up/").rstrip("/")
    for bad in (
        letters[:-1] + ("0" if letters[-1] != "0" else "1"),
        letters.lower(),
        letters + "00",
        "x",
        "0" * 52,
    ):
        assert click(house.market.browser(), f"/sign-up/{bad}/").status_int == 409
    house.runtime.sources.clock.move(service.KEPT)  # type: ignore[attr-defined]
    assert click(house.market.browser(), good).status_int == 409
    assert service.forget(house.runtime) > 0
    assert house.all(SignUp, SignUp.email == "forged@example.org") == []
    house.runtime.sources.clock.move(-service.KEPT)  # type: ignore[attr-defined]


def test_one_address_can_ask_ten_times_and_one_mailbox_three_times(house: House) -> None:
    browser = house.market.browser()
    statuses = [
        fill(browser, slug=f"often-{n}z", email=f"often{n}@example.org").status_int for n in range(12)
    ]
    assert statuses == [303] * 10 + [429] * 2
    many = [
        fill(house.market.browser(), slug=f"flood-{n}z", email="flood@example.org").status_int
        for n in range(5)
    ]
    assert many == [303] * 3 + [429] * 2
    assert len(house.all(Message, Message.recipient == "flood@example.org")) == 3


def test_a_robot_is_thanked_and_gets_nothing(house: House) -> None:
    fill(house.market.browser(), slug="human-made", email="human@example.org")
    before = fingerprint(house.runtime.engines)
    assert fill(house.market.browser(), slug="robot-made", website="http://x").status_int == 303
    assert fingerprint(house.runtime.engines) == before


def test_sign_up_can_be_closed_or_open(tmp_path: Path) -> None:
    (tmp_path / "c").mkdir()
    closed = make_house(tmp_path / "c", sign_up="closed").market.browser()
    closed.get("/sign-up/", status=404)
    assert post(closed, "/sign-up/", FIELDS).status_int == 404
    assert "/sign-up/" not in closed.get("/account/login")
    (tmp_path / "o").mkdir()
    house = make_house(tmp_path / "o", sign_up="open")
    fill(house.market.browser())
    assert "is ready" in click(house.market.browser(), link_of(house))
    assert house.status("gruenwald") == "active"


def test_a_pending_shop_is_public_nowhere(house: House) -> None:
    world = house.market.tenant("not-yet")
    stall = make_stall(world)
    with house.runtime.engines.begin(LOOKING) as db:
        db.scalars(select(Tenant).where(Tenant.id == world.tenant.id)).one().status = "pending"
    nobody = house.market.browser()
    unknown = nobody.get("/no-such-tenant/", status=404)
    for path in ("/not-yet/", stall.path, f"{stall.path}cart/"):
        nobody.get(path, status=404)
    assert nobody.get("/not-yet/", status=404).html.h1 == unknown.html.h1
    for path in ("/api/v1/public/not-yet/events", "/dashboard/not-yet/events/"):
        house.market.member(world).get(path, status=404)


def test_odd_forms_get_sentences_and_make_nothing(house: House) -> None:
    home_of(house.runtime)
    before = fingerprint(house.runtime.engines)
    for field in FIELDS:
        for odd in (
            "",
            "\u0000",
            "\ud800".encode("utf-8", "surrogatepass"),
            "a" * 5000,
            "<script>",
            "\u202e",
            "' OR 1=1 --",
        ):
            if (
                field in {"name", "full_name"}
                and odd in {"<script>", "\u202e", "' OR 1=1 --"}
                and odd != "\u202e"
            ):
                continue  # a name like any other, and shown as text
            if field == "password" and odd == "' OR 1=1 --":
                continue
            answer = post(house.market.browser(), "/sign-up/", {**FIELDS, "slug": "odd-one", field: odd})
            assert 400 <= answer.status_int < 500, (field, odd)
    assert fingerprint(house.runtime.engines) == before
