"""Clients that standard generators make from the document: each sells a ticket and reads a list.

The Python client runs inside the process; the TypeScript one is type-checked and runs in Node.js against a server.
"""

from __future__ import annotations

import importlib
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import httpx
import pytest

from sratix_core.accounts.permissions import EVENT_VIEW, MONEY_VIEW, ORDER_EDIT
from sratix_core.web.identity import cookie_name
from tests.functional.api.surface import DOCUMENT
from tests.functional.credentials.hands import new_key
from tests.functional.payments.invoiced import invoice, invoicing
from tests.functional.shop.market import TOKEN, Market, Stall, make_market, make_stall

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def market(tmp_path_factory: pytest.TempPathFactory) -> Market:
    return make_market(tmp_path_factory.mktemp("market"))


@pytest.fixture(scope="module")
def stall(market: Market) -> Stall:
    return make_stall(market.tenant(), "robotics", types={"Free": {"capacity": 50}})


@pytest.fixture(scope="module")
def cookies(market: Market, stall: Stall) -> dict[str, str]:
    name = cookie_name(market.runtime.settings)
    login = next((c.value or "").strip('"') for c in market.member(stall.world).cookiejar if c.name == name)
    return {name: login, "csrf": TOKEN}


@pytest.fixture(scope="module")
def openapi(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("document") / "openapi.json"
    path.write_text(json.dumps(DOCUMENT), encoding="utf-8")
    return path


def run(*command: str, cwd: Path, **environ: str) -> str:
    """What a command prints. A failure shows what it said."""
    done = subprocess.run(
        command, cwd=cwd, env={**os.environ, **environ}, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, f"{command[0]} failed:\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    return done.stdout


@pytest.fixture(scope="module")
def python_client(openapi: Path) -> Iterator[str]:
    """The name of the package that the generator makes of the document; it can be imported."""
    folder = openapi.parent
    tool = Path(sys.executable).with_name("openapi-python-client")
    assert tool.exists(), "openapi-python-client is not installed: it comes with the extra `test`"
    path = f"{tool.parent}{os.pathsep}{os.environ['PATH']}"
    config = folder / "client.yaml"
    config.write_text("content_type_overrides:\n  application/pdf: application/octet-stream\n")
    made = (
        "--path",
        str(openapi),
        "--config",
        str(config),
        "--meta",
        "none",
        "--output-path",
        "generated_client",
        "--fail-on-warning",
    )
    run(str(tool), "generate", *made, cwd=folder, PATH=path)
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(folder))
        yield "generated_client"


def test_a_generated_python_client_sells_a_ticket(
    market: Market, stall: Stall, cookies: dict[str, str], python_client: str
) -> None:
    package = importlib.import_module(python_client)
    models = importlib.import_module(f"{python_client}.models")

    def call(module: str, **given: Any) -> Any:
        return importlib.import_module(f"{python_client}.api.{module}").sync(client=client, **given)

    client = package.Client(
        base_url="http://localhost",
        cookies=cookies,
        headers={"X-CSRF-Token": TOKEN, "Origin": "http://localhost"},
        httpx_args={"transport": httpx.WSGITransport(app=market.app.app)},
    )
    where = {"tenant": stall.world.tenant.slug, "event": stall.slug}
    line = models.LineIn(ticket_type_id=stall.types["Free"], quantity=2)
    body = models.OrderIn(lines=[line], buyer=models.BuyerIn(name="Ann Miller", email="ann@example.org"))
    order = call("orders.create_order", **where, body=body)
    assert (order.state, order.total.amount, len(order.tickets)) == (models.OrderState.PAID, 0, 2)
    page = call("tickets_and_attendees.list_tickets", **where, limit=1, state=models.TicketState.VALID)
    rest = call(
        "tickets_and_attendees.list_tickets",
        **where,
        limit=1,
        state=models.TicketState.VALID,
        cursor=page.next_,
    )
    assert {t.id for t in (*page.items, *rest.items)} <= {t.id for t in order.tickets}
    refused = call("orders.get_order", **where, code="NONE")
    assert (type(refused).__name__, refused.code) == ("ProblemDetails", "not_found")


def test_a_generated_python_client_asks_for_payment_by_invoice(tmp_path: Path, python_client: str) -> None:
    package = importlib.import_module(python_client)
    models = importlib.import_module(f"{python_client}.models")
    with invoicing(tmp_path) as shop:
        key, _ = new_key(shop.world, EVENT_VIEW, ORDER_EDIT, MONEY_VIEW)
        client = package.AuthenticatedClient(
            base_url="http://localhost",
            token=key,
            httpx_args={"transport": httpx.WSGITransport(app=shop.market.app.app)},
        )

        def call(name: str, *, silent: bool = False, **given: Any) -> Any:
            module = importlib.import_module(f"{python_client}.api.orders.{name}")
            return (module.sync_detailed if silent else module.sync)(client=client, **where, **given)

        where = {"tenant": shop.world.tenant.slug, "event": shop.stall.slug}
        line = models.LineIn(ticket_type_id=shop.stall.types["Paid"], quantity=2)
        buyer = models.BuyerIn(name="Ann Miller", email="ann@example.org")
        body = models.OrderIn(lines=[line], buyer=buyer, provider="stripe_invoice")
        where["code"] = (
            importlib.import_module(f"{python_client}.api.orders.create_order")
            .sync(client=client, body=body, **where)
            .code
        )
        sent = call("create_payment_request", idempotency_key="send-1")
        assert (sent.state, sent.url) == (models.AttemptState.WAITING, invoice(shop)["hosted_invoice_url"])
        assert call("list_payment_requests") == [call("get_payment_request", request=sent.id)]
        assert call("mail_payment_request", silent=True, request=sent.id).status_code == 204
        assert call("cancel_payment_request", request=sent.id).state == models.AttemptState.CANCELLED
        refused = call("cancel_payment_request", request=sent.id)
        assert (type(refused).__name__, refused.code) == ("ProblemDetails", "no_request")
        assert shop.faults() == []


@contextmanager
def serving(market: Market) -> Iterator[str]:
    """The application on a port of its own, silently."""

    class Silent(WSGIRequestHandler):
        def log_message(self, *_: Any) -> None:
            return

    server = make_server("127.0.0.1", 0, market.app.app, handler_class=Silent)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.mark.node
def test_a_generated_typescript_client_sells_a_ticket(
    market: Market, stall: Stall, cookies: dict[str, str], openapi: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "typescript"
    shutil.copytree(HERE / "typescript", folder)
    run("npm", "ci", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", cwd=folder)
    made = ("-o", "schema.d.ts", "--default-non-nullable", "false")  # what has a default may be left out
    run("node_modules/.bin/openapi-typescript", str(openapi), *made, cwd=folder)
    run("node_modules/.bin/tsc", "-p", ".", cwd=folder)
    headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in cookies.items()), "X-CSRF-Token": TOKEN}
    with serving(market) as base:
        said = run(
            "node",
            "season.js",
            cwd=folder,
            BASE=base,
            TENANT=stall.world.tenant.slug,
            EVENT=stall.slug,
            TYPE=stall.types["Free"],
            HEADERS=json.dumps(headers),
        )
    told = json.loads(said)
    assert (told["state"], told["total"], told["code"]) == ("paid", 0, "not_found")
    assert told["seen"] >= 2
