"""What an order sold of value, on its buyer's page: shown by the end of its code, and mailed once more."""

from __future__ import annotations

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sratix_core.payments.selling import mail_again
from sratix_core.payments.sold import sold_by
from sratix_core.shop.buyers import BuyerPage
from sratix_core.shop.frame import Localized
from sratix_core.web.limits import Limit
from sratix_core.web.permissions import PUBLIC
from sratix_core.web.request import Request

MAILS = Limit("sold-mails", 3, 900)
"""As the order's own mails: three at once, then one every five minutes, per order."""


def told(page: BuyerPage) -> list[dict[str, Any]]:
    """What the page says of each unit."""
    return [
        {
            "title": Localized(sold.unit.ticket_type, page.request.locale_name).name,
            "holder": sold.unit.attendee.name,
            "amount": sold.amount,
            "state": sold.state,
            "made": sold.made,
            "mail_href": page.path("shop.sold_mail", ticket=sold.id) if sold.is_good else "",
        }
        for sold in sold_by(page.ctx, page.order)
    ]


@view_config(route_name="shop.sold_mail", request_method="POST", permission=PUBLIC)
def mailed(request: Request) -> HTTPSeeOther:
    page = BuyerPage(request)
    unit = page.ticket()  # before the limit, so that what is of nobody counts for nobody
    request.limit(MAILS, str(page.order.id))
    mail_again(page.ctx, page.order, unit.id)
    return HTTPSeeOther(page.path() + "?done=sent")
