"""What a tenant may have called: every odd spelling and every private place is refused alike, without one connection."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import httpcore
import pytest

from sratix_core.egress.addresses import is_public
from sratix_core.egress.client import Egress, check
from sratix_core.errors import AddressRefused, NotSent
from sratix_core.settings import Settings
from tests.builders import sqlite_settings

PUBLIC = "93.184.215.14"

SPELLINGS = (Path(__file__).parent / "refused_urls.txt").read_text(encoding="utf-8").split()
BLANKS = [
    "",
    " ",
    "https://example .org/",
    "https://example.org/a b",
    "https://example.org/\r\nHost: x",
    "\thttps://example.org/",
]
BLANKS += [
    "https://example.org/\x00",
    "https://example.org\n",
    "https://127.0.0.1\t/",
    "https://example.org/" + "a" * 2048,
]

PRIVATE = (Path(__file__).parent / "private_addresses.txt").read_text(encoding="utf-8").split()


@pytest.fixture
def dialled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every address a connection was asked for; none is made."""
    asked: list[str] = []

    def connect(self: Any, host: str, *rest: Any, **more: Any) -> Any:
        asked.append(host)
        raise httpcore.ConnectError

    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", connect)
    return asked


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return sqlite_settings(tmp_path)


def egress(settings: Settings, *answers: Sequence[str] | OSError) -> Egress:
    """Resolves every name to each of the answers in turn, the last for ever."""
    said = list(answers)

    def resolve(host: str, port: int) -> Sequence[str]:
        found = said.pop(0) if len(said) > 1 else said[0]
        if isinstance(found, OSError):
            raise found
        return found

    return Egress(settings, resolve=resolve)


def test_the_catalogue_is_long() -> None:
    assert len({*SPELLINGS, *BLANKS}) >= 100


@pytest.mark.parametrize("url", [*SPELLINGS, *BLANKS])
def test_an_odd_or_private_address_is_refused_when_entered_and_when_called(
    url: str, settings: Settings, dialled: list[str]
) -> None:
    with pytest.raises(AddressRefused):
        check(settings, url)
    with pytest.raises(AddressRefused) as refused:
        egress(settings, [PUBLIC]).tenant_url("POST", url)
    assert (refused.value.code, refused.value.data) == ("outside_address", {})
    assert dialled == []


@pytest.mark.parametrize("address", PRIVATE)
def test_a_name_for_a_private_place_is_refused_even_beside_a_public_address(
    address: str, settings: Settings, dialled: list[str]
) -> None:
    assert not is_public(address)
    for answer in ([address], [PUBLIC, address], [address, PUBLIC]):
        with pytest.raises(AddressRefused):
            egress(settings, answer).tenant_url("POST", "https://hooks.example.org/in")
    assert dialled == []


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org",
        "https://EXAMPLE.org:8443/a?b=c&d=%20",
        "https://1.1.1.1/",
        "https://[2606:4700::1111]/",
    ],
)
def test_a_public_address_may_be_called(url: str, settings: Settings, dialled: list[str]) -> None:
    check(settings, url)
    with pytest.raises(NotSent):
        egress(settings, [PUBLIC, "2606:4700::1111"]).tenant_url("POST", url)
    assert set(dialled) <= {PUBLIC, "2606:4700::1111", "1.1.1.1"}
    assert dialled


def test_what_is_called_is_what_was_judged_and_the_next_call_judges_anew(
    settings: Settings, dialled: list[str]
) -> None:
    rebinding = egress(settings, [PUBLIC], ["127.0.0.1"])
    with pytest.raises(NotSent):
        rebinding.tenant_url("POST", "https://rebind.example.org/")
    assert dialled == [PUBLIC]
    with pytest.raises(AddressRefused):
        rebinding.tenant_url("POST", "https://rebind.example.org/")
    assert dialled == [PUBLIC]


def test_a_name_that_nobody_has_and_a_private_one_are_told_alike(settings: Settings) -> None:
    def said(answer: Sequence[str] | OSError) -> Any:
        with pytest.raises(AddressRefused) as refused:
            egress(settings, answer).tenant_url("GET", "https://intranet.example.org/")
        return refused.value.code, refused.value.data, str(refused.value), refused.value.__cause__

    assert said(["10.0.0.7"]) == said(socket.gaierror(socket.EAI_NONAME, "unknown")) == said([])


def test_a_resolver_that_fails_for_now_means_not_sent(settings: Settings) -> None:
    with pytest.raises(NotSent):
        egress(settings, socket.gaierror(socket.EAI_AGAIN, "later")).tenant_url("GET", "https://example.org/")


def test_an_exempt_host_may_be_private_and_speak_http_on_any_port(tmp_path: Path, dialled: list[str]) -> None:
    own = sqlite_settings(tmp_path, egress_allow="localhost wp.test:8081")
    for url in ("http://localhost:9/", "http://wp.test:8081/hook"):
        with pytest.raises(NotSent):
            egress(own, ["127.0.0.1"]).tenant_url("POST", url)
    for url in ("http://wp.test:8082/", "http://example.org/"):
        with pytest.raises(AddressRefused):
            egress(own, ["127.0.0.1"]).tenant_url("POST", url)
    assert set(dialled) == {"127.0.0.1"}


def test_a_resolver_that_never_answers_is_not_waited_for(settings: Settings) -> None:
    for_ever = threading.Event()
    ticks = iter([0.0, 14.99, 14.99, 99.0, 99.0])

    def resolve(host: str, port: int) -> list[str]:
        for_ever.wait()
        return [PUBLIC]

    stuck: Callable[[], float] = lambda: next(ticks)  # noqa: E731
    with pytest.raises(NotSent):
        Egress(settings, resolve=resolve, timer=stuck).tenant_url("GET", "https://example.org/")
    for_ever.set()
