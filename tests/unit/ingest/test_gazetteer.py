"""Names of places: every candidate shown, none guessed."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pamiers
from pamiers.core.errors import MalformedSourceError
from pamiers.core.geodesy import distance_m
from pamiers.ingest.gazetteer import Near, fold, plain, read_gazetteer

PLACES = Path(pamiers.__file__).parent / "agreements/donbas-2020/places.csv"
HEAD = "name,aliases,lat,lon,radius_m,kind,source\n"
SMALL = HEAD + (
    "Bigtown,Велике місто|Grand,48.00,37.80,9000,city,own\n"
    "Vesele,Весело,48.10,37.80,1500,village,own\n"
    "Vesele,,48.00,38.20,1500,village,own\n"
    "Avdiivka,Авдіївка,48.14,37.75,3500,town,own\n"
)


@pytest.mark.parametrize(
    "name",
    ["Avdiivka", "AVDIIVKA", "Avdiyivka", "avdiivka", "Авдіївка", "Avdii-vka"],
)
def test_spellings_of_one_name_find_one_place(name: str) -> None:
    assert [s.name for s in read_gazetteer(SMALL).find(name)] == ["Avdiivka"]


def test_a_name_that_several_bear_is_ambiguous_and_all_are_shown() -> None:
    result = read_gazetteer(SMALL).resolve("Vesele")
    assert result.how == "ambiguous"
    assert result.place is None
    assert len(result.candidates) == 2


@pytest.mark.parametrize(
    ("bearing", "metres", "lat"), [(0, 11_000, 48.10), (90, 30_000, 48.00)]
)
def test_a_stated_bearing_chooses_the_one_that_agrees(
    bearing: float, metres: float, lat: float
) -> None:
    near = Near(name="Bigtown", bearing_deg=bearing, distance_m=metres)
    result = read_gazetteer(SMALL).resolve("Vesele", near)
    assert result.how == "chosen"
    assert result.place is not None
    assert result.place.lat == lat


def test_an_unknown_name_is_laid_off_with_its_uncertainty() -> None:
    near = Near(name="Bigtown", bearing_deg=180, distance_m=20_000)
    result = read_gazetteer(SMALL).resolve("Nowhere", near)
    assert result.how == "computed"
    assert result.place is not None
    away = distance_m(37.80, 48.00, result.place.lon, result.place.lat).item()
    assert away == pytest.approx(19_600, abs=700)
    assert 5_000 < result.place.radius_m < 9_000


def test_a_known_name_placed_elsewhere_is_another_place_of_that_name() -> None:
    near = Near(name="Bigtown", bearing_deg=270, distance_m=60_000)
    result = read_gazetteer(SMALL).resolve("Avdiivka", near)
    assert result.how == "computed"
    assert [s.name for s in result.candidates] == ["Avdiivka"]


def test_an_unknown_name_without_a_bearing_is_unknown() -> None:
    assert read_gazetteer(SMALL).resolve("Nowhere").how == "unknown"


def test_an_anchor_that_is_itself_ambiguous_decides_nothing() -> None:
    near = Near(name="Vesele", bearing_deg=0, distance_m=5_000)
    assert read_gazetteer(SMALL).resolve("Nowhere", near).how == "unknown"


@pytest.mark.parametrize("text", ["", "name,lat,lon\nX,1,2\n"])
def test_a_table_without_its_columns_is_refused(text: str) -> None:
    with pytest.raises(MalformedSourceError, match="columns"):
        read_gazetteer(text)


def test_a_figure_that_is_none_is_refused_with_its_line() -> None:
    with pytest.raises(MalformedSourceError, match=r"places\.csv:2"):
        read_gazetteer(HEAD + "X,,north,37.8,1500,village,own\n")


@given(st.text(max_size=30))
def test_folding_is_a_projection(name: str) -> None:
    assert plain(plain(name)) == plain(name)
    assert fold(fold(name)) == fold(name)


def test_the_bundled_places_are_plenty_named_and_rounded() -> None:
    gazetteer = read_gazetteer(PLACES.read_text(encoding="utf-8"))
    rows = PLACES.read_text(encoding="utf-8").splitlines()[1:]
    assert 150 <= len(rows) <= 300
    assert all(row.rsplit(",", 1)[1].strip() for row in rows)
    ambiguous = ["Oleksandrivka", "Mykolaivka", "Vesele", "Kalynove"]
    assert all(len(gazetteer.find(name)) > 1 for name in ambiguous)
    for one in {s for found in gazetteer.exact.values() for s in found}:
        assert one.lat == round(one.lat, 2)
        assert one.lon == round(one.lon, 2)
        assert one.radius_m >= 1_500
