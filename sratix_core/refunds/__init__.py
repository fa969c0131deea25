"""Orders that are given back: what an event's rules return, acts of giving back with their reasons, and whole events called off."""
