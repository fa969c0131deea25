"""Saved methods in the checkout: offered to the person they belong to, signed in with a browser of their own, and to nobody else."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.response import Response

from sratix_core.accounts.logins import Identity
from sratix_core.errors import Invalid
from sratix_core.events.models import Event
from sratix_core.orders.models import Order
from sratix_core.payments.calls import RETURNED, saved_question
from sratix_core.payments.models import PaymentAttempt
from sratix_core.payments.paying import question_of
from sratix_core.payments.settling import settle
from sratix_core.payments.states import OPEN
from sratix_core.plugins.paying import Begun
from sratix_core.plugins.saving import SavedMethod
from sratix_core.saved_methods.asking import listing, saving_providers
from sratix_core.saved_methods.models import PaymentCustomer
from sratix_core.saved_methods.service import Use, customer_of, make_customer
from sratix_core.web.request import Request

LONGEST = 120
"""The name of a method at its provider."""


def person_of(request: Request) -> Identity | None:
    """Who is signed in: not a guest, a program, or support acting as somebody."""
    if request.bearer is not None or request.identity is None or request.identity.acting is not None:
        return None
    return request.identity


def chosen_way(request: Request, event: Event) -> tuple[str, Use | None]:
    """The provider that was chosen in the form, and what is done with the person's saved methods.

    Raises `Invalid` for a saved method where nobody is there who could have one; whether it is theirs, the provider says.
    """
    name, _, method = request.POST.get("provider", "").partition("/")
    person, ctx = person_of(request), request.ctx
    if not method and (person is None or not request.POST.get("keep")):
        return name, None
    provider = next((p for p in saving_providers(ctx) if p.name == name), None)
    if not method:
        if person is None or provider is None:
            return name, None
        return name, Use(make_customer(ctx, person.id, name, provider.mode(ctx, event)).id)
    known = customer_of(ctx, person.id, name, provider.mode(ctx, event)) if person and provider else None
    if known is None or len(method) > LONGEST:
        raise Invalid({"provider": "unknown_choice"})
    return name, Use(known.id, method)


def saved_ways(request: Request, event: Event, names: Collection[str]) -> dict[str, dict[str, Any]]:
    """Which of these providers keep methods, for whoever is signed in: who keeps them, and the cards that are still good, latest first.

    Providers are asked with nothing open: whatever this request changed until here is given up. One that does not answer
    has nothing to offer, and the other ways to pay stand beside.
    """
    person, ctx = person_of(request), request.ctx
    if person is None:
        return {}
    saving = [p for p in saving_providers(ctx) if p.name in names]
    found: dict[str, dict[str, Any]] = {p.name: {"by": p.kept_by, "cards": []} for p in saving}
    known = [customer_of(ctx, person.id, p.name, p.mode(ctx, event)) for p in saving]
    asked = {c.provider: listing(ctx, c) for c in known if c is not None}
    today = ctx.clock.now()
    if any(asked.values()):
        request.tm.abort()
        request.tm.begin()
    for name, question in asked.items():
        for one in (question.answer().said or ()) if question is not None else ():
            if (one.year, one.month) >= (today.year, today.month):
                found[name]["cards"].append({"value": f"{name}/{one.reference}", **words_of(request, one)})
    return found


def words_of(request: Request, one: SavedMethod) -> dict[str, str]:
    """How a saved card is called: Visa •••• 4242, and until when it is good."""
    until = f"{one.month:02}/{one.year % 100:02}"
    return {
        "title": f"{one.brand} •••• {one.last4}",
        "until": until,
        "help": request.t("Good until {until}", until=until),
    }


def may_go_on(request: Request, attempt: PaymentAttempt) -> bool:
    """Whether whoever asks may go on with a payment: with one that shows or takes saved methods only the person they belong to.

    The link of an order may be passed on; their cards are not passed on with it.
    """
    if attempt.customer_id is None:
        return True
    person = person_of(request)
    whose = request.db.get_one(PaymentCustomer, attempt.customer_id).user_id
    return person is not None and person.id == whose


def end_for_others(request: Request, attempt_id: uuid.UUID) -> PaymentAttempt:
    """End a payment that somebody else began for themselves, so that whoever is here can begin their own; as it is then."""
    ctx = request.ctx
    for _ in range(2):  # one that may never have reached the provider is opened, then ended
        asked = question_of(ctx, attempt_id, over=True)
        if asked is not None:
            request.checkpoint()
            settle(ctx, attempt_id, asked.answer())
    return ctx.db.get_one(PaymentAttempt, attempt_id)


def pay_saved(request: Request, page: str, order: Order, attempt: PaymentAttempt) -> Response:
    """Pay with the saved method now, while the buyer waits: on to their bank, or back to where it is settled."""
    attempt_id, asked = attempt.id, saved_question(request.ctx, order, attempt)
    request.checkpoint()
    answer = asked.answer()
    if isinstance(answer.said, Begun) and answer.said.redirect:
        return HTTPSeeOther(answer.said.redirect)
    if answer.trouble == "not_sent":
        return HTTPSeeOther(f"{page}?done=payment_unreachable")
    attempt = settle(request.ctx, attempt_id, answer)
    if attempt.state in OPEN:  # it may have been paid: the page there asks until it knows
        return HTTPSeeOther(page + RETURNED)
    return HTTPSeeOther(f"{page}?done=payment_declined")
