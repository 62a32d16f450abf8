"""Three releases of UCDP GED for Ukraine, with their real corrections."""

import gzip
import json
from pathlib import Path

import pytest

from tests.integration.program import answer, begun
from tests.shared import SHARED, needs_shared

pytestmark = [needs_shared, pytest.mark.integration]
FOLDER = SHARED / "data" / "ucdp_ukraine"
RELEASES = {
    "v19": (
        "ucdp_ged_ukr_2014_2018_release_v19",
        "2019-06-01",
        "2014-01-01/2018-12-31",
    ),
    "v20": (
        "ucdp_ged_ukr_2014_2019_release_v20",
        "2020-06-01",
        "2014-01-01/2019-12-31",
    ),
    "v21": ("ucdp_ged_ukr_2014_2020-08", "2021-06-01", "2014-01-01/2019-12-31"),
}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("ucdp")
    unpacked = {}
    for name, (stem, _, _) in RELEASES.items():
        unpacked[name] = folder / f"{name}.csv"
        unpacked[name].write_bytes(
            gzip.decompress((FOLDER / f"{stem}.csv.gz").read_bytes())
        )
    return unpacked


def ingest(mission: Path, name: str, file: Path) -> dict[str, object]:
    _, released_on, covers = RELEASES[name]
    got: dict[str, object] = answer(
        *("ingest", mission, file, "--format", "ucdp-ged", "--release", name),
        *("--released-on", released_on, "--covers", covers),
    )
    return got


@pytest.mark.parametrize("order", [("v19", "v20", "v21"), ("v21", "v19", "v20")])
def test_corrections_are_versions_whatever_arrives_first(
    tmp_path: Path, files: dict[str, Path], order: tuple[str, ...]
) -> None:
    mission = begun(tmp_path / "m")
    for name in order:
        got = ingest(mission, name, files[name])
        assert got["quarantined"] == 0
        assert got["rows_read"] == got["accepted"]
    changes = {
        name: ingest(mission, name, files[name])["changes"] for name in ("v20", "v21")
    }
    assert counts(changes["v20"]) == (0, 174, 0, 1, 0)
    assert counts(changes["v21"]) == (94, 1604, 59, 80, 21)
    assert answer("status", mission)["observations"] == 2799
    assert answer("status", mission, "--as-of", "v20")["observations"] == 1167
    at = answer("status", mission, "--as-of", "2019-12-31T00:00Z")
    assert at["observations"] == 993


def counts(changes: object) -> tuple[int, ...]:
    names = ("withdrawn", "added", "recounted", "moved", "redated")
    assert isinstance(changes, dict), json.dumps(changes)
    return tuple(changes[name] for name in names)
