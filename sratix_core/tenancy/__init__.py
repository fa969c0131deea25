"""Whose data: scopes, the only place that builds a database session, the proof of every statement, and row-level security."""
