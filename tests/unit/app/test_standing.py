"""`pamiers calendar` and `pamiers ledger`, on an agreement and on a mission."""

from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from pamiers.app.cli.main import app
from pamiers.compliance.ledgers.kinds import KINDS
from tests.shared import ROOT
from tests.unit.app.calling import DONBAS, answer

ASSETS = ROOT / "tests" / "assets" / "ledgers"
ACEH, DAYTON = ASSETS / "aceh", ASSETS / "dayton"
AUGUST = ("--at", "2006-08-01")
TALLIES = """\
source,key,time,of,party,status,count,ref
amm,s1p,2005-09-15,arms,gam,presented,279,stage-1
amm,s1a,2005-09-15,arms,gam,accepted,243,stage-1
amm,s2a,2005-10-14,arms,gam,accepted,233,stage-2
tni,end,2005-12-21,arms,gam,accepted,410,
"""
STATEMENTS = """\
source,key,time,category,actor,text
gazette,law,2006-07-11,event:law_enacted,goi,the law was enacted
"""


def said(*arguments: object, code: int = 0) -> str:
    """Return what a command prints for a person, in at most 80 columns."""
    found = CliRunner().invoke(app, [str(each) for each in arguments])
    assert found.exit_code == code, found.output
    assert max(map(len, found.stdout.splitlines())) <= 80, found.stdout
    return found.stdout


