"""A till without pages: orders paid through Stripe's stand-in over HTTP, by one process or by several on one database."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

import sratix_stripe
from sratix_core.app import make_worker
from sratix_core.context import TenantContext
from sratix_core.events.models import Event
from sratix_core.events.queries import event_by_slug
from sratix_core.jobs.kinds import ask_providers, expire
from sratix_core.jobs.models import Job, JobState
from sratix_core.orders.models import Order
from sratix_core.orders.placing import Buyer, Holder, place_order
from sratix_core.orders.service import cancel_order
from sratix_core.payments import accounts
from sratix_core.payments.attempts import attempts_of, begun_of, latest_payment
from sratix_core.payments.calls import saved_question
from sratix_core.payments.inbox import PROCESS
from sratix_core.payments.models import Payment, PaymentAttempt, Refund
from sratix_core.payments.paying import begin, begin_question, question_of
from sratix_core.payments.sending import ASK, send_back, send_owed
from sratix_core.payments.settling import settle
from sratix_core.runtime import Runtime
from sratix_core.saved_methods.service import Use, customer_of, make_customer, note_name
from sratix_core.tenants import plugin_settings
from sratix_core.tenants.service import switch_plugin
from sratix_core.values.money import Money
from sratix_stripe import account, connect
from sratix_stripe.double.testing import Bench
from tests.builders import TESTS, World, faults, make_cart, make_event, make_type, make_world, publish
from tests.concurrency.crowd import LONG

SLUG = "robotics"
PRICE = 9800
VISA = "4242424242424242"
KEYS = {
    "test_secret_key": "sk_test_double",
    "test_publishable_key": "pk_test_double",
    "test_webhook_secret": "whsec_test",
}
PLUGIN = sratix_stripe
KEEPER = uuid.UUID(int=9)


@dataclass
class Till:
    """One organizer who takes cards; `bench` is the other side."""

    world: World
    bench: Bench
    provider: str = "stripe"

    @property
    def process(self) -> Runtime:
        return self.world.process

    def order(self, email: str = "ada@example.org") -> uuid.UUID:
        """Place an order of CHF 98.00 that waits for a card."""
        with self.world.open() as ctx:
            event = event_by_slug(ctx, SLUG)
            cart, _ = make_cart(ctx, event, {self._type(ctx, event): 1})
            made, _ = place_order(ctx, event, cart, Buyer("Ada", email), [Holder()], self.provider)
            return made.id

    @staticmethod
    def _type(ctx: TenantContext, event: Event) -> Any:
        from sratix_core.catalog.models import TicketType

        return ctx.db.scalars(select(TicketType).where(TicketType.event_id == event.id)).one()

    def connect(self) -> None:
        """Open the organizer's account under the platform's, as the button does; they hand everything in."""
        with self.world.open() as ctx:
            row = accounts.account_intent(ctx, "stripe_connect", "test")
            key, since, known = row.key, row.opened_at, row.reference
            platform = account.platform(ctx.settings, "test")
        if known is None:
            said = connect.open_account(platform, key, since, self.world.tenant.slug, "")
            with self.world.open() as ctx:
                known = accounts.note_account(ctx, "stripe_connect", "test", said).reference
        self.bench.control("accounts", {"id": known})
        with self.world.open(write=False) as ctx:
            own = account.connected(ctx, "test")
        stands = connect.connected(own)
        with self.world.open() as ctx:
            accounts.note_account(ctx, "stripe_connect", "test", stands)

    def begin(self, order_id: uuid.UUID) -> str:
        """Begin its payment; the address of Stripe's page, empty where there was no answer."""
        with self.world.open() as ctx:
            order = ctx.db.get_one(Order, order_id)
            attempt = begin(ctx, order)
            begun = begun_of(ctx, attempt)
            if begun is not None:
                return begun.redirect
            attempt_id, asked = attempt.id, begin_question(ctx, order, attempt)
        answer = asked.answer()
        with self.world.open() as ctx:
            settled = settle(ctx, attempt_id, answer)
            begun = begun_of(ctx, settled)
        return begun.redirect if begun is not None else ""

    def pay(self, page: str, number: str = VISA) -> None:
        self.bench.get(page, {"use": number, "email": "ada@example.org", "name": "Ada"})

    def keep_card(self) -> str:
        """A person whose card is kept; its name."""
        v1 = self.bench.client().v1
        name = v1.customers.create(params={"email": "ada@example.org"}).id
        with self.world.open() as ctx:
            note_name(ctx, make_customer(ctx, KEEPER, self.provider, "test").id, name)
        return v1.payment_methods.attach("pm_card_visa", params={"customer": name}).id

    def pay_saved(self, order_id: uuid.UUID, method: str = "") -> None:
        """Its owner pays with the kept card, up to the answer; goes on where it was left."""
        with self.world.open() as ctx:
            customer = customer_of(ctx, KEEPER, self.provider, "test")
            assert customer is not None
            attempt = begin(ctx, ctx.db.get_one(Order, order_id), Use(customer.id, method))
        self.begin(order_id)
        with self.world.open() as ctx:
            order, attempt = ctx.db.get_one(Order, order_id), ctx.db.get_one(PaymentAttempt, attempt.id)
            if attempt.reference is None:
                return
            asked = saved_question(ctx, order, attempt)
        asked.answer()
        self.look(order_id)

    def look(self, order_id: uuid.UUID) -> None:
        """The buyer comes back: the provider is asked about the payment."""
        with self.world.open() as ctx:
            attempt = latest_payment(ctx, order_id)
            asked = question_of(ctx, attempt.id) if attempt is not None else None
            attempt_id = attempt.id if attempt is not None else None
        if asked is not None and attempt_id is not None:
            answer = asked.answer()
            with self.world.open() as ctx:
                settle(ctx, attempt_id, answer)

    def paid(self) -> uuid.UUID:
        """An order that is paid."""
        order_id = self.order()
        self.pay(self.begin(order_id))
        self.look(order_id)
        return order_id

    def cancel(self, order_id: uuid.UUID) -> None:
        with self.world.open() as ctx:
            cancel_order(ctx, ctx.db.get_one(Order, order_id), "asked")

    def send_owed(self, order_id: uuid.UUID) -> None:
        with self.world.open() as ctx:
            send_owed(ctx, ctx.db.get_one(Order, order_id))

    def send(self, order_id: uuid.UUID, minor: int) -> None:
        with self.world.open() as ctx:
            send_back(ctx, ctx.db.get_one(Order, order_id), Money(minor, "CHF"))

    def later(self, **by: float) -> None:
        """Time passes on both sides."""
        before = self.world.clock.now()
        self.world.later(**by)
        self.bench.later(int((self.world.clock.now() - before).total_seconds()))

    def sweep(self) -> None:
        expire(self.process)

    def work(self) -> int:
        """What is due now; how many jobs."""
        ask_providers(self.process)
        return make_worker(self.process, wakeups=False).drain()

    def settle(self, rounds: int = 30) -> None:
        """Let time pass and workers work until nothing is open any more."""
        for _ in range(rounds):
            self.later(minutes=6)
            self.sweep()
            self.work()
            if not self.open():
                return
        raise AssertionError(f"still open: {self.open()}")

    def open(self) -> list[tuple[str, str, str]]:
        """Attempts that are not settled, and jobs that wait."""
        with self.world.open(write=False) as ctx:
            db = ctx.db
            found = db.scalars(select(PaymentAttempt).where(PaymentAttempt.open_key.is_not(None)))
            jobs = select(Job.kind, Job.payload).where(
                Job.state.in_([JobState.WAITING, JobState.RUNNING]), Job.kind.in_([ASK, PROCESS])
            )
            waiting = [("job", str(kind), str(payload)) for kind, payload in db.execute(jobs)]
            return [(a.kind, a.state, a.reason) for a in found] + waiting

    def told(self, order_id: uuid.UUID) -> tuple[str, int, int]:
        """State of the order, money received, money gone back."""
        with self.world.open(write=False) as ctx:
            order = ctx.db.get_one(Order, order_id)
            came = ctx.db.scalar(select(func.sum(Payment.amount_minor)).where(Payment.order_id == order_id))
            went = ctx.db.scalar(select(func.sum(Refund.amount_minor)).where(Refund.order_id == order_id))
            return str(order.state), int(came or 0), int(went or 0)

    def attempts(self, order_id: uuid.UUID) -> Counter[tuple[str, str]]:
        with self.world.open(write=False) as ctx:
            return Counter((a.kind, str(a.state)) for a in attempts_of(ctx, order_id))

    def charged(self, order_id: uuid.UUID) -> tuple[int, int]:
        """What Stripe's side took for an order, and gave back."""
        mine = [
            c
            for c in self.bench.kept("charge")
            if c["metadata"].get("sratix_order") == str(order_id) and c["status"] == "succeeded"
        ]
        return sum(c["amount"] for c in mine), sum(c["amount_refunded"] for c in mine)

    def fair(self, orders: Sequence[uuid.UUID]) -> None:
        """Nobody is charged without an order that is delivered or refunded, both sides agree, and all invariants hold."""
        for order_id in orders:
            state, came, went = self.told(order_id)
            assert (came, went) == self.charged(order_id), (state, came, went)
            assert came - went == (PRICE if state == "paid" else 0), (state, came, went)
        assert faults(self.process, of=self.world.tenant) == []


def make_till(process: Runtime, bench: Bench, capacity: int | None = None) -> Till:
    """A fresh organizer who takes cards."""
    world = make_world(process)
    with process.engines.begin(TESTS) as db:
        switch_plugin(db, process.sources, world.tenant.id, "stripe", True)
    process.engines.tenants.invalidate(world.tenant.id)
    info = process.engines.tenants.by_id(world.tenant.id)
    assert info is not None
    world = World(process, info)
    with world.open() as ctx:
        plugin_settings.change(ctx, "stripe", KEYS)
        event = make_event(ctx, SLUG)
        make_type(ctx, event, PRICE, capacity)
        publish(ctx, event)
    return Till(world, bench)


def share(till: Till, things: Sequence[Any]) -> list[Any]:
    """Every second one on each database, together all of them; every one on both where somebody asked for the long run."""
    first = 0 if till.process.engines.dialect == "sqlite" else 1
    return list(things) if LONG else list(things)[first::2]


__all__ = ["PLUGIN", "PRICE", "SLUG", "Till", "make_till", "share"]
