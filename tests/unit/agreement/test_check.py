"""What a lawyer would ask: each complaint raised by one spoilt place."""

import pytest

from tests.unit.agreement.small import checked, codes, complaint

STRIP = "strip: {title: The strip}"
TWO_EXEMPT = (
    "    unless:\n      - {id: a, by: club, priority: 1}\n"
    "      - {id: b, in: strip, priority: 1}\n"
)
DENIED = (
    "{actor: club, act: signed, source: gazette}",
    (
        "{actor: club, act: not signed, source: herald}\n"
        "      - {actor: club, act: signed, source: gazette}"
    ),
)


@pytest.mark.parametrize(
    ("old", "new", "path", "section"),
    [
        ("in: strip", "in: stripe", "clauses[0].forbid.in", "zones"),
        ("of: river", "of: rivers", "clauses[1].forbid.near.of", "lines"),
        ("of: big", "of: bigg", "clauses[1].forbid.of", "classes"),
        ("event: fire", "event: fires", "clauses[0].forbid.event", "kinds"),
        ("instrument: truce", "instrument: truth", "clauses[0].instrument", "instr"),
        ("bearer: each party", "bearer: clubs", "clauses[0].bearer", "or roles"),
        ("watched_by: patrols", "watched_by: patrol", "clauses[0].watched", "monit"),
        ("on_breach: session", "on_breach: sessions", "clauses[0].on_br", "procedures"),
        ("held_by: club", "held_by: NO", "roles.monitor.held_by", "actors"),
        ("created_by: truce", "created_by: none", "roles.monitor.cr", "instruments"),
        ("by: monitor", "by: monitors", "monitoring.patrols.by", "actors or roles"),
        ("sectors: [strip]", "sectors: [x]", "sectors", "zones"),
        ("source: gazette", "source: gazete", "instruments[0].sig", "sources"),
        ("interested: [north]", "interested: [n]", "sources.palace.int", "actors"),
    ],
)
def test_names_must_be_defined(old: str, new: str, path: str, section: str) -> None:
    found = complaint("L-UNDEFINED", (old, new))
    assert found.path.startswith(path)
    assert section in found.message
    assert found.severity == "error"


def test_a_near_name_is_suggested() -> None:
    found = complaint("L-UNDEFINED", ("in: strip", "in: stripe"))
    assert "Did you mean strip?" in found.remedy


def test_a_role_of_one_who_has_not_signed_names_both_sources() -> None:
    found = complaint("L-UNSIGNED-ROLE", DENIED)
    assert found.path == "roles.monitor.held_by"
    assert found.severity == "error"
    assert "not signed according to herald (The Herald)" in found.message
    assert "signed according to gazette (The Gazette)" in found.message


def test_a_step_of_one_who_has_not_signed() -> None:
    assert complaint("L-UNSIGNED-STEP", DENIED).path == "procedures.session.steps[0].by"


def test_a_denial_by_an_interested_source_only_warns() -> None:
    palace = (DENIED[0], DENIED[1].replace("herald", "palace"))
    assert codes(palace) == ["W-SIGNATURE", "W-SIGNATURE"]
    assert checked(palace).runnable


def test_silence_about_a_signature_warns() -> None:
    removed = ("      - {actor: club, act: signed, source: gazette}\n", "")
    assert codes(removed) == ["W-SIGNATURE", "W-SIGNATURE"]


def test_a_group_signs_for_its_members() -> None:
    member = (
        (
            "  club: Club of Friends",
            "  club: {name: Club, members: [friend]}\n  friend: F",
        ),
        ("held_by: club", "held_by: friend"),
    )
    assert codes(*member) == []


def test_members_do_not_sign_for_their_group() -> None:
    found = checked(
        (
            "  club: Club of Friends",
            "  club: {name: Club, members: [friend, foe]}\n  friend: F\n  foe: X",
        ),
        ("{actor: club, act: signed", "{actor: friend, act: signed"),
    )
    assert {each.code for each in found.complaints} == {"W-SIGNATURE"}
    assert "signed by friend alone" in found.complaints[0].message


def test_a_clause_on_one_who_has_not_signed_warns() -> None:
    removed = ("      - {actor: south, act: signed, source: gazette}\n", "")
    found = complaint("L-UNSIGNED-BOUND", removed)
    assert (found.severity, "south" in found.message) == ("warning", True)


