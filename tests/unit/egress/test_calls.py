"""Calls over real sockets: what comes back, what is cut, and what is said when no answer comes."""

from __future__ import annotations

import gzip
import itertools
import socket
import ssl
import struct
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from sratix_core.egress.client import PROVIDER, TENANT_URL, Answer, Egress, Provider
from sratix_core.errors import AddressRefused, InsideTransaction, NotSent, OutcomeUnknown
from sratix_core.events.models import Event
from sratix_core.settings import Settings
from sratix_core.tenancy.scope import TenantScope
from sratix_core.tenants.models import TenantSetting
from tests.builders import World, sqlite_settings
from tests.unit.egress.playing import Play, Server, certificate, playing, says

HOST = "api.example.org"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return sqlite_settings(tmp_path, egress_allow=HOST)


def home(host: str, port: int) -> list[str]:
    return ["127.0.0.1"]


def tenant_call(settings: Settings, server: Server, **more: object) -> Answer:
    return Egress(settings, resolve=home, **more).tenant_url(  # type: ignore[arg-type]
        "POST",
        f"http://{HOST}:{server.port}/hook?x=1",
        {"X-Thing": "1", "Host": "evil", "content-length": "3"},
        b"{}",
    )


def provider_call(settings: Settings, server: Server, **more: object) -> Answer:
    base = f"http://{HOST}:{server.port}"
    return Egress(settings, resolve=home, **more).call(
        Provider("p", base), "POST", f"{base}/v1/things", body=b"a=1"
    )  # type: ignore[arg-type]


CALLS = pytest.mark.parametrize("call", [tenant_call, provider_call])


def test_an_answer_of_any_status_comes_back_and_framing_is_ours(settings: Settings) -> None:
    with playing(says("418 Teapot\nX-Two: a\nX-Two: b", b"short")) as server:
        answer = tenant_call(settings, server)
    assert (answer.status, answer.body, answer.cut, answer.headers["x-two"]) == (418, b"short", False, "a, b")
    head, _, body = server.requests[0].partition(b"\r\n\r\n")
    lines = head.decode().lower().splitlines()
    assert lines[0] == "post /hook?x=1 http/1.1"
    assert {
        f"host: {HOST}:{server.port}",
        "content-length: 2",
        "x-thing: 1",
        "accept-encoding: identity",
    } <= set(lines)
    assert len([line for line in lines if line.startswith(("host:", "content-length:"))]) == 2
    assert body == b"{}"


@CALLS
def test_a_redirect_is_an_answer_and_is_not_followed(settings: Settings, call: Callable[..., Answer]) -> None:
    with playing(says("200 OK")) as inside:
        with playing(says(f"302 Found\nLocation: http://127.0.0.1:{inside.port}/admin")) as server:
            assert call(settings, server).status == 302
        assert inside.connections == 0


