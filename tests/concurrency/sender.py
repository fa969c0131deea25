"""A way to pay that sends money back by itself, for races: it remembers every refund, the same key once."""

from __future__ import annotations

import threading
from types import ModuleType
from typing import Any

from zope.interface import implementer

from sratix_core.context import TenantContext
from sratix_core.orders.models import Order
from sratix_core.payments.receiving import Receipt, received
from sratix_core.plugins import PluginInfo, hookimpl
from sratix_core.plugins.paying import ICallsOut, IRefunds, RefundReading, RefundWanted
from sratix_core.runtime import Runtime
from sratix_core.tenants.service import switch_plugin
from tests.builders import TESTS, Transfer, World, make_world

NAME = "sender"


@implementer(ICallsOut, IRefunds)
class Sender(Transfer):
    """Everybody has the same account there."""

    name = NAME

    def __init__(self) -> None:
        self.sent: dict[str, RefundReading] = {}
        self._mutex = threading.Lock()

    def mode(self, ctx: TenantContext, event: Any) -> str:
        return "live"

    def account(self, ctx: TenantContext, mode: str) -> Any:
        return None

    def refund(self, account: Any, wanted: RefundWanted) -> RefundReading:
        with self._mutex:
            made = RefundReading("succeeded", f"back-{wanted.key}", wanted.amount, wanted.key)
            return self.sent.setdefault(wanted.key, made)

    def refunds_of(self, account: Any, payment: str) -> list[RefundReading]:
        with self._mutex:
            return list(self.sent.values())


def sending_plugin(sender: Sender) -> ModuleType:
    """The plugin that brings it."""

    @hookimpl
    def payment_providers(ctx: TenantContext) -> list[Sender]:
        return [sender]

    module = ModuleType("sender_for_tests")
    info = PluginInfo(name=NAME, title="Sender", version="1", category="payments")
    module.__dict__.update(info=info, payment_providers=payment_providers)
    return module


def sending_world(process: Runtime) -> World:
    """A fresh tenant whose money can go back by itself."""
    world = make_world(process)
    with process.engines.begin(TESTS) as db:
        switch_plugin(db, process.sources, world.tenant.id, NAME, True)
    process.engines.tenants.invalidate(world.tenant.id)
    info = process.engines.tenants.by_id(world.tenant.id)
    assert info is not None
    return World(process, info)


def pay(ctx: TenantContext, order: Order, reference: str) -> Order:
    """The whole price came in through it."""
    return received(ctx, order, Receipt(NAME, reference, order.price))
