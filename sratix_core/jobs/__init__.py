"""Durable work: written with the act that needs it, claimed under a lease, finished once or dead with a reason."""
