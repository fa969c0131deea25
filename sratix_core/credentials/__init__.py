"""What programs show instead of a browser's login: API keys of a tenant, access and refresh tokens of a person."""
