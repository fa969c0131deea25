"""How the installation does, measured in one place: `/health/ready`, `/metrics`, `sratix doctor` and the platform's page read the same."""
