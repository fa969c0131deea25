"""Cards that payment services keep for a person: seen, added and taken away, organizer by organizer."""

from __future__ import annotations

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sratix_core.errors import NotFound
from sratix_core.my.shell import my_screen
from sratix_core.payments.calls import Question
from sratix_core.plugins.paying import Begun
from sratix_core.saved_methods.asking import adding, saving_providers
from sratix_core.saved_methods.mine import Place, places_of, removal, removed
from sratix_core.saved_methods.service import make_customer, note_name
from sratix_core.shop.saved import words_of
from sratix_core.web.limits import METHODS
from sratix_core.web.permissions import SIGNED_IN
from sratix_core.web.request import Request
from sratix_core.web.security import may_lead_to


@view_config(
    route_name="my.methods", request_method="GET", permission=SIGNED_IN, renderer="my/methods.jinja2"
)
def show(request: Request) -> dict[str, Any]:
    """What is kept is read from the payment services now; one that does not answer says so beside its organizer."""
    who = request.identity
    request.limit(METHODS, str(who.id))
    places = places_of(request.runtime, who.id, who.email, request.actor)
    request.checkpoint()
    shown = [_place(request, place) for place in places]
    may_lead_to(request, {host for place in places for host in place.adds_at})
    return my_screen(request, request.t("Payment methods"), places=shown)


def _place(request: Request, place: Place) -> dict[str, Any]:
    where = {"tenant": place.tenant, "provider": place.provider}
    today, cards = request.runtime.sources.clock.now(), place.cards()
    return {
        "organizer": place.organizer,
        "by": place.kept_by,
        "test": place.mode == "test",
        "silent": cards is None,
        "cards": [
            {
                **words_of(request, card),
                "over": (card.year, card.month) < (today.year, today.month),
                "removal_href": request.route_path(
                    "my.method_removal", mode=place.mode, method=card.reference, **where
                ),
            }
            for card in cards or ()
        ],
        "add_href": request.route_path("my.methods_at", **where) if place.adds else None,
    }


@view_config(route_name="my.methods_at", request_method="POST", permission=SIGNED_IN)
def add(request: Request) -> HTTPSeeOther:
    """To the payment service's page where a card is added. The row comes first, so that the answer always has its place."""
    who, ctx = request.identity, request.ctx
    request.limit(METHODS, str(who.id))
    provider = next((p for p in saving_providers(ctx) if p.name == request.matchdict["provider"]), None)
    if provider is None:
        raise NotFound("tenant_unknown")
    customer = make_customer(ctx, who.id, provider.name, provider.mode(ctx, None))
    page = ctx.settings.base_url.rstrip("/") + request.route_path("my.methods")
    asked = adding(ctx, customer, who.email, request.locale_name, f"{page}?done=kept", page)
    request.checkpoint()
    said = asked.answer().said
    if not isinstance(said, Begun):
        return HTTPSeeOther(request.route_path("my.methods", _query={"done": "silent"}))
    note_name(request.ctx, asked.subject_id, said.keeper)
    return HTTPSeeOther(said.redirect)


@view_config(
    route_name="my.method_removal",
    request_method="GET",
    permission=SIGNED_IN,
    renderer="dashboard/confirm.jinja2",
)
def ask(request: Request) -> dict[str, Any]:
    _wanted(request)
    return my_screen(
        request,
        request.t("Payment methods"),
        question=request.t("Remove this card?"),
        consequence=request.t(WHAT_IT_MEANS),
        yes=request.t("Remove card"),
        action=request.path,
        back_href=request.route_path("my.methods"),
    )


WHAT_IT_MEANS = (
    "It can no longer be used for orders here. What you have bought stays, and refunds still reach the card."
)


@view_config(route_name="my.method_removal", request_method="POST", permission=SIGNED_IN)
def remove(request: Request) -> HTTPSeeOther:
    request.limit(METHODS, str(request.identity.id))
    asked = _wanted(request)
    request.checkpoint()
    removed(request.ctx, asked, asked.answer().trouble)
    return HTTPSeeOther(request.route_path("my.methods", _query={"done": "removed"}))


def _wanted(request: Request) -> Question:
    """What takes away the one that the address names. Raises `NotFound`, `Unavailable`."""
    where = request.matchdict
    return removal(request.ctx, request.identity.id, where["provider"], where["mode"], where["method"])
