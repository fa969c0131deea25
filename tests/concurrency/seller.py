"""A process that sells, cancels and scans over a real database and says so once it is committed; it is there to be killed.

`python -m tests.concurrency.seller <data folder> <tenant id> <event slug>` with the database in the environment.
"""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

from sqlalchemy import select

from sratix_core import models as _all_models  # noqa: F401  -- before any room looks for another's
from sratix_core.catalog.hot import SoldOut
from sratix_core.catalog.models import TicketType
from sratix_core.checkin.service import Sight, scan
from sratix_core.checkout.service import cart_by_secret, expire_carts, release_cart
from sratix_core.events.queries import event_by_slug
from sratix_core.orders.queries import order_by_code
from sratix_core.orders.service import cancel_order
from sratix_core.payments.receiving import mark_paid
from sratix_core.settings import load
from sratix_core.tenancy.engines import Engines
from sratix_core.values.clock import SystemClock
from sratix_core.values.ids import SystemRandom
from tests.builders import World, code_of, make_cart, make_process, order_of

THREADS = 6


def say(*words: str) -> None:
    """One whole line in one write: a kill leaves it or not."""
    os.write(1, (" ".join(words) + "\n").encode())


def sell_for_ever(world: World, slug: str) -> None:
    chance = SystemRandom()
    while True:
        with world.open() as ctx:
            event = event_by_slug(ctx, slug)
            types = list(ctx.db.scalars(select(TicketType).where(TicketType.event_id == event.id)))
            wanted = {t: 1 + chance.below(2) for t in types if chance.below(2)} or {types[0]: 1}
            try:
                _, secret = make_cart(ctx, event, wanted)
            except SoldOut:
                ctx.db.rollback()
                say("soldout")
                return
        if chance.below(4) == 0:
            with world.open() as ctx:
                release_cart(ctx, cart_by_secret(ctx, event, secret))
            continue
        with world.open() as ctx:
            order = order_of(ctx, event, cart_by_secret(ctx, event, secret))
            code = order.code
        say("placed", code)
        with world.open() as ctx:
            order = order_by_code(ctx, event, code)
            if order.total_minor:
                mark_paid(ctx, order, code)
        say("paid", code)
        with world.open() as ctx:
            order = order_by_code(ctx, event, code)
            if chance.below(3) == 0:
                cancel_order(ctx, order, "asked")
                act = "cancelled"
            else:
                first = order.tickets[0]
                assert scan(ctx, event, Sight(code_of(ctx, event, first))).reason == "ok"
                act = "scanned"
        say(act, code)
        with world.open() as ctx:
            expire_carts(ctx)


def main(folder: str, tenant_id: str, slug: str) -> None:
    settings = load(os.environ, {"data_dir": Path(folder), "threads": THREADS, "worker": "false"})
    process = make_process(settings, Engines(settings), SystemClock(), SystemRandom())
    tenant = process.engines.tenants.by_id(int(tenant_id))
    assert tenant is not None
    world = World(process, tenant)
    say("ready")
    sellers = [threading.Thread(target=sell_for_ever, args=(world, slug)) for _ in range(THREADS)]
    for seller in sellers:
        seller.start()
    for seller in sellers:
        seller.join()


if __name__ == "__main__":
    main(*sys.argv[1:])
