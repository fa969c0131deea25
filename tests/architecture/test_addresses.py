"""An account's address is proven, because whoever has the account sees what was bought with it (`tickets/mine.py`)."""

from __future__ import annotations

import ast

from tests.architecture.source import CORE, python_files, relative, tree

PROVEN = {
    "sratix_core/members/accepting.py": "the link came by mail to that address",
    "sratix_core/signup/service.py": "confirmed by a link that came by mail",
    "sratix_core/cli/user.py": "made by the operator, who answers for it",
    "sratix_core/demo/accounts.py": "invented people of an installation with invented tenants",
    "sratix_core/demo/seed.py": "invented people of an installation with invented tenants",
    "sratix_core/plugindev/world.py": "an author's scratch installation",
}


def test_nobody_makes_an_account_whose_address_is_not_proven() -> None:
    makers = set()
    for path in python_files():
        if path.is_relative_to(CORE):
            for node in ast.walk(tree(path)):
                called = node.func if isinstance(node, ast.Call) else None
                name = getattr(called, "id", getattr(called, "attr", ""))
                if name in {"create_user", "User"}:
                    makers.add(relative(path))
    assert makers - {"sratix_core/accounts/service.py"} == set(PROVEN)
