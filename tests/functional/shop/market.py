"""A market for tests of pages: one application, tenants with something to sell, people who sign in, and forms filled in by hand.

Every browser has an address of its own, so that limits count one test at a time.
"""

from __future__ import annotations

import itertools
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from webtest import Form, TestResponse

from sratix_core.accounts import logins, passwords
from sratix_core.accounts.models import User
from sratix_core.accounts.service import create_user
from sratix_core.catalog.models import CapacityPool, TicketType
from sratix_core.checkout.models import Cart
from sratix_core.events.models import Event
from sratix_core.events.queries import event_by_slug
from sratix_core.members.service import set_event_roles
from sratix_core.orders.models import Order
from sratix_core.organizations.models import OrganizationMember
from sratix_core.runtime import Runtime
from sratix_core.tenancy.scope import IdentityScope, SystemScope
from sratix_core.tenants import plugin_settings
from sratix_core.tenants.models import Member
from sratix_core.tenants.service import TenantDraft, add_domain, add_member, create_tenant, switch_plugin
from sratix_core.web.identity import cookie_name
from tests.builders import World, make_event, make_type, publish
from tests.support import TestApp, make_test_app, runtime_of

SETUP = SystemScope("a test prepares its market")
TOKEN = "t" * 43
IBAN = "CH93 0076 2011 6238 5295 7"
BANK = {"iban": IBAN, "account_holder": "Acme Events, Bern", "term_days": "10"}

_addresses = itertools.count(1)


@dataclass
class Market:
    """One application and who is in it."""

    app: TestApp
    runtime: Runtime
    _names: Any = field(default_factory=lambda: itertools.count(1))

    def browser(self, **environ: str) -> TestApp:
        """Somebody nobody knows, with a form token and an address of their own."""
        n = next(_addresses)
        address = f"10.{n >> 16 & 255}.{n >> 8 & 255}.{n & 255}"
        browser = TestApp(self.app.app, extra_environ={"REMOTE_ADDR": address, **environ})
        browser.set_cookie("csrf", TOKEN)
        return browser

    def tenant(self, slug: str = "", host: str | None = None, **draft: Any) -> World:
        """A new organizer with all plugins on and an account to transfer to."""
        slug = slug or f"organizer-{next(self._names)}"
        engines = self.runtime.engines
        with engines.begin(SETUP) as db:
            tenant = create_tenant(
                db,
                self.runtime.sources,
                TenantDraft(slug, slug.title(), **{"locales": ("en", "de"), **draft}),
            )
            for plugin in ("email_smtp", "bank_transfer", "pdf_tickets"):
                switch_plugin(db, self.runtime.sources, tenant.id, plugin, True)
            if host is not None:
                add_domain(db, tenant, host)
            tenant_id = tenant.id
        info = engines.tenants.by_id(tenant_id)
        assert info is not None
        world = World(self.runtime, info)
        with world.open() as ctx:
            plugin_settings.save(ctx, "bank_transfer", BANK)
        engines.tenants.invalidate(tenant_id)
        fresh = engines.tenants.by_id(tenant_id)
        assert fresh is not None
        return World(self.runtime, fresh)

    def member(self, world: World | None, role: str = "owner", event: str = "", **user: Any) -> TestApp:
        """A signed-in member of an organizer, with the role everywhere or in one event; of none without a world."""
        email = f"{role}-{next(self._names)}@example.org"
        hashed = passwords.hash_password("seven herons over the lake", "test")
        with self.runtime.engines.begin(SETUP) as db:
            user = create_user(
                db, self.runtime.sources, email=email, full_name="Nina Steiner", password_hash=hashed, **user
            )
            user_id = user.id
            if world is not None:
                here = "" if event else role
                row = add_member(
                    db, self.runtime.sources, world.tenant.id, user.id, here, user.full_name, user.email
                )
                row.last_login_at = (
                    self.runtime.sources.clock.now()
                )  # so that no page has to remember it first
                member_id = row.id
        if world is not None and event:
            with world.open() as ctx:
                member = ctx.db.get_one(Member, member_id)
                set_event_roles(ctx, member, {}, {event_by_slug(ctx, event).id: role})
        with self.runtime.engines.begin(IdentityScope()) as db:
            token, _ = logins.start(db, self.runtime.sources, db.get_one(User, user_id), stays=True)
        browser = self.browser()
        browser.set_cookie(cookie_name(self.runtime.settings), token)
        return browser

    def acting_for(
        self, world: World, organization_id: uuid.UUID, role: str = "organization_admin", **user: Any
    ) -> TestApp:
        """Somebody signed in who acts for an organization and has no place in its tenant."""
        browser = self.member(None, role, **user)
        with self.runtime.engines.begin(SETUP) as db:
            who = db.scalars(select(User).order_by(User.id.desc()).limit(1)).one()
            db.add(
                OrganizationMember(
                    tenant_id=world.tenant.id,
                    id=self.runtime.sources.ids.new(),
                    organization_id=organization_id,
                    user_id=who.id,
                    role=role,
                    name=who.full_name,
                    email=who.email,
                    created_at=self.runtime.sources.clock.now(),
                )
            )
        return browser


