"""The client: one method for each class of call. Every call has a connection of its own, judged anew, and follows nothing.

No proxy of the environment, no netrc, no cookies, no redirects, no decompression: an answer is what came over the wire.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from sratix_core.egress import target
from sratix_core.egress.addresses import Resolve, is_public, lookup, resolve
from sratix_core.egress.target import Target
from sratix_core.errors import AddressRefused, InsideTransaction, NotSent, OutcomeUnknown
from sratix_core.settings import Settings
from sratix_core.tenancy.open_units import open_unit

if TYPE_CHECKING:
    import httpcore

    from sratix_core.egress.wire import Timer

# httpcore is imported where a call is made: 3 MB that a process which sells and scans never needs.


@cache
def default_tls() -> ssl.SSLContext:
    """Certificates of the system and of certifi; made once, it takes 20 ms."""
    from httpcore import default_ssl_context

    return default_ssl_context()


@dataclass(frozen=True)
class Limits:
    """Seconds for all of a call, bytes of an answer, and whether a longer answer is cut or unusable."""

    seconds: float
    size: int
    cut: bool


TENANT_URL = Limits(seconds=15, size=64 * 1024, cut=True)
PROVIDER = Limits(seconds=80, size=5 * 1024 * 1024, cut=False)


@dataclass(frozen=True)
class Provider:
    """A service that a plugin or the operator declares by its `base`, as in `https://api.stripe.com`.

    `setting` names an installation setting that may put another base in its place (a double, in test and demo).
    """

    name: str
    base: str
    setting: str | None = None


@dataclass(frozen=True)
class Answer:
    """What came back, of whatever status. Header names in lower case, repeated ones joined; `cut` says the body goes on."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    cut: bool = False

    def settled(self) -> Answer:
        """This answer. Raises `OutcomeUnknown` for a status that does not say whether the request was done (5xx, 408)."""
        if self.status >= 500 or self.status == 408:
            raise OutcomeUnknown
        return self


@dataclass(frozen=True)
class Egress:
    """Cheap to make where it is needed; the fields beside the settings are for tests.

    Both methods raise `AddressRefused`, `NotSent` or `OutcomeUnknown`, and `InsideTransaction` while this thread has one open.
    """

    settings: Settings
    resolve: Resolve = resolve
    tls: ssl.SSLContext | None = None
    timer: Timer = time.monotonic

    def tenant_url(
        self, method: str, url: str, headers: Mapping[str, str] | None = None, body: bytes = b""
    ) -> Answer:
        """Call an address that a tenant wrote: https to the public internet, 15 s, the first 64 kB."""
        to = target.read_tenant_url(url, self.settings.egress_allow)
        judged = not target.is_allowed(to, self.settings.egress_allow)
        return self._send(to, TENANT_URL, method, headers or {}, body, judged)

    def call(
        self,
        provider: Provider,
        method: str,
        url: str,
        headers: Mapping[str, str] | None = None,
        body: bytes = b"",
    ) -> Answer:
        """Call `provider` at a whole address on the host of its base: 80 s, 5 MB or `OutcomeUnknown`."""
        to = target.read(url)
        if to.origin != target.read(self.base(provider)).origin:
            raise AddressRefused
        return self._send(to, PROVIDER, method, headers or {}, body, judged=False)

    def base(self, provider: Provider) -> str:
        """Where `provider` is reached here, without a slash at the end. Raises `AddressRefused` for http that is not exempt."""
        other: str | None = getattr(self.settings, provider.setting) if provider.setting else None
        base = (other or provider.base).rstrip("/")
        to = target.read(base)
        if to.scheme != "https" and not other and not target.is_allowed(to, self.settings.egress_allow):
            raise AddressRefused
        return base

    def _send(
        self, to: Target, limits: Limits, method: str, headers: Mapping[str, str], body: bytes, judged: bool
    ) -> Answer:
        if open_unit():
            raise InsideTransaction(
                "a transaction is open: checkpoint() or end the unit before the outside is called"
            )
        import httpcore

        from sratix_core.egress.wire import Call, Checked

        call = Call(limits.seconds, self.timer)
        url = httpcore.URL(scheme=to.scheme, host=to.host, port=to.port, target=to.path)
        try:
            addresses = [to.host] if to.literal else lookup(to.host, to.port, self.resolve, call.left())
            if judged and not all(map(is_public, addresses)):
                raise AddressRefused
            with (
                httpcore.HTTPConnection(
                    url.origin, self.tls or default_tls(), network_backend=Checked(addresses, call)
                ) as connection,
                connection.stream(
                    method, url, headers=_headers(to, method, headers, body), content=body
                ) as response,
            ):
                return _read(response, limits)
        except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError):
            raise (OutcomeUnknown if call.sent else NotSent) from None


def check(settings: Settings, url: str) -> None:
    """Judge an address that a tenant enters, without asking the network; each call asks. Raises `AddressRefused`."""
    target.read_tenant_url(url, settings.egress_allow)


def _headers(to: Target, method: str, wanted: Mapping[str, str], body: bytes) -> list[tuple[str, str]]:
    """What the caller wants, but what frames the message is ours."""
    headers = {"user-agent": "SRAtix", **{name.lower(): value for name, value in wanted.items()}}
    headers |= {"host": to.authority, "accept-encoding": "identity", "connection": "close"}
    headers.pop("transfer-encoding", None)
    headers.pop("content-length", None)
    if body or method not in {"GET", "HEAD"}:
        headers["content-length"] = str(len(body))
    return list(headers.items())


def _read(response: httpcore.Response, limits: Limits) -> Answer:
    body = bytearray()
    for piece in response.iter_stream():
        body += piece
        if len(body) > limits.size:
            break
    cut = len(body) > limits.size
    if cut and not limits.cut:
        raise OutcomeUnknown
    headers: dict[str, str] = {}
    for raw, value in response.headers:
        name, text = raw.decode("latin-1").lower(), value.decode("latin-1")
        headers[name] = f"{headers[name]}, {text}" if name in headers else text
    return Answer(response.status, headers, bytes(body[: limits.size]), cut)
