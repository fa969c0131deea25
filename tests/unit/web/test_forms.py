"""Reading forms: clean values, all errors at once, and what was typed stays."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from sratix_core.errors import Invalid
from sratix_core.values.money import Money
from sratix_core.web.forms import Form


def test_values_come_out_clean() -> None:
    form = Form(
        {
            "name": "  Zoe\u0308  Gross ",
            "email": " Nina@Example.CH ",
            "count": "12",
            "price": "49.50",
            "kind": "talk",
            "on": "1",
            "slug": "robo-days",
            "day": "2027-03-10",
            "at": "2027-03-10T09:00",
        }
    )
    assert form.text("name") == "Zo\u00eb  Gross"
    assert form.email("email") == "nina@example.ch"
    assert form.integer("count", 0, 20) == 12
    assert form.money("price", "CHF") == Money(4950, "CHF")
    assert form.choice("kind", {"talk", "party"}) == "talk"
    assert form.flag("on") is True
    assert form.flag("off") is False
    assert form.slug("slug") == "robo-days"
    assert form.day("day") == date(2027, 3, 10)
    assert form.moment("at", "Europe/Zurich") == datetime(2027, 3, 10, 8, 0, tzinfo=UTC)
    assert form.ok


def test_every_error_is_found_at_once_and_the_typing_stays() -> None:
    form = Form({"name": "", "email": "nina", "count": "many", "kind": "x", "at": "soon", "slug": "api"})
    form.text("name")
    form.email("email")
    form.integer("count", 0, 20)
    form.choice("kind", {"talk"})
    form.moment("at", "Europe/Zurich")
    form.slug("slug")
    assert form.errors == {
        "name": "required",
        "email": "email",
        "count": "integer",
        "kind": "choice",
        "at": "moment",
        "slug": "slug_reserved",
    }
    assert form.value("email") == "nina"
    assert form.error("email") == "Write a whole address, for example nina@example.ch."
    assert [name for name, _ in form.summary()] == list(form.errors)
    with pytest.raises(Invalid):
        form.check()


@pytest.mark.parametrize(
    "typed", ["１２", "1e3", "0x10", "1_000", " ", "+5", "9" * 30, "NaN", "-", "1.0", "२"]
)
def test_odd_numbers_are_not_numbers(typed: str) -> None:
    form = Form({"n": typed})
    assert form.integer("n", -(10**9), 10**9) is None
    assert form.errors["n"] in {"integer", "required"}


@pytest.mark.parametrize("typed", ["-1", "21"])
def test_numbers_have_limits(typed: str) -> None:
    form = Form({"n": typed})
    form.integer("n", 0, 20)
    assert form.errors == {"n": "range"}


def test_a_time_that_the_clocks_skip_is_named() -> None:
    form = Form({"at": "2027-03-28T02:30"})
    assert form.moment("at", "Europe/Zurich") is None
    assert form.errors == {"at": "gap"}


def test_optional_fields_may_be_empty() -> None:
    form = Form({})
    assert form.text("a", required=False) == ""
    assert form.email("b", required=False) == ""
    assert form.integer("c", 0, 1, required=False) is None
    assert form.money("d", "CHF", required=False) is None
    assert form.choice("e", {"x"}, required=False) is None
    assert form.moment("f", "UTC", required=False) is None
    assert form.day("g", required=False) is None
    assert form.ok


def test_a_password_is_never_shown_again() -> None:
    form = Form({"password": "seven herons"})
    assert form.secret("password") == "seven herons"
    assert form.value("password") == ""


def test_a_robot_fills_what_people_do_not_see() -> None:
    assert Form({"website": "http://spam.example"}).is_robot
    assert not Form({"website": ""}).is_robot


def test_a_page_shows_what_was_there_before() -> None:
    form = Form(initial={"name": "Robo Days", "note": None})
    assert form.value("name") == "Robo Days"
    assert form.value("note") == ""


@pytest.mark.parametrize("bad", ["a\0b", "a\ud800b"])
def test_text_that_cannot_be_stored_is_refused(bad: str) -> None:
    form = Form({"name": bad})
    assert form.text("name") is None
    assert form.errors == {"name": "bad_text"}
