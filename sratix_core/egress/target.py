"""Addresses as people write them, read once and strictly: what is odd is refused, so no second reader can read it otherwise."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address

from sratix_core.egress.addresses import is_public
from sratix_core.errors import AddressRefused

LONGEST = 2048
PORTS = frozenset({443, 8443})
"""Where a tenant's own server may listen."""

DEFAULT_PORT = {"http": 80, "https": 443}

URL = re.compile(
    r"(?P<scheme>https?)://"
    r"(?P<host>\[[0-9a-f:.]+\]|[a-z0-9_.-]+)"
    r"(?::(?P<port>[0-9]{1,5}))?"
    r"(?P<path>/[!-\"$->@-\[\]-~]*)?"  # printable ASCII without # ? and backslash
    r"(?P<query>\?[!-\"$-\[\]-~]*)?",
    re.IGNORECASE,
)
LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")
NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
"""A last label like this makes the system read the whole host as an IPv4 address, however odd (127.1, 0x7f000001)."""


@dataclass(frozen=True)
class Target:
    """One address in parts: `host` in lower case without brackets, `path` with its query."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def literal(self) -> bool:
        """Whether the host is an address already."""
        return _is_address(self.host)

    @property
    def authority(self) -> str:
        """Host and port as the Host header spells them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == DEFAULT_PORT[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> tuple[str, str, int]:
        return self.scheme, self.host, self.port


def read(url: str) -> Target:
    """Any http or https address without user, fragment or relative parts. Raises `AddressRefused`."""
    hit = URL.fullmatch(url) if len(url) <= LONGEST else None
    if hit is None:
        raise AddressRefused
    scheme, host = hit["scheme"].lower(), hit["host"].lower()
    if host.startswith("["):
        host = host[1:-1]
        if not _is_address(host):
            raise AddressRefused
    elif not _is_name(host):
        raise AddressRefused
    port = int(hit["port"]) if hit["port"] else DEFAULT_PORT[scheme]
    if not 0 < port < 65536:
        raise AddressRefused
    return Target(scheme, host, port, (hit["path"] or "/") + (hit["query"] or ""))


def read_tenant_url(url: str, allow: tuple[str, ...] = ()) -> Target:
    """An address that a tenant may have called, as far as can be said without asking the network. Raises `AddressRefused`.

    `allow` names hosts, or `host:port`, that need not be public and may speak http.
    """
    target = read(url)
    if is_allowed(target, allow):
        return target
    if target.scheme != "https" or target.port not in PORTS:
        raise AddressRefused
    if target.literal:
        if not is_public(target.host):
            raise AddressRefused
    elif "." not in target.host:
        raise AddressRefused
    return target


def is_allowed(target: Target, allow: tuple[str, ...]) -> bool:
    """Whether the installation's settings exempt this host; they can only in test and demo."""
    return target.host in allow or f"{target.host}:{target.port}" in allow


def _is_name(host: str) -> bool:
    labels = host.split(".")
    if NUMBER.fullmatch(labels[-1]):
        return _is_address(host)
    return len(host) <= 253 and all(LABEL.fullmatch(label) for label in labels)


def _is_address(host: str) -> bool:
    try:
        IPv6Address(host) if ":" in host else IPv4Address(host)
    except ValueError:
        return False
    return True
