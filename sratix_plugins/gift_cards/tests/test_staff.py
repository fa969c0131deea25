"""Staff issue cards, see their codes once and find them again; who may not, may not; a mail brings the code."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from sqlalchemy import func, select

import sratix_gift_cards
from sratix_core.plugindev import World
from sratix_gift_cards.letters import card_letter
from sratix_gift_cards.models import GiftCard

ROOT = "/dashboard/alpha/x/gift_cards/"
CODE = re.compile(r"(?:[A-Z3789]{4}-){4}[A-Z3789]{4}")


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with World.open(sratix_gift_cards) as world:
        yield world


def form(world: World, **typed: str) -> dict[str, str]:
    batch = re.search(r'name="batch" value="([^"]+)"', world.get(ROOT + "new/").text)
    assert batch is not None
    return {"batch": batch[1], "amount": "50", "count": "1", "how": "own_bank", **typed}


def issue(world: World, **typed: str) -> str:
    """The page with the codes."""
    answer = world.post(ROOT + "new/", form(world, **typed))
    assert answer.status_int == 200, answer.text
    text: str = answer.text
    return text


def cards(world: World, tenant: str = "alpha") -> list[GiftCard]:
    with world.ctx(tenant) as ctx:
        return list(ctx.db.scalars(select(GiftCard).order_by(GiftCard.id)))


def test_codes_are_shown_together_for_an_hour_and_then_one_by_one(world: World) -> None:
    before = len(cards(world))
    page = issue(world, count="3", amount="1’234.50", how="cash_desk", reference="Till 2")
    shown = CODE.findall(page)
    assert len(set(shown)) == 3
    csv = re.search(ROOT + r"issued/[0-9a-f-]+/codes.csv", page)
    assert csv is not None
    lines = world.post(csv[0]).text.splitlines()
    assert lines[0] == "code,amount,currency,good_until"
    assert {line.split(",")[0] for line in lines[1:]} == set(shown)
    made = cards(world)[before:]
    assert {card.balance_minor for card in made} == {123_450}
    one = f"{ROOT}cards/{made[0].id}/"
    assert not CODE.search(world.get(one).text)
    assert CODE.search(world.post(one + "code/").text)
    found = world.get(f"{ROOT}?q={shown[1].lower()}")
    assert found.text.count("data-href") == 1


def test_the_same_form_twice_is_one_batch(world: World) -> None:
    typed, before = form(world, count="2"), len(cards(world))
    first, second = (world.post(ROOT + "new/", typed) for _ in range(2))
    assert set(CODE.findall(first.text)) == set(CODE.findall(second.text))
    assert len(cards(world)) == before + 2


def test_what_cannot_be_is_said_beside_its_field(world: World) -> None:
    before = len(cards(world))
    for field, typed in (
        ("amount", ""), ("amount", "-5"), ("amount", "0"), ("amount", "1e9"), ("amount", "99999999"), ("count", "501"),
        ("count", "0"), ("count", "x"), ("how", "bought"), ("how", ""), ("ends_on", "2001-01-01"), ("ends_on", "x"),
        ("recipient_email", "nobody"), ("recipient_name", "x" * 161), ("message", "x" * 501), ("batch", "x"),
    ):  # fmt: skip
        answer = world.post(ROOT + "new/", form(world, **{field: typed}))
        assert answer.status_int == 422, (field, typed)
    assert len(cards(world)) == before


def test_a_mail_brings_the_code_and_no_row_has_it(world: World) -> None:
    before = len(cards(world))
    page = issue(
        world, recipient_name="<b>Bea</b>", recipient_email="bea@example.org", message="Many years!\n=1+1"
    )
    (code,) = set(CODE.findall(page))
    card = cards(world)[before]
    with world.ctx() as ctx:
        letter = card_letter(ctx, str(card.id), "de")
        assert letter is not None
        assert letter.facts == ((code,), ("Many years! =1+1",))
        assert (letter.heading, letter.lead.startswith("Für <b>Bea</b>.")) == (
            "Ein Gutschein über CHF 50.00.",
            True,
        )
        kept = repr([getattr(card, column.name) for column in GiftCard.__table__.columns])
        assert code.replace("-", "") not in kept
    assert "<b>Bea" not in world.get(f"{ROOT}cards/{card.id}/").text


def test_a_blocked_card_is_blocked_once_and_unblocked_once(world: World) -> None:
    issue(world)
    one = f"{ROOT}cards/{cards(world)[-1].id}/"
    assert [world.post(one + act).status_int for act in ("blocking/", "blocking/", "unblocking/", "unblocking/")] == [
        303, 409, 303, 409,
    ]  # fmt: skip


def test_who_may_not_and_another_tenant_see_nothing(world: World) -> None:
    issue(world)
    one = f"{ROOT}cards/{cards(world)[-1].id}/"
    assert [world.get(ROOT, role).status_int for role in ("owner", "volunteer", None)] == [200, 403, 303]
    assert world.post(one + "code/", {}, "volunteer").status_int == 403
    theirs = one.replace("/alpha/", "/bravo/")
    assert [
        world.get(theirs, tenant="bravo").status_int,
        world.post(theirs + "code/", tenant="bravo").status_int,
    ] == [404, 404]
    world.switch("gift_cards", False)
    assert world.get(ROOT).status_int == 404
    world.switch("gift_cards", True)


def test_what_is_issued_stands_in_the_books(world: World) -> None:
    issue(world, how="given", amount="7")
    with world.ctx() as ctx:
        total = int(ctx.db.scalar(select(func.sum(GiftCard.balance_minor))) or 0)
    page = world.get("/dashboard/alpha/finance/").text
    assert "On gift cards, not spent" in page
    assert f"{total // 100:,}".replace(",", "’") in page
