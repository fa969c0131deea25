"""The door: every scan as it happened, and the fold that says who is inside."""
