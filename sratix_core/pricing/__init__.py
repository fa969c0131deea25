"""What a number of tickets costs: one deterministic fold from list price to total, with a reason for every step.

Owns the arithmetic and the columns in which its result is frozen; reads no database and knows no buyer.
"""
