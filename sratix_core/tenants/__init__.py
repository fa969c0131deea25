"""Tenants with their settings, hosts, switched-on plugins and members. Owns who hosts events here, not who signs in."""
