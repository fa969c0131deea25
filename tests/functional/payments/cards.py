"""A shop that takes cards: the whole application, Stripe's stand-in over HTTP, and somebody who pays on its page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import select
from webtest import TestResponse

from sratix_core.app import make_worker
from sratix_core.context import TenantContext
from sratix_core.jobs.kinds import ask_providers, expire
from sratix_core.orders.models import Order
from sratix_core.payments.inbox import address_code
from sratix_core.payments.models import Payment, PaymentAttempt, Refund
from sratix_core.tenants import plugin_settings
from sratix_core.tenants.service import switch_plugin
from sratix_stripe.double.app import Double
from sratix_stripe.double.clock import Clock
from sratix_stripe.double.testing import Bench, Inbox, receiving, running
from tests.builders import NOON, World, faults
from tests.functional.shop.market import (
    SETUP,
    Market,
    Stall,
    code_in,
    form_to,
    make_market,
    make_stall,
    path_of,
    to_payment,
)
from tests.support import TestApp

VISA, DECLINED, SECURE = "4242424242424242", "4000000000000002", "4000002760003184"
SIGNING = "whsec_test"


@dataclass
class Counter:
    """One organizer with a card-taking shop, and the double on the other side."""

    market: Market
    world: World
    bench: Bench
    inbox: Inbox
    stall: Stall
    heard: int = field(default=0)
    provider: str = "stripe"
    sells: str = "tickets"

    def to_stripe(self, browser: TestApp, **quantities: int) -> str:
        """Buy, up to the address of Stripe's page."""
        form = form_to(to_payment(browser, self.stall, **(quantities or {"Paid": 2})), "/pay/")
        form["provider"] = self.provider
        answer = form.submit(status=303)
        return str(answer.headers["Location"])

    def pay(self, page: str, number: str = VISA) -> str:
        """Press the button of Stripe's page; where it leads, as a path of ours."""
        _, text, back = self.bench.get(page, {"use": number, "email": "ann@example.org", "name": "Ann"})
        return back.split("8080", 1)[-1] if back else text

    def bought(self, browser: TestApp, **quantities: int) -> str:
        """A whole purchase by card; the path of the order's page."""
        back = self.pay(self.to_stripe(browser, **quantities))
        return path_of(browser.get(back, status=303))

    def order(self, ctx: TenantContext, where: str = "") -> Order:
        wanted = select(Order).order_by(Order.id.desc())
        if where:
            wanted = wanted.where(Order.code == code_in(where))
        found: Order = ctx.db.scalars(wanted.limit(1)).one()
        return found

    def state(self, where: str = "") -> tuple[str, int, int]:
        """State of an order, what came in for it, and what of that went back or is going."""
        with self.world.open(write=False) as ctx:
            order = self.order(ctx, where)
            paid = list(ctx.db.scalars(select(Payment).where(Payment.order_id == order.id)))
            return (
                str(order.state),
                sum(p.amount_minor for p in paid),
                sum(p.refunded_minor for p in paid),
            )

    def attempts(self) -> list[tuple[str, str]]:
        with self.world.open(write=False) as ctx:
            rows = ctx.db.scalars(select(PaymentAttempt).order_by(PaymentAttempt.id))
            return [(a.kind, a.state) for a in rows]

    def refunds(self) -> list[int]:
        with self.world.open(write=False) as ctx:
            return list(ctx.db.scalars(select(Refund.amount_minor).order_by(Refund.id)))

    def later(self, **by: float) -> None:
        """Time passes on both sides."""
        before = self.world.clock.now()
        self.world.later(**by)
        self.bench.later(int((self.world.clock.now() - before).total_seconds()))

    def work(self) -> None:
        """What the workers do when it is their turn."""
        ask_providers(self.market.runtime)
        make_worker(self.market.runtime, wakeups=False).drain()

    def sweep(self) -> None:
        expire(self.market.runtime)

    def charged(self) -> tuple[int, int]:
        """What the double took from cards, and gave back."""
        charges = [c for c in self.bench.kept("charge") if c["status"] == "succeeded"]
        return sum(c["amount"] for c in charges), sum(c["amount_refunded"] for c in charges)

    def deliver(self, *, times: int = 1, order: Any = None) -> list[int]:
        """Hand on what the double has sent since the last time; the answers' status."""
        self.bench.control("webhooks/flush", {})
        fresh = self.inbox.got[self.heard :]
        self.heard = len(self.inbox.got)
        picked = fresh if order is None else [fresh[i] for i in order(len(fresh))]
        return [self.tell(sig, body).status_int for sig, body in picked for _ in range(times)]

    def tell(self, signature: str, body: bytes, address: str = "") -> TestResponse:
        with self.world.open(write=False) as ctx:
            code = address or address_code(ctx, "stripe", "test")
        return self.market.browser().post(
            f"/webhooks/in/{self.world.tenant.slug}/stripe/{code}",
            body,
            headers={"Stripe-Signature": signature, "Content-Type": "application/json"},
            status="*",
        )

    def faults(self) -> list[str]:
        return faults(self.market.runtime)


@contextmanager
def counter(
    folder: Path, types: dict[str, Any] | None = None, plugins: Sequence[str] = ("stripe",), **settings: Any
) -> Iterator[Counter]:
    """An application of its own whose one organizer has Stripe's test keys."""
    with running(Double(clock=Clock(int(NOON.timestamp())))) as bench, receiving() as inbox:
        bench.control("webhooks", {"hold": True, "listen": inbox.url, "secret": SIGNING})
        market = make_market(folder, stripe_api_base=bench.url, **settings)
        world = market.tenant()
        with market.runtime.engines.begin(SETUP) as db:
            for plugin in plugins:
                switch_plugin(db, market.runtime.sources, world.tenant.id, plugin, True)
        market.runtime.engines.tenants.invalidate(world.tenant.id)
        info = market.runtime.engines.tenants.by_id(world.tenant.id)
        assert info is not None
        world = World(market.runtime, info)
        with world.open() as ctx:
            plugin_settings.change(
                ctx,
                "stripe",
                {
                    "test_secret_key": "sk_test_double",
                    "test_publishable_key": "pk_test_double",
                    "test_webhook_secret": SIGNING,
                },
            )
        yield Counter(market, world, bench, inbox, make_stall(world, types=types))
