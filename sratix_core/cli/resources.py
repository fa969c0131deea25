"""What Pyramid asks `pkg_resources` for, over plain folders: 2 MB less than the original, which
reads the metadata of everything that is installed. Whoever asks for more is given the original.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import IO, Any


class DefaultProvider:
    """Files of one package; names are relative and use slashes, `manager` is heeded by no provider of folders."""

    def __init__(self, module: Any) -> None:
        self.module_path = os.path.dirname(getattr(module, "__file__", None) or next(iter(module.__path__)))

    def get_resource_filename(self, manager: object, name: str) -> str:
        """Where the file is, or would be. Raises `ValueError` for a name that leads out of the package."""
        if name.startswith("/") or ".." in name.split("/"):
            raise ValueError(f"{name!r} is no name below a package")
        return os.path.join(self.module_path, *name.split("/")) if name else self.module_path

    def get_resource_stream(self, manager: object, name: str) -> IO[bytes]:
        return open(self.get_resource_filename(manager, name), "rb")

    def get_resource_string(self, manager: object, name: str) -> bytes:
        with self.get_resource_stream(manager, name) as stream:
            return stream.read()

    def has_resource(self, name: str) -> bool:
        return os.path.exists(self.get_resource_filename(None, name))

    def resource_isdir(self, name: str) -> bool:
        return os.path.isdir(self.get_resource_filename(None, name))

    def resource_listdir(self, name: str) -> list[str]:
        return os.listdir(self.get_resource_filename(None, name))


_PROVIDERS: dict[type, type[DefaultProvider]] = {}


def register_loader_type(loader: type, provider: type[DefaultProvider]) -> None:
    """Packages whose `__loader__` is a `loader` are read by `provider`: Pyramid's way to override assets."""
    _PROVIDERS[loader] = provider


def _provider(package: str) -> DefaultProvider:
    module = sys.modules.get(package) or import_module(package)
    return _PROVIDERS.get(type(getattr(module, "__loader__", None)), DefaultProvider)(module)


def resource_filename(package: str, name: str) -> str:
    return _provider(package).get_resource_filename(None, name)


def resource_stream(package: str, name: str) -> IO[bytes]:
    return _provider(package).get_resource_stream(None, name)


def resource_string(package: str, name: str) -> bytes:
    return _provider(package).get_resource_string(None, name)


def resource_exists(package: str, name: str) -> bool:
    return _provider(package).has_resource(name)


def resource_isdir(package: str, name: str) -> bool:
    return _provider(package).resource_isdir(name)


def resource_listdir(package: str, name: str) -> list[str]:
    return _provider(package).resource_listdir(name)


def __getattr__(name: str) -> Any:
    """The original's, for who needs what is not here."""
    if name.startswith("__") or sys.modules.get("pkg_resources") not in (None, sys.modules[__name__]):
        raise AttributeError(name)
    sys.modules.pop("pkg_resources", None)
    return getattr(import_module("pkg_resources"), name)
