"""Two parties run witnesses; the keeper asks them, then shows them another history."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.integration.program import begun, run
from tests.shared import ROOT

pytestmark = pytest.mark.integration


@contextmanager
def witness(folder: Path, name: str, key: str) -> Iterator[tuple[str, str]]:
    """Run a witness in a process of its own; yield its address and key."""
    command = [sys.executable, "-m", "pamiers", "witness", str(folder), "--json"]
    running = subprocess.Popen(
        [*command, "--name", name, "--log", key],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert running.stdout is not None
        told = json.loads(running.stdout.readline())
        yield told["address"], told["key"]
    finally:
        running.kill()
        running.wait()
        running.stdout.close()  # type: ignore[union-attr]


HEADER = "source,key,start,end,kind,lon,lat,radius_m"
ROW = "patrol,{},2020-07-28T09:00:00Z,2020-07-28T09:05:00Z,explosion,37.8,48.0,100"


def filed(mission: Path, key: str) -> None:
    """File one observation."""
    rows = mission.parent / f"{key}.csv"
    rows.write_text(f"{HEADER}\n{ROW.format(key)}\n")
    run("ingest", mission, rows, "--format", "pamiers-csv")


def test_a_witness_cosigns_what_grows_and_keeps_evidence_of_what_does_not(
    tmp_path: Path,
) -> None:
    mission = begun(tmp_path / "mission")
    key = run("checkpoint", mission, "--key").stdout.strip()
    forged = Path(shutil.copytree(mission, tmp_path / "forged"))
    filed(mission, "seen")
    filed(forged, "invented")
    memory = tmp_path / "witness"
    with witness(memory, "example.org/party-a", key) as (url, known):
        kept = tmp_path / "kept.txt"
        kept.write_text(run("checkpoint", mission, "--ask", url).stdout)
        said = run("verify", mission, "--since", kept, "--witness", known).stdout
        assert "which example.org/party-a saw" in said
        held = run("witness", memory, "--name", "x", "--log", key, expect=1).stderr
        assert "no other witness holds" in held
    # killed and begun again, it remembers, and is shown another history
    with witness(memory, "example.org/party-a", key) as (url, again):
        assert again == known
        run("checkpoint", mission, "--ask", url)
        assert list((memory / "evidence").iterdir()) == []
        refused = run("checkpoint", forged, "--ask", url, expect=2).stderr
        assert "expected a cosignature" in refused
        (evidence,) = (memory / "evidence").iterdir()
        assert evidence.read_text().startswith("old ")
    run("verify", forged, "--since", kept, "--key", key, expect=4)