def make_market(folder: Path, **settings: Any) -> Market:
    """An empty market."""
    app, _ = make_test_app(folder, **settings)
    return Market(app, runtime_of(app))


@dataclass(frozen=True)
class Stall:
    """A published event and its ticket types, by name."""

    world: World
    slug: str
    types: Mapping[str, str]

    @property
    def path(self) -> str:
        return f"/{self.world.tenant.slug}/{self.slug}/"

    @property
    def office(self) -> str:
        return f"/dashboard/{self.world.tenant.slug}/events/{self.slug}/"

    def taken(self, name: str) -> int:
        """Units that are gone of the type's own pool."""
        with self.world.open(write=False) as ctx:
            kind = ctx.db.get_one(TicketType, uuid.UUID(self.types[name]))
            return ctx.db.get_one(CapacityPool, kind.draws[0].pool_id).taken

    def count(self, model: type[Cart] | type[Order] = Order) -> int:
        """Carts or orders of this event."""
        with self.world.open(write=False) as ctx:
            event = ctx.db.scalars(select(Event).where(Event.slug == self.slug)).one()
            wanted = select(func.count()).select_from(model).where(model.event_id == event.id)
            return int(ctx.db.scalar(wanted) or 0)


def make_stall(
    world: World,
    slug: str = "robotics",
    *,
    published: bool = True,
    types: Mapping[str, Any] | None = None,
    **draft: Any,
) -> Stall:
    """An event that sells `types`: name to price, or to the arguments of `make_type`. Free and Paid if nothing is said."""
    wanted = types if types is not None else {"Free": 0, "Paid": 4900}
    with world.open() as ctx:
        event = make_event(ctx, slug, **draft)
        made = {}
        for name, given in wanted.items():
            more = given if isinstance(given, dict) else {"price": given}
            made[name] = str(make_type(ctx, event, **{"capacity": 10, "name": name, **more}).id)
        if published:
            publish(ctx, event)
    return Stall(world, slug, made)


# Forms ----------------------------------------------------------------------------------------------------------------
def form_to(page: TestResponse, ending: str) -> Form:
    """The form of a page whose address ends so."""
    found = [f for f in page.forms.values() if f.action.split("?")[0].endswith(ending)]
    assert found, f"no form to {ending} among {[f.action for f in page.forms.values()]}"
    form: Form = found[0]
    return form


def choose(browser: TestApp, stall: Stall, path: str | None = None, **quantities: int) -> TestResponse:
    """Fill in the event page's numbers and send them; the answer to the post."""
    form = form_to(browser.get(path or stall.path), "/cart/")
    for name, number in quantities.items():
        form[f"q-{stall.types[name]}"] = str(number)
    return form.submit(status="*")


def name_everyone(page: TestResponse, count: int = 1, email: str = "ann@example.org") -> TestResponse:
    """Fill in who buys and who comes; the answer to the post."""
    form = next(f for f in page.forms.values() if "buyer_name" in f.fields)
    form["buyer_name"], form["buyer_email"] = "Ann Miller", email
    for n in range(2, count + 1):
        form[f"name-{n}"] = f"Guest {n}"
    return form.submit(status="*")


def to_payment(browser: TestApp, stall: Stall, **quantities: int) -> TestResponse:
    """The last page before the order."""
    return name_everyone(choose(browser, stall, **quantities).follow(), sum(quantities.values())).follow()


def buy(browser: TestApp, stall: Stall, **quantities: int) -> str:
    """A whole purchase; the path of the order's page."""
    answer = form_to(to_payment(browser, stall, **quantities), "/pay/").submit(status=303)
    return path_of(answer)


def path_of(answer: TestResponse) -> str:
    """Where an answer leads, without the host."""
    return re.sub(r"^https?://[^/]+", "", answer.headers["Location"])


def code_in(order_path: str) -> str:
    return order_path.split("/orders/")[1].split("/")[0]


def post(browser: TestApp, path: str, params: Any = None, **kw: Any) -> TestResponse:
    """Post a form with the browser's token; whatever the answer is."""
    fields = [("csrf_token", TOKEN), *(params.items() if isinstance(params, dict) else params or [])]
    kw.setdefault("status", "*")
    return browser.post(path, fields, **kw)
