"""Our own files under /static/: addressed with a hash of their content, kept for a year, compressed once in memory.

Only names found in the folder are served, so no path can leave it.
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPNotFound
from pyramid.response import Response

from sratix_core.web.permissions import PUBLIC
from sratix_core.web.request import Request

FOLDER = Path(__file__).parent.parent / "static"

KINDS = {
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
}

TEXT = ("text/", "image/svg+xml", "application/manifest+json", "application/json", "application/wasm")


@dataclass(frozen=True)
class Asset:
    """One file as it is served."""

    body: bytes
    kind: str

    @cached_property
    def digest(self) -> str:
        return hashlib.sha256(self.body).hexdigest()[:16]

    @cached_property
    def zipped(self) -> bytes | None:
        """The compressed body where compressing pays; `mtime=0` keeps it the same on every host."""
        if not self.kind.startswith(TEXT) or len(self.body) < 512:
            return None
        return gzip.compress(self.body, 9, mtime=0)


@cache
def _load(path: Path, _version: tuple[int, int]) -> Asset:
    kind = KINDS.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return Asset(path.read_bytes(), kind)


@cache
def _names(folder: Path) -> frozenset[str]:
    return frozenset(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def find(name: str, folder: Path = FOLDER) -> Asset | None:
    """The asset of that name; a file that appeared after boot is found as well, a dotted or foreign path never."""
    if name not in _names(folder):
        _names.cache_clear()
        if name not in _names(folder):
            return None
    path = folder / name
    stat = path.stat()
    return _load(path, (stat.st_mtime_ns, stat.st_size))


@cache
def _address(name: str, digest: str) -> str:
    return f"/static/{name}?v={digest}"


def asset(name: str) -> str:
    """The address of a static file, hash included: `asset('tokens.css')`. Raises `KeyError` for a name we don't have."""
    found = find(name)
    if found is None:
        raise KeyError(f"no static file named {name}")
    return _address(name, found.digest)


def serve(request: Request) -> Response:
    """A static file: immutable under its own hash, revalidated under any other address."""
    found = find("/".join(request.matchdict["path"]))
    if found is None:
        raise HTTPNotFound
    response = Response(content_type=found.kind, charset="utf-8" if found.kind.startswith("text/") else None)
    response.etag = found.digest
    response.vary = ("Accept-Encoding",)
    fresh = request.GET.get("v") == found.digest
    response.cache_control = "public, max-age=31536000, immutable" if fresh else "public, no-cache"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    if found.digest in request.if_none_match:
        response.status_code = 304
        del response.content_type
        return response
    if found.zipped is not None and "gzip" in request.headers.get("Accept-Encoding", ""):
        response.body = found.zipped
        response.content_encoding = "gzip"
    else:
        response.body = found.body
    return response


def includeme(config: Configurator) -> None:
    config.add_route("static", "/static/*path")
    config.add_view(serve, route_name="static", request_method="GET", permission=PUBLIC)
