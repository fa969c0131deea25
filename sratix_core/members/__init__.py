"""Who works for a tenant: the roles of members, everywhere or in single events, roles of the tenant's own, and invitations."""