def test_a_body_that_decides_needs_a_rule() -> None:
    spoilt = ("tasks: [observe]", "tasks: [observe, decide]")
    assert complaint("L-NO-RULE", spoilt).path == "roles.monitor.decides_by"
    assert codes((spoilt[0], "tasks: [observe, decide], decides_by: consensus")) == []
    assert codes((spoilt[0], "tasks: [observe, decide], decides_by: TBD")) == [
        "L-BLANK",
        "L-NO-RULE",
    ]


def test_a_refused_consent_is_shown() -> None:
    spoilt = (
        "tasks: [observe]",
        "consents: [{actor: south, act: refused, source: palace}]",
    )
    assert (
        "refused by south according to palace"
        in complaint("L-NO-CONSENT", spoilt).message
    )


def test_a_party_must_not_verify_itself() -> None:
    found = checked(("held_by: club", "held_by: north"))
    assert [each.code for each in found.complaints] == ["L-SELF-VERIFY"] * 2
    assert {each.path for each in found.complaints} == {
        "roles.monitor",
        "monitoring.patrols",
    }


def test_all_parties_together_may_verify() -> None:
    assert codes(("held_by: club", "held_by: [north, south]")) == []


def test_an_agreement_without_clauses_has_no_criteria_of_violation() -> None:
    text = checked().written
    assert text is not None
    found = checked(("clauses:\n", "clauses: []\nx_clauses:\n"))
    assert "L-NO-CLAUSES" in [each.code for each in found.complaints]


def test_an_agreement_needs_ground_to_stand_on() -> None:
    found = checked(
        ("zones:\n  strip: {title: The strip}\n", ""),
        ("lines:\n", ""),
        ("  river: {title: The river, as_of: 2026-02-01, tolerance: 200 m}\n", ""),
        ("sectors: [strip]\n", ""),
        (", in: strip", ""),
        (", within: {of: river, distance: 5 km}", ""),
    )
    assert [each.code for each in found.complaints] == ["L-NO-ZONE"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("forbid: {event: fire, in: strip}", "forbid: {in: strip}"),
        ("forbid: {event: fire, in: strip}", "forbid: {event: fire, state: presence}"),
    ],
)
def test_a_clause_needs_one_thing_to_measure(old: str, new: str) -> None:
    assert complaint("L-NO-TRIGGER", (old, new)).path.startswith("clauses[0]")


@pytest.mark.parametrize(
    "new", ["", "    forbid: {event: fire}\n    oblige: {event: fire}\n"]
)
def test_a_clause_has_one_verb(new: str) -> None:
    old = "    forbid: {event: fire, in: strip}\n"
    assert complaint("L-VERB", (old, new)).path == "clauses[0]"


def test_a_ban_has_no_deadline() -> None:
    spoilt = ("    from: D\n", "    from: D\n    deadline: D + 1 d\n")
    assert complaint("L-MISPLACED", spoilt).path == "clauses[0].deadline"


def test_a_clause_that_nobody_watches_or_answers_warns() -> None:
    unwatched = ("    watched_by: patrols\n    on_breach: session\n  - id", "  - id")
    assert codes(unwatched) == ["L-NO-PROCEDURE", "L-UNWATCHED"]
    assert checked(unwatched).runnable


def test_means_may_name_the_clauses_they_watch() -> None:
    assert (
        codes(
            ("    watched_by: patrols\n", ""),
            ("    by: monitor\n", "    by: monitor\n    watches: [quiet]\n"),
        )
        == []
    )


def test_detection_needs_someones_word() -> None:
    removed = (
        (
            "    detection: {probability: 0.8, author: A. Umpire, on: 2026-02-01, "
            "source: gazette}\n"
        ),
        "",
    )
    assert complaint("L-NO-DETECTION", removed).severity == "warning"
    unsigned = ("author: A. Umpire, ", "")
    assert (
        complaint("F-SCHEMA-MISSING", unsigned).path == "monitoring.patrols.detection"
    )


