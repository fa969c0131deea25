"""The pages: payments to decide on, the statements they came in, an upload, one payment and what becomes of it."""

from __future__ import annotations

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther

from sratix_bank_transfer import applying, shown, uploading
from sratix_bank_transfer.entries import Unreadable
from sratix_bank_transfer.models import Statement, Transaction
from sratix_bank_transfer.refusals import REFUSALS
from sratix_bank_transfer.shown import path
from sratix_bank_transfer.table import DATES, DELIMITERS, FIELDS, Layout
from sratix_core.plugin import (
    Conflict,
    Invalid,
    NotFound,
    Refused,
    dashboard_page,
    id_in_address,
    refused_fields,
)

READ, DECIDE = "bank_transfer.read", "bank_transfer.decide"
ROOT = "/dashboard/{tenant}/x/bank_transfer/"
TITLE = "Bank payments"


def payments(request: Any) -> dict[str, Any]:
    return _page(request, TITLE, **shown.payments(request))


def statements(request: Any) -> dict[str, Any]:
    return _statements(request, {})


def upload(request: Any) -> Any:
    file = request.uploads.get("file")
    if file is None:
        return _statements(
            request, refused_fields(request, Invalid({"file": "Choose the file from your bank first."}))
        )
    try:
        statement, new = uploading.upload(request.ctx, file.filename, file.data)
    except Unreadable as error:
        return _statements(request, refused_fields(request, Invalid({"file": REFUSALS[error.reason]})))
    return HTTPSeeOther(path(request, "statement", statement=statement.id) + ("" if new else "?known=1"))


def statement(request: Any) -> dict[str, Any]:
    return _statement(request, _found(request, Statement, "statement"), {})


def confirm(request: Any) -> Any:
    """The columns as a person says they are."""
    found = _found(request, Statement, "statement")
    layout = _layout(request, found)
    if not layout.usable:
        error = Invalid({"date": "Say which column holds the day and which the amount."})
        return _statement(request, found, refused_fields(request, error), layout)
    if request.POST.get("act") == "look":
        return _statement(request, found, {}, layout)
    uploading.confirm(request.ctx, found, layout)
    return HTTPSeeOther(path(request, "statement", statement=found.id))


def discard(request: Any) -> HTTPSeeOther:
    uploading.discard(request.ctx, _found(request, Statement, "statement"))
    return HTTPSeeOther(path(request, "statements"))


def payment(request: Any) -> dict[str, Any]:
    return _payment(request, _found(request, Transaction, "payment"), {})


def assign(request: Any) -> Any:
    return _decided(request, lambda found: applying.assign(request.ctx, found, request.POST.get("code", "")))


def settle(request: Any) -> Any:
    return _decided(request, lambda found: applying.assign_invoice(request.ctx, found))


def dismiss(request: Any) -> Any:
    return _decided(request, lambda found: applying.dismiss(request.ctx, found, request.POST.get("why", "")))


def send_back(request: Any) -> Any:
    return _decided(request, lambda found: applying.send_back(request.ctx, found))


def sent_back(request: Any) -> Any:
    return _decided(request, lambda found: applying.sent_back(request.ctx, found))


def reopen(request: Any) -> Any:
    return _decided(request, lambda found: applying.reopen(request.ctx, found))


def _decided(request: Any, decide: Any) -> Any:
    found = _found(request, Transaction, "payment")
    try:
        with request.ctx.db.begin_nested():
            decide(found)
    except (Invalid, Refused) as error:
        return _payment(request, found, refused_fields(request, error, rest="code"))
    except Conflict:
        request.response.status_int = 409
        request.ctx.db.expire(found)
        errors = {"": request.t("Somebody was faster: this is how it stands now.")}
        return _payment(request, found, errors)
    return HTTPSeeOther(path(request, "payment", payment=found.id) + "?done=saved")


def _found(request: Any, model: Any, part: str) -> Any:
    found = request.ctx.db.get(model, id_in_address(request, part))
    if found is None:
        raise NotFound(part)
    return found


def _layout(request: Any, statement: Statement) -> Layout:
    """What was chosen; what is no choice stays as it was guessed."""
    guessed, posted = Layout(**statement.layout), request.POST

    def place(name: str) -> int:
        typed = posted.get(f"column_{name}", "")
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else -1

    delimiter = posted.get("delimiter", "")
    return Layout(
        delimiter if delimiter in DELIMITERS else guessed.delimiter,
        guessed.header if posted.get("header") else -1,
        {name: place(name) for name in FIELDS},
        posted["dates"] if posted.get("dates") in DATES else guessed.dates,
        guessed.currency,
    )


def _page(request: Any, title: str, **page: Any) -> dict[str, Any]:
    crumbs = [(request.t(TITLE), None if title == TITLE else path(request, "payments"))]
    if title != TITLE:
        crumbs.append((title, None))
    return dashboard_page(request, None, crumbs, may_decide=request.has_permission(DECIDE), **page)


def _statements(request: Any, errors: dict[str, str]) -> dict[str, Any]:
    return _page(request, request.t("Statements"), errors=errors, **shown.statements(request))


def _statement(
    request: Any, found: Statement, errors: dict[str, str], layout: Layout | None = None
) -> dict[str, Any]:
    page = shown.statement(request, found, layout)
    if page["working"]:
        request.response.headers["Refresh"] = "2"  # without a script too; it stops by itself at the end
    return _page(request, found.filename or request.t("Statement"), errors=errors, **page)


def _payment(request: Any, found: Transaction, errors: dict[str, str]) -> dict[str, Any]:
    values = {name: request.POST.get(name, "") for name in ("code", "why")} if errors else {}
    return _page(request, request.t("Payment"), errors=errors, **shown.payment(request, found, values))


PAGES = (
    ("payments", "", "payments", payments, None),
    ("statements", "statements/", "statements", statements, upload),
    ("statement", "statements/{statement}/", "statement", statement, None),
    ("layout", "statements/{statement}/layout/", "statement", None, confirm),
    ("deletion", "statements/{statement}/deletion/", None, None, discard),
    ("payment", "payments/{payment}/", "payment", payment, None),
    ("assignment", "payments/{payment}/assignment/", "payment", None, assign),
    ("settlement", "payments/{payment}/settlement/", "payment", None, settle),
    ("dismissal", "payments/{payment}/dismissal/", "payment", None, dismiss),
    ("return", "payments/{payment}/return/", "payment", None, send_back),
    ("returned", "payments/{payment}/returned/", "payment", None, sent_back),
    ("reopening", "payments/{payment}/reopening/", "payment", None, reopen),
)
"""Name, address below the root, template, what a GET and what a POST does."""


def includeme(config: Any) -> None:
    for name, address, template, get, post in PAGES:
        route = f"bank_transfer.{name}"
        config.add_route(route, ROOT + address)
        drawn = {"renderer": f"sratix_bank_transfer:templates/{template}.jinja2"} if template else {}
        if get is not None:
            config.add_view(get, route_name=route, request_method="GET", permission=READ, **drawn)
        if post is not None:
            takes = {"files": True} if post is upload else {}
            config.add_view(
                post, route_name=route, request_method="POST", permission=DECIDE, **takes, **drawn
            )
