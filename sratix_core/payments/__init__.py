"""What was paid and through which provider, recorded once."""
