"""A new secret key for an installation that runs: what lies encrypted under the previous one is encrypted again, row by row."""
