"""Stripe's objects and what may be done with each; `routes.py` says under which path."""
