"""Arrows between rooms hold, and the rules that say so catch what breaks them."""

import os
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.architecture.tree import PACKAGE, ROOT

LINT = Path(sys.executable).with_name("lint-imports")
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
IMPURE = {"app", "ingest", "store", "render", "mission"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Plant:
    """A line put where it must not stand, and the rule it must break."""

    contract: str
    module: str  #: path below the package; made when it is missing
    line: str


PLANTS = {
    "core imports agreement": Plant(
        contract="layers",
        module="core/errors.py",
        line="import pamiers.agreement",
    ),
    "fusion imports ledger": Plant(
        contract="layers", module="fusion/planted.py", line="import pamiers.ledger"
    ),
    "an undeclared room": Plant(
        contract="layers", module="planted_room/__init__.py", line="ROOM = 1"
    ),
    "a pure room reads the clock": Plant(
        contract="pure", module="compliance/planted.py", line="import time"
    ),
    "a pure room asks the system": Plant(
        contract="pure", module="report/planted.py", line="from os import environ"
    ),
    "the command line opens the store": Plant(
        contract="one-door-to-storage",
        module="app/cli/planted.py",
        line="import pamiers.store",
    ),
    "mission imports store": Plant(
        contract="layers", module="mission/planted.py", line="import pamiers.store"
    ),
    "a format imports another": Plant(
        contract="formats",
        module="ingest/formats/geojson.py",
        line="import pamiers.ingest.formats.ucdp_ged",
    ),
    "a surface imports the command line": Plant(
        contract="surfaces",
        module="app/web/__init__.py",
        line="import pamiers.app.cli",
    ),
}


def lint(root: Path, *contracts: str) -> subprocess.CompletedProcess[str]:
    """Run the import linter on the tree at root, for some contracts or all."""
    chosen = [word for name in contracts for word in ("--contract", name)]
    return subprocess.run(
        [LINT, "--config", root / "pyproject.toml", "--no-cache", *chosen],
        env={**os.environ, "PYTHONPATH": str(root / "src")},
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Return the root of a copy of the code that may be spoilt."""
    skipped = shutil.ignore_patterns("__pycache__", "agreements")
    shutil.copytree(PACKAGE, tmp_path / "src" / "pamiers", ignore=skipped)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def put(root: Path, module: str, line: str) -> None:
    """Put a line at the end of a module of the copy, making the module if needed."""
    path = root / "src" / "pamiers" / module
    path.parent.mkdir(parents=True, exist_ok=True)
    before = path.read_text() if path.exists() else ""
    path.write_text(f"{before}\n{line}\n")


def test_every_contract_is_kept() -> None:
    found = lint(ROOT)
    assert found.returncode == 0, found.stdout + found.stderr
    assert f"{len(SETTINGS['contracts'])} kept, 0 broken" in found.stdout


@pytest.mark.parametrize("plant", PLANTS.values(), ids=PLANTS.keys())
def test_a_violation_is_caught(copy: Path, plant: Plant) -> None:
    put(copy, plant.module, plant.line)
    found = lint(copy, plant.contract)
    assert found.returncode == 1, found.stdout + found.stderr
    assert "0 kept, 1 broken" in found.stdout, found.stdout + found.stderr


def test_a_cycle_of_two_files_is_caught(copy: Path) -> None:
    put(copy, "core/planted_one.py", "import pamiers.core.planted_two")
    put(copy, "core/planted_two.py", "import pamiers.core.planted_one")
    found = lint(copy, "acyclic")
    assert "0 kept, 1 broken" in found.stdout, found.stdout + found.stderr


def test_the_copy_itself_is_clean(copy: Path) -> None:
    found = lint(copy)
    assert found.returncode == 0, found.stdout + found.stderr


def test_every_room_below_mission_is_held_to_be_pure() -> None:
    rooms = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    pure = next(one for one in SETTINGS["contracts"] if one["id"] == "pure")
    assert set(pure["source_modules"]) == {f"pamiers.{room}" for room in rooms - IMPURE}


def test_every_kind_of_contract_has_a_plant() -> None:
    shown = {plant.contract for plant in PLANTS.values()} | {"acyclic"}
    assert shown == {contract["id"] for contract in SETTINGS["contracts"]}
