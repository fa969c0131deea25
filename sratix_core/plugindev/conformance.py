"""What every payment provider must do, as checks that any plugin runs against its own provider and its provider's test side.

A plugin's test brings a `Till` and runs each of `checks_for(till.provider)`; a check raises AssertionError with what is wrong.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sratix_core.plugindev.conformance_requesting import (
    finds_its_request_again,
    says_whose_account_it_is,
    sends_again_what_can_be_paid,
)
from sratix_core.plugindev.conformance_saving import (
    adds_without_a_payment,
    finds_a_person_by_an_earlier_name,
    forgets,
    keeps_for_one_person,
    pays_with_a_saved_method_once,
)
from sratix_core.plugindev.till import IDS, Till, charge
from sratix_core.plugins.interfaces import IPaymentProvider
from sratix_core.plugins.paying import (
    BadSignature,
    Begun,
    Charge,
    Declined,
    ICallsOut,
    IEmbeds,
    IRedirects,
    IRefunds,
    ITakesWebhooks,
    RefundReading,
    RefundWanted,
)
from sratix_core.plugins.requesting import IRequestsPayment
from sratix_core.plugins.saving import ISavesMethods
from sratix_core.values.money import Money

LANGUAGES = ("en", "de", "fr", "it")


Check = Callable[[Till], None]


def _begin(till: Till, wanted: Charge) -> Begun:
    redirects = IRedirects.providedBy(till.provider)
    begun = (till.provider.begin if redirects else till.provider.begin_embedded)(till.account, wanted)
    assert isinstance(begun, Begun), "begin answers with Begun"
    assert begun.reference, "a payment has a reference"
    assert begun.redirect or begun.client, "Begun says where or with what the buyer pays"
    return begun


def _paid(till: Till, minor: int = 9800) -> str:
    """A payment that was made; its provider's name."""
    begun = _begin(till, charge(till, minor))
    till.pay(begun)
    return str(till.provider.read(till.account, begun.reference).payment)


def names_itself(till: Till) -> None:
    """A name to store, a symbol, and words in four languages."""
    provider = till.provider
    assert provider.name.isidentifier(), f"name {provider.name!r} is stored and stands in addresses"
    assert provider.icon, "a symbol of the shop's sprite"
    for language in LANGUAGES:
        assert provider.title(language), f"a title in {language}"
        assert provider.help(language), f"half a sentence of help in {language}"


def keeps_secrets(till: Till) -> None:
    """What is written into logs by accident shows no key."""
    for value in (till.account, till.provider, _begin(till, charge(till))):
        shown = repr(value) + str(value)
        assert not any(secret in shown for secret in till.secrets), f"{type(value).__name__} shows a secret"


def begins_once(till: Till) -> None:
    """The same key is the same payment, other keys are others."""
    wanted = charge(till)
    first, second = _begin(till, wanted), _begin(till, wanted)
    assert first.reference == second.reference, "the same key made two payments"
    assert _begin(till, charge(till)).reference != first.reference, "another key is another payment"


def begins_once_though_the_answer_is_lost(till: Till) -> None:
    """After a lost answer the same call gives the payment that was made, and it is paid once."""
    wanted = charge(till)
    till.lose_answer("begin")
    try:
        first = _begin(till, wanted)
    except Exception:
        first = _begin(till, wanted)
    assert _begin(till, wanted).reference == first.reference
    till.pay(first)
    assert till.provider.read(till.account, first.reference).state == "succeeded"


def collects_the_amount(till: Till) -> None:
    """Waiting until it is paid, then exactly the amount: the lines less the discount."""
    wanted = charge(till, 9800, off=800)
    begun = _begin(till, wanted)
    assert till.provider.read(till.account, begun.reference).state == "waiting"
    till.pay(begun)
    said = till.provider.read(till.account, begun.reference)
    assert (said.state, said.amount) == ("succeeded", wanted.amount)
    assert said.payment, "a payment that was made has a name for refunds"


