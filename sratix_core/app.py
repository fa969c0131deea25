"""The product, put together: the include list is its table of contents, one line and one comment per room."""

from __future__ import annotations

import gc
import linecache
import os
from collections.abc import Iterable
from typing import Any

from pyramid.config import Configurator
from pyramid.registry import Introspector
from pyramid.router import Router

from sratix_core import models as _all_models  # noqa: F401  (relationships resolve by name)
from sratix_core import runtime
from sratix_core.jobs.runner import Runner
from sratix_core.jobs.wakeups import Wakeups
from sratix_core.runtime import Runtime
from sratix_core.settings import SETTINGS, Settings, load
from sratix_core.web import compiled, logs
from sratix_core.web.gate import include_plugins

ROOMS = (
    "sratix_core.web.routing",  # which route an address belongs to
    # What surrounds every request, from the outside in
    "sratix_core.web.logs",  # one line per request, with the route instead of the path
    "sratix_core.web.security",  # headers of every answer, CORS for the API
    "sratix_core.web.journal",  # notes that survive a rollback
    "sratix_core.web.unit",  # one unit of work per request, rolled back from status 400 on
    "sratix_core.web.errors",  # errors as pages and problem details
    "sratix_core.web.sanity",  # unreadable input ends here; a tenant's own host is told apart
    # What a request knows
    "sratix_core.web.scope",  # its tenant, actor and context
    "sratix_core.web.identity",  # its login
    "sratix_core.web.seen",  # when it was here last
    "sratix_core.web.policy",  # what it may do
    "sratix_core.web.permissions",  # no view without a permission
    "sratix_core.web.csrf",  # no write without a token
    "sratix_core.web.limits",  # not too often
    "sratix_core.web.gate",  # no page of a plugin that is switched off
    "sratix_core.web.translate",  # its language
    "sratix_core.web.templating",  # Jinja2 with money, time and icons
    # Where a request can go
    "sratix_core.web.static",  # /static/
    "sratix_core.web.health",  # /health and /health/ready
    "sratix_core.web.metrics",  # /metrics
    "sratix_core.account",  # /account/
    "sratix_core.dashboard",  # /dashboard/{tenant}/
    "sratix_core.platform",  # /platform/
    "sratix_core.my",  # /my/
    "sratix_core.api",  # /api/v1/
    "sratix_core.inbound",  # /webhooks/in/
)

SHOP = "sratix_core.shop"  # /{tenant}/, which would match almost anything: after everybody else


def make_app(settings: Settings, process: Runtime | None = None, also: Iterable[Any] = ()) -> Router:
    """The WSGI application of one process; tests bring a process of their own and rooms that stand `also` in it."""
    process = process or runtime.build(settings)
    logs.configure(settings)
    config = Configurator(settings={"pyramid.reload_templates": settings.env == "development"})
    config.registry["runtime"] = process
    for room in (*ROOMS, *also):
        config.include(room)
    include_plugins(config)
    config.include(SHOP)
    return config.make_wsgi_app()


def stays(app: Router) -> Router:
    """The application as a process keeps it that does nothing else: what only told how it was put together is dropped."""
    compiled.ahead(app)
    app.registry.introspector = Introspector()
    linecache.clearcache()  # Pyramid has looked up where each route and view is declared
    gc.freeze()  # what is there now stays; a full collection would walk through it, a pause of 100 ms
    gc.enable()
    return app


def make_worker(process: Runtime, *, wakeups: bool = True) -> Runner:
    """Everything that is done in the background; without `wakeups` it hears only of work from its own process."""
    from sratix_core.egress import own_certificate, vies
    from sratix_core.jobs import kinds

    heard = Wakeups.where_set(process.settings) if wakeups else None
    registry = kinds.registry_for(process.plugins)
    registry.extend(vies.JOBS)
    return Runner(process, registry, ticks=(*kinds.TICKS, own_certificate.TICK), wakeups=heard)


def main(global_config: dict[str, str], **settings: Any) -> Router:
    """The entry point of `pserve`: lines of the ini file that name a setting win over the environment."""
    own = {setting.name: settings.get(setting.name) for setting in SETTINGS}
    return make_app(load(os.environ, own, "ini file"))
