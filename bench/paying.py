"""What paying by card costs beyond the order itself: web process, worker inside, and database; the provider's own work is not counted.

Stripe is played by its stand-in, which a server takes in the environment `demo` only. A free order is the measure: it is paid at
once, makes its ticket and its mail, as the order by card does when the money is there.
"""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.client import Client, path_of
from bench.cpu import Meter, Used, repeated
from bench.database import Data, administrator, loaded
from bench.paths import BUYER, Paths
from bench.result import Result
from bench.server import COMMAND, environment, serving
from sratix_stripe.double.app import Double
from sratix_stripe.double.testing import Bench, running

VISA = {"use": "4242424242424242", "email": BUYER["buyer_email"], "name": BUYER["buyer_name"]}
FEW = 1_000
WARM = 10
PATIENCE = 60.0
DUE = "SELECT count(*) FROM jobs WHERE state = 'running' OR state = 'waiting' AND run_at <= now()"


@dataclass
class Till:
    """A shop that takes cards, and somebody who pays on the page of the double."""

    port: int
    data: Data
    double: Bench

    def connect(self) -> None:
        """As the owner does: keys into the plugin's settings, then the button that makes the webhook's endpoint."""
        owner = Paths(Client(self.port), self.data)
        owner.sign_in()
        plugin = f"/dashboard/{self.data.tenant['slug']}/plugins/stripe/"
        keys = {"test_secret_key": "sk_test_double", "test_publishable_key": "pk_test_double"}
        owner.client.post(plugin, {"mode": "test", "look": "hosted", **keys})
        owner.client.post(f"/dashboard/{self.data.tenant['slug']}/x/stripe/test/endpoint/", {})

    def buy(self, ticket_type: int, provider: str = "") -> None:
        """From the event's page to the page of a paid order."""
        client = Client(self.port)
        shop = Paths(client, self.data).shop
        wanted = self.data.event["ticket_types"][ticket_type]["id"]
        chosen = client.post(f"{shop}cart/", {**client.get(shop).fields(), f"q-{wanted}": "1"})
        named = client.post(path_of(chosen), {**client.get(path_of(chosen)).fields(), **BUYER})
        last = client.get(path_of(named)).fields()
        placed = client.post(path_of(named), {**last, **({"provider": provider} if provider else {})})
        if provider:
            _, text, back = self.double.get(placed.headers["Location"], VISA)
            if not back:
                raise RuntimeError(f"the card was not taken: {text[:300]}")
            placed = client.get(back.removeprefix(f"http://127.0.0.1:{self.port}"), 303)
        client.get(path_of(placed))

    def settled(self) -> None:
        """Wait until the webhooks have arrived and the worker has nothing left to do."""
        until = time.monotonic() + PATIENCE
        while self.waiting():
            if time.monotonic() > until:
                raise RuntimeError("the jobs of the purchases are not done")
            time.sleep(0.2)

    def waiting(self) -> bool:
        """Whether a webhook is on its way, or a job due or in hand."""
        deliveries = self.double.control("webhooks")["deliveries"]
        with administrator(self.data.name).connect() as connection:
            due = connection.exec_driver_sql(DUE).scalar_one()
        return bool(due or any(one["state"] in ("queued", "sending") for one in deliveries))


def measure(home: Path, long: bool) -> Iterator[Result]:
    """Row `paying`: CPU ms of a purchase by card, its webhook included, less those of a purchase for nothing."""
    rounds = 300 if long else 60
    data = loaded(home, FEW, fresh=True)
    settings = {"SRATIX_ENV": "demo"} | data.settings()
    subprocess.run(
        [COMMAND, "plugin", "enable", "stripe", data.tenant["slug"]],
        env=environment(home) | settings,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    with (
        running(Double()) as double,
        serving(home, settings | {"SRATIX_STRIPE_API_BASE": double.url}) as (address, pid, _),
    ):
        till = Till(int(address.rsplit(":", 1)[1]), data, double)
        till.connect()
        meter = Meter(pid, administrator(), data.name)
        free = _cost(till, meter, rounds, lambda: till.buy(0))
        card = _cost(till, meter, rounds, lambda: till.buy(1, "stripe"))
    detail = (
        f"by card web {card.web / rounds:.1f} + database {card.database / rounds:.1f}, "
        f"free {free.web / rounds:.1f} + {free.database / rounds:.1f}"
    )
    yield Result("paying", (card.both - free.both) / rounds, "CPU ms", 10, detail=detail)


def _cost(till: Till, meter: Meter, rounds: int, act: Callable[[], None]) -> Used:
    """Of so many purchases with all that follows them."""
    repeated(act, WARM)
    till.settled()
    with meter.measured() as used:
        repeated(act, rounds)
        till.settled()
    return used