def test_the_environment_names_no_proxy(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".netrc").write_text(f"machine {HOST} login a password b")
    monkeypatch.setenv("HOME", str(tmp_path))
    with playing(says("200 OK")) as proxy, playing(says("204 No Content")) as server:
        for name in ("http_proxy", "HTTPS_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        assert tenant_call(settings, server).status == 204
        assert proxy.connections == 0
    assert b"authorization" not in server.requests[0].lower()


def test_a_huge_answer_of_a_tenants_server_is_cut_and_its_status_counts(settings: Settings) -> None:
    with playing(says("200 OK", b"x" * 1_000_000)) as server:
        answer = tenant_call(settings, server)
    assert (answer.status, len(answer.body), answer.cut) == (200, TENANT_URL.size, True)


def test_an_answer_of_exactly_the_limit_is_whole(settings: Settings) -> None:
    with playing(says("200 OK", b"x" * TENANT_URL.size)) as server:
        assert not tenant_call(settings, server).cut


def test_a_providers_answer_that_is_too_long_to_read_leaves_the_outcome_unknown(settings: Settings) -> None:
    with playing(says("200 OK", b"x" * (PROVIDER.size + 1))) as server, pytest.raises(OutcomeUnknown):
        provider_call(settings, server)


def endless(peer: socket.socket) -> None:
    peer.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        peer.sendall(b"400\r\n" + b"x" * 1024 + b"\r\n")


def endless_headers(peer: socket.socket) -> None:
    peer.sendall(b"HTTP/1.1 200 OK\r\n")
    while True:
        peer.sendall(b"X-More: and more\r\n")


def test_a_body_without_end_is_cut_by_size_or_by_time(settings: Settings) -> None:
    with playing(endless) as server:
        assert len(tenant_call(settings, server).body) == TENANT_URL.size
        looks = itertools.chain([0.0] * 5, itertools.repeat(TENANT_URL.seconds))
        with pytest.raises(OutcomeUnknown):
            tenant_call(settings, server, timer=looks.__next__)


def drip(peer: socket.socket) -> None:
    peer.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nx")
    peer.recv(1)  # and no more, until the other side hangs up


@CALLS
def test_a_slow_body_ends_with_the_time_of_the_call(settings: Settings, call: Callable[..., Answer]) -> None:
    # All but a sliver of the time has passed when the body is waited for.
    limits = TENANT_URL if call is tenant_call else PROVIDER
    looks = itertools.chain([0.0] * 5, itertools.repeat(limits.seconds - 0.01))
    with playing(drip) as server, pytest.raises(OutcomeUnknown):
        call(settings, server, timer=looks.__next__)


def test_a_gzip_bomb_stays_packed(settings: Settings) -> None:
    bomb = gzip.compress(b"\0" * 50_000_000)
    with playing(says("200 OK\nContent-Encoding: gzip", bomb)) as server:
        answer = tenant_call(settings, server)
    assert answer.body == bomb[: TENANT_URL.size]


def reset(peer: socket.socket) -> None:
    peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


BROKEN: list[Play] = [
    lambda peer: None,
    reset,
    lambda peer: peer.sendall(b"not http at all\r\n\r\n"),
    lambda peer: peer.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"),
    lambda peer: peer.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n"),
    lambda peer: peer.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"),
    endless_headers,
]


@CALLS
@pytest.mark.parametrize("play", BROKEN)
def test_what_left_without_an_answer_may_have_been_done(
    settings: Settings, call: Callable[..., Answer], play: Play
) -> None:
    with playing(play) as server, pytest.raises(OutcomeUnknown):
        call(settings, server)
    assert server.requests


def test_a_provider_that_did_it_and_then_fell_silent_leaves_the_outcome_unknown(settings: Settings) -> None:
    done: list[str] = []

    def charges_then_hangs(peer: socket.socket) -> None:
        done.append("charged")
        peer.recv(1)

    looks = itertools.chain([0.0] * 5, itertools.repeat(PROVIDER.seconds - 0.01))
    with playing(charges_then_hangs) as server, pytest.raises(OutcomeUnknown):
        provider_call(settings, server, timer=looks.__next__)
    assert done == ["charged"]


@CALLS
def test_where_nobody_listens_nothing_was_sent(settings: Settings, call: Callable[..., Answer]) -> None:
    with playing(says("200 OK")) as server:
        pass
    with pytest.raises(NotSent):
        call(settings, server)


def test_a_server_error_does_not_settle_what_was_done() -> None:
    for status in (500, 502, 503, 504, 408):
        with pytest.raises(OutcomeUnknown):
            Answer(status, {}, b"").settled()
    for status in (200, 302, 402, 404, 409, 429):
        assert Answer(status, {}, b"").settled().status == status


def test_the_certificate_is_for_the_name_although_the_address_is_called(
    settings: Settings, tmp_path: Path
) -> None:
    names: list[str | None] = []
    server_tls, client_tls = certificate(tmp_path, HOST)
    server_tls.sni_callback = lambda sock, name, context: names.append(name)
    with playing(says("200 OK", b"safe"), server_tls) as server:
        base = f"https://{HOST}:{server.port}"
        way = Egress(settings, resolve=home, tls=client_tls)
        assert way.call(Provider("p", base), "GET", f"{base}/").body == b"safe"
    assert names == [HOST]


def test_a_certificate_of_somebody_else_ends_before_anything_is_sent(
    settings: Settings, tmp_path: Path
) -> None:
    server_tls, client_tls = certificate(tmp_path, "other.example.org")
    for trust in (client_tls, ssl.create_default_context()):
        with playing(says("200 OK"), server_tls) as server:
            base = f"https://{HOST}:{server.port}"
            with pytest.raises(NotSent):
                Egress(settings, resolve=home, tls=trust).call(Provider("p", base), "GET", f"{base}/")
        assert server.requests == []


def test_a_provider_is_called_at_its_own_host_only(settings: Settings) -> None:
    way, provider = Egress(settings, resolve=home), Provider("p", "https://api.example.com")
    for url in (
        "https://api.example.com.evil.org/",
        "http://api.example.com/",
        "https://api.example.com:8443/",
        "https://x/",
    ):
        with pytest.raises(AddressRefused):
            way.call(provider, "GET", url)
    with pytest.raises(AddressRefused):
        way.call(Provider("p", "http://api.example.com"), "GET", "http://api.example.com/")


def test_a_setting_puts_a_double_in_a_providers_place(tmp_path: Path) -> None:
    stripe = Provider("stripe", "https://api.stripe.com", "stripe_api_base")
    assert Egress(sqlite_settings(tmp_path)).base(stripe) == "https://api.stripe.com"
    with playing(says("200 OK", b"{}")) as double:
        way = Egress(sqlite_settings(tmp_path, stripe_api_base=f"http://127.0.0.1:{double.port}/"))
        assert way.call(stripe, "GET", f"{way.base(stripe)}/v1/balance").body == b"{}"


def test_nothing_is_called_while_a_transaction_is_open(world: World, settings: Settings) -> None:
    with playing(says("200 OK")) as server:
        for write in (True, False):
            with world.open(write=write) as ctx:
                ctx.db.scalars(select(Event)).all()
                for call in (tenant_call, provider_call):
                    with pytest.raises(InsideTransaction):
                        call(settings, server)
        with world.process.engines.session(TenantScope(world.tenant.id)) as db:
            tenant_call(settings, server)
            db.add(TenantSetting())
            with pytest.raises(InsideTransaction):
                tenant_call(settings, server)
        assert server.connections == 1
        provider_call(settings, server)