def ends(till: Till) -> None:
    """What was ended can't be paid; what was paid stays paid; ending twice does no harm."""
    begun = _begin(till, charge(till))
    over = till.provider.end(till.account, begun.reference)
    assert over.state in {"cancelled", "expired"}, over
    till.pay(begun)
    assert till.provider.end(till.account, begun.reference).state == over.state
    assert till.provider.read(till.account, begun.reference).state != "succeeded", "paid after it was ended"
    other = _begin(till, charge(till))
    till.pay(other)
    assert till.provider.end(till.account, other.reference).state == "succeeded"


def refunds_once(till: Till) -> None:
    """The same key is one refund, parts add up, and more than came in is a definite no."""
    payment, call = _paid(till), till.provider.refund
    wanted = _wanted(payment, 5000)
    first, second = call(till.account, wanted), call(till.account, wanted)
    assert isinstance(first, RefundReading)
    assert (first.reference, first.state) == (second.reference, second.state)
    assert call(till.account, _wanted(payment, 4800)).reference != first.reference
    try:
        call(till.account, _wanted(payment, 1))
    except Declined:
        pass
    else:
        raise AssertionError("more went back than came in")
    found = till.provider.refunds_of(till.account, payment)
    assert sum(r.amount.minor for r in found) == 9800
    assert wanted.key in {r.key for r in found}, "a refund is known by its key"


def refunds_once_though_the_answer_is_lost(till: Till) -> None:
    """After a lost answer the same key finds the refund that was made."""
    payment = _paid(till)
    wanted = _wanted(payment, 5000)
    till.lose_answer("refund")
    try:
        till.provider.refund(till.account, wanted)
    except Declined:
        raise
    except Exception:
        till.provider.refund(till.account, wanted)
    assert [r.key for r in till.provider.refunds_of(till.account, payment)] == [wanted.key]


def _wanted(payment: str, minor: int) -> RefundWanted:
    return RefundWanted(f"sratix-{IDS.new()}", payment, Money(minor, "CHF"))


def believes_only_what_is_signed(till: Till) -> None:
    """An event is read as signed; with one byte changed, or no signature, it is refused."""
    headers, body = till.event()
    said = till.hear(headers, body)
    assert said.event_id
    assert said.mode == "test"
    for wrong_headers, wrong_body in ((headers, body + b" "), ({}, body), (headers, b"")):
        try:
            till.hear(wrong_headers, wrong_body)
        except BadSignature:
            continue
        raise AssertionError("an event was believed that nobody signed")


CHECKS: tuple[tuple[Any, Check], ...] = (
    (IPaymentProvider, names_itself),
    (ICallsOut, keeps_secrets),
    (ICallsOut, begins_once),
    (ICallsOut, begins_once_though_the_answer_is_lost),
    (ICallsOut, collects_the_amount),
    (ICallsOut, ends),
    (IRefunds, refunds_once),
    (IRefunds, refunds_once_though_the_answer_is_lost),
    (ITakesWebhooks, believes_only_what_is_signed),
    (ISavesMethods, keeps_for_one_person),
    (ISavesMethods, finds_a_person_by_an_earlier_name),
    (ISavesMethods, pays_with_a_saved_method_once),
    (ISavesMethods, forgets),
    (ISavesMethods, adds_without_a_payment),
    (IRequestsPayment, says_whose_account_it_is),
    (IRequestsPayment, finds_its_request_again),
    (IRequestsPayment, sends_again_what_can_be_paid),
)


def checks_for(provider: Any) -> list[Check]:
    """The checks for what this provider says it can do."""
    can_begin = IRedirects.providedBy(provider) or IEmbeds.providedBy(provider)
    return [
        check
        for capability, check in CHECKS
        if capability.providedBy(provider) and (can_begin or capability not in (ICallsOut, ISavesMethods))
    ]
