"""The operations of /api/v1, a module for each kind of thing; every one calls the service that the dashboard calls."""
