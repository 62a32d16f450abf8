"""From texts to the agreement as written: shape, names, round trip, digest."""

import json
from dataclasses import replace

import pytest

from pamiers.agreement import (
    check,
    digest,
    from_dict,
    json_schema,
    load_agreement,
    read,
    resolve,
    to_dict,
)
from pamiers.agreement.codes import CODES
from pamiers.agreement.complaint import severity_of
from pamiers.core.errors import MalformedAgreementError
from tests.unit.agreement.small import TEXT, TEXTS, ZONES, checked, complaint, texts


def test_the_small_agreement_is_without_complaint_and_runs() -> None:
    found = checked()
    assert found.complaints == ()
    assert found.runnable
    assert resolve(found).id == "small"


def test_every_complaint_is_gathered_in_one_run() -> None:
    found = checked(
        ("id: small", "id: mały"),
        ("kept: 0.1", "kept: 7"),
        ("tasks: [observe]", "taks: [observe]"),
        ("distance: 5 km", "distance: 5 leagues"),
        ("in: strip", "in: nowhere"),
    )
    assert [each.code for each in found.complaints] == [
        "F-ID-CHAR",
        "F-SCHEMA-VALUE",
        "F-SCHEMA-UNKNOWN",
        "L-UNDEFINED",
        "L-UNTASKED",
        "Q-UNIT",
        "L-UNTASKED",
    ]
    assert all(each.line > 1 and each.remedy for each in found.complaints)


def test_a_complaint_prints_as_an_editor_expects() -> None:
    found = complaint("F-SCHEMA-VALUE", ("kept: 0.1", "kept: 7"))
    assert str(found).startswith("agreement.yaml:10:37: agreement.thresholds.kept: exp")


@pytest.mark.parametrize(
    ("old", "new", "remedy"),
    [
        ("    from: D\n", "    from: D\n    deadine: D\n", "Did you mean deadline?"),
        ("    bearer: each party\n    from: D\n", "    barer: x\n    from: D\n", "Did"),
        ("time_zone:", "timezone:", "Did you mean time_zone?"),
    ],
)
def test_a_mistyped_key_is_refused_with_what_was_meant(
    old: str, new: str, remedy: str
) -> None:
    found = [
        each
        for each in checked((old, new)).complaints
        if each.code == "F-SCHEMA-UNKNOWN"
    ]
    assert len(found) == 1
    assert remedy in found[0].remedy


@pytest.mark.parametrize(
    ("old", "new", "remedy"),
    [
        ("bearer: each party", "bearer: both parties", "`each party`"),
        ("bearer: each party", "bearer: the club", "without spaces"),
        ("from: D\n", "from: D+30\n", "`D + 30 d`"),
        ("from: D\n", "from: by D + 30 days\n", "`D + 30 d`"),
        ("from: D\n", "from: D - 2 weeks from now\n", "`D - 2 w`"),
        ("from: D\n", "from: 23 February 2026\n", "date, T, time and offset"),
        ("forbid: {event: fire, in: strip}", "forbid: fire", "`{event: fire}`"),
        ("forbid: {event: fire, in: strip}", "forbid: [a, b]", "`{event: [a, b]}`"),
        ("forbid: {event: fire, in: strip}", "permit: {event: fire}", "No verb perm"),
        ("forbid: {event: fire, in: strip}", "at_most: {n: 50 people}", "'50 persons'"),
        ("forbid: {event: fire, in: strip}", "at_most: {n: 9 tanks}", "with a class"),
        ("forbid: {event: fire, in: strip}", "at_most: {n: 9 km}", "what is counted"),
        ("forbid: {event: fire, in: strip}", "at_most: {n: 6 million}", "its digits"),
    ],
)
def test_what_people_write_first_is_answered_with_what_to_write(
    old: str, new: str, remedy: str
) -> None:
    errors = [
        each for each in checked((old, new)).complaints if each.severity == "error"
    ]
    assert any(remedy in each.remedy for each in errors), errors


def test_a_key_unlike_any_other_is_kept_with_a_warning() -> None:
    read_one = checked(("cut_off:", "xyz: {a: [1]}\n  cut_off:"))
    assert [each.code for each in read_one.complaints] == ["W-SCHEMA-UNKNOWN"]
    assert read_one.runnable
    assert read_one.written is not None
    assert read_one.written.heading.extra == {"xyz": {"a": [1]}}
    again = from_dict(to_dict(read_one.written))
    assert again.written == read_one.written
    assert [each.code for each in again.complaints] == ["W-SCHEMA-UNKNOWN"]


def test_a_look_alike_letter_is_named_by_code_point() -> None:
    found = complaint("F-ID-CHAR", ("  north: Northland", "  nоrth: Northland"))
    assert "U+043E CYRILLIC SMALL LETTER O" in found.message


