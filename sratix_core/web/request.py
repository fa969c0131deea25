"""The request: addresses built from the settings instead of the Host header, and shops that live on a host of their own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from pyramid.request import Request as PyramidRequest

OWN_HOST = "sratix.own_host"
"""Environ key: the slug of the tenant whose own host was asked; its paths carry no slug on the outside."""

LOOPBACK = frozenset({"127.0.0.1", "::1"})
LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})


@dataclass(frozen=True)
class Upload:
    """A file of a form: the name it had on the other side, which may hold anything, and its bytes."""

    filename: str
    data: bytes = field(repr=False)


class Request(PyramidRequest):
    """Pyramid's request, except for where its addresses point."""

    uploads: Mapping[str, Upload] = MappingProxyType(
        {}
    )  # filled by `sanity`, read by views with `files=True`

    request_body_tempfile_limit = 16 * 1024 * 1024  # the body is in memory and below 10 MB when it gets here

    @property
    def client_addr(self) -> str | None:
        """The peer's address. WebOb's own would believe any X-Forwarded-For; the server heeds those of trusted proxies."""
        return self.remote_addr

    @property
    def is_local(self) -> bool:
        """Whether a person at this very machine asks: loopback peer, no proxy between, and a local name.

        The name counts too: a page elsewhere could have its own name point here (DNS rebinding).
        """
        through_proxy = "X-Forwarded-For" in self.headers or "Forwarded" in self.headers
        name = self.host if self.host.endswith("]") else self.host.rsplit(":", 1)[0]
        return self.remote_addr in LOOPBACK and not through_proxy and name in LOCAL_NAMES

    @property
    def own_host(self) -> str | None:
        """The slug of the tenant whose own host this is, None on the installation's address."""
        return self.environ.get(OWN_HOST)

    def route_url(self, route_name: str, *elements: Any, **kw: Any) -> str:
        """As Pyramid's; on a tenant's own host the shop's addresses lose the slug that routing needs."""
        app_url = str(kw.setdefault("_app_url", self.application_url))
        url: str = super().route_url(route_name, *elements, **kw)
        slug = self.own_host
        if slug is not None and url.startswith(f"{app_url}/{slug}/"):
            return app_url + url[len(app_url) + len(slug) + 1 :]
        return url
