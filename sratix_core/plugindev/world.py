"""A scratch installation with a plugin in it: two organizers, each with an event, a paid order and people in every role."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from http.cookies import SimpleCookie
from pathlib import Path
from types import ModuleType
from typing import Any

from pyramid.request import Request
from pyramid.response import Response
from sqlalchemy import select

from sratix_core import runtime as runtimes
from sratix_core.accounts import logins
from sratix_core.accounts.permissions import ROLES
from sratix_core.accounts.service import create_user
from sratix_core.app import make_app
from sratix_core.catalog.models import TicketType
from sratix_core.catalog.service import TypeDraft, save_ticket_type
from sratix_core.checkout.service import start_cart
from sratix_core.context import TenantContext
from sratix_core.db import migrate
from sratix_core.events.drafts import EventDraft
from sratix_core.events.models import Event, EventStatus
from sratix_core.events.queries import event_by_slug
from sratix_core.events.service import create_event, move
from sratix_core.orders.placing import Buyer, Holder, place_order
from sratix_core.plugins import PluginHost
from sratix_core.runtime import Runtime
from sratix_core.settings import load
from sratix_core.tenancy.scope import SystemScope, TenantScope
from sratix_core.tenants.service import TenantDraft, add_member, create_tenant, switch_plugin
from sratix_core.values.money import Money

MAKING = SystemScope("a scratch installation is furnished")
TENANTS = ("alpha", "bravo")
EVENT = "fair"


@dataclass
class World:
    """`alpha` and `bravo` have the plugin on. Pages are asked with `get` and `post`, services with `ctx`."""

    runtime: Runtime
    app: Any = field(repr=False)
    cookies: dict[tuple[str, str], str] = field(repr=False)
    orders: dict[str, str]

    @classmethod
    @contextmanager
    def open(cls, *modules: ModuleType) -> Iterator[World]:
        """A fresh one, gone at the end. With `modules` these plugins are in it, otherwise all that are installed."""
        with tempfile.TemporaryDirectory(prefix="sratix-") as folder:
            settings = load(
                {},
                {
                    "env": "test",
                    "data_dir": folder,
                    "database_url": f"sqlite:///{Path(folder) / 'scratch.db'}",
                    "secret_key": "of a scratch installation, for a minute",
                    "base_url": "http://localhost",
                    "worker": "false",
                    "threads": "4",
                },
            )
            host = PluginHost(modules) if modules else PluginHost.discover()
            migrate.upgrade(settings, host)
            process = replace(runtimes.build(settings), plugins=host)
            try:
                made = cls(process, make_app(settings, process), {}, {})
                for slug in TENANTS:
                    made._furnish(slug)
                yield made
            finally:
                process.engines.dispose()

    @contextmanager
    def ctx(self, tenant: str = "alpha") -> Iterator[TenantContext]:
        """A unit of work in a tenant; commits at its end."""
        info = self.runtime.engines.tenants.by_slug(tenant)
        assert info is not None
        with self.runtime.engines.begin(TenantScope(info.id)) as db:
            yield self.runtime.context(info, db)

    def switch(self, plugin: str, on: bool, tenant: str = "alpha") -> None:
        """Turn a plugin on or off."""
        with self.ctx(tenant) as ctx:
            switch_plugin(ctx.db, ctx.sources, ctx.tenant.id, plugin, on)

    def get(self, path: str, role: str | None = "owner", tenant: str = "alpha") -> Response:
        """A page as a member of `tenant` in this role sees it; with None as a stranger does."""
        return self._ask(Request.blank(path), role, tenant)

    def post(
        self,
        path: str,
        form: Mapping[str, str] | None = None,
        role: str | None = "owner",
        tenant: str = "alpha",
    ) -> Response:
        """Send a form, its token included."""
        request = Request.blank(path, POST=dict(form or {}), headers={"X-CSRF-Token": "t" * 32})
        return self._ask(request, role, tenant)

    def sell(self, tenant: str = "alpha") -> str:
        """One more free order of two tickets; its code."""
        with self.ctx(tenant) as ctx:
            return _order(ctx, event_by_slug(ctx, EVENT))

    def _ask(self, request: Request, role: str | None, tenant: str) -> Response:
        cookies = {"csrf": "t" * 32}
        if role is not None:
            cookies["sratix"] = self.cookies[tenant, role]
        jar: SimpleCookie = SimpleCookie(cookies)
        request.headers["Cookie"] = "; ".join(f"{name}={morsel.value}" for name, morsel in jar.items())
        request.environ["REMOTE_ADDR"] = "127.0.0.1"
        return request.get_response(self.app)

    def _furnish(self, slug: str) -> None:
        engines, sources = self.runtime.engines, self.runtime.sources
        with engines.begin(MAKING) as db:
            tenant = create_tenant(db, sources, TenantDraft(slug, slug.title()))
            for name, info in self.runtime.plugins.infos.items():
                if info.level == "tenant":
                    switch_plugin(db, sources, tenant.id, name, True)
            for role in ROLES:
                email = f"{role}@{slug}.example"
                user = create_user(
                    db, sources, email=email, full_name=f"{role} of {slug}", password_hash=None
                )
                add_member(db, sources, tenant.id, user.id, role, user.full_name, email)
                self.cookies[slug, role], _ = logins.start(db, sources, user, stays=False)
        with self.ctx(slug) as ctx:
            self.orders[slug] = _sell(ctx)


def _sell(ctx: TenantContext) -> str:
    """A published event with one free order of two tickets; the order's code."""
    begins = (ctx.clock.now() + timedelta(days=30)).replace(microsecond=0, tzinfo=None)
    draft = EventDraft(
        name=f"Fair of {ctx.tenant.name}",
        slug=EVENT,
        starts=begins,
        ends=begins + timedelta(hours=8),
        timezone=ctx.tenant.timezone,
        currency=ctx.tenant.currency,
    )
    event = create_event(ctx, draft)
    save_ticket_type(ctx, event, TypeDraft("Regular", Money(0, event.currency), capacity=50))
    move(ctx, event, EventStatus.PUBLISHED)
    return _order(ctx, event)


def _order(ctx: TenantContext, event: Event) -> str:
    kind = ctx.db.scalars(select(TicketType).where(TicketType.event_id == event.id)).first()
    assert kind is not None
    cart, _ = start_cart(ctx, event, {kind.id: 2}, "en")
    buyer = Buyer("Buyer", f"buyer@{ctx.tenant.slug}.example")
    return place_order(ctx, event, cart, buyer, [Holder("First Guest"), Holder("Second Guest")], None)[0].code
