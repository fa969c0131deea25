"""What a process remembers: nothing that another process could change, but tenants, for five seconds (docs/adr/0011)."""

from __future__ import annotations

import ast

from sratix_core.tenancy.resolve import SECONDS
from tests.architecture.source import python_files, relative, tree

CHANGING = {"ctx", "db", "session", "request", "runtime", "process", "engines", "tenant", "event", "settings"}


def test_a_remembered_answer_depends_on_nothing_that_changes() -> None:
    found = []
    for path in python_files():
        for node in ast.walk(tree(path)):
            if not isinstance(node, ast.FunctionDef):
                continue
            remembered = {"cache", "lru_cache", "functools.cache", "functools.lru_cache"}
            names = {ast.unparse(each).split("(")[0] for each in node.decorator_list}
            given = {each.arg for each in (*node.args.args, *node.args.kwonlyargs)}
            if names & remembered and given & (CHANGING | {"self"}):
                found.append(f"{relative(path)}:{node.lineno} remembers {node.name}")
    assert found == [], "\n".join(found)


def test_other_processes_see_a_switch_within_five_seconds() -> None:
    assert SECONDS <= 5
