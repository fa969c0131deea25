"""A program has a provider send its request for payment, sends it again and takes it back; what is not known stays so until it is."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sratix_core.accounts.permissions import EVENT_VIEW, MONEY_VIEW, ORDER_EDIT
from sratix_core.api.v1 import payment_requests
from sratix_core.orders.credits import credit
from sratix_core.payments.receiving import mark_paid
from sratix_core.tenants import plugin_settings
from sratix_core.values.money import Money
from tests.functional.api.client import Api
from tests.functional.credentials.hands import new_key
from tests.functional.payments.cards import Counter
from tests.functional.payments.invoiced import DAYS, hosted, invoice, invoicing, ordered
from tests.functional.payments.test_public_orders import BUYER
from tests.functional.shop.market import code_in

LOST = ["lost_answer", "error_after", "malformed"]


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Counter]:
    with invoicing(tmp_path) as made:
        yield made
        assert made.faults() == []


class Desk:
    """A program with a key, at the orders of one event."""

    def __init__(self, shop: Counter, *scopes: str) -> None:
        key, _ = new_key(shop.world, *(scopes or (EVENT_VIEW, ORDER_EDIT, MONEY_VIEW)))
        self.shop, self.bearer = shop, {"Authorization": f"Bearer {key}"}
        here = f"/api/v1/tenants/{shop.world.tenant.slug}/events/{shop.stall.slug}/orders"
        self.api = Api(shop.market.browser(), here)

    def order(self, provider: str = "stripe_invoice") -> str:
        lines = [{"ticket_type_id": self.shop.stall.types["Paid"], "quantity": 2}]
        wanted = {"lines": lines, "buyer": BUYER, "provider": provider}
        told = self.api.send("POST", "", wanted, status=201, **self.bearer)
        return str(told.json["code"])

    def ask(self, code: str, path: str = "", *, status: int = 200, **headers: str) -> Any:
        """What a POST below an order's requests is answered."""
        at = f"/{code}/payment-requests{path}"
        return self.api.send("POST", at, status=status, **self.bearer, **headers)

    def get(self, code: str, path: str = "", status: int = 200) -> Any:
        return self.api.get(f"/{code}/payment-requests{path}", status, **self.bearer)

    def send(self, code: str, **headers: str) -> Any:
        return self.ask(code, status=201, **headers).json


def mailed(shop: Counter) -> int:
    return shop.bench.events("invoice.sent").count("invoice.sent")


def test_a_program_sends_a_request_mails_it_again_and_takes_it_back(shop: Counter) -> None:
    desk = Desk(shop)
    code = desk.order()
    (waiting,) = desk.get(code)
    assert (waiting["state"], waiting["url"], shop.bench.kept("invoice")) == ("intent", "", [])
    sent = desk.ask(code, status=201)
    told = sent.json
    assert (told["state"], told["amount"], told["id"]) == (
        "waiting",
        {"amount": 9800, "currency": "CHF"},
        waiting["id"],
    )
    assert (told["url"], told["reference"]) == (invoice(shop)["hosted_invoice_url"], invoice(shop)["id"])
    assert told["due_at"].startswith("2027-03-15")
    assert sent.headers["Location"].endswith(f"/orders/{code}/payment-requests/{told['id']}")
    assert desk.get(code, f"/{told['id']}") == told
    assert desk.send(code) == told, "one is open: nothing is sent twice"
    assert mailed(shop) == 1
    desk.ask(code, f"/{told['id']}/mails", status=204)
    assert mailed(shop) == 2
    gone = desk.ask(code, f"/{told['id']}/cancellation").json
    assert (gone["state"], gone["url"], invoice(shop)["status"]) == ("cancelled", "", "void")
    for path in ("mails", "cancellation"):
        assert desk.ask(code, f"/{told['id']}/{path}", status=409).json["code"] == "no_request"
    again = desk.send(code)
    assert again["id"] != told["id"]
    assert [each["state"] for each in desk.get(code)] == ["cancelled", "waiting"]
    assert desk.ask(code, f"/{told['id']}/cancellation", status=409).json["code"] == "no_request"
    assert hosted(shop) == 200
    shop.deliver()
    shop.work()
    assert shop.state() == ("paid", 9800, 0)
    assert shop.charged() == (9800, 0)
    assert desk.get(code, f"/{again['id']}")["state"] == "succeeded"
    assert desk.ask(code, status=409).json["code"] == "order_state"


