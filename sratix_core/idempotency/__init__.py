"""Asked twice, done once: the answer to a request that named itself by a key, stored with its effect (K3)."""
