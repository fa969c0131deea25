"""The many rows of one seeded event: orders, people, tickets, payments and their journal, inserted in large batches.

Every row is what the services would have written, hashes of the journal included, so that `sratix verify` finds nothing.
"""

from __future__ import annotations

import itertools
import uuid
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import cache
from types import SimpleNamespace
from typing import Any

from sqlalchemy import insert, update

from sratix_core.analytics import metrics
from sratix_core.audit.models import AuditEntry, EventLog
from sratix_core.catalog.draws import units_for
from sratix_core.catalog.models import CapacityPool, TicketType
from sratix_core.context import TenantContext
from sratix_core.db.appendonly import content_hash
from sratix_core.demo.people import LANGUAGES
from sratix_core.events.models import Event
from sratix_core.ledger.acts import charge
from sratix_core.ledger.acts import payment as paid
from sratix_core.ledger.models import LedgerEntry
from sratix_core.ledger.posting import rows_of
from sratix_core.orders import terms as of_orders
from sratix_core.orders.models import Order, OrderLine
from sratix_core.orders.secrets import new_secret
from sratix_core.orders.states import OrderState
from sratix_core.payments.models import Payment
from sratix_core.pricing.lines import LineKind
from sratix_core.search.models import SearchTerm
from sratix_core.search.service import Entry
from sratix_core.tenancy.session import ScopedSession
from sratix_core.tickets import terms as of_people
from sratix_core.tickets.keys import signing_key
from sratix_core.tickets.models import Attendee, Ticket, TicketState
from sratix_core.values import signing
from sratix_core.values.clock import FixedClock
from sratix_core.values.codes import ORDER_ALPHABET
from sratix_core.values.money import Money
from sratix_core.values.text import fold

POOLS: Any = CapacityPool.__table__
SIZES = (1, 2, 3, 2)
BATCH = 2000
SHOWN = 100
PROVIDER = "bank_transfer"
TABLES: tuple[Any, ...] = (
    Order,
    OrderLine,
    Attendee,
    Ticket,
    SearchTerm,
    Payment,
    LedgerEntry,
    AuditEntry,
    EventLog,
)
"""In the order in which rows point at each other."""

FIRST, LAST = LANGUAGES[0][0].given, LANGUAGES[0][0].family


