"""Learning is a step on record, and what it taught is told."""

from pathlib import Path
from typing import Any

import pytest

from pamiers.app.calibration import card_lines
from tests.unit.app.calling import answer, begun, csv

KINDS = ("explosion", "burst", "explosion", "impact")


def rows(days: int, stated_m: int = 300) -> list[str]:
    """Return a patrol and a camera that see the same, the camera 600 m further east."""
    found = []
    for i in range(days):
        at = f"2020-08-{1 + i // 6:02d}T{8 + 2 * (i % 6):02d}"
        lat, lon = 48.0 + (i % 7) / 20, 37.8 + (i % 5) / 20
        for source, east, late in (("patrol", 0.0, 0), ("camera", 0.008, i * 7 % 4)):
            times = f"{at}:0{late}:00+03:00,{at}:0{late + 5}:00+03:00"
            # each errs in its own way: who errs alike is taken for a copy
            north = (i * (37 if east else 53) % 13 - 6) / 2000
            aside = (i * (29 if east else 41) % 11 - 5) / 1500
            place = f"{lat + north:.4f},{lon + east + aside:.4f},{stated_m}"
            count = 1 + (i + late) % 3
            found.append(f"{source},{i},{times},{place},{KINDS[i % 4]},{count}\n")
    return found


@pytest.fixture
def mission(tmp_path: Path) -> Path:
    folder = begun(tmp_path / "m")
    answer("ingest", folder, csv(tmp_path / "r.csv", *rows(60)))
    return folder


def listed(folder: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = answer("incident", "list", folder)
    return found


def test_what_is_learned_is_recorded_once_and_used(mission: Path) -> None:
    answer("fuse", mission)
    before = listed(mission)
    learned = answer("calibrate", mission)
    assert learned["reports"] == 120
    assert learned["new_entries"] == 1
    again = answer("calibrate", mission)
    assert (again["new_entries"], again["entry"]) == (0, learned["entry"])
    assert again["model"] == learned["model"]
    answer("fuse", mission)
    after = listed(mission)
    assert {each["key"] for each in before} <= {each["key"] for each in after}
    assert [each["radius_m"] for each in after] != [each["radius_m"] for each in before]
    assert answer("replay", mission)["differences"] == []


def test_a_card_says_what_each_source_is_like(mission: Path) -> None:
    cards = {card["source"]: card for card in answer("calibrate", mission)["sources"]}
    assert cards.keys() == {"patrol", "camera"}
    for card in cards.values():
        belief = card["belief"]
        assert card["reports"] == belief["reports"] == 60
        assert belief["shared"] >= 45
        assert 0.0 <= belief["low"] <= belief["mean"] <= belief["high"] <= 1.0
        assert set(card["kinds"]) == {"explosion", "burst", "impact"}
        assert card["copies"] == []
    apart = cards["camera"]["east_m"] - cards["patrol"]["east_m"]
    assert 250.0 < apart < 700.0


def moved(row: str, lon_deg: float) -> str:
    """Return a row further east."""
    cells = row.split(",")
    cells[5] = f"{float(cells[5]) + lon_deg:.4f}"
    return ",".join(cells)


def test_a_source_that_changes_is_told_with_the_day(tmp_path: Path) -> None:
    """The camera is turned after the hundredth thing that both see, on 17 August."""
    folder = begun(tmp_path / "m")
    every = [
        moved(row, 0.02) if row.startswith("camera") and i >= 200 else row
        for i, row in enumerate(rows(180, stated_m=900))
    ]
    answer("ingest", folder, csv(tmp_path / "r.csv", *every))
    cards = {card["source"]: card for card in answer("calibrate", folder)["sources"]}
    east = [c for c in cards["camera"]["changes"] if c["what"] == "east_m"]
    assert [change["since"][:10] for change in east] == ["2020-08-17"]
    assert east[0]["later"] - east[0]["earlier"] > 300.0
    said = "\n".join(card_lines(cards["camera"]))
    assert "changed on 2020-08-17: east_m" in said
    assert not [c for c in cards["camera"]["changes"] if c["what"] == "count"]


def test_who_errs_less_than_they_say_copies_nobody(tmp_path: Path) -> None:
    folder = begun(tmp_path / "m")
    answer("ingest", folder, csv(tmp_path / "r.csv", *rows(60, stated_m=900)))
    cards = answer("calibrate", folder)["sources"]
    assert [card["copies"] for card in cards] == [[], []]
    assert all(card["belief"]["shared"] >= 45 for card in cards)


def test_an_old_finding_rests_on_what_was_believed_then(mission: Path) -> None:
    """A mission without a calibration is fused by priors, and says so by its sums."""
    (first, *_) = listed(mission)
    told = answer("incident", "show", mission, first["key"])
    before = {each["member"]: each["bits"] for each in told["why"]["members"]}
    answer("calibrate", mission)
    told = answer("incident", "show", mission, first["key"])
    after = {each["member"]: each["bits"] for each in told["why"]["members"]}
    assert before.keys() == after.keys()
    assert before != after


def test_a_mission_without_reports_learns_nothing(tmp_path: Path) -> None:
    folder = begun(tmp_path / "m")
    learned = answer("calibrate", folder)
    assert (learned["reports"], learned["sources"]) == (0, [])
    answer("fuse", folder)
    answer("replay", folder)
