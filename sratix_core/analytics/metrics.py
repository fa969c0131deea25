"""The names of the metrics, and what each act adds to them: an act says it in the event it writes, so nobody guesses later."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

Figures = dict[str, int]

DAILY = ("orders.paid", "minor.paid", "arrivals.", "tickets.valid.")
"""Metrics that are also kept by day."""


def order_placed(state: str, total: int) -> Figures:
    """One more order in a state, and its total in minor units."""
    return {f"orders.{state}": 1, f"minor.{state}": total}


def order_moved(before: str, after: str, total: int) -> Figures:
    """An order that left one state for another."""
    return {**order_placed(after, total), f"orders.{before}": -1, f"minor.{before}": -total}


def tickets_issued(state: str, by_type: Mapping[uuid.UUID, int]) -> Figures:
    """More tickets of a type in a state."""
    return {tickets(state, type_id): n for type_id, n in by_type.items()}


def tickets_moved(before: str, after: str, by_type: Mapping[uuid.UUID, int]) -> Figures:
    """Tickets that left one state for another."""
    left = {tickets(before, type_id): -n for type_id, n in by_type.items()}
    return {**tickets_issued(after, by_type), **left}


def tickets(state: str, type_id: uuid.UUID) -> str:
    return f"tickets.{state}.{type_id.hex}"


def arrivals(type_id: uuid.UUID) -> str:
    """People of a type who came at least once."""
    return f"arrivals.{type_id.hex}"


INSIDE, ENTRIES, EXITS, REFUSED = "inside", "entries", "exits", "refused"
"""People who are in the house now; passes in and out, and scans that opened nothing."""


def passed(reason: str, type_id: uuid.UUID) -> Figures:
    """Somebody went through the door: `ok` for the first time, `again`, or `left`."""
    if reason == "left":
        return {INSIDE: -1, EXITS: 1}
    first = {arrivals(type_id): 1} if reason == "ok" else {}
    return {INSIDE: 1, ENTRIES: 1, **first}
