"""Card payments by Stripe. So far the stand-in for Stripe's servers, `sratix_stripe.double`, that tests and the demo talk to."""
