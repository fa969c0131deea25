"""A price is exact to the last unit: never negative, every line adds up, and the lines make the order."""

from __future__ import annotations

import os
import uuid
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from sratix_core.pricing.arithmetic import half_up, rounded, spread
from sratix_core.pricing.contributions import Fee, Rule, Tax
from sratix_core.pricing.lines import LineKind
from sratix_core.pricing.quoting import Quote, Wanted, quote
from sratix_core.pricing.rules import Bulk, Discount, DiscountKind, OpenPrice, Step, Terms, TypeRules
from sratix_core.pricing.settling import settle

NOW = datetime(2027, 3, 1, 11, tzinfo=UTC)
CARTS = int(os.environ.get("SRATIX_TEST_CARTS", "2000"))
"""How many made-up carts are priced; a million take two to three hours of CPU."""
many = settings(max_examples=CARTS, suppress_health_check=list(HealthCheck))
fewer = settings(many, max_examples=max(200, CARTS // 4))

minor = st.one_of(st.integers(0, 100), st.integers(0, 10**6), st.integers(0, 10**12))
bp = st.one_of(st.sampled_from([0, 1, 250, 260, 810, 3333, 9999, 10_000]), st.integers(0, 10_000))
steps = st.builds(
    Step,
    price_minor=minor,
    until=st.none() | st.sampled_from([NOW - timedelta(1), NOW, NOW + timedelta(1)]),
    first=st.none() | st.integers(1, 50),
)
rules = st.builds(
    TypeRules,
    steps=st.lists(steps, max_size=3),
    bulk=st.lists(
        st.builds(Bulk, at_least=st.integers(2, 10), percent_bp=st.integers(1, 10_000)), max_size=2
    ),
    tax_bp=st.none() | bp,
)
wanted = st.builds(
    Wanted,
    ticket_type_id=st.uuids(),
    name=st.just("Regular"),
    quantity=st.integers(1, 30),
    price_minor=minor,
    rules=rules,
    gone=st.integers(0, 60),
)
terms = st.builds(
    Terms,
    tax_included=st.booleans(),
    tax_bp=bp,
    fee_name=st.just("Service fee"),
    fee_ticket_minor=minor,
    fee_bp=bp,
    fee_order_minor=minor,
    round_to=st.sampled_from([1, 1, 5, 10, 100]),
)


taxes = st.none() | st.one_of(
    st.builds(Tax, plugin=st.just("odd"), bp=bp, why=st.just("by_law")),
    st.just(Tax("odd", 0, "abroad", reverse_charge=True)),
)
fees = st.builds(
    Fee,
    plugin=st.just("odd"),
    code=st.just("fee"),
    name=st.just("Fee"),
    ticket_minor=minor,
    percent_bp=bp,
    order_minor=minor,
    most_minor=st.none() | minor,
    tax_bp=st.none() | bp,
    included=st.booleans(),
    tax=taxes,
)


@st.composite
def contributed(draw: st.DrawFn) -> tuple[Quote, Discount | None]:
    """A cart that plugins have had their say about."""
    lines = draw(st.lists(wanted, min_size=1, max_size=4))
    ids = [line.ticket_type_id for line in lines]

    def discount() -> Discount:
        kind = draw(st.sampled_from(list(DiscountKind)))
        value = draw(bp if kind == DiscountKind.PERCENT else minor)
        return Discount("X", kind, value, draw(st.frozensets(st.sampled_from(ids))))

    took = [Rule("odd", discount()) for _ in range(draw(st.integers(0, 3)))]
    extra = [
        replace(fee, order_minor=0 if fee.included else fee.order_minor)
        for fee in draw(st.lists(fees, max_size=3))
    ]
    quoted = quote(draw(st.sampled_from(["CHF", "JPY", "KWD"])), draw(terms), lines, NOW, took, extra)
    quoted = replace(quoted, lines=[replace(line, tax=draw(taxes)) for line in quoted.lines])
    return quoted, discount() if draw(st.booleans()) else None


@fewer
@given(contributed())
def test_whatever_plugins_contribute_adds_up(cart: tuple[Quote, Discount | None]) -> None:
    quoted, discount = cart
    settled = settle(quoted, discount)
    for line in settled.lines:
        assert min(line.unit_price_minor, line.discount_minor, line.net_minor, line.tax_minor) >= 0
        asked = line.subtotal_minor - line.discount_minor
        assert asked == (line.total_minor if settled.tax_included else line.net_minor) >= 0
        assert line.net_minor + line.tax_minor == line.total_minor
        if line.reverse_charge:
            assert (line.tax_bp, line.tax_minor) == (0, 0)
    assert settled.total_minor == sum(x.total_minor for x in settled.lines) + settled.rounding_minor >= 0
    assert settled.code_minor >= 0
    off = sum(line.discount_minor for line in settled.lines)
    assert settled.code_minor <= off, "what a summary calls saved is never negative"
    assert settle(msgspec.convert(msgspec.to_builtins(quoted), Quote), discount) == settled, "frozen as JSON"


@fewer
@given(contributed())
def test_what_is_taken_off_is_the_tax_and_an_included_fee_costs_nothing(
    cart: tuple[Quote, Discount | None],
) -> None:
    """Reverse charge leaves the net price of a business at home, to half a unit a ticket; a fee within leaves the total."""
    quoted, discount = cart
    bare = replace(quoted, fees=[], lines=[replace(line, tax=None) for line in quoted.lines])
    usual = settle(bare, discount)
    abroad = Tax("odd", 0, "abroad", reverse_charge=True)
    free = settle(replace(bare, lines=[replace(line, tax=abroad) for line in bare.lines]), discount)
    for line, without in zip(usual.lines, free.lines, strict=True):
        assert abs(line.net_minor - without.total_minor) <= line.quantity
    within = [replace(fee, tax=None) for fee in quoted.fees if fee.included]
    told = settle(replace(bare, fees=within, terms=replace(bare.terms, tax_included=True)), discount)
    plain = settle(replace(bare, terms=replace(bare.terms, tax_included=True)), discount)
    assert told.total_minor == plain.total_minor


@st.composite
def carts(draw: st.DrawFn) -> tuple[Quote, Discount | None]:
    lines = draw(st.lists(wanted, min_size=1, max_size=5))
    kind = draw(st.sampled_from([None, *DiscountKind]))
    quoted = quote(draw(st.sampled_from(["CHF", "JPY", "KWD"])), draw(terms), lines, NOW)
    if kind is None:
        return quoted, None
    ids = draw(st.frozensets(st.sampled_from([line.ticket_type_id for line in lines])))
    return quoted, Discount("CODE", kind, draw(bp if kind == DiscountKind.PERCENT else minor), ids)


@many
@given(carts())
def test_any_cart_adds_up(cart: tuple[Quote, Discount | None]) -> None:
    quoted, discount = cart
    settled = settle(quoted, discount)
    for line in settled.lines:
        assert line.net_minor + line.tax_minor == line.total_minor
        assert min(line.unit_price_minor, line.discount_minor, line.net_minor, line.tax_minor) >= 0
        asked = line.subtotal_minor - line.discount_minor
        assert asked == (line.total_minor if settled.tax_included else line.net_minor) >= 0
        rate = Fraction(line.tax_bp, 10_000)
        exact = asked * rate / (1 + rate) if settled.tax_included else asked * rate
        assert abs(line.tax_minor - exact) <= Fraction(1, 2), "half up, each line by itself"
        columns = {k: v for k, v in line.columns().items() if k != "reverse_charge"}
        assert all(type(v) is int for v in columns.values() if isinstance(v, int | float))
    assert settled.total_minor == sum(x.total_minor for x in settled.lines) + settled.rounding_minor >= 0
    assert settled.total_minor % quoted.terms.round_to == 0
    assert 2 * abs(settled.rounding_minor) <= quoted.terms.round_to
    tickets = [line for line in settled.lines if line.kind == LineKind.TICKET]
    assert len(tickets) == len(quoted.lines)
    off = sum(line.discount_minor for line in tickets) - sum(line.off_minor for line in quoted.lines)
    assert off == settled.code_minor >= 0
    if discount is not None and discount.kind == DiscountKind.AMOUNT:
        fits = [x for x in quoted.lines if not discount.type_ids or x.ticket_type_id in discount.type_ids]
        assert off == min(discount.value, sum(x.due_minor for x in fits)), "nothing is lost in spreading"
    assert settle(msgspec.convert(msgspec.to_builtins(quoted), Quote), discount) == settled, "frozen as JSON"


@many
@given(st.integers(0, 10**15), st.lists(st.integers(0, 10**14), max_size=8))
def test_an_amount_is_spread_without_a_rest(amount: int, weights: list[int]) -> None:
    amount = min(amount, sum(weights))
    parts = spread(amount, weights)
    assert sum(parts) == amount
    assert all(0 <= part <= weight for part, weight in zip(parts, weights, strict=True))
    assert all(
        abs(p - Fraction(amount * w, sum(weights))) < 1 for p, w in zip(parts, weights, strict=True) if w
    )


def test_half_goes_up() -> None:
    assert [half_up(n, 2) for n in (0, 1, 2, 3)] == [0, 1, 1, 2]
    assert [rounded(n, 5) for n in (0, 2, 3, 7, 8, 1003)] == [0, 0, 5, 5, 10, 1005]
    assert spread(100, [1, 1, 1]) == [34, 33, 33]


REGULAR = uuid.UUID(int=1)
EARLY = Step(8000, until=NOW + timedelta(1))
FIRST = Step(7000, first=50)


def test_a_swiss_order_by_hand() -> None:
    """3 × CHF 100 with 8.1 % inside, 10 % off, CHF 1.50 a ticket as fee, to 5 Rappen."""
    asked = Terms(tax_bp=810, fee_name="Service fee", fee_ticket_minor=150, fee_bp=33, round_to=5)
    settled = settle(
        quote("CHF", asked, [Wanted(REGULAR, "Regular", 3, 10_000)], NOW),
        Discount("EARLY", DiscountKind.PERCENT, 1000),
    )
    tickets, fee = settled.lines
    assert (tickets.subtotal_minor, tickets.discount_minor, tickets.total_minor) == (30_000, 3000, 27_000)
    assert (tickets.net_minor, tickets.tax_minor) == (24_977, 2023)  # 27000 × 8.1 / 108.1 = 2023.13
    assert (fee.kind, fee.total_minor, fee.tax_minor) == ("fee", 539, 40)  # 450 + 27000 × 0.33 % = 89.1
    assert (settled.total_minor, settled.rounding_minor, settled.tax_minor) == (27_540, 1, 2063)
    assert [step["rule"] for step in tickets.trace] == ["list_price", "promo_code", "tax_included"]


def test_tax_on_top() -> None:
    settled = settle(
        quote("JPY", Terms(tax_included=False, tax_bp=1000), [Wanted(REGULAR, "A", 3, 335)], NOW)
    )
    assert (settled.lines[0].net_minor, settled.tax_minor, settled.total_minor) == (1005, 101, 1106)


def test_a_step_ends_in_the_middle_of_a_line() -> None:
    """Two of three are among the first fifty: they cost 70, the third 100, and nobody pays for somebody else's."""
    line = quote("CHF", Terms(), [Wanted(REGULAR, "A", 3, 10_000, TypeRules([FIRST]), 48)], NOW).lines[0]
    assert (line.unit_minor, line.off_minor, line.due_minor) == (10_000, 6000, 24_000)
    assert [step["rule"] for step in line.trace] == ["list_price", "price_step_first"]


def test_the_first_step_that_holds_decides() -> None:
    def due(gone: int, now: datetime) -> int:
        want = Wanted(REGULAR, "A", 1, 10_000, TypeRules([FIRST, EARLY]), gone)
        return quote("CHF", Terms(), [want], now).lines[0].due_minor

    later = NOW + timedelta(1)
    assert [due(49, NOW), due(50, NOW), due(49, later), due(50, later)] == [7000, 8000, 7000, 10_000]


def test_many_are_cheaper_by_the_largest_number_reached() -> None:
    rules = TypeRules(bulk=[Bulk(5, 500), Bulk(10, 1000)])
    due = [
        quote("CHF", Terms(), [Wanted(REGULAR, "A", n, 1000, rules)], NOW).lines[0].due_minor
        for n in (4, 5, 10)
    ]
    assert due == [4000, 4750, 9000]


def test_a_code_makes_an_order_free_and_then_there_is_no_fee() -> None:
    asked = Terms(tax_bp=810, fee_name="Fee", fee_order_minor=500)
    settled = settle(
        quote("CHF", asked, [Wanted(REGULAR, "A", 2, 5000)], NOW), Discount("ALL", DiscountKind.PRICE, 0)
    )
    assert (settled.total_minor, len(settled.lines), settled.code_minor) == (0, 1, 10_000)


def test_what_a_buyer_chose_stands_against_codes_and_rules_of_plugins() -> None:
    listed, chosen = uuid.UUID(int=1), uuid.UUID(int=2)
    rules = TypeRules(open_price=OpenPrice(50_000))
    lines = [Wanted(listed, "Regular", 1, 10_000), Wanted(chosen, "Wish", 2, 3333, rules)]
    half = Discount("HALF", DiscountKind.PERCENT, 5000)
    for kind, value in ((DiscountKind.PERCENT, 5000), (DiscountKind.PRICE, 100), (DiscountKind.TICKET, 900)):
        quoted = quote("CHF", Terms(tax_bp=810), lines, NOW, [Rule("member_prices", half)])
        one, other = settle(quoted, Discount("CODE", kind, value)).lines
        assert one.discount_minor > 5000
        assert (other.unit_price_minor, other.discount_minor, other.total_minor) == (3333, 0, 6666)
        assert [step["rule"] for step in other.trace] == ["price_chosen", "tax_included"]
    amount = settle(quoted, Discount("CODE", DiscountKind.AMOUNT, 10**6))
    assert (amount.lines[0].total_minor, amount.lines[1].total_minor) == (0, 6666)
