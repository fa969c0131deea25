"""Scanners, each with a key of its own."""
