"""Two organizers with one of everything, and everybody who could ask: roles, keys, tokens, scanners, and credentials that open nothing."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from sratix_attendee_notes import service as notes
from sratix_bank_transfer import uploading as bank
from sratix_bank_transfer.models import Reason, Transaction, TransactionState
from sratix_core.accounts.models import Login, User
from sratix_core.accounts.permissions import EVENT_VIEW, ROLES
from sratix_core.credentials import tokens
from sratix_core.credentials.keys import SCOPES, key_by_id, revoke_key
from sratix_core.devices.models import Device
from sratix_core.events.queries import event_by_slug
from sratix_core.exports.models import TenantExport
from sratix_core.jobs.service import enqueue
from sratix_core.tenancy.scope import IdentityScope
from sratix_core.tenants.service import switch_plugin
from sratix_core.tickets.models import Ticket
from sratix_core.web.identity import cookie_name
from sratix_member_prices import service as numbers
from tests.builders import World
from tests.functional.api.world import make_ids
from tests.functional.credentials.hands import new_key
from tests.functional.dashboard.full import Full
from tests.functional.platform.people import House
from tests.functional.shop.market import SETUP, TOKEN, Market, form_to, make_stall
from tests.support import TestApp

FORM = "application/x-www-form-urlencoded"
NOTES, MEMBERS = "attendee_notes", "member_prices"
ELSEWHERE = "only-"


@dataclass(frozen=True)
class Organizer:
    """`ids` fill the holes of every route; `other_event` is the slug of an event that nobody else has."""

    full: Full
    ids: dict[str, str]
    other_event: str

    @property
    def world(self) -> World:
        return self.full.stall.world


def make_organizer(market: Market, slug: str) -> Organizer:
    """One of everything, what plugins and the platform name in their addresses included."""
    made = make_ids(market, slug, slug.title())
    world, other = made.full.stall.world, f"{ELSEWHERE}{slug}"
    make_stall(world, other)
    with market.runtime.engines.begin(SETUP) as db:
        for plugin in (NOTES, MEMBERS, "stripe"):
            switch_plugin(db, market.runtime.sources, world.tenant.id, plugin, True)
    market.runtime.engines.tenants.invalidate(world.tenant.id)
    user_id, login_id = newest_login(market, market.member(world))
    sources = market.runtime.sources
    with market.runtime.engines.begin(SETUP) as db:
        now = sources.clock.now()
        export = TenantExport(
            id=sources.ids.new(),
            of_tenant=world.tenant.id,
            asked_by=user_id,
            asked_at=now,
            expires_at=now + timedelta(days=1),
        )
        db.add(export)
        db.flush()
        export_id = export.id
    with world.open() as ctx:
        ticket = ctx.db.get_one(Ticket, uuid.UUID(made.own["ticket"]))
        note = notes.write(ctx, ticket, f"{slug} note", 300)
        numbers.bring_in(ctx, f"M-{slug}")
        listed = numbers.found(ctx)[0].id
        statement, _ = bank.upload(ctx, "bank.csv", b"Datum;Betrag\n04.03.2027;1.00\n")
        payment = Transaction(
            id=ctx.ids.new(),
            statement_id=statement.id,
            key="k" * 64,
            booked_on=date(2027, 3, 4),
            amount_minor=100,
            currency="CHF",
            state=TransactionState.OPEN,
            reason=Reason.UNKNOWN,
        )
        ctx.db.add(payment)
        statement_id, payment_id = statement.id, payment.id
        job = enqueue(ctx, "nothing.known")
        other_id, order_id = event_by_slug(ctx, other).id, ticket.order_id
    own = {
        **made.own,
        "cart": made.full.cart,
        "note": str(note.id),
        "listed": str(listed),
        "statement": str(statement_id),
        "payment": str(payment_id),
        "login": str(login_id),
        "user": str(user_id),
        "slug": slug,
        "to": "off",
        "owner": str(world.tenant.id),
        "job": str(job),
        "export": str(export_id),
        "order": str(order_id),
        "token": "A" * 43,
        "name": f"{slug}.eml",
        "number": "0",
        "path": "base.css",
        "other_event_id": str(other_id),
    }
    return Organizer(made.full, own, other)


def newest_login(market: Market, browser: TestApp) -> tuple[uuid.UUID, uuid.UUID]:
    """The user and the login of the browser that signed in last."""
    with market.runtime.engines.begin(SETUP, write=False) as db:
        login = db.scalars(select(Login).order_by(Login.id.desc())).first()
        assert login is not None
        return login.user_id, login.id


@dataclass
class Caller:
    """Somebody who asks. `kind` says what the table means by them, `role` and `scopes` what they hold."""

    name: str
    kind: str
    browser: TestApp
    headers: dict[str, str] = field(default_factory=dict)
    role: str = ""
    scopes: frozenset[str] = frozenset()

    @property
    def bears(self) -> bool:
        """Whether the credential counts under the API only."""
        return bool(self.headers)


class Asking:
    """Sends requests, each from an address of its own so that no limit hides an answer, and counts them."""

    def __init__(self, market: Market) -> None:
        self.market, self.sent = market, 0

    def __call__(
        self, caller: Caller, method: str, address: str, body: Any = None, form: Any = None, **headers: str
    ) -> Any:
        self.sent += 1
        fresh = self.market.browser().extra_environ["REMOTE_ADDR"]
        caller.browser.extra_environ["REMOTE_ADDR"] = fresh
        token = caller.browser.cookies.get("csrf", TOKEN).strip('"')
        given: dict[str, Any] = {"headers": {"X-CSRF-Token": token, **caller.headers, **headers}}
        if body is not None:
            given |= {"body": json.dumps(body).encode(), "content_type": "application/json"}
        elif method == "POST":
            given |= {"body": form or b"", "content_type": FORM}
        return caller.browser.request(address, method=method, expect_errors=True, **given)


def people(market: Market, at: Organizer) -> list[Caller]:
    """Each role everywhere and in one event, somebody with no place, who runs the installation, and that one acting."""
    world, slug = at.world, at.full.stall.slug
    found = [Caller(f"{r} everywhere", "everywhere", market.member(world, r), role=r) for r in ROLES]
    found += [Caller(f"{r} in the event", "in_event", market.member(world, r, slug), role=r) for r in ROLES]
    found.append(Caller("of no organization", "stranger", market.member(None)))
    found.append(Caller("administrator", "admin", market.member(None, is_platform_admin=True)))
    found.append(acting(market, at))
    return found


def acting(market: Market, at: Organizer) -> Caller:
    """A platform administrator who acts as an owner."""
    user_id, _ = newest_login(market, market.member(at.world))
    _, browser = House(market).person(admin=True, name="Vera Support")
    form = form_to(browser.get(f"/platform/users/{user_id}/"), "/impersonations/")
    form["reason"] = "Request 2291"
    form.submit(status=303)
    return Caller("administrator acting as owner", "acting", browser, role="owner")


def token_of(market: Market, world: World, role: str, spoil: Callable[[Any], None] | None = None) -> str:
    """The access token of a new member."""
    user_id, _ = newest_login(market, market.member(world, role))
    with market.runtime.engines.begin(IdentityScope()) as db:
        user = db.get_one(User, user_id)
        pair = tokens.start(db, market.runtime, user)
        if spoil is not None:
            spoil(user)
    return pair.access


def bearing(market: Market, name: str, kind: str, secret: str, role: str = "") -> Caller:
    return Caller(name, kind, market.browser(), {"Authorization": f"Bearer {secret}"}, role)


def key(market: Market, name: str, world: World, scopes: frozenset[str]) -> Caller:
    return replace(bearing(market, name, "key", new_key(world, *sorted(scopes))[0]), scopes=scopes)


def programs(market: Market, at: Organizer, other: Organizer) -> list[Caller]:
    """Keys, tokens and a scanner that open something."""
    world = at.world
    return [
        key(market, "key with every scope", world, SCOPES),
        key(market, "key that only looks", world, frozenset({EVENT_VIEW})),
        replace(key(market, "key of somebody else", other.world, SCOPES), kind="stranger"),
        bearing(market, "token of an owner", "everywhere", token_of(market, world, "owner"), "owner"),
        bearing(
            market, "token of a volunteer", "everywhere", token_of(market, world, "volunteer"), "volunteer"
        ),
        bearing(market, "scanner", "device", at.full.key),
    ]


def nobody(market: Market) -> Caller:
    return Caller("nobody", "nobody", market.browser())


def spoiled(market: Market, at: Organizer) -> list[Caller]:
    """Credentials that opened something once, or never did. Moves the clock by the life of an access token."""
    world = at.world
    found = [Caller(f"login {how}", "nobody", _spoiled_login(market, world, how)) for how in LOGINS]
    late, late_key = (
        token_of(market, world, "owner"),
        new_key(world, EVENT_VIEW, life=timedelta(minutes=5))[0],
    )
    world.later(minutes=16)
    ended_key, key_id = new_key(world, EVENT_VIEW)
    device = uuid.UUID(at.ids["device"])
    with world.open() as ctx:
        revoke_key(ctx, key_by_id(ctx, key_id))
        scanner = ctx.db.get_one(Device, device)
        assert scanner.revoked_at is None
    good, forged = token_of(market, world, "owner"), new_key(world, EVENT_VIEW)[0]

    def disable(user: Any) -> None:
        user.disabled = True

    def out(user: Any) -> None:
        user.token_version += 1

    dead = {
        "expired token": late,
        "forged token": good[:-8] + ("A" * 8),
        "token of a disabled user": token_of(market, world, "owner", disable),
        "token of a sign-in that was ended": token_of(market, world, "owner", out),
        "expired key": late_key,
        "revoked key": ended_key,
        "forged key": forged[:-8] + ("x" * 8),
        "key of no kind": "srx_wish_1_x_y",
    }
    found += [bearing(market, name, "dead", secret) for name, secret in dead.items()]
    found.append(bearing(market, "forged scanner", "dead_device", at.full.key[:-8] + "xxxxxxxx"))
    return found


LOGINS = ("expired", "revoked", "of a disabled user", "forged")


def _spoiled_login(market: Market, world: World, how: str) -> TestApp:
    browser = market.member(world)
    with market.runtime.engines.begin(SETUP) as db:
        login = db.scalars(select(Login).order_by(Login.id.desc())).first()
        assert login is not None
        if how == "expired":
            login.expires_at = market.runtime.sources.clock.now()
        elif how == "revoked":
            db.delete(login)
        elif how == "of a disabled user":
            db.get_one(User, login.user_id).disabled = True
    if how == "forged":
        browser.set_cookie(cookie_name(market.runtime.settings), "A" * 43)
    return browser
