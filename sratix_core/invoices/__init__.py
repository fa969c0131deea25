"""Invoices, credit notes and proformas: numbered without a gap from a counter row, never changed once they are issued.

Owns what an invoice says and how its number comes about. The drawing is a plugin's; the price is the order's.
"""
