"""Undoing a pass from wherever it is shown: right after the scan, in the list of scans, beside the ticket, and beside its reasons."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config
from sqlalchemy import select

from sratix_core.accounts.permissions import CHECKIN_SCAN
from sratix_core.checkin.models import Scan
from sratix_core.checkin.reverting import Undone, revert
from sratix_core.dashboard.shell import path, the_event, uuid_in
from sratix_core.orders.models import Order
from sratix_core.tickets.models import Ticket
from sratix_core.values.locale import format_datetime, format_time
from sratix_core.web.request import Request

PAGES = {"door": "dashboard.checkin", "scan": "dashboard.scan", "why": "dashboard.why_scan"}
"""Where the button stands, and where it leads back to; the order's page goes by the ticket."""


def undo_href(request: Request, scan_id: uuid.UUID, back: str) -> str:
    """Where a pass is undone from this page; empty for those who may not."""
    if not request.may(CHECKIN_SCAN):
        return ""
    kept = (
        {k: v for k in ("gate_id", "direction") if (v := request.params.get(k, ""))} if back == "scan" else {}
    )
    here = path(request, "dashboard.scan_reversal", event=request.matchdict["event"], scan=scan_id)
    return f"{here}?{urlencode({'back': back, **kept})}"


def undone_words(request: Request, gone: Undone, zone: str) -> str:
    """That a pass was undone, by whom and when; of the last hours without the day."""
    recent = request.ctx.clock.now() - gone.at < timedelta(hours=12)
    when = (format_time if recent else format_datetime)(gone.at, zone, request.locale_name)
    if gone.name:
        return str(request.t("Undone by {name}, {when}", name=gone.name, when=when))
    return str(request.t("Undone, {when}", when=when))


@view_config(route_name="dashboard.scan_reversal", request_method="POST", permission=CHECKIN_SCAN)
def undo(request: Request) -> Any:
    """Undo a pass; the same button twice is the same as once."""
    event, scan_id = the_event(request), uuid_in(request, "scan")
    revert(request.ctx, event, scan_id)
    back = request.GET.get("back", "")
    if back == "order":
        of_ticket = (Ticket.tenant_id == Order.tenant_id) & (Ticket.order_id == Order.id)
        of_scan = (Scan.tenant_id == Ticket.tenant_id) & (Scan.ticket_id == Ticket.id)
        found = select(Order.code).join(Ticket, of_ticket).join(Scan, of_scan).where(Scan.id == scan_id)
        page = path(request, "dashboard.order", event, code=request.db.scalars(found).one())
    else:
        parts = {"scan": scan_id} if back == "why" else {}
        page = path(request, PAGES.get(back, PAGES["scan"]), event, **parts)
    kept = {k: v for k in ("gate_id", "direction") if (v := request.GET.get(k, ""))}
    return HTTPSeeOther(f"{page}?{urlencode({'done': 'scan_undone', **kept})}")
