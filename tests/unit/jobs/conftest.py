"""The worksite's fixtures for this folder."""

from tests.worksite import live_site, site, template, urls

__all__ = ["live_site", "site", "template", "urls"]
