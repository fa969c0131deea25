"""What paying by card costs beyond the order itself: web process, worker inside, and database; the provider's own work is not counted.

Stripe is played by its stand-in, which a server takes in the environment `demo` only. A free order is the measure: it is paid at
once, makes its ticket and its mail, as the order by card does when the money is there. What server and database use while nobody
buys is measured first and taken off both, by the second: paying takes longer, and the clock's work meanwhile is not its own.
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
from bench.split import SERVER, Part, Parts, between, told
from sratix_stripe.double.app import Double
from sratix_stripe.double.testing import Bench, running

VISA = {"use": "4242424242424242", "email": BUYER["buyer_email"], "name": BUYER["buyer_name"]}
FEW = 1_000
WARM = 10
IDLE = 10.0
"""Seconds nobody buys."""

PATIENCE = 300.0
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


@dataclass
class Cost:
    """CPU ms of one purchase with all that follows it, without what an idle server uses; and the web process's parts."""

    web: float
    database: float
    parts: Parts


def measure(home: Path, long: bool) -> Iterator[Result]:
    """Row `paying`: CPU ms of a purchase by card, its webhooks included, less those of a purchase for nothing."""
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
        serving(home, settings | {"SRATIX_STRIPE_API_BASE": double.url}, command=SERVER) as (address, pid, _),
    ):
        till = Till(int(address.rsplit(":", 1)[1]), data, double)
        till.connect()
        meter = Meter(pid, administrator(), data.name)
        ways = (lambda: till.buy(0), lambda: till.buy(1, "stripe"))
        for buy in ways:
            repeated(buy, WARM)
            till.settled()
        with meter.measured() as idle:
            time.sleep(IDLE)
        free, card = (_cost(till, meter, address, rounds, buy, idle) for buy in ways)
    spent = card.web + card.database - free.web - free.database
    yield Result("paying", spent, "CPU ms", 10, detail=_detail(free, card, idle))


def _cost(till: Till, meter: Meter, address: str, rounds: int, act: Callable[[], None], idle: Used) -> Cost:
    before, began = told(address), time.perf_counter()
    with meter.measured() as used:
        repeated(act, rounds)
        till.settled()
    idled = (time.perf_counter() - began) / IDLE
    parts = between(before, told(address))
    return Cost(
        (used.web - idle.web * idled) / rounds,
        (used.database - idle.database * idled) / rounds,
        {
            name: Part(part.ms / rounds, part.times, round(part.statements / rounds))
            for name, part in parts.items()
        },
    )


PARTS = {
    "post": "POST shop.pay",
    "return": "GET shop.payment_return",
    "webhooks": "POST inbound.payment",
    "jobs": "job ",
    "claiming": "claiming",
    "ticks": "tick ",
}


def _detail(free: Cost, card: Cost, idle: Used) -> str:
    """Where the difference is, part by part: CPU ms of the web process, and statements."""
    said = []
    for title, begin in PARTS.items():
        ms, statements = (
            sum(
                sign * getattr(part, field)
                for sign, cost in ((1, card), (-1, free))
                for name, part in cost.parts.items()
                if name.startswith(begin)
            )
            for field in ("ms", "statements")
        )
        said.append(f"{title} {ms:.1f} ({statements:.0f} st.)")
    return (
        f"by card web {card.web:.1f} + database {card.database:.1f}, free {free.web:.1f} + {free.database:.1f}; "
        f"more in the web process: {', '.join(said)}; idle {(idle.web + idle.database) / IDLE:.1f} a second taken off"
    )
