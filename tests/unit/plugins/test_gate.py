"""A plugin that is off has no pages, and no plugin puts a page, tween or subscriber where it does not belong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from pyramid.exceptions import ConfigurationError
from pyramid.response import Response
from webtest import TestApp

from sratix_core.app import make_app
from sratix_core.plugins import PluginHost
from sratix_core.runtime import Runtime
from sratix_core.tenancy.scope import SystemScope, TenantScope
from sratix_core.tenants.models import Tenant, TenantPlugin
from sratix_core.web.permissions import PUBLIC
from tests.support import NOON, make_runtime
from tests.unit.plugins.support import importable, plugin

__all__ = ["importable"]

Put = Callable[[ModuleType], ModuleType]


def guestbook(put: Put, pattern: str = "/dashboard/{tenant}/x/guestbook/", **options: Any) -> ModuleType:
    """A plugin with one page."""

    def page(request: Any) -> Response:
        return Response(f"guests of {request.tenant.slug if request.tenant else 'nobody'}")

    def includeme(config: Any) -> None:
        config.add_route("guestbook", pattern)
        config.add_view(page, route_name="guestbook", permission=PUBLIC)

    module = plugin("guestbook", includeme=includeme, **options)
    page.__module__ = includeme.__module__ = module.__name__
    return put(module)


MADE: list[Runtime] = []


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    while MADE:
        MADE.pop().engines.dispose()


def process_with(tmp_path: Path, *modules: ModuleType) -> Runtime:
    """A process with these plugins, and two tenants of which the first has `guestbook` on."""
    process = replace(make_runtime(tmp_path), plugins=PluginHost(modules))
    MADE.append(process)
    with process.engines.begin(SystemScope("a test makes its tenants")) as db:
        for number, slug in ((1, "on"), (2, "off")):
            db.add(Tenant(id=number, slug=slug, name=slug, created_at=NOON, updated_at=NOON))
    with process.engines.begin(TenantScope(1)) as db:
        db.add(TenantPlugin(id=process.sources.ids.new(), name="guestbook", enabled=True, changed_at=NOON))
    return process


def app_of(process: Runtime) -> TestApp:
    return TestApp(make_app(process.settings, process))


def test_a_page_is_there_for_the_tenant_that_has_it_on_and_for_no_other(
    tmp_path: Path, importable: Put
) -> None:
    app = app_of(process_with(tmp_path, guestbook(importable)))
    assert app.get("/dashboard/on/x/guestbook/").text == "guests of on"
    app.get("/dashboard/off/x/guestbook/", status=404)
    app.get("/dashboard/nobody/x/guestbook/", status=404)


def test_off_and_not_installed_look_the_same(tmp_path: Path, importable: Put) -> None:
    app = app_of(process_with(tmp_path, guestbook(importable)))
    off = app.get("/dashboard/off/x/guestbook/", status=404)
    missing = app.get("/dashboard/off/x/nothing/", status=404)
    assert off.content_type == missing.content_type
    assert off.status == missing.status


def test_a_view_that_another_package_registers_still_belongs_to_its_plugin(
    tmp_path: Path, importable: Put
) -> None:
    book = guestbook(importable)
    page = plugin("helper", level="system")

    def includeme(config: Any) -> None:
        def borrowed(request: Any) -> Response:
            return Response("borrowed")

        borrowed.__module__ = book.__name__
        config.add_route("borrowed", "/dashboard/{tenant}/borrowed")
        config.add_view(borrowed, route_name="borrowed", permission=PUBLIC)

    includeme.__module__ = page.__name__
    page.includeme = includeme  # type: ignore[attr-defined]
    importable(page)
    app = app_of(process_with(tmp_path, book, page))
    assert app.get("/dashboard/on/borrowed").text == "borrowed"
    app.get("/dashboard/off/borrowed", status=404)


def test_a_page_without_a_tenant_is_gone_for_a_tenant_plugin_only(tmp_path: Path, importable: Put) -> None:
    app = app_of(process_with(tmp_path, guestbook(importable, "/x/guestbook/")))
    app.get("/x/guestbook/", status=404)


def test_a_system_plugin_needs_no_tenant(tmp_path: Path, importable: Put) -> None:
    app = app_of(process_with(tmp_path, guestbook(importable, "/dev/guestbook", level="system")))
    assert app.get("/dev/guestbook").text == "guests of nobody"


def test_a_route_outside_its_room_is_refused(tmp_path: Path, importable: Put) -> None:
    with pytest.raises(ConfigurationError, match="put it under /x/guestbook/"):
        app_of(process_with(tmp_path, guestbook(importable, "/account/login")))


def test_a_page_that_a_library_makes_belongs_to_the_plugin_whose_route_it_answers(
    tmp_path: Path, importable: Put
) -> None:
    """Neither the package that registers the view nor the one that defines it is the plugin's."""
    book, library = guestbook(importable), importable(ModuleType("some_library"))

    def made_elsewhere(request: Any) -> Response:
        return Response("made elsewhere")

    def includeme(config: Any) -> None:
        config.add_route("made", "/dashboard/{tenant}/x/guestbook/made")
        config.add_view(made_elsewhere, route_name="made", permission=PUBLIC)

    made_elsewhere.__module__ = includeme.__module__ = library.__name__
    library.includeme = includeme  # type: ignore[attr-defined]
    book.includeme = lambda config: config.include(library)  # type: ignore[attr-defined]
    app = app_of(process_with(tmp_path, book))
    assert app.get("/dashboard/on/x/guestbook/made").text == "made elsewhere"
    app.get("/dashboard/off/x/guestbook/made", status=404)


REACHING: dict[str, Callable[[Any], Any]] = {
    "tweens": lambda config: config.add_tween("acme_nosy.tween"),
    "subscribers": lambda config: config.add_subscriber(lambda event: None, "pyramid.events.NewRequest"),
    "view derivers": lambda config: config.add_view_deriver(lambda view, info: view, "nosy"),
    "request extensions": lambda config: config.add_request_method(lambda request: 1, "nosy"),
    "root factories": lambda config: config.set_root_factory(lambda request: None),
    "view predicates": lambda config: config.add_view_predicate("nosy", object),
    "asset overrides": lambda config: config.override_asset("sratix_core:templates/", "acme_nosy:templates/"),
    "a view without a route": lambda config: config.add_view(lambda request: None, name="nosy"),
}


@pytest.mark.parametrize("kind", REACHING)
def test_what_would_reach_those_who_have_it_off_is_refused(
    tmp_path: Path, importable: Put, kind: str
) -> None:
    def includeme(config: Any) -> None:
        REACHING[kind](config)

    module = importable(plugin("nosy", includeme=includeme, tween=lambda handler, registry: handler))
    includeme.__module__ = module.__name__
    with pytest.raises(ConfigurationError, match=f"adds {kind}"):
        app_of(process_with(tmp_path, module))


def test_a_plugin_that_commits_before_it_was_looked_at_is_refused(tmp_path: Path, importable: Put) -> None:
    def includeme(config: Any) -> None:
        config.add_route("nosy", "/account/login")
        config.commit()

    module = importable(plugin("nosy", includeme=includeme))
    with pytest.raises(ConfigurationError, match="commits the configuration"):
        app_of(process_with(tmp_path, module))
