"""The pager of a list that nothing narrows."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from sratix_core.db.keyset import Page
from sratix_core.web.request import Request


def pages(request: Request, here: str, page: Page[Any], name: str = "cursor") -> dict[str, Any]:
    """What the macro `pager` draws; `name` is what the address calls the page, where it has several lists."""

    def to(cursor: str | None) -> str | None:
        return f"{here}?{urlencode({name: cursor})}" if cursor else None

    words = request.t("{n} shown", n=len(page.rows))
    return {"words": words, "newer": to(page.before), "older": to(page.after)}
