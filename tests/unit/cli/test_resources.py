"""What stands in for `pkg_resources` answers as it does, and gives the original to who asks for more."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import sratix_core
from sratix_core.cli import resources

HOME = Path(sratix_core.__file__).parent
ASKED = [
    ("sratix_core", "static/tokens.css"),
    ("sratix_core", "static"),
    ("sratix_core.web", "catalogs/de"),
    ("sratix_core.web.static", "catalogs"),
    ("sratix_core", ""),
    ("sratix_core", "static/none.css"),
]


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::UserWarning")
@pytest.mark.parametrize(("package", "name"), ASKED)
def test_it_answers_as_the_original(package: str, name: str) -> None:
    import pkg_resources as original

    assert original.__name__ == "pkg_resources"
    for question in ("resource_filename", "resource_exists", "resource_isdir"):
        assert getattr(resources, question)(package, name) == getattr(original, question)(package, name)
    if resources.resource_isdir(package, name):
        listed = original.resource_listdir(package, name)
        assert sorted(resources.resource_listdir(package, name)) == sorted(listed)
    elif resources.resource_exists(package, name):
        assert resources.resource_string(package, name) == original.resource_string(package, name)


@pytest.mark.parametrize("name", ["../setup.cfg", "static/../../setup.cfg", "/etc/passwd"])
def test_no_name_leads_out_of_the_package(name: str) -> None:
    with pytest.raises(ValueError, match="no name below a package"):
        resources.resource_filename("sratix_core", name)


def test_an_override_of_pyramid_is_heeded() -> None:
    from pyramid.config.assets import OverrideProvider

    class Loader:
        """As Pyramid's `PackageOverrides`, which takes the place of a package's loader."""

    assert issubclass(OverrideProvider, object)
    resources.register_loader_type(Loader, Provider)
    module = sys.modules["sratix_core.values"]
    before = module.__loader__
    try:
        module.__loader__ = Loader()  # type: ignore[assignment]
        assert resources.resource_filename("sratix_core.values", "any") == "elsewhere"
    finally:
        module.__loader__ = before


class Provider(resources.DefaultProvider):
    def get_resource_filename(self, manager: object, name: str) -> str:
        return "elsewhere"


def test_who_asks_for_more_gets_the_original() -> None:
    asked = """
import sys, warnings
warnings.simplefilter("ignore")
import sratix_core.cli
import pyramid.path
assert sys.modules["pkg_resources"].__file__.endswith("cli/resources.py")
from pkg_resources import parse_version
import pkg_resources
assert parse_version("1.10") > parse_version("1.9")
assert pkg_resources.__file__.endswith("pkg_resources/__init__.py"), pkg_resources
"""
    assert subprocess.run([sys.executable, "-c", asked]).returncode == 0
