"""Claims of a week beside what the monitors saw: two of twenty-three were seen too."""

from pathlib import Path

import pytest

from tests.shared import SHARED, needs_shared
from tests.unit.app.calling import DONBAS, answer, begun

pytestmark = [pytest.mark.integration, needs_shared]
MAPPINGS = Path(DONBAS) / "mappings"
#: the first claim of the week from 27 July 2020, when the measures entered into force
FIRST = "2020-07-26T20:00:00Z"


@pytest.mark.parametrize("learned", [False, True])
def test_two_of_the_claims_of_the_week_were_seen(
    tmp_path: Path,
    learned: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    folder = begun(tmp_path / "m")
    claims = SHARED / "data/smm_by_place/party_claims_2020.csv"
    seen = SHARED / "data/smm_by_place/smm_observations_2020.csv"
    mapping = MAPPINGS / "party-claims.yaml"
    answer("ingest", folder, claims, "--format", "claims-csv", "--mapping", mapping)
    answer("ingest", folder, seen, "--mapping", MAPPINGS / "smm-by-place.yaml")
    if learned:
        answer("calibrate", folder)
    answer("fuse", folder)
    week = [
        each
        for each in answer("incident", "list", folder)
        if each["claimed"] and each["start"] >= FIRST
    ]
    assert sum(each["claimed"] for each in week) == 23
    assert sorted(
        report
        for each in week
        if each["observed"]
        for report in each["reports"]
        if not report.startswith("osce-smm")
    ) == ["jfo-hq-mod:UKR40029", "jfo-hq-mod:UKR40032"]
