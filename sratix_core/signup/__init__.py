"""Becoming an organizer: what a stranger asked for, until their e-mail is confirmed. Then there is a tenant, and nothing is left here."""
