"""Templates as a process keeps them: each once, however many pages name it, and a plugin's own beside its page."""

from __future__ import annotations

from collections import Counter

import pytest
from pyramid_jinja2 import IJinja2Environment

from tests.support import TestApp, make_test_app


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> TestApp:
    return make_test_app(tmp_path_factory.mktemp("templates"))[0]


def test_a_part_that_many_pages_name_is_kept_once(app: TestApp) -> None:
    app.get("/account/login")
    app.get("/nowhere/", status=404)
    environment = app.app.registry.getUtility(IJinja2Environment, name=".jinja2")
    kept = Counter(template.filename for template in environment.cache.values())
    assert sum(kept.values()) > 3
    assert {name: times for name, times in kept.items() if times > 1} == {}


def test_a_template_that_is_not_ours_is_looked_for_beside_the_page(app: TestApp) -> None:
    environment = app.app.registry.getUtility(IJinja2Environment, name=".jinja2")
    page = "sratix_bank_transfer:templates/statements.jinja2"
    assert environment.join_path("components/ui.jinja2", page) == "components/ui.jinja2"
    beside = environment.join_path("_payments.jinja2", page)
    assert environment.get_template(beside).filename.endswith(
        "sratix_bank_transfer/templates/_payments.jinja2"
    )
