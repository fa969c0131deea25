"""Applications made in a test give their connections back when it ends, those of a module with the module."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests import support


@pytest.fixture(autouse=True, scope="module")
def _engines_of_the_module() -> Iterator[None]:
    yield from _disposed()


@pytest.fixture(autouse=True)
def _engines_of_the_test(_engines_of_the_module: None) -> Iterator[None]:
    yield from _disposed()


def _disposed() -> Iterator[None]:
    before = len(support.opened)
    yield
    for process in support.opened[before:]:
        support.close(process)
    del support.opened[before:]
