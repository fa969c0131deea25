"""A plugin's settings: a form drawn from what it declares, typed values, an event's own, and secrets that nobody sees again."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from sqlalchemy import select

from sratix_core.audit.models import AuditEntry
from sratix_core.events.queries import event_by_slug
from sratix_core.tenants import plugin_settings
from sratix_core.tenants.models import TenantSetting
from tests.functional.plugins.wobbly import SECRET, Site, site
from tests.support import fingerprint

__all__ = ["site"]

PAGE = "/dashboard/acme/plugins/wobbly/"
EVENT_PAGE = "/dashboard/acme/events/robotics/plugins/wobbly/"


def form_of(site: Site, page: str = PAGE) -> Any:
    return next(f for f in site.app.get(page).forms.values() if f.action.endswith(page))


def values(site: Site, event: str = "") -> dict[str, Any]:
    with site.unit() as ctx:
        return plugin_settings.read(ctx, "wobbly", event_by_slug(ctx, event) if event else None)


def test_the_form_is_drawn_from_the_declaration_and_stores_typed_values(site: Site) -> None:
    site.switch("wobbly")
    form = form_of(site)
    assert form["colour"].value == "red"
    assert [o[0] for o in form["colour"].options] == ["red", "blue"]
    form["colour"], form["most"], form["greeting"], form["loud"] = "blue", "7", "Hello\nyou", True
    form.submit(status=303)
    assert values(site) == {
        "api_key": None, "colour": "blue", "most": 7, "greeting": "Hello\nyou", "loud": True, "home": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "typed", "says"),
    [
        ("most", "10", "outside what is possible"),
        ("most", "٣", "whole number"),
        ("home", "javascript:alert(1)", "begins with https://"),
        ("greeting", "x" * 5000, "too long"),
    ],
)
def test_a_wrong_value_is_refused_beside_its_field_and_changes_nothing(
    site: Site, name: str, typed: str, says: str
) -> None:
    site.switch("wobbly")
    form, before = form_of(site), fingerprint(site.runtime.engines)
    form["colour"] = "blue"
    form[name] = typed
    answer = form.submit(status=422)
    assert says.lower() in answer.text.lower()
    assert fingerprint(site.runtime.engines) == before


def test_a_choice_that_is_not_offered_is_refused(site: Site) -> None:
    site.switch("wobbly")
    form = form_of(site)
    form["colour"].force_value("green")
    form.submit(status=422).mustcontain("Choose one of the listed options.")


def test_a_secret_is_used_and_never_seen_again(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    site.switch("wobbly")
    form = form_of(site)
    form["api_key"] = SECRET
    with caplog.at_level(logging.DEBUG):
        shown = [
            form.submit(status=303).follow(),
            site.app.get(PAGE),
            site.app.get("/dashboard/acme/settings/"),
        ]
    assert values(site)["api_key"] == SECRET
    assert all(SECRET not in page for page in shown)
    assert SECRET not in caplog.text
    with site.runtime.engines.owner.connect() as connection:
        for model in (TenantSetting, AuditEntry):
            rows = connection.execute(select(model.__table__)).all()
            assert rows
            assert SECRET not in repr(rows)
    assert SECRET not in repr(site.runtime.engines.tenants.by_slug("acme"))

    again = form_of(site)
    assert again["api_key"].value == ""
    again["colour"] = "blue"
    again.submit(status=303)
    assert values(site)["api_key"] == SECRET, "an empty field keeps it"
    again = form_of(site)
    again["clear_api_key"] = True
    again.submit(status=303)
    assert values(site)["api_key"] is None


def test_a_secret_of_one_organizer_is_unreadable_under_another(site: Site) -> None:
    sealed = site.runtime.keys.encrypt("plugin_setting", 1, SECRET.encode(), b"0" * 12)
    with pytest.raises(Exception, match="secret_unreadable"):
        site.runtime.keys.decrypt("plugin_setting", 2, sealed)


def test_an_event_has_its_own_values_until_it_gives_them_back(site: Site) -> None:
    site.switch("wobbly")
    form = form_of(site)
    form["greeting"], form["loud"] = "Hello", True
    form.submit(status=303)
    form = form_of(site, EVENT_PAGE)
    assert set(form.fields) == {"csrf_token", "colour", "greeting", "loud", None}
    form["greeting"], form["loud"] = "Ahoy", "no"
    form.submit(status=303)
    assert (values(site)["greeting"], values(site)["loud"]) == ("Hello", True)
    own = values(site, "robotics")
    assert (own["greeting"], own["loud"], own["colour"]) == ("Ahoy", False, "red")
    form = form_of(site, EVENT_PAGE)
    assert form["loud"].value == "no"
    form["greeting"], form["loud"] = "", ""
    form.submit(status=303)
    assert values(site, "robotics") == values(site)


def test_a_plugin_that_is_off_takes_no_settings(site: Site) -> None:
    before = fingerprint(site.runtime.engines)
    site.switch("wobbly")
    form = form_of(site)
    site.switch("wobbly")
    form["colour"] = "blue"
    form.submit(status=409).mustcontain("Wobbly is switched off. Switch it on first.")
    assert fingerprint(site.runtime.engines) != before, "it was switched, nothing else"
    assert values(site)["colour"] == "red"
