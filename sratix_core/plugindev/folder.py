"""A plugin's folder, loaded as it lies there, whether it is installed or not."""

from __future__ import annotations

import configparser
import sys
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType

from sratix_core.plugins import PluginError, PluginHost
from sratix_core.plugins.host import GROUP


@dataclass(frozen=True)
class Folder:
    """What setup.cfg says of the plugin."""

    place: Path
    name: str
    package: str
    version: str

    @property
    def sources(self) -> list[Path]:
        """The modules of the package, revisions left out."""
        found = sorted((self.place / self.package).rglob("*.py"))
        return [path for path in found if "migrations" not in path.relative_to(self.place).parts]

    def module(self) -> ModuleType:
        """The package, imported from this folder. Raises `PluginError`."""
        sys.path.insert(0, str(self.place))
        try:
            module = import_module(self.package)
        except Exception as error:
            raise PluginError(
                f"Package {self.package} cannot be imported: {type(error).__name__}: {error}."
            ) from error
        if not Path(module.__file__ or "").resolve().is_relative_to(self.place):
            raise PluginError(f"Package {self.package} was found at {module.__file__}, not in {self.place}.")
        return module

    def host(self) -> PluginHost:
        """This plugin together with the installed ones it requires. Raises `PluginError`."""
        return PluginHost(self.modules())

    def modules(self) -> list[ModuleType]:
        """This plugin's package and those of what it requires. Raises `PluginError`."""
        module = self.module()
        required = getattr(getattr(module, "info", None), "requires", ())
        return [module, *_needed(required)] if required else [module]


def _needed(names: tuple[str, ...]) -> list[ModuleType]:
    installed = PluginHost.discover()
    found: dict[str, ModuleType] = {}
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in found and name in installed.modules:
            found[name] = installed.modules[name]
            waiting += installed.infos[name].requires
    return list(found.values())


def read(place: Path) -> Folder:
    """Raises `PluginError` for a folder without setup.cfg, or one that names no plugin in it."""
    place = place.resolve()
    config = configparser.ConfigParser()
    if not config.read(place / "setup.cfg", encoding="utf-8"):
        raise PluginError(f"{place} has no setup.cfg: name the folder that holds it.")
    points = config.get("options.entry_points", GROUP, fallback="").split("\n")
    named = [line.partition("=") for line in points if "=" in line]
    if len(named) != 1:
        raise PluginError(
            f"{place}/setup.cfg names {len(named)} plugins under {GROUP}: write one line name = package."
        )
    name, _, package = (part.strip() for part in named[0])
    return Folder(place, name, package, config.get("metadata", "version", fallback=""))
