"""Agreements of older versions of the language are read with their old meaning."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pamiers.agreement import Agreement, check, load_agreement, read
from pamiers.agreement.migrate import newest
from pamiers.app.cli.agreement import agreement as command
from pamiers.core.errors import MalformedAgreementError

HERE = Path(__file__).resolve().parent / "agreement_v1"
TEXTS = {path.name: path.read_text() for path in HERE.iterdir()}
OLD = TEXTS["agreement.yaml"]
EDITS = [
    ("2", "pamiers"),
    ("53", "clauses[1]"),
    ("57", "clauses[1].readings[0].options.breach"),
    ("58", "clauses[1].readings[0].options.dawn"),
    ("63", "clauses[2].oblige"),
]


def meaning(agreement: Agreement) -> dict[str, object]:
    """Return what version 1 could say of each reading, in plain types."""
    return {
        f"{clause.id}/{reading.id}": (
            str(clause.verb),
            clause.upon,
            clause.to,
            reading.bearers,
            reading.from_at,
            reading.by_at,
            None if reading.lasting is None else str(reading.lasting),
            reading.within_s,
        )
        for clause in agreement.clauses
        for reading in clause.readings
    }


def test_a_text_of_version_1_means_what_it_meant() -> None:
    both, start = ("upper", "lower"), datetime(2024, 4, 30, 21, tzinfo=UTC)
    duty = ("oblige", ("quiet",), ("monitor",), both, start, None)
    assert meaning(load_agreement(TEXTS)) == {
        "quiet/as-written": ("forbid", (), (), both, start, None, None, None),
        "apologise/breach": (*duty, "24 h elapsed", 86_400.0),
        "apologise/dawn": (*duty, "36 h", None),
        "leave/as-written": (
            *("oblige", (), (), both, start),
            *(datetime(2024, 5, 14, 21, tzinfo=UTC), None, None),
        ),
    }


def test_the_text_is_carried_over_word_by_word() -> None:
    carried = newest(OLD)
    assert [(str(e.at.line), e.path) for e in carried.edits] == EDITS
    before, after = OLD.splitlines(), carried.text.splitlines()
    changed = [i for i, row in enumerate(before) if row != after[i]]
    assert [str(i + 1) for i in changed] == [line for line, _ in EDITS]
    assert after[1] == "pamiers: 3   # the version"
    assert after[52] == '    "within": 24 h elapsed'
    assert after[56].endswith("within: 24 h elapsed}   # as it says")
    assert "    deadline: D + 14 d   # a moment stays a deadline" in after


def test_what_is_carried_over_means_the_same_and_is_carried_no_further() -> None:
    carried = newest(OLD)
    texts = {**TEXTS, "agreement.yaml": carried.text}
    assert meaning(load_agreement(texts)) == meaning(load_agreement(TEXTS))
    assert newest(carried.text).edits == ()
    assert newest(carried.text).text == carried.text
    codes = [each.code for each in check(read(TEXTS)).complaints]
    assert [each.code for each in check(read(texts)).complaints] == codes


SECOND = """\
pamiers: 2
clauses:
  - id: away
    forbid:
      state: presence
      "within":   # from the river
        of: river
        distance: 5 km
    within: 3 d
  - id: even
    ratio: {of: {of: tanks, within: {of: river, width: 4 km}}, to: {of: tanks}}
    upon: {event: fire, within: {of: river, distance: 1 km}}
    deadline: D + 3 d
"""


def test_a_distance_of_version_2_is_near_and_a_time_stays_within() -> None:
    carried = newest(SECOND)
    paths = [edit.path for edit in carried.edits]
    assert paths == [
        *("pamiers", "clauses[0].forbid"),
        *("clauses[1].ratio.of", "clauses[1].upon"),
    ]
    assert '      "near":   # from the river\n' in carried.text
    assert "    within: 3 d\n" in carried.text
    assert "{of: tanks, near: {of: river, width: 4 km}}" in carried.text
    assert carried.text.count("near") == len(paths) - 1
    assert newest(carried.text).edits == ()


def test_a_distance_called_by_its_former_name_is_told_the_new_one() -> None:
    clause = newest(OLD).text.replace("near: {", "within: {")
    found = read({**TEXTS, "agreement.yaml": clause}).complaints
    (only,) = [each for each in found if each.code == "F-SCHEMA-UNKNOWN"]
    assert only.remedy == "Did you mean near?"


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_and_byte_order_marks_stay(end: str) -> None:
    odd = "\ufeff" + OLD.replace("\n", end)
    carried = newest(odd)
    assert len(carried.edits) == len(EDITS)
    assert carried.text == "\ufeff" + newest(OLD).text.replace("\n", end)


def test_what_is_no_yaml_is_refused_with_its_line() -> None:
    with pytest.raises(MalformedAgreementError, match=r"agreement\.yaml:2"):
        newest("pamiers: 1\n\tagreement: {}\n")
    with pytest.raises(MalformedAgreementError, match="each key once"):
        newest("pamiers: 1\npamiers: 1\n")


def folder(tmp_path: Path) -> Path:
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(text)
    return tmp_path


def test_the_command_shows_what_it_would_change_and_then_does(tmp_path: Path) -> None:
    file = folder(tmp_path) / "agreement.yaml"
    dry = CliRunner().invoke(command, ["migrate", str(tmp_path), "--dry-run"])
    assert dry.exit_code == 0
    assert "agreement.yaml:53:5: clauses[1]: deadline -> within" in dry.stdout
    assert file.read_text() == OLD
    wet = CliRunner().invoke(command, ["migrate", str(tmp_path)])
    assert wet.exit_code == 0
    assert file.read_text() == newest(OLD).text
    again = CliRunner().invoke(command, ["migrate", str(tmp_path)])
    assert "Nothing to change" in again.stdout


def test_a_bundled_agreement_is_not_rewritten() -> None:
    found = CliRunner().invoke(command, ["migrate", "donbas-2020"])
    assert found.exit_code == 2
