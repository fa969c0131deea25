"""Delivery over HTTP: the unit of work, whose request it is, what comes in and what goes out. Knows no rule of the product."""
