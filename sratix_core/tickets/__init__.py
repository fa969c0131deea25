"""Tickets, the people they are for, and the signed codes that admit them."""