def test_only_an_order_of_that_way_to_pay_has_requests(shop: Counter) -> None:
    desk = Desk(shop)
    code, other = desk.order("bank_transfer"), desk.order()
    assert desk.get(code) == []
    assert desk.ask(code, status=409).json["code"] == "not_by_request"
    request = desk.send(other)["id"]
    desk.get(code, f"/{request}", 404)
    desk.get(other, f"/{uuid.uuid4()}", 404)
    for path in ("mails", "cancellation"):
        desk.ask(code, f"/{request}/{path}", status=404)
        desk.ask(other, f"/not-an-id/{path}", status=404)
    assert invoice(shop)["status"] == "open"


def test_a_key_without_the_scope_does_and_sees_nothing(shop: Counter) -> None:
    code = code_in(ordered(shop))
    reads, writes = Desk(shop, EVENT_VIEW, MONEY_VIEW), Desk(shop, EVENT_VIEW, ORDER_EDIT)
    (request,) = reads.get(code)
    assert request["url"] == invoice(shop)["hosted_invoice_url"]
    for path in ("", f"/{request['id']}/mails", f"/{request['id']}/cancellation"):
        reads.ask(code, path, status=403)
    writes.get(code, status=403)
    told = writes.send(code)
    assert (told["id"], told["amount"], told["url"], told["due_at"]) == (request["id"], None, "", None)
    assert mailed(shop) == 1


@pytest.mark.parametrize("fault", LOST)
@pytest.mark.parametrize("call", ["invoices", "invoices/*/finalize", "invoices/*/send"])
def test_what_was_perhaps_sent_is_unknown_and_settled_by_the_reconciler(
    shop: Counter, call: str, fault: str
) -> None:
    """As often as it is asked for, one invoice is made, and one can be paid."""
    desk = Desk(shop)
    code = desk.order()
    shop.bench.fault(f"POST /v1/{call}", fault, times=3 if fault == "error_after" else 1)
    told = desk.send(code, Idempotency_Key="send-1")
    assert told["state"] in ("unknown", "waiting")
    assert (told["state"] == "unknown") == (not told["url"])
    assert desk.send(code, Idempotency_Key="send-1") == told
    shop.bench.control("faults", method="DELETE")
    shop.later(seconds=101)
    shop.work()
    assert desk.get(code, f"/{told['id']}")["state"] == "waiting"
    assert [one["status"] for one in shop.bench.kept("invoice")] == ["open"]
    hosted(shop)
    shop.deliver()
    shop.work()
    assert shop.state() == ("paid", 9800, 0)


def test_what_never_left_waits_and_is_sent_when_asked_for_again(shop: Counter) -> None:
    desk = Desk(shop)
    code = desk.order()
    shop.bench.fault("POST /v1/customers", "rate_limited")
    told = desk.send(code)
    assert (told["state"], told["reason"], shop.bench.kept("invoice")) == ("intent", "", [])
    assert desk.send(code)["state"] == "waiting"
    assert mailed(shop) == 1


def test_what_the_provider_turns_down_is_over_and_says_why(shop: Counter) -> None:
    desk = Desk(shop)
    code = desk.order()
    desk.ask(code, f"/{desk.send(code)['id']}/cancellation")
    with shop.world.open() as ctx:
        credit(ctx, shop.order(ctx), Money(9760, "CHF"), "asked")
    told = desk.send(code)
    assert (told["state"], told["reason"], told["url"]) == ("declined", "amount_too_small", "")
    assert [one["status"] for one in shop.bench.kept("invoice")] == ["void"]
    assert shop.state()[0] == "awaiting_payment"


@pytest.mark.parametrize("fault", LOST)
def test_a_mail_whose_answer_was_lost_leaves_once_for_a_key(shop: Counter, fault: str) -> None:
    desk, where = Desk(shop), ordered(shop)
    code = code_in(where)
    at = f"/{desk.get(code)[0]['id']}/mails"
    shop.bench.fault("POST /v1/invoices/*/send", fault)
    told = desk.ask(code, at, status=503, Idempotency_Key="again-1")
    assert (told.json["code"], bool(told.headers["Retry-After"])) == ("outside_unknown", True)
    assert desk.ask(code, at, status=409, Idempotency_Key="again-1").json["code"] == "idempotency_in_flight"
    shop.later(seconds=61)
    kept = fault == "error_after"  # an outage that Stripe keeps under the key for a day
    desk.ask(code, at, status=503 if kept else 204, Idempotency_Key="again-1")
    assert mailed(shop) == 2