@pytest.mark.parametrize(
    ("changes", "code", "part"),
    [
        ((("pamiers: 1", "pamiers: 4"),), "F-SCHEMA-VERSION", "version 3"),
        ((("  parties: [north, south]\n", ""),), "F-SCHEMA-MISSING", "'parties'"),
        ((("time_zone: Europe/Kyiv", "time_zone: EET"),), "Q-TIME-ZONE", "'EET'"),
        ((('cut_off: "19:30"', "cut_off: 1930"),), "Q-TIME-FORM", "1930"),
        ((("breached: 0.9", "breached: yes"),), "F-SCHEMA-TYPE", "'yes'"),
        ((("act: signed", "act: singed"),), "F-SCHEMA-VALUE", "'singed'"),
        ((("  north: Northland", "  north: [a]"),), "F-SCHEMA-TYPE", "a list"),
        ((("on: 2026-02-01", "on: 1 February"),), "Q-TIME-FORM", "1 February"),
    ],
)
def test_what_does_not_fit_is_named(
    changes: tuple[tuple[str, str], ...], code: str, part: str
) -> None:
    found = [each for each in checked(*changes).complaints if each.code == code]
    assert part in found[0].message


def test_an_id_given_twice_names_the_first_line() -> None:
    found = complaint("F-ID-DUP", ("  - id: withdrawal", "  - id: quiet"))
    assert "'quiet'" in found.message
    assert f"line {TEXT[: TEXT.index('id: quiet')].count(chr(10)) + 1}" in found.message


def test_a_word_that_is_no_mapping_stops_with_one_complaint() -> None:
    found = check(read({"agreement.yaml": "truce\n"}))
    assert [each.code for each in found.complaints] == ["F-SCHEMA-TYPE"]
    assert found.written is None
    assert not found.runnable


def test_a_missing_file_is_a_complaint() -> None:
    assert [c.code for c in read({}).complaints] == ["F-FILE-MISSING"]
    found = check(read({"agreement.yaml": TEXT}))
    assert [c.code for c in found.complaints] == ["F-FILE-MISSING"] * 2
    assert [c.path for c in found.complaints] == ["zones.strip", "lines.river"]


def test_a_text_too_large_is_not_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "pamiers.agreement.reader.MAX_CHARS",
        {"agreement.yaml": 100, "zones.geojson": 100},
    )
    found = read(TEXTS)
    assert [each.code for each in found.complaints] == ["F-FILE-SIZE"] * 2


def test_plain_values_and_back_are_the_same_agreement() -> None:
    written = checked().written
    assert written is not None
    through_json = json.loads(json.dumps(to_dict(written)))
    again = from_dict(through_json)
    assert again.written == written
    assert again.complaints == ()
    assert digest(again.written) == digest(written)


def test_what_leaves_the_digest_alone() -> None:
    windows = {
        name: "\ufeff" + text.replace("\n", "\r\n") for name, text in TEXTS.items()
    }
    remarked = texts(("pamiers: 1", "# a remark\npamiers: 1"))
    turned = texts(
        ("  south: Southland\n", ""), ("  north: N", "  south: Southland\n  north: N")
    )
    alike = (TEXTS, windows, remarked, turned)
    assert len({load_agreement(each).digest for each in alike}) == 1


def test_accents_composed_or_not_are_one_digest() -> None:
    composed = load_agreement(texts(("Truce of March", "Trêve de mars")))
    apart = load_agreement(texts(("Truce of March", "Tre\u0302ve de mars")))
    assert composed.digest == apart.digest


@pytest.mark.parametrize(
    "change",
    [
        ("distance: 5 km", "distance: 6 km"),
        ("act: signed", "act: absent"),
        ("breached: 0.9", "breached: 0.91"),
    ],
)
def test_what_changes_the_digest(change: tuple[str, str]) -> None:
    changed, plain = checked(change).written, checked().written
    assert changed is not None
    assert plain is not None
    assert digest(changed) != digest(plain)


def test_the_drawings_are_part_of_the_digest() -> None:
    moved = {**TEXTS, "zones.geojson": ZONES.replace("[38, 48.5]", "[38, 48.51]")}
    assert load_agreement(moved).digest != load_agreement(TEXTS).digest


def test_only_what_runs_is_resolved() -> None:
    with pytest.raises(MalformedAgreementError) as caught:
        load_agreement(texts(("distance: 5 km", "distance: TBD")))
    assert "clauses[1].forbid.near.distance" in str(caught.value)


def test_a_blank_makes_it_checkable_and_not_runnable() -> None:
    found = checked(("breached: 0.9", "breached: TBD"), ("in: strip", "in: TBD"))
    assert {each.severity for each in found.complaints} == {"blank"}
    assert not found.runnable


def test_the_schema_is_plain_json_and_knows_every_section() -> None:
    schema = json.loads(json.dumps(json_schema()))
    assert schema["$schema"].endswith("2020-12/schema")
    assert set(schema["required"]) <= set(schema["properties"])
    assert {"clauses", "zones", "instruments"} <= set(schema["properties"])
    clause = schema["properties"]["clauses"]["anyOf"][0]["items"]["properties"]
    assert {"forbid", "oblige", "deadline", "readings"} <= set(clause)


def test_severities_follow_from_codes() -> None:
    assert {severity_of(code).value for code in CODES} == {"error", "blank", "warning"}
    with pytest.raises(KeyError):
        severity_of("F-INVENTED")


def test_a_replaced_part_is_written_as_replaced() -> None:
    written = checked().written
    assert written is not None
    other = replace(written, sectors=())
    assert "sectors" not in to_dict(other)
    assert from_dict(to_dict(other)).written == other
