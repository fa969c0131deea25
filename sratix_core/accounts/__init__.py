"""People who sign in, and their logins. Owns credentials; what a person may do in a tenant is their role as a member."""
