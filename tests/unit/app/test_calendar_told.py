"""The calendar in words: what is due, what merely passes, and what was amended."""

from pathlib import Path
from typing import Any

import pytest

from tests.unit.agreement.small import texts
from tests.unit.app.calling import answer
from tests.unit.app.test_standing import by_clause, said

CLAUSES = """clauses:
  - id: no-exercise
    title: {en: No exercises}
    instrument: truce
    forbid: {event: exercise}
    bearer: monitor
    from: D
    until: D + 20 d
    watched_by: patrols
    on_breach: session
  - id: leave
    title: {en: Withdrawal}
    instrument: truce
    oblige: {event: convoy}
    bearer: north
    from: D
    deadline: [D + 10 d, 2026-03-30T00:00+02:00]
    amended: [{instrument: later, on: D + 11 d, deadline: D + 25 d}]
    watched_by: patrols
    on_breach: session
  - id: out
    title: {en: Out}
    instrument: truce
    forbid: {state: presence, of: big, in: strip}
    bearer: north
    from: D + 10 d
    amended: [{instrument: later, on: D + 11 d, from: D + 25 d}]
    watched_by: patrols
    on_breach: session
  - id: tell
    title: {en: Word of a breach}
    instrument: truce
    oblige: {event: convoy}
    bearer: north
    from: D
    upon: {breach_of: no-exercise}
    within: 24 h elapsed
    watched_by: patrols
    on_breach: session
"""
LATER = """  - id: later
    title: Protocol
    signatures:
      - {actor: north, act: signed, source: gazette}
      - {actor: south, act: signed, source: gazette}
roles:
"""
CHANGES = (
    ("clauses:\n", CLAUSES),
    ("roles:\n", LATER),
    (
        "held_by: club, created_by",
        "held_by: club, mandate: {from: D, lasts: 6 mo}, created_by",
    ),
    ("ended_by: denunciation", "from: D, lasts: 1 y, renewed_by: silence"),
    (
        "  denunciation: notice that",
        "  exercise-day: a day of exercise\n  denunciation: n",
    ),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return an agreement that was amended, with an office and a term of its own."""
    for name, text in texts(*CHANGES).items():
        (tmp_path / name).write_text(text)
    return tmp_path


def rows(folder: Path, at: str = "2026-03-12") -> dict[str, list[Any]]:
    return by_clause(answer("calendar", folder, "--at", at))


def test_a_date_that_merely_passes_is_to_come_until_it_does(folder: Path) -> None:
    told = {each["occasion"]: each["status"] for each in rows(folder)["no-exercise"]}
    assert told == {"begins": "in force", "ends": "to come"}
    early = {e["occasion"]: e["status"] for e in rows(folder, "2026-02-01")["out"]}
    assert early == {"begins": "to come"}
    later = {e["occasion"]: e["status"] for e in rows(folder, "2026-05-01")["small"]}
    assert later == {"renewal": "to come"}
    text = said("calendar", folder, "--at", "2026-03-12")
    due = text.partition("\nDue (")[2].partition("\n\n")[0]
    assert "Withdrawal" in due
    assert "No exercises" not in due


def test_the_one_date_that_decides_is_told_once(folder: Path) -> None:
    ends = {e["occasion"]: e["written"] for e in rows(folder)["no-exercise"]}
    assert ends == {"begins": "D", "ends": "D + 20 d"}
    office = ("    until: D + 20 d\n", "")
    (folder / "agreement.yaml").write_text(texts(*CHANGES, office)["agreement.yaml"])
    ends = {e["occasion"]: e["written"] for e in rows(folder)["no-exercise"]}
    assert ends == {"begins": "D", "ends": "D + 6 mo"}
    first, _ = rows(folder)["leave"]
    assert (first["written"], first["due_local"][:10]) == ("D + 10 d", "2026-03-11")


def test_while_two_dates_may_decide_the_words_say_which(folder: Path) -> None:
    waits = ("D: 2026-03-01T00:00+02:00", "D: {event: denunciation}")
    (folder / "agreement.yaml").write_text(texts(*CHANGES, waits)["agreement.yaml"])
    text = " ".join(said("calendar", folder).split())
    assert "[leave] the earliest of: D + 10 d, 2026-03-30T00:00+02:00;" in text
    assert "[out] begins to hold; the latest of: D + 25 d, D + 11 d;" in text
    assert "1 overdue." in text
    assert ", or" not in text


def test_an_amended_duty_is_one_row(folder: Path) -> None:
    text = " ".join(said("calendar", folder, "--at", "2026-03-12").split())
    assert text.count("Northland: Withdrawal") == 1
    assert text.count("Northland: Out") == 1
    formerly = "formerly D + 10 d (2026-03-10), missed by 2 d"
    assert f"[leave] D + 25 d; as amended by later; {formerly}" in text
    assert (
        "[out] begins to hold; D + 25 d; as amended by later; formerly D + 10" in text
    )
    versions = rows(folder)["leave"]
    assert [each["replaced_by"] for each in versions] == ["later", ""]
    assert {each["occasion"] for each in versions} == {"deadline"}


def test_a_replaced_version_is_not_counted_beside_the_one_that_stands(
    folder: Path,
) -> None:
    told = answer("calendar", folder, "--at", "2026-03-12")
    assert [each["status"] for each in rows(folder)["leave"]] == ["missed", "due"]
    assert told["counts"]["missed"] == 0
    assert told["counts"]["due"] == 1
    early = answer("calendar", folder, "--at", "2026-03-05")
    assert sum(early["counts"].values()) == len(early["duties"])


def test_a_version_that_is_not_over_keeps_its_row(folder: Path) -> None:
    text = " ".join(said("calendar", folder, "--at", "2026-03-05").split())
    assert text.count("Northland: Withdrawal") == 2
    assert "2026-03-10 Northland: Withdrawal [leave] D + 10 d; Amended by" in text


def test_an_event_is_not_named_within_the_id_of_a_clause(folder: Path) -> None:
    text = (folder / "agreement.yaml").read_text()
    named = text.replace("exercise-day: a day", "exercise: manoeuvres; a day")
    (folder / "agreement.yaml").write_text(named)
    told = " ".join(said("calendar", folder).split())
    assert "Waits for a breach of no-exercise." in told


@pytest.mark.parametrize(
    ("lang", "ends"),
    [
        ("en", "a term of the agreement ends; D + 1 x 1 y; Term 1 of 1 y; renewed by"),
        ("fr", "une période de l’accord s’achève; D + 1 x 1 y; Période 1 de 1 y"),
        ("uk", "закінчується строк чинності угоди; D + 1 x 1 y; Строк 1"),
        ("lv", "beidzas līguma termiņš; D + 1 x 1 y; Termiņš 1 (1 y)"),
    ],
)
def test_the_agreements_own_term_is_said_to_end(
    folder: Path, lang: str, ends: str
) -> None:
    text = said("calendar", folder, "--at", "2026-03-12", "--lang", lang)
    assert ends in " ".join(text.split())