def test_a_mail_that_never_left_says_so(shop: Counter) -> None:
    desk, code = Desk(shop), code_in(ordered(shop))
    at = f"/{desk.get(code)[0]['id']}/mails"
    shop.bench.fault("POST /v1/invoices/*/send", "rate_limited")
    assert desk.ask(code, at, status=503).json["code"] == "outside_not_reached"
    desk.ask(code, at, status=204)
    assert mailed(shop) == 2


@pytest.mark.parametrize("fault", LOST)
def test_a_void_whose_answer_was_lost_is_known_within_minutes(shop: Counter, fault: str) -> None:
    """Though an invoice that is open for days is otherwise asked about once an hour."""
    desk, where = Desk(shop), ordered(shop)
    code = code_in(where)
    (request,) = desk.get(code)
    for _ in range(12):
        shop.later(minutes=11)
        shop.work()
    shop.bench.fault("POST /v1/invoices/*/void", fault, times=9)
    shop.bench.fault("GET /v1/invoices/*", "lost_answer", times=9)
    told = desk.ask(code, f"/{request['id']}/cancellation", status=503)
    assert told.json["code"] == "outside_unknown"
    assert desk.get(code, f"/{request['id']}")["state"] == "waiting"
    shop.bench.control("faults", method="DELETE")
    desk.shop.bench.client().v1.invoices.void_invoice(request["reference"])
    shop.later(seconds=101)
    shop.work()
    assert desk.get(code, f"/{request['id']}")["state"] == "cancelled"
    assert shop.state(where)[0] == "awaiting_payment"


def test_who_was_faster_than_the_void_has_paid(shop: Counter) -> None:
    desk, where = Desk(shop), ordered(shop)
    code = code_in(where)
    (request,) = desk.get(code)
    hosted(shop)
    told = desk.ask(code, f"/{request['id']}/cancellation").json
    assert (told["state"], shop.state(where)) == ("succeeded", ("paid", 9800, 0))
    assert desk.ask(code, f"/{request['id']}/mails", status=409).json["code"] == "no_request"


def test_a_mail_of_what_was_just_paid_is_a_definite_no(shop: Counter) -> None:
    desk, code = Desk(shop), code_in(ordered(shop))
    (request,) = desk.get(code)
    hosted(shop)
    assert desk.ask(code, f"/{request['id']}/mails", status=409).json["code"] == "no_request"
    assert mailed(shop) == 1


def test_it_says_when_it_is_overdue_and_when_a_person_has_to_decide(shop: Counter) -> None:
    desk, code = Desk(shop), code_in(ordered(shop))
    shop.later(days=DAYS, minutes=5)
    shop.deliver()
    shop.work()
    (request,) = desk.get(code)
    assert (request["state"], request["reason"]) == ("waiting", "overdue")
    shop.bench.client().v1.invoices.pay(request["reference"], params={"paid_out_of_band": True})
    told = desk.ask(code, f"/{request['id']}/cancellation").json
    assert (told["state"], told["reason"]) == ("waiting", "paid_outside")
    with shop.world.open() as ctx:
        mark_paid(ctx, shop.order(ctx), "statement 7")


def test_who_dies_while_it_is_sent_finds_it_under_the_same_key(
    shop: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(*_: object) -> None:
        raise SystemExit

    desk = Desk(shop)
    code = desk.order()
    with monkeypatch.context() as patch:
        patch.setattr(payment_requests, "settle", dies)
        with pytest.raises(SystemExit):
            desk.send(code, Idempotency_Key="send-1")
    assert (shop.attempts(), invoice(shop)["status"]) == ([("pay", "intent")], "open")
    shop.later(seconds=61)
    told = desk.send(code, Idempotency_Key="send-1")
    assert (told["state"], told["reference"]) == ("waiting", invoice(shop)["id"])
    assert (len(shop.bench.kept("invoice")), mailed(shop)) == (1, 1)


def test_without_keys_of_the_provider_nothing_is_begun(shop: Counter) -> None:
    desk, code = Desk(shop), code_in(ordered(shop))
    (request,) = desk.get(code)
    with shop.world.open() as ctx:
        plugin_settings.change(ctx, "stripe", {"test_secret_key": None})
    for path in ("mails", "cancellation"):
        told = desk.ask(code, f"/{request['id']}/{path}", status=503)
        assert told.json["code"] == "not_configured"
    assert desk.get(code) == [request]


def test_a_program_that_asks_without_end_is_slowed_down(shop: Counter) -> None:
    desk = Desk(shop)
    code = desk.order("bank_transfer")
    for _ in range(60):
        desk.ask(code, status=409)
    told = desk.ask(code, status=429)
    assert '"payment-requests";q=60' in told.headers["RateLimit-Policy"]
