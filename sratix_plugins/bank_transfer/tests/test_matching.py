"""From a bank's file to paid orders: exactly, once, and what is not exact is put before a person."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import event as sqlalchemy_events
from sqlalchemy import func, select

import sratix_bank_transfer
from sratix_bank_transfer import applying, reading
from sratix_bank_transfer.models import Reason, Statement, StatementState, Transaction, TransactionState
from sratix_bank_transfer.references import order_number, qrr, scor
from sratix_bank_transfer.table import Layout
from sratix_bank_transfer.uploading import confirm, discard, upload
from sratix_core.app import make_worker
from sratix_core.catalog.models import TicketType
from sratix_core.context import TenantContext
from sratix_core.errors import Conflict, Invalid
from sratix_core.events.models import Event
from sratix_core.jobs import kinds
from sratix_core.messages.models import Message
from sratix_core.orders.models import Order
from sratix_core.orders.placing import Buyer, Holder, place_order
from sratix_core.orders.service import cancel_order, expire_orders
from sratix_core.payments.models import Payment
from sratix_core.plugins import PluginHost
from sratix_core.settings import Settings
from sratix_core.tenancy.engines import Engines
from sratix_core.tenants import plugin_settings
from sratix_core.tenants.service import switch_plugin
from sratix_plugins.bank_transfer.tests.statements import Paid, camt, table
from tests.builders import (
    TESTS,
    World,
    faults,
    make_cart,
    make_engines,
    make_process,
    make_sale,
    make_world,
    postgresql_settings,
    sqlite_settings,
)

S, R = TransactionState, Reason
ACCOUNT = {
    "iban": "CH4431999123000889012",
    "account_holder": "Acme Events",
    "street": "Bahnhofstrasse",
    "house_number": "1",
    "postal_code": "8001",
    "town": "Zürich",
    "term_days": "14",
    "remind_days": "3",
    "keep_months": "24",
}


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.pg)])
def place(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Settings, Engines]]:
    folder = tmp_path_factory.mktemp("bank")
    sqlite = request.param == "sqlite"
    settings = sqlite_settings(folder) if sqlite else postgresql_settings(folder, "srx_bank")
    engines = make_engines(settings)
    yield settings, engines
    engines.dispose()


@pytest.fixture
def world(place: tuple[Settings, Engines]) -> Iterator[World]:
    process = replace(make_process(*place), plugins=PluginHost([sratix_bank_transfer]))
    yield tenant_of(process)
    assert faults(process, journal=False) == []


def tenant_of(process: object) -> World:
    made = make_world(process)  # type: ignore[arg-type]
    with made.process.engines.begin(TESTS) as db:
        switch_plugin(db, made.process.sources, made.tenant.id, "bank_transfer", True)
    tenant = made.process.engines.tenants.by_id(made.tenant.id)
    assert tenant is not None
    world = World(made.process, tenant)
    with world.open() as ctx:
        plugin_settings.save(ctx, "bank_transfer", ACCOUNT)
        make_sale(ctx, 4900)
    return world


def order(world: World, tickets: int = 2, name: str = "Ada Lovelace") -> str:
    """An order of 49 francs a ticket that waits; its code."""
    with world.open() as ctx:
        return placed(ctx, tickets, name).code


def placed(ctx: TenantContext, tickets: int = 2, name: str = "Ada Lovelace") -> Order:
    event, kind = ctx.db.scalars(select(Event)).one(), ctx.db.scalars(select(TicketType)).one()
    cart, _ = make_cart(ctx, event, {kind: tickets})
    buyer = Buyer(name, "ada@example.org")
    return place_order(ctx, event, cart, buyer, [Holder()] * tickets, "bank_transfer")[0]


def reference(world: World, code: str) -> str:
    return qrr(order_number(world.tenant.id, code))


def sent(world: World, data: bytes) -> uuid.UUID:
    """Upload a file and let the job do its work."""
    with world.open() as ctx:
        statement, _ = upload(ctx, "camt.xml", data)
        found = statement.id
    make_worker(world.process, wakeups=False).drain()
    return found


def paid(world: World, *payments: Paid) -> list[tuple[str, str]]:
    """State and reason of each payment of a file, in its order."""
    found = sent(world, camt(*payments))
    with world.open() as ctx:
        rows = ctx.db.scalars(
            select(Transaction).where(Transaction.statement_id == found).order_by(Transaction.id)
        ).all()
        return [(row.state, row.reason) for row in rows]


def state(world: World, code: str) -> str:
    with world.open() as ctx:
        return ctx.db.scalars(select(Order.state).where(Order.code == code)).one()


def count(world: World, model: type) -> int:
    with world.open() as ctx:
        return int(ctx.db.scalar(select(func.count()).select_from(model)) or 0)


def the_case(ctx: TenantContext) -> Transaction:
    return ctx.db.scalars(select(Transaction).where(Transaction.state == S.OPEN)).one()


def test_a_right_payment_pays_its_order_by_reference_or_code(world: World) -> None:
    codes = [order(world) for _ in range(4)]
    number = order_number(world.tenant.id, codes[1])
    assert (
        paid(
            world,
            Paid("98.00", reference(world, codes[0])),
            Paid("98.00", scor(number)),
            Paid("98.00", message=f"Tickets {codes[2].lower()}, danke"),
            Paid("98.00", message=f"Ref. {scor(order_number(world.tenant.id, codes[3]))}"),
        )
        == [(S.APPLIED, "")] * 4
    )
    assert {state(world, code) for code in codes} == {"paid"}


def test_what_is_not_exact_waits_for_a_person(world: World) -> None:
    less, more, other = order(world), order(world), order(world)
    done, gone, late = order(world), order(world), order(world)
    with world.open() as ctx:
        cancel_order(ctx, ctx.db.scalars(select(Order).where(Order.code == gone)).one(), "asked")
    paid(world, Paid("98.00", reference(world, done)))
    assert paid(
        world,
        Paid("50.00", reference(world, less)),
        Paid("120.00", reference(world, more)),
        Paid("98.00", reference(world, other), currency="CHF", bank_reference="c"),
        Paid("98.00", reference(world, done), bank_reference="again"),
        Paid("98.00", reference(world, gone)),
        Paid("12.00", message="Sponsoring"),
        Paid("98.00", message="XXXXX"),
    ) == [
        (S.OPEN, R.PARTIAL),
        (S.OPEN, R.OVER),
        (S.APPLIED, ""),
        (S.OPEN, R.PAID),
        (S.OPEN, R.CANCELLED),
        (S.OPEN, R.UNKNOWN),
        (S.OPEN, R.UNKNOWN),
    ]
    assert paid(world, Paid("98.00", reference(world, less), currency="EUR")) == [(S.OPEN, R.CURRENCY)]
    world.later(days=15)
    with world.open() as ctx:
        expire_orders(ctx)
    assert paid(world, Paid("98.00", reference(world, late))) == [(S.OPEN, R.EXPIRED)]
    assert (state(world, less), state(world, late)) == ("expired", "expired")


def test_amount_and_name_are_a_suggestion_and_no_more(world: World) -> None:
    code = order(world, 2, "Zoë Müller")
    assert paid(world, Paid("98.00", payer="MÜLLER ZOE UND PETER")) == [(S.OPEN, R.SUGGESTED)]
    with world.open() as ctx:
        case = the_case(ctx)
        assert ctx.db.get_one(Order, case.order_id).code == code
    assert state(world, code) == "awaiting_payment"
    order(world, 2, "Zoë Müller")
    assert paid(world, Paid("98.00", payer="Zoë Müller", bank_reference="2")) == [(S.OPEN, R.UNKNOWN)]


def test_the_rest_of_a_part_payment_is_suggested_and_the_whole_is_not(world: World) -> None:
    code = order(world, 2, "Zoë Müller")
    assert paid(world, Paid("40.00", reference(world, code))) == [(S.OPEN, R.PARTIAL)]
    with world.open() as ctx:
        applying.assign(ctx, the_case(ctx), code)
    assert paid(world, Paid("98.00", payer="Zoë Müller", bank_reference="2")) == [(S.OPEN, R.UNKNOWN)]
    assert paid(world, Paid("58.00", payer="Zoë Müller", bank_reference="3")) == [(S.OPEN, R.SUGGESTED)]


def test_nobody_pays_the_order_of_another_tenant(world: World) -> None:
    """Two organizers may share an account, a code, or digits: what was made for one is foreign to the other."""
    other = tenant_of(world.process)
    mine, theirs = order(world), order(other)
    assert reference(world, mine) != reference(other, mine)
    assert paid(world, Paid("98.00", reference(other, theirs))) == [(S.OPEN, R.FOREIGN)]
    assert paid(world, Paid("98.00", reference(other, mine), bank_reference="x")) == [(S.OPEN, R.FOREIGN)]
    with other.open() as ctx:
        ours = ctx.db.scalars(select(Order.code)).all()
    if mine not in ours:
        assert paid(other, Paid("98.00", message=mine, payer="Somebody")) == [(S.OPEN, R.UNKNOWN)]
    assert (state(world, mine), state(other, theirs)) == ("awaiting_payment", "awaiting_payment")
    assert count(other, Payment) == 0


def test_the_same_file_and_the_same_payment_count_once(world: World) -> None:
    code = order(world)
    data = camt(Paid("98.00", reference(world, code)))
    first = sent(world, data)
    assert sent(world, data) == first
    day = camt(Paid("98.00", reference(world, code)), Paid("5.00"), kind="camt.053")
    second = sent(world, day)
    with world.open() as ctx:
        statement = ctx.db.get_one(Statement, second)
        assert (statement.entries, statement.known, statement.state) == (1, 1, "done")
    assert (count(world, Payment), count(world, Transaction)) == (1, 2)


def test_two_payments_of_one_order_in_one_file_pay_it_once(world: World) -> None:
    code = order(world)
    twice = [Paid("98.00", reference(world, code), bank_reference=name) for name in "ab"]
    assert paid(world, *twice) == [(S.APPLIED, ""), (S.OPEN, R.PAID)]


def test_part_payments_that_a_person_assigns_add_up(world: World) -> None:
    code = order(world)
    paid(world, Paid("50.00", reference(world, code)))
    with world.open() as ctx:
        applying.assign(ctx, the_case(ctx), code)
    assert state(world, code) == "awaiting_payment"
    assert paid(world, Paid("48.00", reference(world, code))) == [(S.APPLIED, "")]
    assert state(world, code) == "paid"


def test_a_decision_is_made_once(world: World) -> None:
    code = order(world)
    paid(world, Paid("50.00", reference(world, code)))
    with world.open() as ctx:
        case = the_case(ctx)
        applying.assign(ctx, case, f" {code.lower()} ")
        for decide in (
            lambda: applying.assign(ctx, case, code),
            lambda: applying.dismiss(ctx, case, "no"),
            lambda: applying.send_back(ctx, case),
            lambda: applying.reopen(ctx, case),
        ):
            with pytest.raises(Conflict):
                decide()
    assert count(world, Payment) == 1


def test_two_clicks_at_once_record_one_payment(world: World) -> None:
    code = order(world)
    paid(world, Paid("50.00", reference(world, code)))
    with world.open() as ctx:
        case_id = the_case(ctx).id
    start, ends = threading.Barrier(4), list[str]()

    def click() -> None:
        start.wait()
        try:
            with world.open() as ctx:
                applying.assign(ctx, ctx.db.get_one(Transaction, case_id), code)
            ends.append("done")
        except Conflict:
            ends.append("late")

    threads = [threading.Thread(target=click) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ends) == ["done", "late", "late", "late"]
    assert count(world, Payment) == 1


def test_the_same_upload_twice_at_once_is_one_statement(world: World) -> None:
    code = order(world)
    data, start, found = (
        camt(Paid("98.00", reference(world, code))),
        threading.Barrier(4),
        set[tuple[uuid.UUID, bool]](),
    )

    def send() -> None:
        start.wait()
        with world.open() as ctx:
            statement, new = upload(ctx, "a.xml", data)
            found.add((statement.id, new))

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    make_worker(world.process, wakeups=False).drain()
    assert len({each for each, _ in found}) == 1
    assert (count(world, Statement), count(world, Payment)) == (1, 1)


@pytest.mark.parametrize("after", [0, 1, 2, 3])
def test_a_worker_that_dies_in_between_leaves_nothing_half(
    world: World, after: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process ends at the `after`-th payment; the next one finishes what it began, no payment twice."""
    codes = [order(world) for _ in range(4)]
    data = camt(*[Paid("98.00", reference(world, code)) for code in codes])
    with world.open() as ctx:
        upload(ctx, "a.xml", data)
    calls, settle = [0], reading.settle

    def dies(*args: object) -> None:
        if calls[0] == after:
            calls[0] += 1
            settle(*args)  # type: ignore[arg-type]
            raise KeyboardInterrupt
        calls[0] += 1
        settle(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(reading, "MATCHED_AT_ONCE", 2)
    monkeypatch.setattr(reading, "settle", dies)
    with pytest.raises(KeyboardInterrupt):
        make_worker(world.process, wakeups=False).drain()
    assert count(world, Payment) == (0 if after < 2 else 2)
    world.later(minutes=10)
    make_worker(world.process, wakeups=False).drain()
    assert count(world, Payment) == 4
    with world.open() as ctx:
        statement = ctx.db.scalars(select(Statement)).one()
        assert (statement.state, statement.handled, statement.entries) == (StatementState.DONE, 4, 4)


def test_a_file_that_breaks_off_says_so_and_may_come_again(world: World) -> None:
    code = order(world)
    right = camt(Paid("98.00", reference(world, code)))
    found = sent(world, right.replace(b">98.00<", b">9x8<"))
    with world.open() as ctx:
        statement = ctx.db.get_one(Statement, found)
        assert (statement.state, statement.error, statement.content) == (
            StatementState.FAILED,
            "broken",
            None,
        )
    assert sent(world, right.replace(b">98.00<", b">9x8<")) != found
    assert (count(world, Statement), count(world, Payment)) == (1, 0)


def test_a_decided_payment_can_be_taken_up_again_but_not_an_applied_one(world: World) -> None:
    paid(world, Paid("12.00", message="Sponsoring"))
    with world.open() as ctx:
        case = the_case(ctx)
        with pytest.raises(Invalid):
            applying.dismiss(ctx, case, "  ")
        applying.dismiss(ctx, case, "A sponsor")
        applying.reopen(ctx, case)
        applying.send_back(ctx, case)
        applying.sent_back(ctx, case)
        assert ctx.db.get_one(Transaction, case.id, populate_existing=True).state == S.RETURNED
        with pytest.raises(Conflict):
            applying.reopen(ctx, case)


def test_a_person_cannot_assign_to_nothing_or_to_another_currency(world: World) -> None:
    paid(world, Paid("98.00", currency="EUR", message="hello"))
    with world.open() as ctx:
        case = the_case(ctx)
        for code in ("", "ZZZZZ", placed(ctx).code):
            with pytest.raises(Invalid):
                applying.assign(ctx, case, code)


def test_a_big_file_is_matched_in_batches(world: World) -> None:
    """How many statements one payment costs does not grow with the file, and finding its order is none of its own."""
    code = order(world)
    many = [Paid("7.00", message=f"gift {n}", bank_reference=f"g{n}") for n in range(300)]
    data = camt(*many, Paid("98.00", reference(world, code)))
    ran = [0]

    def heard(*_: object) -> None:
        ran[0] += 1

    for engine in {world.process.engines.writers, world.process.engines.readers}:
        sqlalchemy_events.listen(engine, "before_cursor_execute", heard)
    sent(world, data)
    assert state(world, code) == "paid"
    assert ran[0] < 100 + 301 // 4


def test_a_buyer_is_reminded_once_before_the_end(world: World) -> None:
    order(world)
    done = order(world)
    paid(world, Paid("98.00", reference(world, done)))
    world.later(days=10)
    kinds.remind(world.process)
    assert reminders(world) == 0
    world.later(days=1, hours=1)
    kinds.remind(world.process)
    kinds.remind(world.process)
    assert reminders(world) == 1
    world.later(days=2)
    kinds.remind(world.process)
    assert reminders(world) == 1


def reminders(world: World) -> int:
    with world.open() as ctx:
        asked = select(func.count()).select_from(Message).where(Message.kind == "payment_reminder")
        return int(ctx.db.scalar(asked) or 0)


def test_who_paid_is_forgotten_in_time(world: World) -> None:
    code = order(world)
    paid(world, Paid("98.00", reference(world, code)), Paid("5.00", message="undecided"))
    world.later(days=23 * 30)
    make_worker(world.process, wakeups=False).drain()
    assert payers(world) == ["Ada Lovelace", "Ada Lovelace"]
    world.later(days=31)
    make_worker(world.process, wakeups=False).drain()
    assert payers(world) == ["", "Ada Lovelace"]


def payers(world: World) -> list[str]:
    with world.open() as ctx:
        return list(ctx.db.scalars(select(Transaction.payer).order_by(Transaction.id)))


def test_a_table_waits_until_its_columns_are_confirmed(world: World) -> None:
    code = order(world)
    data = table([["Datum", "Betrag", "Text"], ["04.03.2027", "98,00", f"Danke {code}"]])
    found = sent(world, data)
    with world.open() as ctx:
        statement = ctx.db.get_one(Statement, found)
        assert (statement.state, statement.layout["dates"]) == (StatementState.LAYOUT, "DD.MM.YYYY")
        confirm(ctx, statement, Layout(**statement.layout))
        with pytest.raises(Conflict):
            confirm(ctx, statement, Layout(**statement.layout))
        with pytest.raises(Conflict):
            discard(ctx, statement)
    make_worker(world.process, wakeups=False).drain()
    assert state(world, code) == "paid"


def test_no_reminder_goes_out_where_none_is_wanted(world: World) -> None:
    with world.open() as ctx:
        plugin_settings.save(ctx, "bank_transfer", {**ACCOUNT, "remind_days": "0"})
        placed(ctx)
    world.later(days=13)
    kinds.remind(world.process)
    assert reminders(world) == 0
