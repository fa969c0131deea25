"""Files a tenant put here: what they are, how large, and where they lie."""
