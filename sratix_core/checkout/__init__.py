"""Carts: units held for a short while, priced and named, until they become an order or go back."""
