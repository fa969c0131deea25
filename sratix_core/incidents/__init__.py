"""Incident notes: what happened at an event, written by whoever was there, closed with what was done about it."""
