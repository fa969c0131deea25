"""Promo codes: what they do, for whom and how often, and the uses that carts and orders hold of them."""
