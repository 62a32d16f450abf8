"""Pages of the desk: the commission's room, sources, and what was received."""

from pathlib import Path
from typing import Any

import pytest

from pamiers.app.pages.catalogue import page
from pamiers.app.pages.readers import reader_of
from pamiers.app.wiring import now, opened
from pamiers.mission.quarantine import quarantined, waive
from tests.unit.app.calling import answer, begun, csv, line
from tests.unit.app.test_case_pages import Commission, commission

EDITIONS = ("public", "parties", "commission")


def asked(folder: Path, name: str, edition: str) -> Any:  # noqa: ANN401 - any JSON
    with opened(folder) as mission:
        reader = reader_of(mission, edition, folder=folder)
        return page(reader, name, now())


@pytest.fixture
def joint(tmp_path: Path) -> Any:  # noqa: ANN401 - a commission
    for found in commission(tmp_path / "m", "jmc-joint-visit"):
        found.begin(
            complaint="k1", clause="no-fire", party="north", by="south", case="c1"
        )
        found.records("c1", 2, act="visit", by="jmc", outcome="accidental")
        yield found


def test_the_agenda_has_quorum_and_votes_for_the_commission_alone(
    joint: Commission,
) -> None:
    there = ["north", "south", "chair-state"]
    joint.records("c1", 3, session="settle", present=there, by="jmc-chair")
    joint.records("c1", 4, vote="for", step="settle", by="north")
    inside, parties, public = (
        joint.page("commission", each, hours=5)
        for each in ("commission", "parties", "public")
    )
    (item,) = inside["agenda"]
    assert (item["step"], item["quorum"], item["present"]) == ("settle", 3, there)
    assert (item["votes"], item["absent"]) == ({"north": "for"}, [])
    (same,) = parties["agenda"]
    assert (same["step"], same["votes"], same["present"]) == ("settle", {}, [])
    assert (public["agenda"], public["withheld"]) == ([], True)


def test_what_was_decided_and_whose_signature_waits(joint: Commission) -> None:
    there = ["north", "south", "chair-state"]
    joint.records("c1", 3, session="settle", present=there, by="jmc-chair")
    for who in there:
        joint.records("c1", 4, vote="for", step="settle", by=who)
    joint.records("c1", 5, minutes="as agreed", by="jmc-chair")
    joint.records("c1", 6, signed="no", by="south", reason="not so")
    told = joint.page("commission", hours=7)
    assert told["agenda"] == []
    assert [(e["case"], e["outcome"]) for e in told["decided"]] == [("c1", "adopted")]
    (minutes,) = told["minutes"]
    assert minutes["signed_by"] == {"north": None, "south": "refused"}


@pytest.fixture(scope="module")
def mission(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("desk")
    begun(folder / "m")
    wrong = line("2").replace("48.0", "148.0")
    answer("ingest", folder / "m", csv(folder / "a.csv", line("1"), wrong), code=3)
    return folder / "m"


def test_what_was_received_is_for_the_commission(mission: Path) -> None:
    told = {each: asked(mission, "import", each) for each in EDITIONS}
    for edition in ("public", "parties"):
        assert told[edition] == {"withheld": True, "files": [], "items": []}
    (file,) = told["commission"]["files"]
    assert (file["name"], file["rows_read"], file["accepted"]) == ("a.csv", 2, 1)
    (item,) = told["commission"]["items"]
    assert "148.0" in item["raw"]
    assert item["file"] == file["sha256"]
    assert item["remedy"].endswith(".")


def test_a_row_set_aside_says_by_whom_and_why(mission: Path) -> None:
    with opened(mission) as found:
        (item,) = quarantined(found)
        waive(found, item.id, by="oksana", reason="typed twice", now=now())
    (told,) = asked(mission, "import", "commission")["items"]
    assert told["waived"] == "oksana: typed twice"
    assert asked(mission, "queue", "commission")["items"] == []


def test_sources_are_told_to_their_circles(mission: Path) -> None:
    told = {each: asked(mission, "sources", each) for each in EDITIONS}
    assert told["public"]["sources"] == []
    named = {each["id"] for each in told["parties"]["sources"]}
    every = {each["id"]: each for each in told["commission"]["sources"]}
    assert named <= set(every)
    assert every["osce"]["reports"] == 1
    assert every["osce"]["first"] == "2020-07-27T07:00:00Z"
    assert all(each["card"] is None for each in told["parties"]["sources"])


def test_what_was_learned_of_sources_is_for_the_commission(
    mission: Path, tmp_path: Path
) -> None:
    rows = [
        line(f"r{n}", day=f"2020-07-{10 + n % 15:02}").replace("48.0", f"48.{n:02}")
        for n in range(60)
    ]
    answer("ingest", mission, csv(tmp_path / "many.csv", *rows))
    answer("calibrate", mission)
    inside = asked(mission, "sources", "commission")
    cards = [each["card"] for each in inside["sources"] if each["card"]]
    assert cards
    assert inside["learned_at"] is not None
    assert 0.0 <= cards[0]["belief"]["low"] <= cards[0]["belief"]["high"] <= 1.0
    parties = asked(mission, "sources", "parties")
    assert parties["learned_at"] is None
    assert all(each["card"] is None for each in parties["sources"])
