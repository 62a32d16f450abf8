"""Keep what trying changes has found out, so that a run can go on where one ended.

What the tests run of the code is kept beside a digest of all that they read: the map of
another state of the project is not used. What became of each change is kept one to a
line, as it comes.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from tools.nursery import Measured, Test

_READ: Final = ("src", "tests", "agreements")
_BUILT: Final = frozenset({"__pycache__", "static", "node_modules"})


def digest_of(root: Path, paths: Sequence[str]) -> str:
    """Return a digest of the code and the tests of a project.

    Args:
        root: Folder of the project.
        paths: Of the tests that are run.
    """
    found = hashlib.sha256(json.dumps(sorted(paths)).encode())
    for folder in _READ:
        for file in sorted((root / folder).rglob("*")):
            if file.is_file() and not _BUILT & set(file.parts):
                found.update(str(file.relative_to(root)).encode())
                found.update(hashlib.sha256(file.read_bytes()).digest())
    return found.hexdigest()


def known(file: Path | None, digest: str, measure: Callable[[], Measured]) -> Measured:
    """Return what the tests do, from a file where it is of the same code and tests.

    Args:
        file: Written where there is none, or where it is of another state; none: not.
        digest: Of code and tests.
        measure: Finds it out.
    """
    if file and file.exists():
        held = json.loads(file.read_text())
        if held["digest"] == digest:
            return _measured(held)
    found = measure()
    if file:
        tests = [asdict(each) | {"ran": sorted(each.ran)} for each in found.tests]
        held = {
            "digest": digest,
            "tests": tests,
            "blocks": dict(found.blocks),
            "always": sorted(found.always),
            "modules": found.modules,
        }
        file.write_text(json.dumps(held))
    return found


def _measured(held: Mapping[str, Any]) -> Measured:
    return Measured(
        tests=tuple(
            Test(id=each["id"], cpu_s=each["cpu_s"], ran=frozenset(each["ran"]))
            for each in held["tests"]
        ),
        blocks=held["blocks"],
        always=frozenset(held["always"]),
        modules=tuple(held["modules"]),
    )


class Diary:
    """What became of each change, one to a line of a file, as it comes."""

    def __init__(self, file: Path | None, digest: str) -> None:
        """Take the file, if any, and read in it what is of the same code and tests."""
        self._file, self._digest = file, digest
        lines = file.read_text().splitlines() if file and file.exists() else []
        entries = [json.loads(line) for line in lines]
        self.became: Mapping[str, dict[str, Any]] = {
            each["change"]: each for each in entries if each["digest"] == digest
        }

    def write(self, change: str, **became: object) -> None:
        """Add a line.

        Args:
            change: Names the change: module, and its number there.
            became: What is to be known of it again.
        """
        if self._file:
            entry = {"digest": self._digest, "change": change} | became
            with self._file.open("a") as out:
                out.write(json.dumps(entry) + "\n")
