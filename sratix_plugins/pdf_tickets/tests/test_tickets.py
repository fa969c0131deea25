"""The PDF of an order: a page per valid ticket, whose code a scanner reads and the door accepts."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import sratix_pdf_tickets
from sratix_core.context import TenantContext
from sratix_core.errors import Refused
from sratix_core.events.models import Event
from sratix_core.orders.models import Order
from sratix_core.orders.placing import Buyer, Holder, place_order
from sratix_core.plugins import PluginHost
from sratix_core.tickets.service import payloads, void
from sratix_core.values import signing
from sratix_pdf_tickets import output
from sratix_pdf_tickets.output import PdfTickets, page, style
from tests.builders import (
    World,
    make_cart,
    make_engines,
    make_process,
    make_sale,
    make_world,
    sqlite_settings,
)

HOLDERS = [Holder("Zoë Groß"), Holder("<script>alert(1)</script>"), Holder("")]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    settings = sqlite_settings(tmp_path)
    engines = make_engines(settings)
    yield make_world(replace(make_process(settings, engines), plugins=PluginHost([sratix_pdf_tickets])))
    engines.dispose()


def free_order(ctx: TenantContext) -> tuple[Event, Order]:
    event, regular = make_sale(ctx)
    cart, _ = make_cart(ctx, event, {regular: len(HOLDERS)})
    return event, place_order(ctx, event, cart, Buyer("Ada", "ada@example.org"), HOLDERS, None)[0]


@pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="poppler-utils are not installed")
def test_every_page_carries_a_code_that_the_door_accepts(world: World, tmp_path: Path) -> None:
    zxing = pytest.importorskip("zxingcpp")
    image = pytest.importorskip("PIL.Image")
    with world.open() as ctx:
        event, order = free_order(ctx)
        tickets = list(order.tickets)
        (tmp_path / "t.pdf").write_bytes(PdfTickets().render(ctx, tickets))
        wanted = [payloads(ctx, event, tickets)[ticket.id] for ticket in tickets]
    subprocess.run(["pdftoppm", "-r", "110", "-png", "t.pdf", "page"], cwd=tmp_path, check=True)
    read = [zxing.read_barcodes(image.open(path))[0].text for path in sorted(tmp_path.glob("page*.png"))]
    assert read == wanted
    assert [signing.parse(code).ticket_id for code in read] == [ticket.id for ticket in tickets]


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils are not installed")
def test_names_are_text_and_nothing_else(world: World, tmp_path: Path) -> None:
    with world.open() as ctx:
        _, order = free_order(ctx)
        (tmp_path / "t.pdf").write_bytes(PdfTickets().render(ctx, order.tickets))
        code = order.code
    text = subprocess.run(
        ["pdftotext", "-layout", "t.pdf", "-"], cwd=tmp_path, check=True, capture_output=True, text=True
    )
    assert "Zoë Groß" in text.stdout
    assert "<script>alert(1)</script>" in text.stdout
    assert "Name still open" in text.stdout
    assert text.stdout.count(f"Order {code}") == 3


def test_a_void_ticket_is_left_out_and_none_makes_no_file(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(output, "draw_pdf", lambda html, css: html.encode())
    with world.open() as ctx:
        _, order = free_order(ctx)
        tickets = list(order.tickets)
        void(ctx, tickets[0], "given back")
        drawn = PdfTickets().render(ctx, tickets).decode()
        assert drawn.count("<section") == 2
        assert "Zoë" not in drawn
        with pytest.raises(Refused) as caught:
            PdfTickets().render(ctx, tickets[:1])
        assert caught.value.code == "no_valid_tickets"


def test_what_is_typed_is_escaped_and_every_address_is_data(world: World) -> None:
    with world.open() as ctx:
        _, order = free_order(ctx)
        html = page(ctx, order, order.tickets)
    assert "<script" not in html
    assert html.count('src="data:image/svg+xml;base64,') == 3
    assert "http" not in html


def test_it_speaks_the_language_of_the_order(world: World) -> None:
    with world.open() as ctx:
        _, order = free_order(ctx)
        order.locale = "de"
        order.tickets[0].ticket_type.texts = {"de": {"name": "Normal"}}
        html = page(ctx, order, order.tickets)
    assert "Name noch offen" in html
    assert "10.–11. März 2027" in html
    assert "Normal" in html
    assert "Regular" not in html


def test_the_style_wears_the_accent_and_nothing_that_is_no_colour() -> None:
    assert "--accent: #ff6a13;" in style("#ff6a13")
    assert "--accent: #0b6fa4;" in style("red; } @import url(http://x)")


def test_the_output_is_offered_where_it_is_on(world: World) -> None:
    with world.open() as ctx:
        assert ctx.hooks.ticket_outputs(ctx=ctx) == []
        (output_,) = sratix_pdf_tickets.ticket_outputs(ctx)
    assert (output_.name, output_.content_type) == ("pdf", "application/pdf")
