"""What staff sees of a transfer beside the order, while money may still come."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from webtest import TestApp

from sratix_bank_transfer import page_slot
from sratix_core.orders.placing import Buyer, Holder, place_order
from sratix_core.tenancy.scope import SystemScope, TenantScope
from sratix_core.tenants import plugin_settings
from sratix_core.tenants.service import switch_plugin
from sratix_plugins.bank_transfer.tests.test_selling import ACCOUNT
from tests.builders import make_cart, make_sale
from tests.functional.web.people import make_tenant, make_user, sign_in
from tests.support import make_test_app, runtime_of

IBAN = "CH93 0076 2011 6238 5295 7"


@pytest.fixture
def app(tmp_path: Path) -> Iterator[TestApp]:
    app, engines = make_test_app(tmp_path)
    yield app
    engines.dispose()


def test_the_order_page_says_where_the_money_is_expected_until_it_is_there(app: TestApp) -> None:
    runtime = runtime_of(app)
    acme = make_tenant(runtime)
    make_user(runtime, tenant_id=acme)
    with runtime.engines.begin(SystemScope("a test switches a plugin on")) as db:
        switch_plugin(db, runtime.sources, acme, "bank_transfer", True)
    tenant = runtime.engines.tenants.by_id(acme)
    assert tenant is not None
    with runtime.engines.begin(TenantScope(acme)) as db:
        ctx = runtime.context(tenant, db)
        plugin_settings.save(ctx, "bank_transfer", ACCOUNT)
        event, regular = make_sale(ctx, 4900)
        cart, _ = make_cart(ctx, event, {regular: 1})
        order, _ = place_order(ctx, event, cart, Buyer("Ada", "ada@example.org"), [Holder()], "bank_transfer")
        code = order.code
    sign_in(app)
    page = app.get(f"/dashboard/acme/events/robotics/orders/{code}/")
    page.mustcontain(IBAN)
    paying = next(f for f in page.forms.values() if f.action.endswith("/payment/"))
    paying["reference"] = "Statement 12, line 4"
    page = paying.submit(status=303).follow()
    page.mustcontain("Paid", "Statement 12, line 4", no=IBAN)

    with runtime.engines.begin(SystemScope("a test switches a plugin off")) as db:
        switch_plugin(db, runtime.sources, acme, "bank_transfer", False)
    app.get(f"/dashboard/acme/events/robotics/orders/{code}/").mustcontain("Bank transfer", no=IBAN)


@pytest.mark.parametrize(
    "order",
    [{"state": "paid"}, {"state": "paid_after_expiry"}, {"state": "cancelled"}, {"provider": "free"}],
)
def test_nothing_is_said_where_no_money_is_expected(order: dict[str, str]) -> None:
    plain = {"provider": "bank_transfer", "state": "awaiting_payment", "is_payable": False}
    subject: Any = SimpleNamespace(**{**plain, **order})
    assert page_slot(SimpleNamespace(), "order.side", subject) is None
    assert page_slot(SimpleNamespace(), "order.elsewhere", subject) is None
