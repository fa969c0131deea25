"""The demo: two organizers with events, a few hundred orders of the past weeks, arrivals at a door, and people who may sign in.

Owns what is invented; it is written by the same services that serve real buyers, with a clock that walks through the past.
"""

from sratix_core.demo.accounts import DemoAccounts, stored
from sratix_core.demo.load import is_empty, load

__all__ = ["DemoAccounts", "is_empty", "load", "stored"]
