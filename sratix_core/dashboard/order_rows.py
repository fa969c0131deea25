"""The rows of the order list as markup: one form for all of them, filled in Python, because a template takes ten times as long."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from operator import attrgetter

from markupsafe import Markup, escape

from sratix_core.orders.rows import OrderRow
from sratix_core.orders.states import OrderState
from sratix_core.values.money import Money, format_money
from sratix_core.web.pieces import avatar, badge, when
from sratix_core.web.request import Request
from sratix_core.web.static import asset
from sratix_core.web.translate import translate

Cell = tuple[str, tuple[Callable[[OrderRow], str], ...]]
"""Markup with `%s` for each of the values that the functions make of an order, escaped."""

REMEMBERED = 4096
"""Amounts, moments and names that were drawn last: each depends on nothing but its arguments."""

CODE: Callable[[OrderRow], str] = attrgetter("code")


@lru_cache(REMEMBERED)
def _amount(minor: int, currency: str, locale: str) -> str:
    return escape(format_money(Money(minor, currency), locale))


@lru_cache(REMEMBERED)
def _moment(at: datetime, locale: str, zone: str) -> str:
    return when(locale, zone, at)


@lru_cache(REMEMBERED)
def _person(name: str) -> str:
    return f'{avatar(name)}<span class="clip">{escape(name)}'


@lru_cache(REMEMBERED)
def _text(text: str) -> str:
    return escape(text)


@lru_cache(maxsize=1)
def _sheet() -> str:
    return asset("icons.svg")


def literal(markup: str) -> str:
    """Markup that stands for itself in a form that is filled by `%`."""
    return markup.replace("%", "%%")


def cell(key: str, css: str, locale: str, zone: str, here: str, titles: Mapping[str, str]) -> Cell:
    """How a column draws an order; `here` is the address of the list, `titles` say what providers are called."""
    sheet, soft = _sheet(), f'<td class="soft {css}">%s</td>'

    def state(order: OrderRow) -> str:
        return badge(sheet, locale, order.state)

    def moment(at: datetime | None) -> str:
        return "" if at is None else _moment(at, locale, zone)

    def due(order: OrderRow) -> str:
        return moment(order.expires_at) if order.state == OrderState.AWAITING_PAYMENT else ""

    plain = f'<td class="soft clip {css}">%s</td>'
    return {
        "code": (f'<td><a href="{literal(here)}%s/"><code>%s</code></a></td>', (CODE, CODE)),
        "buyer": (
            '<td><div class="row">%s<span class="only-sm">%s</span></span></div></td>',
            (lambda order: _person(order.buyer_name), state),
        ),
        "email": (plain, (lambda order: _text(order.buyer_email),)),
        "company": (plain, (lambda order: _text(order.buyer_company),)),
        "tickets": (plain, (lambda order: _text(", ".join(order.lines)),)),
        "state": (f'<td class="{css}">%s</td>', (state,)),
        "total": (
            '<td class="r">%s</td>',
            (lambda order: _amount(order.total_minor, order.currency, locale),),
        ),
        "placed": (soft, (lambda order: _moment(order.created_at, locale, zone),)),
        "provider": (plain, (lambda order: _text(titles[order.provider]),)),
        "paid_at": (soft, (lambda order: moment(order.paid_at),)),
        "due": (soft, (due,)),
    }[key]


def drawn(
    request: Request,
    zone: str,
    orders: Sequence[OrderRow],
    columns: Sequence[tuple[str, str]],
    pick: bool,
    here: str,
    titles: Mapping[str, str],
) -> Markup:
    """`orders` with `columns` (key, classes); with `pick` each has a box to pick it by. Codes and addresses are ours."""
    locale = request.locale_name
    cells = [cell(key, css, locale, zone, here, titles) for key, css in columns]
    if pick:
        cells.insert(0, _box(locale))
    form = "".join((f'<tr data-href="{literal(here)}%s/">', *(markup for markup, _ in cells), "</tr>\n"))
    values = [CODE, *(value for _, of_cell in cells for value in of_cell)]
    return Markup("".join([form % tuple([value(o) for value in values]) for o in orders]))  # noqa: S704 -- what people wrote is escaped above


def _box(locale: str) -> Cell:
    name = literal(str(escape(translate("Pick {name}", locale, name="\0")))).replace("\0", "%s")
    box = '<input type="checkbox" form="bulk" name="code" value="%s" aria-label="' + name + '">'
    return f'<td class="no-print">{box}</td>', (CODE, CODE)
