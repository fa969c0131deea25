"""A plugin that misbehaves when it is told to, and an installation that has it on for one organizer of two."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from webtest import TestApp

from sratix_core.app import make_app
from sratix_core.catalog.models import TicketType
from sratix_core.context import TenantContext
from sratix_core.events.queries import event_by_slug
from sratix_core.plugins import PluginHost
from sratix_core.plugins.interfaces import PluginSetting
from sratix_core.runtime import Runtime
from sratix_core.runtime import build as build_runtime
from sratix_core.tenancy.scope import TenantScope
from sratix_core.tenants import plugin_health
from tests.builders import make_order, make_sale
from tests.functional.web.people import make_tenant, make_user, sign_in
from tests.support import make_runtime, opened
from tests.unit.plugins.support import plugin

SECRET = "sk_live_4eC39HqLyjWDarjtT1zdp7dc"


@dataclass
class Wobbly:
    """`does` is what its hooks do: nothing, "raise", "sleep" or "lie"; `told` counts facts that got through."""

    does: str = ""
    told: list[str] = field(default_factory=list)

    def act(self) -> None:
        if self.does == "raise":
            raise RuntimeError("the word of ada@example.org")
        if self.does == "sleep":
            time.sleep(0.3)

    def modules(self) -> list[Any]:
        def order_placed(ctx: Any, order: Any) -> None:
            self.act()
            self.told.append(order.code)

        def order_actions(request: Any, order: Any) -> Any:
            self.act()
            return {"not": "a list"} if self.does == "lie" else []

        def register_settings() -> list[PluginSetting]:
            return [
                PluginSetting("api_key", "text", "Key", secret=True),
                PluginSetting("colour", "choice", "Colour", options=(("red", "Red"), ("blue", "Blue")), default="red", per_event=True),
                PluginSetting("most", "integer", "Most", low=1, high=9),
                PluginSetting("greeting", "long_text", "Greeting", per_event=True),
                PluginSetting("loud", "boolean", "Loud", per_event=True),
                PluginSetting("home", "url", "Home"),
            ]  # fmt: skip

        wobbly = plugin("wobbly", order_placed, order_actions, register_settings)
        return [wobbly, plugin("extra", requires=("wobbly",))]


@dataclass
class Site:
    """One process, and a browser in which the owner of `acme` is signed in."""

    runtime: Runtime
    wobbly: Wobbly
    app: TestApp
    tenant_id: int

    def again(self) -> Site:
        """A second process over the same database."""
        settings = self.runtime.settings
        made = replace(
            build_runtime(settings, sources=self.runtime.sources), plugins=PluginHost(self.wobbly.modules())
        )
        opened.append(made)
        other = Site(made, self.wobbly, TestApp(make_app(settings, made)), self.tenant_id)
        sign_in(other.app)
        return other

    @contextmanager
    def unit(self) -> Iterator[TenantContext]:
        """A unit of work for `acme` in this process."""
        tenant = self.runtime.engines.tenants.by_id(self.tenant_id)
        assert tenant is not None
        with self.runtime.engines.begin(TenantScope(self.tenant_id)) as db:
            yield self.runtime.context(tenant, db)

    def order(self) -> str:
        """The code of a new free order, placed in this process; what its plugins did wrong is then written down."""
        with self.unit() as ctx:
            event = event_by_slug(ctx, "robotics")
            kind = ctx.db.scalars(select(TicketType)).one()
            code = make_order(ctx, event, {kind: 1}).code
        plugin_health.write_down(self.runtime)
        return code

    def switch(self, name: str, to: str = "switch") -> Any:
        """Press a button of the plugins' page."""
        page = self.app.get("/dashboard/acme/plugins/" + (f"{name}/" if to == "pause" else ""))
        form = next(f for f in page.forms.values() if f.action.endswith(f"/plugins/{name}/{to}/"))
        return form.submit(status="*")

    def on(self) -> frozenset[str]:
        """What this process finds switched on for `acme`, remembered or not."""
        tenant = self.runtime.engines.tenants.by_id(self.tenant_id)
        assert tenant is not None
        return self.runtime.plugins.on_for(tenant)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    wobbly = Wobbly()
    process = replace(make_runtime(tmp_path), plugins=PluginHost(wobbly.modules()))
    acme = make_tenant(process)
    make_tenant(process, "bravo")
    make_user(process, tenant_id=acme)
    tenant = process.engines.tenants.by_id(acme)
    assert tenant is not None
    with process.engines.begin(TenantScope(acme)) as db:
        make_sale(process.context(tenant, db), 0)
    app = TestApp(make_app(process.settings, process))
    sign_in(app)
    yield Site(process, wobbly, app, acme)
    process.engines.dispose()
