"""From choosing the transfer to valid tickets: what the buyer is told, how long seats are kept, what staff does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

import sratix_bank_transfer
from sratix_bank_transfer.provider import BankTransfer
from sratix_core.context import TenantContext
from sratix_core.errors import Invalid, Refused
from sratix_core.orders.models import Order
from sratix_core.orders.placing import Buyer, Holder, place_order
from sratix_core.payments.providers import instructions_for, providers_for
from sratix_core.plugins import PluginHost
from sratix_core.tenants import plugin_settings
from sratix_core.tenants.service import switch_plugin
from sratix_core.values.money import Money
from tests.builders import (
    NOON,
    TESTS,
    World,
    faults,
    make_cart,
    make_engines,
    make_process,
    make_sale,
    make_world,
    sqlite_settings,
)

ACCOUNT = {
    "iban": "CH93 0076 2011 6238 5295 7",
    "account_holder": "Acme Events, Zürich",
    "term_days": "14",
    "remind_days": "3",
    "keep_months": "24",
}


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A tenant with the plugin on and nothing set."""
    settings = sqlite_settings(tmp_path)
    engines = make_engines(settings)
    process = replace(make_process(settings, engines), plugins=PluginHost([sratix_bank_transfer]))
    made = make_world(process)
    with engines.begin(TESTS) as db:
        switch_plugin(db, process.sources, made.tenant.id, "bank_transfer", True)
    tenant = engines.tenants.by_id(made.tenant.id)
    assert tenant is not None
    yield World(process, tenant)
    assert faults(process) == []
    engines.dispose()


def order(ctx: TenantContext) -> Order:
    event, regular = make_sale(ctx, 4900)
    cart, _ = make_cart(ctx, event, {regular: 2})
    buyer = Buyer("Ada Lovelace", "ada@example.org")
    return place_order(ctx, event, cart, buyer, [Holder(), Holder()], "bank_transfer")[0]


def test_it_is_offered_once_the_account_is_known(world: World) -> None:
    total = Money(4900, "CHF")
    with world.open() as ctx:
        assert providers_for(ctx, total) == []
        plugin_settings.save(ctx, "bank_transfer", ACCOUNT)
        assert [p.name for p in providers_for(ctx, total)] == ["bank_transfer"]


def test_an_order_waits_for_as_many_days_as_are_set(world: World) -> None:
    with world.open() as ctx:
        plugin_settings.save(ctx, "bank_transfer", ACCOUNT)
        placed = order(ctx)
        assert placed.state == "awaiting_payment"
        assert placed.expires_at == NOON + timedelta(days=14)


def test_the_buyer_sees_account_amount_and_reference(world: World) -> None:
    with world.open() as ctx:
        plugin_settings.save(ctx, "bank_transfer", ACCOUNT)
        placed = order(ctx)
        shown = instructions_for(ctx, placed, "de")
    assert shown is not None
    values = {line.label: line.value for line in shown.lines}
    assert values["IBAN"] == "CH93 0076 2011 6238 5295 7"
    assert values["Referenz"] == placed.code
    assert values["Kontoinhaber"] == "Acme Events, Zürich"
    assert "98" in values["Betrag"]
    assert "15. März 2027" in shown.note


def test_a_language_without_words_reads_english() -> None:
    assert BankTransfer().title("rm") == "Bank transfer"
    assert BankTransfer().title("fr-CH") == "Virement bancaire"


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"iban": "CH00 1"}, "iban"),
        ({"term_days": "0"}, "term_days"),
        ({"term_days": "91"}, "term_days"),
        ({"term_days": "two"}, "term_days"),
        ({"account_holder": "x" * 3000}, "account_holder"),
        ({"account_holder": "a\0b"}, "account_holder"),
    ],
)
def test_a_wrong_setting_is_named_and_nothing_is_stored(
    world: World, typed: dict[str, str], field: str
) -> None:
    with world.open() as ctx:
        with pytest.raises(Invalid) as caught:
            plugin_settings.save(ctx, "bank_transfer", {**ACCOUNT, **typed})
        assert list(caught.value.fields) == [field]
        assert plugin_settings.read(ctx, "bank_transfer")["iban"] is None


def test_settings_are_kept_and_only_changes_are_told(world: World) -> None:
    with world.open() as ctx:
        assert plugin_settings.save(ctx, "bank_transfer", ACCOUNT) == ["iban", "account_holder", "term_days"]
        assert plugin_settings.save(ctx, "bank_transfer", ACCOUNT) == []
        assert plugin_settings.read(ctx, "bank_transfer")["term_days"] == 14


def test_an_emptied_setting_goes_back_to_its_default(world: World) -> None:
    with world.open() as ctx:
        plugin_settings.save(ctx, "bank_transfer", ACCOUNT)
        plugin_settings.save(ctx, "bank_transfer", {**ACCOUNT, "term_days": ""})
        assert plugin_settings.read(ctx, "bank_transfer")["term_days"] == 10


def test_one_tenants_account_is_nobody_elses(world: World) -> None:
    with world.open() as ctx:
        plugin_settings.save(ctx, "bank_transfer", ACCOUNT)
    with make_world(world.process).open() as ctx:
        assert plugin_settings.read(ctx, "bank_transfer")["iban"] is None


def test_a_tenant_that_has_it_off_cannot_be_paid_by_it(world: World) -> None:
    with make_world(world.process).open() as ctx:
        plugin_settings.save(ctx, "bank_transfer", ACCOUNT)
        with pytest.raises(Refused):
            order(ctx)
