"""The races of `tests/concurrency`, 1,000 rounds each with `--long`, on SQLite and, where SRATIX_TEST_PG_URL is set, PostgreSQL."""

from __future__ import annotations

import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

from bench.result import Result

ROOT = Path(__file__).parents[1]


def measure(home: Path, long: bool) -> Iterator[Result]:
    report = home / "races.xml"
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-n",
            "0",
            "-o",
            "junit_family=xunit1",
            f"--junit-xml={report}",
            "tests/concurrency",
        ],
        cwd=ROOT,
        env={**os.environ, "SRATIX_LONG": "1" if long else "0"},
        stdout=sys.stderr,
        check=False,
    )
    suite = ET.parse(report).getroot()[0]
    failed = int(suite.attrib["failures"]) + int(suite.attrib["errors"])
    yield Result("races_failed", failed, "races", 0)
    ran = int(suite.attrib["tests"]) - int(suite.attrib["skipped"])
    yield Result("races_run", ran, "races", 1, at_least=True)
