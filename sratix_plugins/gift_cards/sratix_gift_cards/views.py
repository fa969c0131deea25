"""The pages of staff: all cards, new ones, their codes once, one card and what moved on it."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.renderers import render_to_response
from pyramid.response import Response

from sratix_core.plugin import (
    BadMoney,
    Invalid,
    NotFound,
    Refused,
    dashboard_page,
    id_in_address,
    parse_money,
    refused_fields,
)
from sratix_gift_cards import issuing, moving, shown
from sratix_gift_cards.issuing import Draft
from sratix_gift_cards.models import BY_HAND, GiftCard, How
from sratix_gift_cards.shown import path

VIEW, ISSUE = "gift_cards.view", "gift_cards.issue"
ROOT = "/dashboard/{tenant}/x/gift_cards/"
TITLE = "Gift cards"
LANGUAGES = {"en": "English", "de": "Deutsch", "fr": "Français", "it": "Italiano"}
FRESH = timedelta(hours=1)
"""How long the codes of a batch are shown together; afterwards each on the page of its card."""


def cards(request: Any) -> dict[str, Any]:
    return _page(
        request,
        may_issue=request.has_permission(ISSUE),
        new_href=path(request, "new"),
        **shown.listed(request),
    )


def new(request: Any) -> dict[str, Any]:
    return _form(request, {"count": "1", "how": How.BANK.value}, {})


def issue(request: Any) -> Any:
    """Make them and show their codes; the same form again shows the same ones."""
    try:
        made = issuing.issue(request.ctx, _draft(request))
    except Invalid as error:
        return _form(request, dict(request.POST), refused_fields(request, error))
    if not _fresh(request, made):
        return HTTPSeeOther(path(request, "list"))
    template = "sratix_gift_cards:templates/codes.jinja2"
    return render_to_response(template, _codes(request, made), request=request, response=request.response)


def _draft(request: Any) -> Draft:
    """What was typed. Raises `Invalid` for what can't be read."""
    typed, fields = request.POST, {}
    currency = typed.get("currency") or request.ctx.tenant.currency
    if currency not in issuing.currencies(request.ctx):
        raise Invalid({"currency": "unknown_choice"})
    try:
        amount = parse_money(typed.get("amount", ""), currency)
    except BadMoney as error:
        raise Invalid({"amount": "money" if typed.get("amount") else "required"}) from error
    count = typed.get("count", "1").strip()
    if not (count.isascii() and count.isdigit() and len(count) < 5):
        fields["count"] = "range"
    if typed.get("how") not in [each.value for each in BY_HAND]:
        fields["how"] = "unknown_choice"
    batch = shown._id(typed.get("batch", ""))
    if batch is None:
        fields["amount"] = "required"
    ends_at = _end(request, typed.get("ends_on", "").strip(), fields)
    if fields or batch is None:
        raise Invalid(fields)
    return Draft(
        batch, amount, How(typed["how"]), int(count), typed.get("reference", ""), ends_at,
        typed.get("recipient_name", ""), typed.get("recipient_email", "").strip(), typed.get("message", ""),
        typed.get("locale") if typed.get("locale") in request.ctx.tenant.locales else request.ctx.tenant.default_locale,
    )  # fmt: skip


def _end(request: Any, typed: str, fields: dict[str, str]) -> datetime | None:
    """The end of a day where the organizer is."""
    if not typed:
        return None
    try:
        day = datetime.strptime(typed, "%Y-%m-%d").date()  # noqa: DTZ007 -- a day, the zone follows
        return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(request.ctx.tenant.timezone))
    except (ValueError, OverflowError):
        fields["ends_on"] = "Choose a day that is still to come."
        return None


def _form(request: Any, values: dict[str, Any], errors: dict[str, str]) -> dict[str, Any]:
    found = issuing.currencies(request.ctx)
    if shown._id(values.get("batch", "")) is None:
        values["batch"] = str(request.ctx.ids.new())
    return _page(
        request,
        crumbs=[(request.t("New gift cards"), None)],
        currencies=[(each, each) for each in found],
        locales=[(each, LANGUAGES.get(each[:2], each)) for each in request.ctx.tenant.locales],
        values=values,
        errors=errors,
        most=issuing.MOST,
        action=path(request, "new"),
    )


