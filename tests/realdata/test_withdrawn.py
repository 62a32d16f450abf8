"""What a later release of a source no longer has stays on record, and says why."""

import gzip
from typing import Any, Final

import pytest

from tests.realdata.reading import DATA
from tests.shared import needs_shared
from tests.unit.app.calling import answer, begun

pytestmark = [needs_shared, pytest.mark.integration]
FOLDER: Final = DATA / "ucdp_ukraine"
#: name, file, day of publication (no file states one), days covered
RELEASES: Final = (
    (
        "v19",
        "ucdp_ged_ukr_2014_2018_release_v19",
        "2019-06-01",
        "2014-01-01/2018-12-31",
    ),
    (
        "v20",
        "ucdp_ged_ukr_2014_2019_release_v20",
        "2020-06-01",
        "2014-01-01/2019-12-31",
    ),
    ("v21", "ucdp_ged_ukr_2014_2020-08", "2021-06-01", "2014-01-01/2019-12-31"),
)
WITHDRAWN: Final = "withdrawn by source"


def keys(stem: str) -> set[str]:
    """Return the ids of a release's events, read from the file itself."""
    lines = gzip.decompress((FOLDER / f"{stem}.csv.gz").read_bytes()).decode()
    found = {line.split(",", 1)[0] for line in lines.splitlines()[1:]}
    return {each for each in found if each.isdigit()}


@pytest.fixture(scope="module")
def listed(tmp_path_factory: pytest.TempPathFactory) -> list[list[dict[str, Any]]]:
    """Return the incidents on record after each release was read and fused."""
    folder = tmp_path_factory.mktemp("ucdp")
    mission, found = begun(folder / "m"), []
    for name, stem, released_on, covers in RELEASES:
        file = folder / f"{name}.csv"
        file.write_bytes(gzip.decompress((FOLDER / f"{stem}.csv.gz").read_bytes()))
        about = ("--release", name, "--released-on", released_on, "--covers", covers)
        answer("ingest", mission, file, "--format", "ucdp-ged", *about)
        answer("fuse", mission)
        found.append(answer("incident", "list", mission))
    return found


def by_status(rows: list[dict[str, Any]], status: str) -> dict[str, dict[str, Any]]:
    return {each["key"]: each for each in rows if each["status"] == status}


def test_every_event_of_every_release_was_an_incident(
    listed: list[list[dict[str, Any]]],
) -> None:
    for rows, (_, stem, _, _) in zip(listed, RELEASES, strict=True):
        told = {
            report
            for each in by_status(rows, "standing").values()
            for report in each["reports"]
        }
        assert told == {f"ucdp-ged:{key}" for key in keys(stem)}


def test_incidents_whose_record_was_withdrawn_stay_and_say_so(
    listed: list[list[dict[str, Any]]],
) -> None:
    first, second, last = listed
    assert not by_status(first, WITHDRAWN)
    assert not by_status(second, WITHDRAWN)
    gone = keys(RELEASES[1][1]) - keys(RELEASES[2][1])
    assert len(gone) == 94
    before = {
        report: key
        for key, each in by_status(second, "standing").items()
        for report in each["reports"]
    }
    assert by_status(last, WITHDRAWN).keys() == {
        before[f"ucdp-ged:{key}"] for key in gone
    }


def test_what_stands_keeps_its_id_through_every_release(
    listed: list[list[dict[str, Any]]],
) -> None:
    _, second, last = listed
    kept = by_status(second, "standing").keys() - by_status(last, WITHDRAWN).keys()
    assert len(kept) == 1_167 - 94
    assert kept <= by_status(last, "standing").keys()
    now = {each["key"]: each["reports"] for each in last}
    assert all(
        each["reports"] == now[each["key"]] for each in second if each["key"] in kept
    )