def test_readings_must_each_be_a_whole_clause() -> None:
    question = (
        "    readings:\n      - question: How far?\n        options:\n"
        "          near: {says: near, distance: 5 km}\n"
    )
    whole = question + "          far: {says: far, distance: 10 km}\n"
    broken = question + "          far: {says: far}\n"
    place = "    bearer: each party\n    from: D + 14 d\n"
    missing = (", distance: 5 km", "")
    assert codes(missing) == ["L-READINGS"]
    assert codes(missing, (place, place + whole)) == ["L-AMBIGUOUS"]
    assert codes(missing, (place, place + broken)) == ["L-READINGS", "L-AMBIGUOUS"]
    assert codes((place, place + question)) == ["L-READINGS"]


def test_exemptions_of_equal_rank_warn() -> None:
    two = TWO_EXEMPT
    ranked = TWO_EXEMPT.replace("strip, priority: 1", "strip, priority: 2")
    place = "    on_breach: session\n"
    assert codes((place, place + two)) == ["L-EXCEPTIONS"]
    assert codes((place, place + ranked)) == []


def test_a_trigger_must_be_measurable() -> None:
    vague = ("within: 24 h elapsed}", "within: 24 h elapsed, when: fighting expands}")
    plain = ("within: 24 h elapsed}", "within: 24 h elapsed, when: quiet is breached}")
    assert codes(vague) == ["L-STEP-TRIGGER"]
    assert codes(plain) == []


@pytest.mark.parametrize(
    ("changes", "circle"),
    [
        (
            (("  big: {title: big guns", "  big: {any_of: [big], title: x"),),
            "big -> big",
        ),
        (
            (
                ("  north: Northland", "  north: {name: N, members: [south]}"),
                ("  south: Southland", "  south: {name: S, members: [north]}"),
            ),
            "north -> south -> north",
        ),
    ],
)
def test_definitions_may_not_go_in_circles(
    changes: tuple[tuple[str, str], ...], circle: str
) -> None:
    assert circle in complaint("L-CIRCULAR", *changes).message


def test_a_substitute_drawing_is_named() -> None:
    spoilt = ("tolerance: 200 m}", "tolerance: 200 m, approximates: the old bed}")
    assert "the old bed" in complaint("L-APPROXIMATE", spoilt).message


@pytest.mark.parametrize(
    "shape",
    [
        "band: {of: river, side: west, to: 5 km}",
        "buffer: {of: river, width: 5 km}",
        "around: {places: {mill: '10 N, 10 E'}, radius: 5 km}",
        "hull: {mill: '10 N, 10 E', dam: '10 N, 11 E', ford: '11 N, 10 E'}",
        "any_of: [strip]",
        "versions: [{feature: strip}, {buffer: {of: river, each_side: 1 km}}]",
    ],
)
def test_what_is_derived_needs_no_feature(shape: str) -> None:
    derived = f"{STRIP}\n  mound: {{title: The mound, {shape}}}"
    assert "L-UNDEFINED" not in codes((STRIP, derived))


def test_what_nothing_derives_needs_a_feature() -> None:
    drawn = f"{STRIP}\n  mound: {{title: The mound, cite: article 9}}"
    assert complaint("L-UNDEFINED", (STRIP, drawn)).path == "zones.mound"


def test_an_end_that_silence_puts_off_for_ever_is_told_as_that() -> None:
    life = ("{ended_by: denunciation}", "{lasts: 5 y, renewed_by: silence}")
    (found,) = [each for each in checked(life).complaints if each.code == "L-NO-END"]
    assert "expected how it ends, got terms of 5 y that silence renews" in found.message
    assert "ended_by" in found.remedy
    (none,) = [
        each
        for each in checked(("  life: {ended_by: denunciation}\n", "")).complaints
        if each.code == "L-NO-END"
    ]
    assert "got nothing" in none.message


def test_a_new_deadline_that_comes_too_late_says_by_how_much() -> None:
    amended = "amended: {instrument: truce, on: D + 6 d, deadline: D + 20 d}"
    duty = "deadline: D + 5 d\n    " + amended
    changes = (("forbid: {event: fire, in: strip}", "oblige: {event: exercise}"),)
    found = checked(*changes, ("    title: Quiet\n", f"    title: Quiet\n    {duty}\n"))
    (late,) = [each for each in found.complaints if each.code == "L-AMENDED-LATE"]
    assert "got one agreed 1 d after it" in late.message