@pytest.fixture(scope="module")
def mission(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a mission on Aceh with tallies and the law on record."""
    folder = tmp_path_factory.mktemp("aceh")
    begun = folder / "mission"
    answer("init", begun, "--agreement", ACEH)
    for kind, text in (("tally", TALLIES), ("statement", STATEMENTS)):
        table, mapping = folder / f"{kind}.csv", folder / f"{kind}.yaml"
        table.write_text(text)
        mapping.write_text(f"row: {kind}\n")
        options = ("--format", "pamiers-csv", "--mapping", mapping)
        received = answer("ingest", begun, table, *options)
        assert received["quarantined"] == 0
    return begun


def by_clause(found: Any) -> dict[str, list[Any]]:  # noqa: ANN401 - any JSON
    told: dict[str, list[Any]] = {}
    for duty in found["duties"]:
        told.setdefault(duty["clause"], []).append(duty)
    return told


def test_a_bare_agreement_has_its_dates() -> None:
    found = answer("calendar", ACEH, *AUGUST)
    (law,) = by_clause(found)["law"]
    assert law["due_at"] == "2006-03-31T17:00:00Z"
    assert law["due_local"] == "2006-04-01T00:00:00+07:00"
    assert (law["status"], law["late_by"]) == ("overdue", "123 d")
    assert found["time_zone"] == "Asia/Jakarta"
    assert sum(found["counts"].values()) == len(found["duties"])


def test_what_depends_on_an_event_waits_in_a_bare_agreement() -> None:
    found = answer("calendar", DAYTON)
    assert {duty["status"] for duty in found["duties"]} == {"waiting"}
    assert {name for d in found["duties"] for name in d["waits_for"]} == {"D"}


def test_a_mission_knows_what_was_done_and_how_late(mission: Path) -> None:
    (law,) = by_clause(answer("calendar", mission))["law"]
    assert (law["status"], law["late_by"]) == ("done late", "102 d")
    assert law["late"]["days"] == 102
    assert law["sources"] == ["gazette"]


def test_a_person_reads_the_same_in_words(mission: Path) -> None:
    text = said("calendar", mission, *AUGUST)
    assert "Aceh, as of 2006-08-01 23:59 (Asia/Jakarta)" in text
    assert "2006-03-31  Government of Indonesia: Law on the governing of Aceh" in text
    assert "done late by 102 d; 2006-07-11" in text
    assert "Locked until decommission." in text


@pytest.mark.parametrize(
    ("lang", "head", "locked"),
    [
        ("fr", "En retard : rien de consigné", "Bloqué jusqu’à ceci : decommission."),
        ("uk", "Прострочено: у записах", "Заблоковано, доки не настане: decommission."),
        ("lv", "Nokavēts: ierakstos", "Bloķēts, līdz notiek: decommission."),
        ("id", "Overdue: nothing on record", "Locked until decommission."),
    ],
)
def test_the_calendar_speaks_the_language_asked_for(
    lang: str, head: str, locked: str
) -> None:
    text = " ".join(said("calendar", ACEH, *AUGUST, "--lang", lang).split())
    assert head in text
    assert locked in text
    assert ("overdue" in text.casefold()) is (lang == "id")


def test_whom_it_binds_and_what_begins_are_told() -> None:
    found = answer("calendar", ROOT / "agreements" / "nuba-2002")
    (begins,) = by_clause(found)["hostilities"]
    assert (begins["occasion"], begins["bearer"]) == ("begins", None)
    assert begins["binds"] == ["gos", "splm"]
    (verified,) = by_clause(found)["positions-verified"]
    assert (verified["bearer"], verified["binds"]) == ("jmc", ["jmc"])
    assert found["names"]["jmc"]["en"] == "Joint Military Commission"
    text = said("calendar", ROOT / "agreements" / "aceh-2005", "--at", "2005-12-31")
    held = " ".join(text.split())
    assert "Republic of Indonesia, Free Aceh Movement: Violence ends" in held
    assert "[violence-ends] begins to hold; S" in held
    assert "[military-remaining] begins to hold; end of 2005-12-31" in held


def test_what_locks_is_told_as_a_clause_though_an_event_has_its_id(
    tmp_path: Path,
) -> None:
    text = (ACEH / "agreement.yaml").read_text()
    folder = tmp_path / "aceh"
    folder.mkdir()
    (folder / "agreement.yaml").write_text(
        text.replace(
            "\nevents:\n", "\nevents:\n  decommission: {en: the laying down}\n"
        )
    )
    assert "Locked until decommission." in said("calendar", folder, *AUGUST)


def test_only_what_is_open_on_request(mission: Path) -> None:
    found = answer("calendar", mission, "--open")
    assert "law" not in by_clause(found)
    assert {duty["status"] for duty in found["duties"]} == {"overdue", "locked"}


def test_the_calendar_goes_to_a_file(mission: Path, tmp_path: Path) -> None:
    file = tmp_path / "dates.ics"
    found = answer("calendar", mission, "--ics", file)
    data = file.read_bytes()
    assert found["ics"] == str(file)
    assert data.count(b"BEGIN:VEVENT") == found["events"] == 3
    assert b"SUMMARY:Government of Indonesia: Law on the governing of Aceh" in data


def test_a_ledger_shows_counters_side_by_side(mission: Path) -> None:
    (account,) = answer("ledger", mission, "weapons")["ledgers"]["weapons"]
    counted = {(f["status"], f["counter"]): f["exact"] for f in account["figures"]}
    assert counted == {
        ("accepted", "amm"): 476,
        ("accepted", "tni"): 410,
        ("presented", "amm"): 279,
    }
    assert {stage["ref"] for stage in account["stages"]} == {"stage-1", "stage-2", None}
    missing = {t["counter"]: t["missing"] for t in account["targets"]}
    assert missing == {"amm": 364.0, "tni": 430.0}


def test_a_ledger_in_words_names_who_counted_and_when(mission: Path) -> None:
    text = said("ledger", mission, "weapons")
    assert "accepted: 476 according to amm, as of 2005-10-14" in text
    assert "disputed: accepted: 476 according to amm, 410 according to tni" in text


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("folder", [ACEH, DONBAS])
def test_every_ledger_is_drawn_up_of_a_bare_agreement(
    kind: str, folder: object
) -> None:
    found = answer("ledger", folder, kind)
    assert list(found["ledgers"]) == [kind]
    assert said("ledger", folder, kind)


def test_an_overview_names_every_ledger(mission: Path) -> None:
    text = said("ledger", mission)
    assert all(f"  {kind}:" in text for kind in KINDS)
    assert list(answer("ledger", mission)["ledgers"]) == list(KINDS)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("ledger", ACEH, "arms"), "one of weapons, persons"),
        (("ledger", ACEH, "--tier", "all"), "one of public, parties"),
        (("calendar", ACEH, "--at", "yesterday"), "a date, or a time"),
        (("calendar", ACEH, "--at", "2006-02-30"), "a date such as"),
        (("calendar", "no-such-folder"), "a folder, or the name"),
    ],
)
def test_wrong_use_is_told_with_a_remedy(
    arguments: tuple[object, ...], says: str
) -> None:
    assert says in answer(*arguments, code=2)["message"]


def test_an_agreement_with_blanks_says_what_to_do() -> None:
    found = answer("calendar", "paris-2026", code=1)
    assert "TBD" in found["message"] or "blank" in found["message"].lower()
