"""What an incident is said to be."""

import hashlib
from datetime import timedelta
from typing import Any

import pytest

from pamiers.core.geodesy import distance_m
from pamiers.core.source import Reliability, Source
from pamiers.fusion.estimate import kind_of
from pamiers.fusion.model import LONE_CLAIM, LONE_REPORT, FusionModel
from tests.unit.fusion.small import NOON, claimed, only, seen


def test_the_key_is_a_digest_of_the_members() -> None:
    expected = hashlib.sha256(b"a:1; b:1").hexdigest()[:16]
    assert only(seen("b"), seen("a")).key == expected


def test_places_combine_by_precision() -> None:
    sharp, blunt = seen("a", radius_m=300.0), seen("b", radius_m=900.0, lon=37.505)
    found = only(sharp, blunt)
    assert found.lon == pytest.approx(37.5 + 0.005 / 10, abs=1e-6)
    assert found.radius_m == pytest.approx(300 * 900 / (300**2 + 900**2) ** 0.5, abs=1)


def test_scatter_past_the_stated_errors_widens_the_radius() -> None:
    calm = only(seen("a"), seen("b"))
    torn = only(seen("a"), seen("b", lon=37.511))
    assert (torn.radius_m or 0) > 1.2 * (calm.radius_m or 0)


def test_one_place_keeps_its_shape_and_name() -> None:
    ring = '{"area":{"ring":[[37,48],[38,48],[38,49]]}}'
    found = only(seen("a", shape=ring, place="Zolote", radius_m=40_000.0))
    assert (found.shape, found.place) == (ring, "Zolote")


def test_times_share_what_they_can() -> None:
    long: dict[str, Any] = {
        "start": NOON - timedelta(hours=3),
        "end": NOON + timedelta(seconds=30),
    }
    found = only(seen("a"), seen("b", **long))
    assert (found.start, found.end) == (NOON, NOON + timedelta(seconds=30))


def test_times_that_only_nearly_meet_span_both() -> None:
    just: dict[str, Any] = {
        "start": NOON + timedelta(minutes=1),
        "end": NOON + timedelta(minutes=2),
    }
    found = only(seen("a"), seen("b", **just))
    assert (found.start, found.end) == (NOON, NOON + timedelta(minutes=2))


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        (["burst", "fire"], "burst"),
        (["burst", "explosion"], "fire"),
        (["explosion", "casualty"], "explosion"),
        (["casualty", "damage"], "harm"),
        (["other", "mine"], "mine"),
        (["other", "any"], "other"),
        (["convoy", "mine"], "other"),
    ],
)
def test_the_kind_is_the_most_specific_agreed(kinds: list[str], expected: str) -> None:
    assert kind_of(kinds) == kind_of(kinds[::-1]) == expected


def test_counts_give_the_middle_and_the_range() -> None:
    found = only(seen("a", count=3), seen("b", count=5), seen("c", count=4))
    assert (found.count_low, found.count, found.count_high) == (3, 4, 5)


def test_or_more_stays_open() -> None:
    found = only(seen("a", count_low=10), seen("b", count=12))
    assert (found.count_low, found.count, found.count_high) == (10, 12, None)


def test_no_count_is_no_count() -> None:
    found = only(seen("a"))
    assert (found.count_low, found.count, found.count_high) == (None, None, None)


def test_a_claim_moves_nothing_that_was_observed() -> None:
    told: dict[str, Any] = {
        "lon": 37.505,
        "count": 50,
        "weapons": "mortar",
        "actor": "A",
    }
    found = only(seen("a", count=40), claimed("press", **told))
    alone = only(seen("a", count=40))
    same = ("lon", "lat", "radius_m", "start", "end", "kind", "count", "weapons")
    assert [getattr(found, n) for n in same] == [getattr(alone, n) for n in same]
    assert (found.observed, found.claimed, found.actor) == (1, 1, None)
    assert found.probability > alone.probability


def test_an_actor_is_named_only_where_those_who_name_one_agree() -> None:
    assert only(seen("a", actor="A"), seen("b")).actor == "A"
    assert only(seen("a", actor="A"), seen("b", actor="B")).actor is None


def test_weapons_are_listed_once_and_vague_words_give_way() -> None:
    found = only(seen("a", weapons="Mortar; unknown"), seen("b", weapons="mortar"))
    assert found.weapons == "Mortar"


@pytest.mark.parametrize("letter", sorted(LONE_REPORT))
def test_a_lone_report_is_as_probable_as_its_letter_says(letter: str) -> None:
    found = only(seen("a", reliability=letter))
    assert found.probability == pytest.approx(LONE_REPORT[letter], abs=1e-4)


def test_a_lone_claim_is_improbable_whatever_its_letter() -> None:
    found = only(claimed("press", reliability="A"))
    assert found.probability == pytest.approx(LONE_CLAIM, abs=1e-4)


def test_a_letter_of_the_source_stands_in_for_a_row_without_one() -> None:
    known = {"a": Source(id="a", name="a", reliability=Reliability.A)}
    found = only(seen("a"), model=FusionModel(sources=known))
    assert found.probability == pytest.approx(LONE_REPORT["A"], abs=1e-4)


def test_independent_sources_add() -> None:
    one, two = only(seen("a")), only(seen("a"), seen("b"))
    assert two.probability > one.probability


def test_a_copy_adds_nothing() -> None:
    copied = FusionModel(same_voice={"b": "a"})
    assert only(seen("a"), seen("b"), model=copied).probability == pytest.approx(0.5)
    words = [seen("a", text="boom heard"), seen("b", text="boom heard")]
    assert only(*words).probability == pytest.approx(0.5)


def test_two_organs_of_one_party_are_one_voice() -> None:
    known = {name: Source(id=name, name=name, interested=("A",)) for name in ("x", "y")}
    rows = [claimed("x"), claimed("y")]
    one_voice = only(*rows, model=FusionModel(sources=known))
    assert one_voice.probability == pytest.approx(LONE_CLAIM, abs=1e-4)


def test_what_a_source_itself_doubts_adds_less_and_never_speaks_against() -> None:
    doubted = only(seen("a"), seen("b", credibility="5"))
    assert only(seen("a")).probability <= doubted.probability
    assert doubted.probability < only(seen("a"), seen("b")).probability


def test_a_model_in_which_reports_speak_against_is_refused() -> None:
    with pytest.raises(Exception, match="prior"):
        FusionModel(prior=0.4)


def test_the_centre_lies_between() -> None:
    found = only(seen("a", lon=37.5), seen("b", lon=37.504))
    away = distance_m(found.lon or 0.0, found.lat or 0.0, [37.5, 37.504], [48.0, 48.0])
    assert away[0] == pytest.approx(away[1], rel=1e-3)
