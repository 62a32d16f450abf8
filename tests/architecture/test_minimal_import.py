"""The program starts quickly because it loads little until it must."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("pyarrow", "shapely", "pyproj", "sqlalchemy", "alembic", "typst", "jinja2")
REPORT = f"import sys; print([m for m in {HEAVY!r} if m in sys.modules])"
HELP = """
import sys
sys.argv = ["pamiers", *sys.argv[1:], "--help"]
from pamiers.app.cli.main import run
try:
    run()
except SystemExit as stop:
    assert stop.code in (0, None), stop.code
"""


def last_line(code: str, *arguments: str) -> str:
    """Run code in a fresh interpreter and return the last line it prints."""
    command = [sys.executable, "-W", "error", "-c", f"{code}\n{REPORT}", *arguments]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stderr
    return found.stdout.splitlines()[-1]


def test_importing_the_package_loads_nothing_heavy() -> None:
    assert last_line("import pamiers") == "[]"


@pytest.mark.parametrize("verb", [(), ("agreement",), ("ingest",), ("demo",)])
def test_help_loads_nothing_heavy(verb: tuple[str, ...]) -> None:
    assert last_line(HELP, *verb) == "[]"


def test_a_service_is_ready_before_what_compiles_loops_is_loaded() -> None:
    """A service that was killed is begun again on a machine that is busy already."""
    code = (
        "import sys; sys.argv = ['']\n"
        "import pamiers.app.api.running, pamiers.app.web.pages\n"
        "print([m for m in ('numba', 'llvmlite', 'alembic') if m in sys.modules])"
    )
    command = [sys.executable, "-c", code]
    found = subprocess.run(command, capture_output=True, text=True, check=True)
    assert found.stdout.splitlines()[-1] == "[]"


def test_the_installed_script_answers(tmp_path: Path) -> None:
    script = Path(sys.executable).with_name("pamiers")
    found = subprocess.run(
        [script, "--help"],
        cwd=tmp_path,
        env={**os.environ, "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "Usage: pamiers" in found.stdout
