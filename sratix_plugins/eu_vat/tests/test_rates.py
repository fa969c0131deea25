"""Who owes the tax: only a business of another member state, only for what is taxed where it is."""

import uuid
from collections.abc import Iterator
from dataclasses import replace

import pytest

import sratix_eu_vat
from sratix_core.invoices import settings
from sratix_core.plugin import EventRef, TaxBuyer, TaxLine, TaxRate
from sratix_core.plugindev import World

SELLER = {
    "legal_name": "Robotik Verein", "street": "Allee 1", "postal_code": "80331", "city": "München", "country": "DE",
    "vat_number": "DE136695976",
}  # fmt: skip
LINE = TaxLine(EventRef(uuid.UUID(int=1), "EUR"), "ticket", "Online", [uuid.UUID(int=2)], 1900, True)
VIENNA = TaxBuyer("ATU13585627", "AT", True)
NOTHING_OWED = TaxRate(0, "eu_article_44", reverse_charge=True)


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with World.open(sratix_eu_vat) as world:
        with world.ctx() as ctx:
            settings.save(ctx, SELLER)
        yield world


def rate(world: World, line: TaxLine, buyer: TaxBuyer | None, tenant: str = "alpha") -> list[TaxRate]:
    with world.ctx(tenant) as ctx:
        return list(ctx.hooks.tax_rate(ctx=ctx, line=line, buyer=buyer))


def test_a_business_of_another_member_state_owes_the_tax(world: World) -> None:
    assert rate(world, LINE, VIENNA) == [NOTHING_OWED]
    assert rate(world, replace(LINE, kind="fee"), VIENNA) == [NOTHING_OWED]


@pytest.mark.parametrize(
    "buyer",
    [
        None,
        replace(VIENNA, refuted=True),
        TaxBuyer("DE811569869", "DE", True),
        TaxBuyer("CHE116281710", "CH", False),
    ],
)
def test_nobody_else_does(world: World, buyer: TaxBuyer | None) -> None:
    assert rate(world, LINE, buyer) == []


def test_admission_is_taxed_at_the_event(world: World) -> None:
    assert rate(world, replace(LINE, at_customer=False), VIENNA) == []


def test_a_seller_outside_the_union_or_without_a_number_charges_as_ever(world: World) -> None:
    assert rate(world, LINE, VIENNA, "bravo") == []
    with world.ctx("bravo") as ctx:
        settings.save(ctx, {**SELLER, "country": "CH", "vat_number": "CHE-116.281.710 MWST"})
    assert rate(world, LINE, VIENNA, "bravo") == []
