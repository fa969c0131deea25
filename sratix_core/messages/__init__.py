"""What leaves the house for a person: queued with the act, rendered when sent, recorded with its outcome."""
