"""What a payment provider must do that sends its own request for payment; run with the others by `conformance.checks_for`."""

from __future__ import annotations

from sratix_core.plugindev.till import IDS, Till, charge
from sratix_core.plugins.paying import Begun, Declined, Reading


def says_whose_account_it_is(till: Till) -> None:
    """The money is booked with another provider of the same account, which hears of it."""
    assert till.provider.settles_with, "the name of the provider that is paid"
    assert till.provider.settles_with != till.provider.name


def finds_its_request_again(till: Till) -> None:
    """By the attempt alone, also where the key is forgotten; there is none that nobody made, and none once it was ended."""
    provider, account, wanted = till.provider, till.account, charge(till)
    assert _over(provider.request_of(account, wanted)), "nobody made it"
    begun = provider.begin(account, wanted)
    found = provider.request_of(account, wanted)
    assert isinstance(found, Begun), "it waits to be paid"
    assert (found.reference, found.redirect) == (begun.reference, begun.redirect)
    provider.end(account, begun.reference)
    assert _over(provider.request_of(account, wanted)), "it was ended"


def sends_again_what_can_be_paid(till: Till) -> None:
    """As often as somebody wants, and a definite no once it is over."""
    begun = till.provider.begin(till.account, charge(till))
    till.provider.send_again(till.account, begun.reference, f"sratix-again-{IDS.new()}")
    assert till.provider.read(till.account, begun.reference).state == "waiting"
    till.provider.end(till.account, begun.reference)
    try:
        till.provider.send_again(till.account, begun.reference, f"sratix-again-{IDS.new()}")
    except Declined:
        return
    raise AssertionError("what nobody can pay any more was sent again")


def _over(said: object) -> bool:
    return isinstance(said, Reading) and said.state == "expired"
