"""Which network addresses are the public internet, and the names that stand for them.

Sources: the IANA special-purpose registries for IPv4 and IPv6 (RFC 6890 and its updates), and the one public address
that a cloud answers its own machines on.
"""

from __future__ import annotations

import queue
import socket
import threading
from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv6Network, ip_address, ip_network

from sratix_core.errors import AddressRefused, NotSent

Resolve = Callable[[str, int], Sequence[str]]
"""All addresses, of either family, of a name. Raises `socket.gaierror`."""

SPECIAL = tuple(
    ip_network(each)
    for each in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/4", "240.0.0.0/4",
        "168.63.129.16/32",  # Azure's own services, from inside any of its machines
        "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
    )
)  # fmt: skip
"""What is not unicast to one public host. 2001::/23 holds Teredo, 2002::/16 is 6to4: both carry an IPv4 address inside."""

GLOBAL_V6 = IPv6Network("2000::/3")
"""All else of IPv6 is local, mapped or translated (::ffff:0:0/96, 64:ff9b::/96) or nobody's."""

NOBODY = frozenset(
    getattr(socket, name) for name in ("EAI_NONAME", "EAI_NODATA", "EAI_FAIL") if hasattr(socket, name)
)


def is_public(address: str) -> bool:
    """Whether an address in its usual spelling is one host on the public internet; anything unreadable is not."""
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    if not isinstance(ip, IPv4Address) and (ip.scope_id or ip not in GLOBAL_V6):
        return False
    return not any(ip in network for network in SPECIAL if network.version == ip.version)


def resolve(host: str, port: int) -> list[str]:
    """What the machine's resolver says, hosts file and all."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


def lookup(host: str, port: int, ask: Resolve, seconds: float) -> Sequence[str]:
    """The addresses of `host`, within `seconds`. Raises `AddressRefused` for a name that nobody has, else `NotSent`.

    The system's resolver knows no time limit, so it is asked in a thread of its own, which may outlive the question.
    """
    said: queue.SimpleQueue[Sequence[str] | OSError] = queue.SimpleQueue()

    def run() -> None:
        try:
            said.put(ask(host, port))
        except (OSError, UnicodeError) as error:
            said.put(error if isinstance(error, OSError) else socket.gaierror(socket.EAI_NONAME, ""))

    threading.Thread(target=run, name="sratix-resolver", daemon=True).start()
    try:
        found = said.get(timeout=max(seconds, 0))
    except queue.Empty:
        raise NotSent from None
    if isinstance(found, OSError):
        raise (AddressRefused if found.errno in NOBODY else NotSent) from None
    if not found:
        raise AddressRefused
    return found
