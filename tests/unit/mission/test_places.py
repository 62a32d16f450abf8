"""The gazetteer of an agreement, and what it is refused for."""

import pytest

from pamiers.core.errors import MalformedAgreementError
from pamiers.mission.places import read_places

HEAD = "name,aliases,lat,lon,radius_m,kind,source\n"


def test_places_have_a_name_in_each_language() -> None:
    (place,) = read_places(f"{HEAD}Mariupol,Маріуполь|Zhdanov,47.1,37.5,5000,city,s\n")
    assert (place.lon, place.lat, place.importance) == (37.5, 47.1, 3)
    assert read_places("") == read_places(HEAD) == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name\nX\n", "places.csv:1: expected the columns"),
        (f"\ufeff{HEAD}X,,48,37,1,town,s\n", "places.csv:1: expected the columns"),
        (f"{HEAD}X,,48\n", "places.csv:2: expected a cell for each column"),
        (f"{HEAD}X,,x,37,1,town,s\n", "places.csv:2: expected numbers"),
        (f"{HEAD}X,,98,37,1,town,s\n", "places.csv:2: expected a point"),
        (f"{HEAD}X,,48,37,nan,town,s\n", "places.csv:2: expected a point"),
        (f"{HEAD}X,,48,37,0,town,s\n", "places.csv:2: expected a point"),
    ],
)
def test_a_malformed_gazetteer_names_its_line(text: str, message: str) -> None:
    with pytest.raises(MalformedAgreementError, match=message):
        read_places(text)
