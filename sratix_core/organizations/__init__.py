"""Organizations that take part in a tenant's events: exhibitors, sponsors, partners, clubs; their people, billing and orders."""
