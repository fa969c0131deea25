"""Orders and their lines. Owns the states of an order and everything that follows from a change of state."""
