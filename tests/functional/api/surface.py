"""What the API has with every plugin of this repository installed."""

from __future__ import annotations

from typing import Any

from sratix_core import api as _api  # noqa: F401  (declares the operations)
from sratix_core.api.framework import operations_of
from sratix_core.api.openapi import document
from sratix_core.plugins import PluginHost

OPERATIONS = operations_of(PluginHost.discover())
DOCUMENT: dict[str, Any] = document(OPERATIONS)
