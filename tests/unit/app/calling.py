"""Call the program in this process, and hold every call to the same promises."""

import json
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from pamiers.app.cli.main import app
from tests.shared import ROOT

DONBAS = str(ROOT / "agreements" / "donbas-2020")
HEADER = "source,key,start,end,lat,lon,radius_m,kind,count\n"


def answer(*arguments: object, code: int = 0) -> Any:  # noqa: ANN401 - any JSON
    """Call with --json; return what its one line says, after the promises held."""
    called = [*(str(each) for each in arguments), "--json"]
    found = CliRunner().invoke(app, called)
    assert isinstance(found.exception, SystemExit | None), found.exc_info
    assert found.exit_code == code, found.output
    lines = found.stdout.splitlines()
    assert len(lines) == 1, lines
    said = json.loads(lines[0])
    if isinstance(said, dict) and "error" in said:
        assert said["message"]
        assert said["remedy"].endswith(".")
        assert code in {1, 2, 4}
    return said


def begun(folder: Path) -> Path:
    """Begin a mission on the bundled case and return its folder."""
    answer("init", folder, "--agreement", DONBAS)
    return folder


def line(key: str, count: int = 3, day: str = "2020-07-27") -> str:
    """Return one row of a pamiers CSV."""
    times = f"{day}T10:00:00+03:00,{day}T10:05:00+03:00"
    return f"osce,{key},{times},48.0,37.8,1000,explosion,{count}\n"


def csv(path: Path, *rows: str) -> Path:
    """Write rows below the header, and return the file."""
    path.write_text(HEADER + "".join(rows))
    return path
