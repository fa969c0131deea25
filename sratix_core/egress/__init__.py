"""The only way out over HTTP, for the core and for plugins; see `client.Egress`. Mail and object storage have ways of their own.

Two classes of call: an address that a tenant wrote, trusted with nothing, and a provider whose host the caller declares.
"""
