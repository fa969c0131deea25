"""VAT numbers: check digits of each country, who owes the tax, and a register whose silence decides nothing."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from sqlalchemy import select

from sratix_core.egress import vies
from sratix_core.egress.client import Egress, Provider
from sratix_core.errors import NotSent, OutcomeUnknown
from sratix_core.invoices import settings, vat, vat_checks
from sratix_core.invoices.billing import save_address
from sratix_core.invoices.document import document_of
from sratix_core.invoices.models import VatCheck, VatState
from sratix_core.invoices.service import issue
from sratix_core.jobs.models import Job
from tests.builders import World, make_event, make_order, make_type, publish
from tests.unit.invoices.test_invoices import ADA, SENDER


@pytest.mark.parametrize(
    ("typed", "country", "number", "of"),
    [
        ("CHE-116.281.710 MWST", "", "CHE116281710MWST", "CH"),
        ("che 116 281 710 tva", "CH", "CHE116281710TVA", "CH"),
        ("DE136695976", "", "DE136695976", "DE"),
        ("136 695 976", "DE", "DE136695976", "DE"),
        ("ATU 13585627", "AT", "ATU13585627", "AT"),
        ("FR 40 303 265 045", "", "FR40303265045", "FR"),
        ("IT00743110157", "IT", "IT00743110157", "IT"),
        ("EL094259216", "GR", "EL094259216", "GR"),
        ("GB980780684", "", "GB980780684", "GB"),
    ],
)
def test_right_numbers_are_read_in_their_usual_spellings(
    typed: str, country: str, number: str, of: str
) -> None:
    assert vat.read(typed, country) == vat.VatNumber(number, of, "right")


@pytest.mark.parametrize(
    ("typed", "country"),
    [
        ("CHE-116.281.711", "CH"), ("DE136695977", "DE"), ("ATU13585628", ""), ("FR41303265045", "FR"),
        ("IT00743110158", ""), ("hello", "CH"), ("", ""), ("<script>", "IT"), ("1" * 400, "DE"), ("\u0661\u0662\u0663", "AT"),
    ],
)  # fmt: skip
def test_wrong_check_digits_are_told(typed: str, country: str) -> None:
    assert vat.read(typed, country).verdict == "wrong"


def test_a_country_whose_rules_are_unknown_blocks_nobody() -> None:
    assert vat.read("US12345678", "US").verdict == "unchecked"


@pytest.mark.parametrize(
    ("seller", "buyer", "owes"),
    [
        ("DE136695976", "ATU13585627", True),
        ("DE136695976", "DE136695976", False),
        ("CHE-116.281.710", "ATU13585627", False),
        ("DE136695976", "ATU13585628", False),
        ("DE136695976", "", False),
    ],
)
def test_who_owes_the_tax(seller: str, buyer: str, owes: bool) -> None:
    assert vat.reverse_charged(vat.read(seller), vat.read(buyer)) is owes


def test_an_untaxed_order_between_two_states_says_reverse_charge(world: World) -> None:
    with world.open() as ctx:
        settings.save(ctx, {**SENDER, "country": "DE", "vat_number": "DE136695976"})
        event = make_event(ctx)
        kind = make_type(ctx, event, 4900)
        publish(ctx, event)
        order, refuted = make_order(ctx, event, {kind: 1}), make_order(ctx, event, {kind: 1})
        save_address(ctx, order, ADA)
        said = document_of(ctx, issue(ctx, order))
        assert said.reverse_charge
        assert [t.category for t in said.taxes] == ["AE"]
        check = ctx.db.scalars(select(VatCheck)).one()
        vat_checks.settle(ctx, check.id, VatState.INVALID)
        save_address(ctx, refuted, ADA)
        said = document_of(ctx, issue(ctx, refuted))
        assert not said.reverse_charge
        assert [t.category for t in said.taxes] == ["Z"]


def test_the_register_is_asked_once_by_a_job_that_carries_no_number(world: World) -> None:
    with world.open() as ctx:
        settings.save(ctx, SENDER)
        event = make_event(ctx)
        kind = make_type(ctx, event, 4900)
        order = make_order(ctx, publish(ctx, event), {kind: 1})
        for _ in range(3):
            save_address(ctx, order, ADA)
        (job,) = ctx.db.scalars(select(Job).where(Job.kind == vat_checks.KIND)).all()
        check = ctx.db.scalars(select(VatCheck)).one()
        assert job.payload == {"check": str(check.id)}
        assert vat_checks.state_of(ctx, "ATU13585627", "AT") == VatState.UNKNOWN
        vat_checks.settle(ctx, check.id, VatState.VALID)
        vat_checks.settle(ctx, check.id, VatState.UNKNOWN)
        assert vat_checks.state_of(ctx, "ATU 13585627", "AT") == VatState.VALID


class Register(HTTPServer):
    """Answers with whatever `say` holds and keeps the addresses it was asked at."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Desk)
        self.say: tuple[int, bytes] = (200, b"")
        self.asked: list[str] = []


class Desk(BaseHTTPRequestHandler):
    server: Register

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        status, body = self.server.say
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words: Any) -> None:
        pass


@pytest.fixture
def register(monkeypatch: pytest.MonkeyPatch) -> Iterator[Register]:
    with Register() as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        monkeypatch.setattr(vies, "VIES", Provider("vies", f"http://127.0.0.1:{server.server_port}"))
        yield server
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("status", "body", "state"),
    [
        (200, {"isValid": True, "userError": "VALID"}, VatState.VALID),
        (200, {"isValid": False, "userError": "INVALID"}, VatState.INVALID),
        (200, {"isValid": False, "userError": "MS_UNAVAILABLE"}, VatState.UNKNOWN),
        (404, {"userError": "VALID"}, VatState.UNKNOWN),
        (200, ["VALID"], VatState.UNKNOWN),
        (200, None, VatState.UNKNOWN),
    ],
)
def test_only_a_clear_answer_is_a_verdict(
    world: World, register: Register, status: int, body: Any, state: VatState
) -> None:
    register.say = status, json.dumps(body).encode()
    exempt = replace(world.process.settings, egress_allow=(f"127.0.0.1:{register.server_port}",))
    assert vies.look_up(Egress(exempt), "ATU13585627") == state
    assert register.asked == ["/taxation_customs/vies/rest-api/ms/AT/vat/U13585627"]


def test_a_lost_answer_is_not_a_verdict(world: World, register: Register) -> None:
    register.say = 503, b""
    exempt = replace(world.process.settings, egress_allow=(f"127.0.0.1:{register.server_port}",))
    with pytest.raises((OutcomeUnknown, NotSent)):
        vies.look_up(Egress(exempt), "ATU13585627")
