"""The connection with Stripe: what is set, whether the keys work, and where Stripe tells us what happened."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.response import Response

from sratix_core.plugin import (
    PUBLIC,
    SETTINGS_EDIT,
    Declined,
    Mode,
    change_plugin_settings,
    dashboard_page,
    may_lead_to,
    record,
    webhook_address,
)
from sratix_stripe import connection, onboarding
from sratix_stripe.account import MODES, NAME, PAGES, keys, mode_of, outside
from sratix_stripe.connection import Opened

SCRIPT = Path(__file__).parent / "static" / "pay.js"


def page(request: Any) -> dict[str, Any]:
    return _shown(request)


def check(request: Any) -> dict[str, Any]:
    """Whose account the keys of a mode open."""
    mode = mode_of(request)
    return _shown(request, mode, connection.check(outside(request, mode)))


def make_endpoint(request: Any) -> Any:
    """Have Stripe tell us what happens, and keep the secret it signs with."""
    mode = mode_of(request)
    address = webhook_address(request.ctx, NAME, mode)
    try:
        secret = connection.make_endpoint(outside(request, mode), address)
    except Declined as no:
        return _shown(request, mode, refused=no.reason)
    names = change_plugin_settings(request.ctx, NAME, {f"{mode}_webhook_secret": secret})
    record(request.ctx, "settings.changed", "plugin", None, plugin=NAME, names=names)
    return HTTPSeeOther(request.route_path("stripe.connection", tenant=request.tenant.slug) + "?done=saved")


def script(request: Any) -> Response:
    """The module beside the payment's fields."""
    response = Response(SCRIPT.read_bytes(), content_type="text/javascript", charset="utf-8")
    response.cache_control = "public, max-age=300"
    return response


def _shown(
    request: Any, mode: Mode | None = None, opened: Opened | None = None, refused: str = ""
) -> dict[str, Any]:
    values = keys(request.ctx)
    may_lead_to(request, (request.ctx.settings.stripe_api_base or "https://connect.stripe.com",))
    slug = request.tenant.slug
    return dashboard_page(
        request,
        None,
        [
            (request.t("Plugins"), request.route_path("dashboard.plugins", tenant=slug)),
            ("Stripe", request.route_path("dashboard.plugin", tenant=slug, plugin=NAME)),
            (request.t("Connection"), None),
        ],
        settings_href=request.route_path("dashboard.plugin", tenant=slug, plugin=NAME),
        stand_in=request.ctx.settings.stripe_api_base,
        sides=[
            {
                "mode": side,
                "sells": values["mode"] == side,
                "key": bool(values[f"{side}_secret_key"]),
                "publishable": bool(values[f"{side}_publishable_key"]),
                "webhook": bool(values[f"{side}_webhook_secret"]),
                "address": webhook_address(request.ctx, NAME, side),
                "check_href": request.route_path("stripe.check", tenant=slug, mode=side),
                "endpoint_href": request.route_path("stripe.endpoint", tenant=slug, mode=side),
                "opened": opened if side == mode else None,
                "refused": refused if side == mode else "",
                "connect": onboarding.shown(request, side, bool(values[f"{side}_secret_key"])),
            }
            for side in MODES
        ],
    )


def includeme(config: Any) -> None:
    template = "sratix_stripe:templates/connection.jinja2"
    config.add_route("stripe.connection", PAGES)
    config.add_route("stripe.check", PAGES + "{mode}/connection/")
    config.add_route("stripe.endpoint", PAGES + "{mode}/endpoint/")
    config.add_route("stripe.script", "/{tenant}/x/stripe/pay.js")
    for name, view, method in (
        ("connection", page, "GET"),
        ("check", check, "POST"),
        ("endpoint", make_endpoint, "POST"),
    ):
        config.add_view(
            view,
            route_name=f"stripe.{name}",
            request_method=method,
            permission=SETTINGS_EDIT,
            renderer=template,
        )
    config.add_view(script, route_name="stripe.script", request_method="GET", permission=PUBLIC)
