"""A stand-in for Stripe's servers: it remembers, charges nobody, and fails when told to.

`Double` is the whole thing without a network, `serving` puts it on a port. Requests are held against the parameter types of
the installed Stripe SDK, answers carry every attribute its classes promise. Nothing here imports the ticketing core.
"""

from sratix_stripe.double.app import Double
from sratix_stripe.double.clock import Clock
from sratix_stripe.double.server import serving

__all__ = ["Clock", "Double", "serving"]
