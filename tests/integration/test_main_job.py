"""The main job on the Mission's observations and the parties' claims, summer 2020."""

import json
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from tests.integration.program import DONBAS, answer, begun, run
from tests.shared import SHARED, needs_shared

pytestmark = [needs_shared, pytest.mark.integration]
MAPPING = Path(DONBAS) / "mappings" / "smm-by-place.yaml"
PLACES = SHARED / "data" / "smm_by_place"
FILES = {
    "observations": (
        *(PLACES / "smm_observations_2020.csv", "--format", "pamiers-csv"),
        *("--mapping", MAPPING),
    ),
    "claims": (PLACES / "party_claims_2020.csv", "--format", "claims-csv"),
    "counts": (
        SHARED / "data" / "osce_smm" / "smm_counts.csv",
        *("--format", "counts-csv"),
    ),
}


def filled(folder: Path, order: tuple[str, ...] = tuple(FILES)) -> Path:
    mission = begun(folder)
    for name in order:
        answer("ingest", mission, *FILES[name])
    return mission


@pytest.fixture(scope="module")
def mission(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = filled(tmp_path_factory.mktemp("main") / "m")
    answer("fuse", folder)
    answer("assess", folder)
    return folder


def report(mission: Path, day: str, edition: str = "public") -> Any:  # noqa: ANN401
    printed = run(
        *("report", mission, "--day", day, "--edition", edition, "--format", "json")
    )
    return json.loads(printed.stdout)


def totals(mission: Path, day: str) -> dict[int, dict[str, Any]]:
    return {each["published"]: each for each in report(mission, day)["reconciliation"]}


def test_every_row_of_the_three_files_is_read(tmp_path: Path) -> None:
    mission = begun(tmp_path / "m")
    for name, rows in (("observations", 46), ("claims", 34), ("counts", 12)):
        got = answer("ingest", mission, *FILES[name])
        assert (got["rows_read"], got["accepted"]) == (rows, rows)
        again = answer("ingest", mission, *FILES[name])
        assert (again["accepted"], again["duplicate"]) == (0, rows)
        assert again["head"] == got["head"]


def test_published_totals_that_the_record_bears_out(mission: Path) -> None:
    first = totals(mission, "2020-07-27")[111]
    assert first["on_record"] == 111
    running = totals(mission, "2020-07-28")[121]
    assert running["on_record"] == 121


def test_a_total_reached_a_reporting_day_early_says_so(mission: Path) -> None:
    reached = totals(mission, "2020-07-30")[123]
    assert reached["on_record_low"] <= 123 <= reached["on_record_high"]
    assert "early" in reached["outcome"] + str(reached["note"])
    assert "19:30" in str(reached["note"])


def test_a_gap_is_reported_not_hidden(mission: Path) -> None:
    gap = totals(mission, "2020-08-04")[251]
    assert (gap["on_record"], abs(gap["difference"])) == (137, 114)
    assert "gap" in gap["outcome"]


def test_claims_stand_beside_observations(mission: Path) -> None:
    since = report(mission, "2020-08-03")["claims"]["since_start"]
    assert (since["from"], since["to"]) == ("2020-07-27", "2020-08-03")
    assert (since["claims"], since["with_observation_within_5_km"]) == (23, 2)


def exported(mission: Path, folder: Path) -> dict[str, bytes]:
    answer("export", mission, "-o", folder, "--edition", "commission")
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_deleting_the_projections_changes_no_export(
    mission: Path, tmp_path: Path
) -> None:
    once = exported(mission, tmp_path / "once")
    for path in (mission / "projections").iterdir():
        path.unlink()
    assert exported(mission, tmp_path / "again") == once
    replayed = answer("replay", mission)
    assert replayed["differences"] == []
    assert replayed["batches"] >= 3


def test_the_order_of_files_changes_no_result(tmp_path: Path) -> None:
    results = []
    for i, order in enumerate(list(permutations(FILES))[::2]):
        mission = filled(tmp_path / str(i), order)
        fused, assessed = answer("fuse", mission), answer("assess", mission)
        results.append((fused["digest"], assessed["digest"], assessed["findings"]))
    assert len({json.dumps(result) for result in results}) == 1
