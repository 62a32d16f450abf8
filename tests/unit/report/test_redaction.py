"""What an edition may not say never gets out, whatever the form."""

import math

import pytest

from pamiers.core.errors import UnknownTermError
from pamiers.core.geodesy import distance_m
from pamiers.render import FORMATS, LANGUAGES, render
from pamiers.report.daily import compose
from pamiers.report.document import document
from pamiers.report.redaction import EDITIONS, distance_km, edition_named, spot, times
from tests.fakes.reports import CANARY, WORDS, inputs, precise

PUBLIC, COMMISSION = EDITIONS["public"], EDITIONS["commission"]
TEXTS = [form for form in FORMATS if form != "pdf"]


@pytest.mark.parametrize("edition", ["public", "parties"])
@pytest.mark.parametrize("form", TEXTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_observer_and_no_words_reach_readers(
    edition: str, form: str, language: str
) -> None:
    data = render(compose(inputs(edition)), language=language, format=form)
    assert CANARY.encode() not in data
    assert WORDS.encode() not in data


@pytest.mark.parametrize("edition", ["public", "parties"])
def test_the_value_itself_holds_no_canary(edition: str) -> None:
    text = repr(document(compose(inputs(edition)), repr))
    assert CANARY not in text
    assert WORDS not in text


def test_the_commission_sees_observers_and_words() -> None:
    report = compose(inputs("commission"))
    assert any(CANARY in (row.observer or "") for row in report.annex)
    assert any(WORDS in (row.text or "") for row in report.annex)


def test_an_extra_column_gives_only_known_descriptions() -> None:
    (row,) = [row for row in compose(inputs()).annex if row.kind == "burst"]
    assert row.description == "outgoing"


def test_public_positions_lie_on_the_grid_and_hold_the_true_place() -> None:
    true = precise().at
    given = spot(true, PUBLIC)
    assert true is not None
    assert given is not None
    for degrees in (given.lon, given.lat):
        assert math.isclose(degrees / 0.02, round(degrees / 0.02), abs_tol=1e-6)
    moved = distance_m(true.lon, true.lat, given.lon, given.lat).item()
    assert given.radius_m >= max(1000.0, true.radius_m) + moved


def test_only_the_commission_sees_where_a_bearing_was_taken() -> None:
    assert getattr(spot(precise().at, PUBLIC), "outline", ()) is None
    ring = getattr(spot(precise().at, COMMISSION), "outline", None)
    assert ring is not None
    assert len(ring) > 10


def test_public_times_are_whole_minutes_round_the_true_ones() -> None:
    row = precise()
    start, end = times(row.start, row.end, PUBLIC)
    assert (start.second, end.second) == (0, 0)
    assert start <= row.start < row.end <= end
    assert times(row.start, row.end, COMMISSION) == (row.start, row.end)


def test_public_distances_are_whole_kilometres() -> None:
    assert distance_km(4321.0, PUBLIC) == 4.0
    assert distance_km(4321.0, COMMISSION) == 4.3
    assert distance_km(None, PUBLIC) is None


def test_an_unknown_edition_is_refused() -> None:
    with pytest.raises(UnknownTermError, match="public, parties, commission"):
        edition_named("press")
