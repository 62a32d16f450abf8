"""What changed between two versions, in words, and for whom."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pamiers.agreement import Written, check, read
from pamiers.agreement.diff.change import Change, diff
from pamiers.agreement.diff.effect import Effect
from pamiers.agreement.diff.page import page_text
from pamiers.agreement.prose.words import TONGUES
from pamiers.app.agreement_files import agreement_texts, bundled
from pamiers.app.cli.agreement import agreement
from tests.unit.agreement.everything import changed, everything, leaves, written
from tests.unit.agreement.small import TEXT, TEXTS, ZONES, checked

QUIET = "forbid: {event: fire, in: strip}"
NIGHTS = f"{QUIET}\n    hours: 22:00-06:00"


def small(*changes: tuple[str, str]) -> Written:
    found = checked(*changes).written
    assert found is not None
    return found


def drawn(zones: str) -> Written:
    found = check(read({**TEXTS, "zones.geojson": zones})).written
    assert found is not None
    return found


def only(old: Written, new: Written) -> Change:
    (found,) = diff(old, new)
    return found


def changes(before: str, after: str) -> Change:
    """Return the one change between two versions of the first clause."""
    return only(small((QUIET, before)), small((QUIET, after)))


@pytest.mark.parametrize("name", bundled())
def test_an_agreement_does_not_differ_from_itself(name: str) -> None:
    found = read(agreement_texts(name)).written
    assert found is not None
    assert diff(found, found) == ()


def test_whatever_is_changed_is_told_in_the_place_where_it_is() -> None:
    before = written(everything())
    assert diff(before, written(everything())) == ()
    for path, form, n in leaves():
        found = diff(before, written(changed(path, form, n)))
        assert found, path
        outer = {str(step) for step in path[:1]}
        assert any(each.where.split("[")[0].split(".")[0] in outer for each in found)


def test_the_way_back_has_the_opposite_effect() -> None:
    before = written(everything())
    for path, form, n in leaves():
        after = written(changed(path, form, n))
        there = sorted(each.effect.mirrored for each in diff(before, after))
        back = sorted(each.effect for each in diff(after, before))
        assert there == back, path


def test_writing_is_no_change() -> None:
    text = TEXT.replace("distance: 5 km", "distance: 5000 m").replace(
        "D: 2026-03-01T00:00+02:00", "D: 2026-02-28T22:00+00:00"
    )
    text = "# a remark\n" + text.replace(
        "    title: Quiet\n    instrument: truce\n",
        "    instrument: truce\n    title: Quiet\n",
    )
    same = check(read({**TEXTS, "agreement.yaml": text})).written
    assert same is not None
    assert same != small()
    assert diff(small(), same) == ()
    assert page_text(small(), same).splitlines()[-1] == "The two mean the same."


@pytest.mark.parametrize(
    ("before", "after", "effect"),
    [
        ("at_most: {n: 5, of: big}", "at_most: {n: 6, of: big}", "loosens"),
        ("at_least: {n: 5, of: big}", "at_least: {n: 6, of: big}", "tightens"),
        (QUIET, "forbid: {event: fire}", "tightens"),
        (QUIET, "forbid: {event: [fire, exercise], in: strip}", "tightens"),
        (QUIET, "forbid: {event: exercise, in: strip}", "unclear"),
        (QUIET, "forbid: {event: fire, in: strip, where: count > 3}", "loosens"),
        (
            "oblige: {event: exercise}\n    deadline: D + 3 d",
            "oblige: {event: exercise}\n    deadline: D + 2 d",
            "tightens",
        ),
        (
            "oblige: {event: exercise}\n    deadline: D + 3 d",
            "oblige: {event: exercise}",
            "loosens",
        ),
        (
            "notify: {event: exercise, before: 10 d}",
            "notify: {event: exercise, before: 20 d}",
            "tightens",
        ),
        (
            "every: {event: exercise, period: 10 d}",
            "every: {event: exercise, period: 20 d}",
            "loosens",
        ),
        (
            QUIET,
            f"{QUIET}\n    unless: [{{id: x, priority: 1, by: club, text: ours}}]",
            "loosens",
        ),
        (
            f"{QUIET}\n    unless: [{{id: x, priority: 1, text: ours}}]",
            f"{QUIET}\n    unless: [{{id: x, priority: 1, text: ours, by: club}}]",
            "tightens",
        ),
        (QUIET, f"{QUIET}\n    until: D + 9 d", "loosens"),
        (QUIET, f"{QUIET}\n    answers_for: club", "tightens"),
        (QUIET, f"{QUIET}\n    requires: withdrawal", "loosens"),
        (QUIET, f"{QUIET}\n    suspended: {{from: D, until: D + 1 d}}", "loosens"),
        (QUIET, f"{QUIET}\n    hours: 22:00-06:00", "loosens"),
        (NIGHTS, f"{QUIET}\n    hours: 21:30-06:15", "tightens"),
        (NIGHTS, f"{QUIET}\n    hours: [22:00-24:00, 00:00-05:00]", "loosens"),
        (NIGHTS, f"{QUIET}\n    hours: 06:00-15:00", "unclear"),
        (NIGHTS, f"{NIGHTS}\n    days: [friday]", "loosens"),
        (QUIET, f"{QUIET}\n    note: a remark", "none"),
        (QUIET, "oblige: {event: exercise}", "unclear"),
    ],
)
def test_tighter_and_looser_is_told_where_it_can_be(
    before: str, after: str, effect: str
) -> None:
    found = diff(small((QUIET, before)), small((QUIET, after)))
    assert {each.effect for each in found} == {Effect(effect)}
    if effect not in {"none", "unclear"}:
        assert found[0].bearers == ("north", "south")
        assert "for both parties" in found[0].says


def test_a_distance_that_falls_is_said_so() -> None:
    found = only(small(), small(("distance: 5 km", "distance: 3 km")))
    assert found.says == (
        "Clause [withdrawal], distance: falls from 5 km to 3 km. This loosens it for "
        "both parties."
    )
    assert found.where == "clauses[withdrawal].forbid.near.distance"


def test_a_time_that_moves_says_by_how_much() -> None:
    found = only(small(), small(("from: D + 14 d", "from: D + 16 d")))
    assert "D + 16 days (17 March 2026, 00:00). That is 2 days later." in found.says
    assert found.effect is Effect.LOOSENS


def test_times_count_from_an_anchor_that_is_not_known_yet() -> None:
    wait = ("anchors:\n", "anchors:\n  W: {event: exercise}\n")
    old = small(wait, ("from: D + 14 d", "from: W + 14 d"))
    new = small(wait, ("from: D + 14 d", "from: W + 10 d"))
    assert "That is 4 days earlier." in only(old, new).says


def test_who_is_bound_no_more_is_the_one_for_whom_it_loosens() -> None:
    found = only(small(), small(("bearer: each party", "bearer: north")))
    assert (found.effect, found.bearers) == (Effect.LOOSENS, ("south",))


def test_clauses_come_go_and_are_renamed() -> None:
    renamed = only(small(), small(("  - id: quiet", "  - id: silence")))
    assert renamed.says == "Clause [quiet]: it is now called [silence]."
    start = TEXT.index("  - id: withdrawal")
    cut = TEXT[:start] + TEXT[TEXT.index("monitoring:") :]
    fewer = check(read({**TEXTS, "agreement.yaml": cut})).written
    assert fewer is not None
    gone, come = only(small(), fewer), only(fewer, small())
    assert gone.says.startswith("Clause [withdrawal]: dropped: Each party shall keep")
    assert (gone.effect, come.effect) == (Effect.LOOSENS, Effect.TIGHTENS)


def test_an_attribute_that_is_defined_is_told_by_its_words() -> None:
    """Where it stands is said in each language, not by its key."""
    asked = (QUIET, 'forbid: {event: fire, in: strip, where: "cargo == arms"}')
    named = ("\nclauses:", "\nattributes: {cargo: {en: the cargo}}\nclauses:")
    told = {page_text(small(asked), small(asked, named), each) for each in TONGUES}
    assert len(told) == len(TONGUES)
    assert all("[cargo]" in text and "`attributes`" not in text for text in told)


def test_who_signed_now_is_said() -> None:
    late = (
        "      - {actor: south, act: signed, source: gazette}\n",
        "      - {actor: south, act: absent, source: gazette}\n",
    )
    found = only(small(late), small())
    assert "signatures [south], act: formerly was absent; now signed." in found.says


MEET = next(line for line in TEXT.splitlines(keepends=True) if "{id: meet" in line)
REPORT = "      - {id: report, by: club, do: report to the parties}\n"


def test_the_order_of_steps_counts_and_that_of_clauses_does_not() -> None:
    both = small((MEET, MEET + REPORT))
    turned = small((MEET, REPORT + MEET))
    found = only(both, turned)
    assert found.says == "Procedure [session], steps: the order is now report, meet."
    start, end = TEXT.index("  - id: quiet"), TEXT.index("monitoring:")
    middle = TEXT.index("  - id: withdrawal")
    swapped = TEXT[:start] + TEXT[middle:end] + TEXT[start:middle] + TEXT[end:]
    other = check(read({**TEXTS, "agreement.yaml": swapped})).written
    assert other is not None
    assert diff(small(), other) == ()


def test_what_an_option_or_amendment_changes_is_told_where_it_stands() -> None:
    asked = (
        "forbid: {event: fire, in: strip}\n    readings:\n      - question: Which?\n"
        "        options:\n          a: {says: one, until: D + 1 d}\n"
        "          b: {says: two, until: D + 2 d}"
    )
    found = changes(asked, asked.replace("D + 2 d", "D + 4 d"))
    assert found.says.startswith(
        "Clause [quiet], open questions [Which?], answers [b], end: formerly D + 2 days"
    )
    assert "That is 2 days later." in found.says
    assert found.effect is Effect.UNCLEAR


def test_keys_that_are_not_known_are_compared_too() -> None:
    found = changes(f"{QUIET}\n    colour: blue", f"{QUIET}\n    colour: red")
    assert found.says.startswith("Clause [quiet], `colour`: formerly blue; now red.")
    assert found.effect is Effect.UNCLEAR


def test_a_blank_that_is_filled_is_said() -> None:
    found = only(small(("distance: 5 km", "distance: TBD")), small())
    assert "distance: a blank is filled: 5 km." in found.says


def test_a_zone_that_grows_tightens_what_is_forbidden_in_it() -> None:
    wider = drawn(ZONES.replace("[38, 49], [37, 49]", "[38, 49.1], [37, 49.1]"))
    zone, clause = diff(small(), wider)
    assert zone.says.startswith("Zone [strip]: gains 813 km² in the north.")
    assert clause.says.startswith("Clause [quiet] goes by it (The strip).")
    assert (clause.effect, clause.bearers) == (Effect.TIGHTENS, ("north", "south"))
    back = diff(wider, small())
    assert [each.effect for each in back] == [Effect.NONE, Effect.LOOSENS]


def test_a_line_that_moves_says_how_far() -> None:
    north = drawn(ZONES.replace("[37, 48.5], [38, 48.5]", "[37, 48.6], [38, 48.6]"))
    line, clause = diff(small(), north)
    assert line.says == "Line [river]: lies up to 11.12 km from where it was."
    assert clause.effect is Effect.UNCLEAR


def test_a_drawing_that_nothing_uses_is_told_too() -> None:
    more = ZONES.replace(
        '{"type": "Feature", "id": "river"',
        '{"type": "Feature", "id": "spare", "properties": {}, "geometry": {"type": '
        '"LineString", "coordinates": [[37, 48.5], [38, 48.5]]}},\n'
        '{"type": "Feature", "id": "river"',
    )
    assert only(small(), drawn(more)).says == "Drawing [spare]: new."


@pytest.mark.parametrize("language", sorted(TONGUES))
def test_every_language_tells_every_change(language: str) -> None:
    before = written(everything())
    for path, form, n in leaves()[::9]:
        text = page_text(before, written(changed(path, form, n)), language)
        assert max(map(len, text.splitlines())) <= 80


def test_the_command_prints_words_or_json(tmp_path: Path) -> None:
    for name, text in {"old": TEXT, "new": TEXT.replace("5 km", "3 km")}.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "agreement.yaml").write_text(text)
        (tmp_path / name / "zones.geojson").write_text(ZONES)
    paths = [str(tmp_path / "old"), str(tmp_path / "new")]
    run = CliRunner().invoke
    assert "falls from 5 km to 3 km" in run(agreement, ["diff", *paths]).stdout
    told = run(agreement, ["diff", *paths, "--lang", "uk"]).stdout
    assert "було: 5 км; стало: 3 км" in told
    (found,) = json.loads(run(agreement, ["diff", *paths, "--json"]).stdout)["changes"]
    assert found["effect"] == "loosens"
    assert found["bearers"] == ["north", "south"]
