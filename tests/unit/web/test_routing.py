"""The mapper that looks at literal segments first answers as Pyramid's own does."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st
from pyramid.urldispatch import RoutesMapper

from sratix_core.web.request import Request
from sratix_core.web.routing import SegmentMapper

PATTERNS = (
    "/",
    "/a/",
    "/a/{x}",
    "/a/b",
    "/a/b/{x}/c",
    "/a/{x}/{y}/c",
    "/b*rest",
    "/b/c/*rest",
    "/c/{x:a+}",
    "/c/{x:[ab/]+}/b",
    "/c/d/{x:\\d{2}}",
    "/d.{x}",
    "/d/x-{x}/",
    "d/{x}.css",
    "/{x}/",
    "/{x}/{y}/",
    "/{x}/c/*rest",
)
SEGMENTS = st.sampled_from(
    ["", "a", "b", "c", "d", "aa", "b/", "x-a", "d.a", "a.css", "22", "é", "{x}", "*rest"]
)
paths = st.lists(SEGMENTS, max_size=6).map(lambda segments: "/" + "/".join(segments))


@given(st.permutations(PATTERNS), st.lists(paths, min_size=1, max_size=8))
@example(list(PATTERNS), ["/c/a/b/b", "/a/b/aa/c", "/a/b/", "/", "", "/d.a", "/b", "/b/c/"])
def test_an_address_finds_the_route_that_pyramid_would_find(order: list[str], asked: list[str]) -> None:
    ours, theirs = SegmentMapper(), RoutesMapper()
    for mapper in (ours, theirs):
        for pattern in order:
            mapper.connect(pattern, pattern)
    for path in asked:
        request = Request.blank("/")
        request.path_info = path
        mine, known = ours(request), theirs(request)
        assert mine["match"] == known["match"]
        assert getattr(mine["route"], "name", None) == getattr(known["route"], "name", None)


def test_a_route_that_comes_later_is_found_too() -> None:
    mapper = SegmentMapper()
    mapper.connect("one", "/one")
    assert mapper(Request.blank("/two"))["route"] is None
    mapper.connect("two", "/two")
    assert mapper(Request.blank("/two"))["route"].name == "two"


def test_predicates_pass_the_address_on_to_the_next_route() -> None:
    mapper = SegmentMapper()
    mapper.connect("never", "/one", predicates=[lambda found, request: False])
    mapper.connect("always", "/{any}")
    assert mapper(Request.blank("/one"))["route"].name == "always"
