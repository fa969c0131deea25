"""What a provider that keeps payment methods must do; part of `conformance`, whose `checks_for` lists them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sratix_core.plugindev.till import Till, charge
from sratix_core.plugins.paying import Begun, Charge, Declined, IRedirects
from sratix_core.plugins.saving import Adding, Keeper


def _someone(key: str) -> Keeper:
    return Keeper(f"sratix-customer-{key}")


def _kept(till: Till, wanted: Charge) -> tuple[Keeper, str]:
    """A person who paid and had what they paid with kept; the name of it."""
    key = wanted.key
    redirects = IRedirects.providedBy(till.provider)
    begin = till.provider.begin if redirects else till.provider.begin_embedded
    begun: Begun = begin(till.account, replace(wanted, keeper=_someone(key)))
    assert begun.keeper, "Begun says under which name the provider knows the person"
    till.pay(begun)
    assert till.provider.read(till.account, begun.reference).state == "succeeded"
    known = replace(_someone(key), references=(begun.keeper,))
    (method,) = till.provider.saved(till.account, known)
    assert method.brand, "people know a card by its brand"
    assert len(method.last4) == 4
    assert 1 <= method.month <= 12
    assert method.year >= till.now().year
    return known, method.reference


def _refused(act: Any) -> None:
    try:
        act()
    except Declined:
        return
    raise AssertionError("somebody paid with a method that is not theirs, or not kept any more")


def keeps_for_one_person(till: Till) -> None:
    """What is kept is seen and used by its owner alone; nobody else's name finds, uses or removes it."""
    owner, method = _kept(till, charge(till))
    other, others = _kept(till, charge(till))
    saved, call = till.provider.saved, till.provider.begin_saved
    assert method != others
    assert saved(till.account, _someone("unknown")) == []
    assert saved(till.account, replace(owner, references=("unknown",))) == []
    for keeper in (_someone("unknown"), other):
        wanted = replace(charge(till), keeper=replace(keeper, method=method))
        _refused(lambda wanted=wanted: call(till.account, wanted))
        till.provider.forget(till.account, keeper, method)
    assert [m.reference for m in saved(till.account, owner)] == [method]


def finds_a_person_by_an_earlier_name(till: Till) -> None:
    """An account was changed and changed back: the name that is known there counts."""
    owner, method = _kept(till, charge(till))
    (name,) = owner.references
    twice = replace(owner, references=("gone", name))
    assert [m.reference for m in till.provider.saved(till.account, twice)] == [method]
    begun = till.provider.begin_saved(
        till.account, replace(charge(till), keeper=replace(twice, method=method))
    )
    assert begun.keeper == name


def pays_with_a_saved_method_once(till: Till) -> None:
    """Opening moves nothing; paying does, once, however often it is asked; what was ended can't be paid."""
    owner, method = _kept(till, charge(till))
    wanted = replace(charge(till), keeper=replace(owner, method=method))
    begun = till.provider.begin_saved(till.account, wanted)
    assert till.provider.begin_saved(till.account, wanted).reference == begun.reference
    assert till.provider.read(till.account, begun.reference).state == "waiting", (
        "paid before the buyer was asked"
    )
    for _ in range(2):
        assert till.provider.pay_saved(till.account, wanted, begun.reference).redirect == wanted.return_url
    said = till.provider.read(till.account, begun.reference)
    assert (said.state, said.amount) == ("succeeded", wanted.amount)
    late = replace(charge(till), keeper=replace(owner, method=method))
    opened = till.provider.begin_saved(till.account, late)
    assert till.provider.end(till.account, opened.reference).state in {"cancelled", "expired"}
    _refused(lambda: till.provider.pay_saved(till.account, late, opened.reference))


def forgets(till: Till) -> None:
    """What was removed is not listed and pays nothing; removing it twice does no harm."""
    owner, method = _kept(till, charge(till))
    for _ in range(2):
        till.provider.forget(till.account, owner, method)
    assert till.provider.saved(till.account, owner) == []
    wanted = replace(charge(till), keeper=replace(owner, method=method))
    _refused(lambda: till.provider.begin_saved(till.account, wanted))


def adds_without_a_payment(till: Till) -> None:
    """A page to add one; its press again is the same page."""
    some = charge(till)
    adding = Adding(
        some.key, _someone(some.key), some.email, "de", some.return_url, some.cancel_url, some.metadata
    )
    first, second = (till.provider.add(till.account, adding) for _ in range(2))
    assert first.redirect, "Begun says where one is added"
    assert first.keeper, "Begun says under which name the provider knows the person"
    assert (first.reference, first.keeper) == (second.reference, second.keeper)
