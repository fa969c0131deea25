"""An organizer without keys of their own connects: an account is opened once, and Stripe asks for the rest on its own pages."""

from __future__ import annotations

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther

from sratix_core.plugin import (
    SETTINGS_EDIT,
    ApplicationFee,
    Mode,
    Money,
    TenantContext,
    account_intent,
    application_fee,
    connected_account,
    format_money,
    format_percent,
    note_account,
)
from sratix_stripe import connect
from sratix_stripe.account import CONNECT, PAGES, connects, mode_of, outside_connected, outside_platform

ADDRESS = PAGES + "{mode}/account/"

DUE = (
    ("external_account", "Name the bank account that is paid out to."),
    ("tos_acceptance", "Accept Stripe’s terms."),
    ("business_type", "Say what you are: a person, a company or an association."),
    ("business_profile", "Describe what you sell, with a website or a few words."),
    ("company", "Complete the details of the company: name, number, address."),
    ("individual", "Complete the details of the person: name, date of birth, address."),
    ("representative", "Complete the details of who acts for you."),
    ("owners", "Complete the details of the owners."),
    ("directors", "Complete the details of the directors."),
    ("person_", "Complete the details of the people behind you."),
)
"""What to do, by how Stripe's name for a missing detail begins."""

PAPERS = "Hand in a proof: an identity card, or a paper with your address."

WHY_NOT = {
    "requirements.past_due": "Payments and payouts wait until it is handed in.",
    "requirements.pending_verification": "Stripe is checking what you handed in. There is nothing to do.",
    "under_review": "Stripe is checking the account. There is nothing to do.",
    "listed": "Stripe is checking the account. There is nothing to do.",
    "platform_paused": "The platform’s operator has paused the account. Ask them.",
    "no_access": "The platform’s key does not open the account any more. Ask the platform’s operator.",
    "deleted": "The account is closed at Stripe. Ask the platform’s operator.",
}


def begin(request: Any) -> HTTPSeeOther:
    """Open the account, or find the one that was, and lead to Stripe's page. Done twice it is the same account."""
    mode, ctx = mode_of(request), request.ctx
    row = account_intent(ctx, CONNECT, mode)
    if row.reference is None:
        key, since, who = row.key, row.opened_at, request.identity
        platform = outside_platform(request, mode)
        email = who.email if who is not None else ""
        note_account(ctx, CONNECT, mode, connect.open_account(platform, key, since, ctx.tenant.slug, email))
    account = outside_connected(request, mode)
    base = ctx.settings.base_url
    back = base + request.route_path("stripe.account", tenant=ctx.tenant.slug, mode=mode)
    again = base + request.route_path("stripe.connection", tenant=ctx.tenant.slug) + f"?over={mode}#{mode}"
    return HTTPSeeOther(connect.onboarding(account, back, again))


def returned(request: Any) -> HTTPSeeOther:
    """They are back, or ask: how the account stands now. Where there is none yet, the page says what to do."""
    mode, ctx = mode_of(request), request.ctx
    row = connected_account(ctx, CONNECT, mode)
    where = f"{request.route_path('stripe.connection', tenant=ctx.tenant.slug)}?back={mode}#{mode}"
    if row is not None and row.reference is not None and connects(ctx.settings, mode):
        note_account(ctx, CONNECT, mode, connect.connected(outside_connected(request, mode)))
    return HTTPSeeOther(where)


def their_pages(request: Any) -> HTTPSeeOther:
    """To balance, payouts and bank account at Stripe."""
    return HTTPSeeOther(connect.their_pages(outside_connected(request, mode_of(request))))


def shown(request: Any, mode: Mode, own_keys: bool) -> dict[str, Any] | None:
    """The account of one mode for the connection's page; None where there is none and none can be opened."""
    ctx = request.ctx
    row = connected_account(ctx, CONNECT, mode)
    if not connects(ctx.settings, mode) or (own_keys and row is None):
        return None
    here = {"tenant": request.tenant.slug, "mode": mode}
    known = row is not None and row.reference is not None
    return {
        "row": row if known else None,
        "unused": own_keys,
        "due": due(request, row.due) if row is not None else [],
        "why_not": why_not(request, row.disabled_reason) if row is not None else "",
        "rejected": row is not None and row.disabled_reason.startswith("rejected"),
        "fee": fee_words(ctx, application_fee(ctx), request.locale_name),
        "back": request.GET.get("back") == mode,
        "over": request.GET.get("over") == mode,
        "href": request.route_path("stripe.account", **here),
        "pages_href": request.route_path("stripe.account_pages", **here),
    }


def why_not(request: Any, reason: str) -> str:
    """Why nothing is taken for them, from Stripe's word for it; empty where there is none."""
    if not reason:
        return ""
    known = WHY_NOT.get(reason)
    return str(request.t(known) if known else request.t("Stripe says: {word}.", word=reason))


def due(request: Any, names: list[str]) -> list[str]:
    """What Stripe still wants, as sentences, each once."""
    said = []
    for name in names:
        known = next((words for begins, words in DUE if name.startswith(begins)), "")
        words = PAPERS if "verification" in name else known
        said.append(request.t(words) if words else request.t("Stripe asks for: {name}.", name=name))
    return list(dict.fromkeys(said))


def fee_words(ctx: TenantContext, fee: ApplicationFee, locale: str) -> str:
    """`2.5 % + CHF 0.30`; empty where the platform keeps nothing."""
    parts = [format_percent(fee.basis_points, locale)] if fee.basis_points else []
    if fee.fixed_minor:
        parts.append(format_money(Money(fee.fixed_minor, ctx.tenant.currency), locale))
    return " + ".join(parts)


def includeme(config: Any) -> None:
    config.add_route("stripe.account", ADDRESS)
    config.add_route("stripe.account_pages", ADDRESS + "pages/")
    for name, view, method in (
        ("account", begin, "POST"),
        ("account_pages", their_pages, "POST"),
    ):
        config.add_view(view, route_name=f"stripe.{name}", request_method=method, permission=SETTINGS_EDIT)
    config.add_view(
        returned, route_name="stripe.account", request_method="GET", permission=SETTINGS_EDIT, writes=True
    )
