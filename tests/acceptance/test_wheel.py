"""The wheel carries all that the program needs, and runs where nothing else is."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.shared import ROOT

pytestmark = pytest.mark.acceptance
PACKAGE = ROOT / "src" / "pamiers"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that holds what installing the wheel would put there."""
    folder = tmp_path_factory.mktemp("wheel")
    hatchling = Path(sys.executable).with_name("hatchling")
    command = (hatchling, "build", "-t", "wheel", "-d", folder / "dist")
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = (folder / "dist").glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def pamiers(site: Path, folder: Path, *arguments: str) -> dict[str, object]:
    """Run the program out of a folder, and return what `--json` printed."""
    found = subprocess.run(
        (
            sys.executable,
            "-c",
            "from pamiers.app.cli.main import run; run()",
            *arguments,
            "--json",
        ),
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert found.stdout.count("\n") == 1, found.stderr
    answer: dict[str, object] = json.loads(found.stdout)
    return answer


def test_the_wheel_holds_every_file_of_the_package(installed: Path) -> None:
    made = {path for path in PACKAGE.rglob("*") if path.is_file()}
    wanted = {
        path.relative_to(PACKAGE) for path in made if "__pycache__" not in path.parts
    }
    carried = {
        path.relative_to(installed / "pamiers")
        for path in (installed / "pamiers").rglob("*")
        if path.is_file()
    }
    assert wanted - carried == set()
    assert Path("py.typed") in carried
    assert Path("agreements/donbas-2020/agreement.yaml") in carried


def test_the_demo_runs_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    found = pamiers(installed, tmp_path, "demo", "--no-serve", "--dir", "mission")
    for name in ("entries", "observations", "incidents"):
        assert isinstance(found[name], int), name
        assert found[name], name
    reports = found["reports"]
    assert isinstance(reports, list)
    assert [path for path in reports if not (tmp_path / path).exists()] == []