class Loader:
    """Fills one event. `shown_orders` and `shown_tickets` are the first hundred, with what opens them."""

    def __init__(
        self,
        ctx: TenantContext,
        clock: FixedClock,
        event: Event,
        types: Sequence[TicketType],
        codes: Iterator[str],
    ) -> None:
        self.shown_orders: list[dict[str, Any]] = []
        self.shown_tickets: list[dict[str, Any]] = []
        self._ctx, self._clock, self._event, self._types = ctx, clock, event, types
        self._rows: dict[Any, list[dict[str, Any]]] = defaultdict(list)
        self._sold: Counter[uuid.UUID] = Counter()
        self._people = 0
        self._draws: dict[uuid.UUID, Counter[uuid.UUID]] = {t.id: units_for(ctx, {t.id: 1}) for t in types}
        self._kid, self._private = signing_key(ctx, event.id)
        self._codes = codes

    def load(self, db: ScopedSession, tickets: int, span: timedelta) -> None:
        """Sell `tickets` over `span`, three orders of four paid by transfer, the others free."""
        sizes = list(_sizes(tickets))
        step = span / max(1, len(sizes))
        for number, size in enumerate(sizes):
            self._order(number, size)
            self._clock.move(step)
            if number % BATCH == BATCH - 1:
                self._flush(db)
        self._flush(db)
        taken: Counter[uuid.UUID] = Counter()
        for type_id, units in self._sold.items():
            for pool_id, each in self._draws[type_id].items():
                taken[pool_id] += units * each
        for pool_id, units in taken.items():
            mine = (CapacityPool.tenant_id == self._ctx.tenant.id, CapacityPool.id == pool_id)
            db.execute(update(POOLS).where(*mine).values(taken=CapacityPool.taken + units))

    def _flush(self, db: ScopedSession) -> None:
        for model in TABLES:
            if rows := self._rows.pop(model, []):
                db.execute(insert(model.__table__), rows)

    def _add(self, model: Any, **columns: Any) -> dict[str, Any]:
        row = {"tenant_id": self._ctx.tenant.id, "id": self._ctx.ids.new(), **columns}
        self._rows[model].append(row)
        return row

    def _order(self, number: int, size: int) -> None:
        ctx, now = self._ctx, self._clock.now()
        kind = self._types[0 if number % 4 == 3 else 1]
        total = kind.price_minor * size
        secret, stored, sealed = new_secret(ctx)
        name, email, folded = self._person()
        order = self._add(
            Order, event_id=self._event.id, cart_id=None, code=next(self._codes), secret_hash=stored,
            secret_sealed=sealed, state=OrderState.PAID, buyer_name=name, buyer_email=email, buyer_company="",
            buyer_fold=folded, locale="en", total_minor=total, tax_minor=0, fee_minor=0, credited_minor=0,
            credited_tax_minor=0, credited_fee_minor=0, value_minor=0, credited_value_minor=0, tax_included=True,
            rounding_minor=0, currency=kind.currency,
            provider=PROVIDER if total else "free", created_at=now, updated_at=now, expires_at=None, paid_at=now,
            closed_at=None,
        )  # fmt: skip
        self._found_by(of_orders.entry_of(SimpleNamespace(**order)))
        line = self._add(
            OrderLine, order_id=order["id"], ticket_type_id=kind.id, name=kind.name, quantity=size,
            kind=LineKind.TICKET, unit_price_minor=kind.price_minor, subtotal_minor=total, discount_minor=0, tax_bp=0,
            net_minor=total, tax_minor=0, total_minor=total, currency=kind.currency, position=0,
        )  # fmt: skip
        self._sold[kind.id] += size
        self._audit("order.placed", order["id"], {"total": total, "provider": order["provider"]})
        figures = metrics.order_placed(order["state"], total)
        figures |= metrics.tickets_issued(TicketState.VALID, {kind.id: size})
        self._told("order.placed", "order", order["id"], figures=figures)
        if total:
            payment = self._add(
                Payment, order_id=order["id"], provider=PROVIDER, mode="live", stored=False, reference=f"{self._event.slug}/{number:07d}",
                attempt_id=None, amount_minor=total, currency=kind.currency, refunded_minor=0, received_at=now, recorded_by=None,
            )  # fmt: skip
            self._book(order, payment["id"])
            self._audit("order.paid", order["id"], {"amount": total})
        self._told("order.paid", "order", order["id"])
        for ordinal in range(size):
            self._ticket(
                order,
                line["id"],
                kind,
                ordinal,
                (name, email, folded) if ordinal == 0 else self._person(),
            )
        if len(self.shown_orders) < SHOWN:
            self.shown_orders.append({"code": order["code"], "secret": secret})

    def _book(self, order: dict[str, Any], payment_id: uuid.UUID) -> None:
        sold, amount = SimpleNamespace(**order), Money(order["total_minor"], order["currency"])
        money = SimpleNamespace(amount=amount, provider=PROVIDER, mode="live", stored=False)
        for booked in (charge(sold, sold.id), paid(sold, payment_id, money)):
            for row in rows_of(booked, self._clock.now(), self._ctx.ids):
                row = self._add(LedgerEntry, **row)
                row["content_hash"] = content_hash(row)

    def _ticket(
        self, order: Any, line: Any, kind: TicketType, ordinal: int, who: tuple[str, str, str]
    ) -> None:
        now, event = self._clock.now(), self._event.id
        name, email, folded = who
        person = self._add(
            Attendee, event_id=event, name=name, email=email, company="", fold=folded, updated_at=now
        )
        ticket = self._add(
            Ticket, event_id=event, order_id=order["id"], order_line_id=line, ticket_type_id=kind.id,
            attendee_id=person["id"], ordinal=ordinal, position=ordinal, state=TicketState.VALID, epoch=0,
            fold=folded, seat_label="", created_at=now, updated_at=now, voided_at=None,
        )  # fmt: skip
        entry = of_people.entry_of(SimpleNamespace(**person), ticket["id"], order["code"])
        self._found_by(entry)
        self._told("ticket.issued", "ticket", ticket["id"])
        if len(self.shown_tickets) < SHOWN:
            code = signing.sign_ticket(self._private, self._kid, 0, event, ticket["id"])
            self.shown_tickets.append({"id": ticket["id"], "code": code})

    def _found_by(self, entry: Entry) -> None:
        for term in sorted(entry.terms):
            self._add(SearchTerm, kind=entry.kind, term=term, event_id=entry.event_id, ref=entry.ref)

    def _audit(self, action: str, order: uuid.UUID, data: dict[str, Any]) -> None:
        self._journal(
            AuditEntry, actor_kind="system", actor_id=None, impersonator_id=None, ip_hash=None, action=action,
            target_kind="order", target_id=order, data=data,
        )  # fmt: skip

    def _told(self, type_: str, kind: str, subject: uuid.UUID, **data: Any) -> None:
        self._journal(EventLog, type=type_, subject_kind=kind, subject_id=subject, data=data)

    def _journal(self, model: Any, **columns: Any) -> None:
        row = self._add(model, at=self._clock.now(), event_id=self._event.id, **columns)
        row["content_hash"] = content_hash(row)

    def _person(self) -> tuple[str, str, str]:
        number = self._people
        self._people += 1
        first, last = FIRST[number % len(FIRST)], LAST[number // len(FIRST) % len(LAST)]
        return f"{first} {last}", f"guest{number}@{self._ctx.tenant.slug}.example", _folded(f"{first} {last}")


def order_codes() -> Iterator[str]:
    """Five letters, another for each order of a tenant: a walk through all codes by a step without common divisor."""
    letters = len(ORDER_ALPHABET)
    for number in itertools.count(1):
        left = number * 7_368_787 % letters**5
        yield "".join(ORDER_ALPHABET[left // letters**place % letters] for place in range(5))


def _sizes(tickets: int) -> Iterator[int]:
    number = 0
    while tickets > 0:
        size = min(tickets, SIZES[number % len(SIZES)])
        tickets -= size
        number += 1
        yield size


@cache
def _folded(name: str) -> str:
    return fold(name)
