"""A process that issues invoices over a real database and says each number once it is committed; it is there to be killed.

`python -m tests.concurrency.issuer <data folder> <tenant id>` with the database in the environment and order ids on its
standard input. Every third unit of work is thrown away after it took its number.
"""

from __future__ import annotations

import os
import sys
import threading
import uuid
from pathlib import Path

from sratix_core import models as _all_models  # noqa: F401  -- before any room looks for another's
from sratix_core.invoices.service import issue
from sratix_core.orders.models import Order
from sratix_core.settings import load
from sratix_core.tenancy.engines import Engines
from sratix_core.values.clock import SystemClock
from sratix_core.values.ids import SystemRandom
from tests.builders import World, make_process
from tests.concurrency.seller import say

THREADS = 8


class Lost(Exception):
    """This unit of work is rolled back."""


def issue_all(world: World, orders: list[uuid.UUID]) -> None:
    chance = SystemRandom()
    for order_id in orders:
        try:
            with world.open() as ctx:
                label = issue(ctx, ctx.db.get_one(Order, order_id)).label or ""
                if chance.below(3) == 0:
                    raise Lost
        except Lost:
            continue
        say("issued", str(order_id), label)


def main() -> None:
    folder, tenant_id = Path(sys.argv[1]), int(sys.argv[2])
    settings = load(dict(os.environ), {"data_dir": folder, "threads": THREADS, "worker": "false"})
    engines = Engines(settings)
    tenant = engines.tenants.by_id(tenant_id)
    assert tenant is not None
    world = World(make_process(settings, engines, SystemClock(), SystemRandom()), tenant)
    orders = [uuid.UUID(line.strip()) for line in sys.stdin]
    threads = [threading.Thread(target=issue_all, args=(world, orders[n::THREADS])) for n in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    main()
