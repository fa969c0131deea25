"""Which route answers an address, found by its literal segments: with 300 routes, trying each in turn cost more than a statement.

The order in which routes were added still decides, and each is still asked itself; only those that cannot match are left out.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from pyramid.config import Configurator
from pyramid.interfaces import IRoutesMapper
from pyramid.urldispatch import Route, RoutesMapper

from sratix_core.web.request import Request

HOLE = re.compile(r"[{*:]")
PLAIN_HOLE = re.compile(r"\{\w+\}")

Shape = tuple[str | None, ...]
"""The segments of an address or a pattern; None stands for any."""

REMEMBERED = 2048
"""Shapes of addresses; a stranger who thinks up more makes us look through the routes, as without it."""


def shape_of(pattern: str) -> tuple[Shape, bool]:
    """The segments of a route, and whether more may follow: behind `*rest`, or a hole that says itself what it takes."""
    segments = pattern.removeprefix("/").split("/")
    for number, segment in enumerate(segments):
        if HOLE.search(PLAIN_HOLE.sub("", segment)):
            return tuple(None if HOLE.search(s) else s for s in segments[:number]), True
    return tuple(None if HOLE.search(s) else s for s in segments), False


class Index:
    """The routes by what their segments are."""

    def __init__(self, routes: list[Route]) -> None:
        self._shapes = [(route, *shape_of(route.pattern)) for route in routes]
        longest = max((len(shape) for _, shape, _ in self._shapes), default=0)
        at = [{shape[n] for _, shape, _ in self._shapes if n < len(shape)} for n in range(longest)]
        self._literal = [names - {None} for names in at]
        self._fitting = lru_cache(maxsize=REMEMBERED)(self._look)

    def fitting(self, path: str) -> tuple[Route, ...]:
        """The routes that `path` may match, in the order in which they were added."""
        segments = path.removeprefix("/").split("/")
        known = zip(segments, self._literal, strict=False)
        return self._fitting(tuple([s if s in names else None for s, names in known]), len(segments))

    def _look(self, shape: Shape, length: int) -> tuple[Route, ...]:
        return tuple(
            route
            for route, own, more in self._shapes
            if (len(own) <= length if more else len(own) == length)
            and all(mine is None or mine == given for mine, given in zip(own, shape, strict=False))
        )


class SegmentMapper(RoutesMapper):
    """Pyramid's mapper, asking only the routes whose literal segments are those of the address."""

    _index: Index | None = None

    def connect(self, *args: Any, **options: Any) -> Route:
        """As Pyramid's."""
        self._index = None
        return super().connect(*args, **options)

    def __call__(self, request: Request) -> dict[str, Any]:
        """The first route that matches with its predicates, and what stands in its holes; both None without one."""
        if self._index is None:
            self._index = Index(self.routelist)
        path = request.path_info or "/"
        for route in self._index.fitting(path):
            match = route.match(path)
            if match is not None:
                found = {"match": match, "route": route}
                if all(predicate(found, request) for predicate in route.predicates):
                    return found
        return {"route": None, "match": None}


def includeme(config: Configurator) -> None:
    config.registry.registerUtility(SegmentMapper(), IRoutesMapper)
