"""What all data tables share: the address says everything, so a list can be kept, sent on, saved under a name and exported."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from sratix_core.accounts.permissions import EXPORT
from sratix_core.dashboard.shell import path
from sratix_core.db.keyset import LAST_PAGE, Page
from sratix_core.events.hot import Brief
from sratix_core.events.models import Event
from sratix_core.search import views
from sratix_core.values.text import BadText, clean
from sratix_core.web.request import Request

LONGEST = 100


@dataclass(frozen=True)
class Column:
    """`sort` names the sort its head stands for, `falls` that the first press sorts downwards; `shown` unless chosen otherwise."""

    key: str
    title: str
    css: str = ""
    sort: str = ""
    falls: bool = False
    shown: bool = True


class Asked:
    """What an address asks of a list: filters by name, sort, columns, page. Whatever is not understood is left out."""

    def __init__(
        self,
        request: Request,
        here: str,
        names: Sequence[str],
        columns: Sequence[Column],
        sort: str,
        values: Mapping[str, Any] | None = None,
    ) -> None:
        self.here, self._names, self._all, self._default = here, names, columns, sort
        given = request.GET if values is None else values
        self.filters = {name: _read(given, name) for name in names}
        self.sort = _read(given, "sort") or sort
        self.cursor = request.GET.get("cursor") or None
        chosen = set(request.GET.getall("col")) & {c.key for c in columns}
        self.chosen = chosen
        self.columns = [c for c in columns if (c.key in chosen if chosen else c.shown)]

    def __getitem__(self, name: str) -> str:
        return self.filters[name]

    @property
    def contents(self) -> Hashable:
        """All that links and fields of this list are made from, but the page."""
        columns = tuple((c.key, c.shown) for c in self._all)
        return self.here, tuple(self.filters.items()), self.sort, frozenset(self.chosen), columns

    @property
    def narrowed(self) -> bool:
        return any(self.filters.values())

    @property
    def by(self) -> str:
        return self.sort.removeprefix("-")

    @property
    def descending(self) -> bool:
        return self.sort.startswith("-")

    def pairs(self, **changes: str) -> list[tuple[str, str]]:
        """The query of this list, without the page; `changes` replace filters or the sort, empty ones take them away."""
        values = {**self.filters, "sort": self.sort, **changes}
        if values["sort"] == self._default:
            values["sort"] = ""
        return [
            *((k, v) for k, v in values.items() if v),
            *(("col", c.key) for c in self._all if c.key in self.chosen),
        ]

    def link(self, **changes: str) -> str:
        query = urlencode(self.pairs(**changes))
        return f"{self.here}?{query}" if query else self.here

    def keep(self, *without: str) -> list[tuple[str, str]]:
        """Hidden fields of a form that sets `without` itself."""
        return [(k, v) for k, v in self.pairs() if k not in without]

    def heads(self, request: Request, sorts: Sequence[str]) -> list[dict[str, Any]]:
        """The heads of the columns; a column is sortable while its sort is among `sorts`."""
        return [
            {
                "key": c.key,
                "text": request.t(c.title),
                "css": c.css,
                "sort": self._head(c) if c.sort in sorts else None,
            }
            for c in self.columns
        ]

    def _head(self, column: Column) -> dict[str, str]:
        current = self.by == column.sort
        falls = not self.descending if current else column.falls
        here = "" if not current else "descending" if self.descending else "ascending"
        return {"href": self.link(sort=("-" if falls else "") + column.sort), "dir": here}

    def filter(self, text: str, name: str, options: Sequence[tuple[str, str]]) -> dict[str, Any]:
        """A filter as the menu macro draws it: options are (word, value)."""
        return {
            "text": text,
            "options": [(word, self.link(**{name: value}), self[name] == value) for word, value in options],
            "clear_href": self.link(**{name: ""}) if self[name] else None,
        }

    def pages(self, words: str, page: Page[Any]) -> dict[str, Any]:
        """The pager: neighbours, and the two ends of the list."""
        return {
            "words": words,
            "newer": self.link(cursor=page.before) if page.before else None,
            "older": self.link(cursor=page.after) if page.after else None,
            "first": self.link() if page.before else None,
            "last": self.link(cursor=LAST_PAGE) if page.after else None,
        }

    def day(self, name: str) -> date | None:
        try:
            return date.fromisoformat(self[name])
        except ValueError:
            return None


def _read(given: Mapping[str, Any], name: str) -> str:
    value = given.get(name, "")
    try:
        return clean(value, LONGEST) if isinstance(value, str) else ""
    except BadText:
        return ""


def day_range(asked: Asked, timezone: str) -> tuple[datetime | None, datetime | None]:
    """`from` and `to` as moments, whole days of the time zone; the end is excluded."""
    zone = ZoneInfo(timezone)

    def midnight(day: date | None, add: int) -> datetime | None:
        if day is None or not date(1970, 1, 2) < day < date(9000, 1, 1):
            return None
        return datetime.combine(day + timedelta(days=add), time(), zone).astimezone(UTC)

    return midnight(asked.day("from"), 0), midnight(asked.day("to"), 1)


def saved_views(request: Request, route: str) -> list[tuple[str, str]]:
    """Name and query of what this person has saved of a list."""
    return views.saved(request.ctx, request.identity.id, route)


def tools(
    request: Request,
    event: Event | Brief,
    route: str,
    asked: Asked,
    export_route: str,
    saved: Sequence[tuple[str, str]] | None = None,
) -> dict[str, Any]:
    """What stands beside the filters: columns, saved views, the export, paper."""
    pairs = asked.pairs()
    query, kept = urlencode(pairs), urlencode([(k, v) for k, v in pairs if k != "q"])
    export = path(request, export_route, event)
    saved = saved_views(request, route) if saved is None else saved
    return {
        "columns": [(c.key, request.t(c.title), c in asked.columns) for c in asked._all],
        "keep": asked.keep("col"),
        "here": asked.here,
        "saved": [(name, f"{asked.here}?{of}", of == kept) for name, of in saved],
        "save_href": path(request, "dashboard.views", event),
        "remove_href": path(request, "dashboard.views_removal", event),
        "list": route,
        "query": kept,
        "export_href": (f"{export}?{query}" if query else export) if request.may(EXPORT) else None,
    }