def _codes(request: Any, made: list[GiftCard]) -> dict[str, Any]:
    return _page(
        request,
        crumbs=[(request.t("Codes"), None)],
        rows=[
            {"code": code, **shown.row(request, card), "email": card.recipient_email}
            for card, code in zip(made, issuing.reveal(request.ctx, made), strict=True)
        ],
        csv_href=path(request, "batch_csv", batch=made[0].batch_id),
        list_href=path(request, "list"),
    )


def batch_csv(request: Any) -> Response:
    """The same codes as a file. Raises `NotFound` once they are no longer shown together."""
    made = issuing.cards_of(request.ctx, id_in_address(request, "batch"))
    if not _fresh(request, made):
        raise NotFound("batch")
    text = shown.as_csv(made, issuing.reveal(request.ctx, made), request.ctx.tenant.timezone)
    response = Response(text, content_type="text/csv", charset="utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="gift-cards.csv"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _fresh(request: Any, made: list[GiftCard]) -> bool:
    """Whether the codes of a batch are still shown together."""
    request.response.headers["Cache-Control"] = "private, no-store"
    return bool(made) and request.ctx.clock.now() - made[0].created_at <= FRESH


def card(request: Any) -> dict[str, Any]:
    return _card(request, _found(request))


def code(request: Any) -> dict[str, Any]:
    """The card with its code, which was asked for."""
    found = _found(request)
    request.response.headers["Cache-Control"] = "private, no-store"
    return _card(request, found, revealed=issuing.reveal(request.ctx, [found])[0])


def block(request: Any) -> Any:
    return _done(request, issuing.block)


def unblock(request: Any) -> Any:
    return _done(request, issuing.unblock)


def ending(request: Any) -> dict[str, Any]:
    """Whether to end it, for whoever has no script."""
    return _card(request, _found(request), ending=True)


def end(request: Any) -> Any:
    return _done(request, moving.end)


def _done(request: Any, act: Any) -> Any:
    found = _found(request)
    try:
        act(request.ctx, found)
    except Refused as error:
        return _card(request, found, errors=refused_fields(request, error))
    return HTTPSeeOther(path(request, "card", card=found.id))


def _found(request: Any) -> GiftCard:
    return issuing.card_by_id(request.ctx, id_in_address(request, "card"))


def _card(
    request: Any,
    found: GiftCard,
    revealed: str = "",
    errors: dict[str, str] | None = None,
    ending: bool = False,
) -> dict[str, Any]:
    told = shown.one(request, found)
    return _page(
        request,
        crumbs=[(told["mark"], None)],
        revealed=revealed,
        ending=ending,
        errors=errors or {},
        may_issue=request.has_permission(ISSUE),
        **told,
    )


def _page(request: Any, crumbs: list[tuple[str, str | None]] | None = None, **page: Any) -> dict[str, Any]:
    here = path(request, "list") if crumbs else None
    return dashboard_page(request, None, [(request.t(TITLE), here), *(crumbs or [])], **page)


def includeme(config: Any) -> None:
    def add(
        name: str, place: str, gets: Any = None, posts: Any = None, template: str = "", **may: str
    ) -> None:
        config.add_route(f"gift_cards.{name}", ROOT + place)
        drawn: dict[str, Any] = (
            {"renderer": f"sratix_gift_cards:templates/{template}.jinja2"} if template else {}
        )
        for method, view in (("GET", gets), ("POST", posts)):
            if view is not None:
                config.add_view(
                    view,
                    route_name=f"gift_cards.{name}",
                    request_method=method,
                    permission=may[method],
                    **drawn,
                )

    add("list", "", cards, template="cards", GET=VIEW)
    add("new", "new/", new, issue, "issue", GET=ISSUE, POST=ISSUE)
    add("batch_csv", "issued/{batch}/codes.csv", posts=batch_csv, POST=ISSUE)
    add("card", "cards/{card}/", card, template="card", GET=VIEW)
    add("code", "cards/{card}/code/", posts=code, template="card", POST=ISSUE)
    add("blocking", "cards/{card}/blocking/", posts=block, template="card", POST=ISSUE)
    add("ending", "cards/{card}/ending/", ending, end, "card", GET=ISSUE, POST=ISSUE)
    add("unblocking", "cards/{card}/unblocking/", posts=unblock, template="card", POST=ISSUE)
