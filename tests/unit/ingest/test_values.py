"""Single values: what each grammar takes, and how precisely."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Transformer

from pamiers.ingest.refusal import RefusedError
from pamiers.ingest.registry import get
from pamiers.ingest.values.angles import parse_angle
from pamiers.ingest.values.counts import Count, parse_count
from pamiers.ingest.values.mgrs import parse_mgrs
from pamiers.ingest.values.times import TimeGrammar, parse_time
from pamiers.ingest.values.words import nearest_family, remarks, skeleton, slug
from pamiers.mission.reading import ReadOptions

KYIV = ZoneInfo("Europe/Kyiv")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("12", Count(best=12)),
        ("about 110", Count(best=110, low=88, high=132)),
        ("30-35", Count(low=30, high=35)),
        ("between 3 and 5", Count(low=3, high=5)),
        (">=48", Count(low=48)),
        ("more than 48", Count(low=49)),
        ("48+", Count(low=48)),
        ("up to 20", Count(low=0, high=20)),
        ("<5", Count(low=0, high=4)),
    ],
)
def test_counts_keep_their_vagueness(text: str, count: Count) -> None:
    assert parse_count(text) == count


@pytest.mark.parametrize(
    ("text", "lon", "lat", "metres"),
    [
        ("18SUJ2337106519", -77.0365, 38.8898, 1),  # Washington
        ("56HLH3436852048", 151.2095, -33.8589, 1),  # Sydney
        ("31XEN0000000000", 3.0, 82.8526, 1),  # band X
        ("1CDM", -177.0, -76.7, 100_000),  # far south, first zone
    ],
)
def test_grid_references_lie_where_they_should(
    text: str, lon: float, lat: float, metres: float
) -> None:
    place, _ = parse_mgrs(text)
    slack = max(0.01, metres / 30_000)
    assert place.lat == pytest.approx(lat, abs=slack)
    assert place.lon == pytest.approx(lon, abs=slack * 6)


LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"


@given(st.floats(36.1, 41.9), st.floats(48.1, 55.9))
def test_a_grid_square_holds_the_point_it_was_made_from(lon: float, lat: float) -> None:
    east, north = Transformer.from_crs(4326, 32637, always_xy=True).transform(lon, lat)
    column = LETTERS[int(east // 100_000) - 1]
    row = LETTERS[:20][int(north // 100_000) % 20]
    digits = f"{int(east % 100_000) // 100:03d}{int(north % 100_000) // 100:03d}"
    place, _ = parse_mgrs(f"37U{column}{row}{digits}")
    assert abs(place.lat - lat) < 0.001
    assert abs(place.lon - lon) < 0.0015


@given(st.integers(-89, 89), st.integers(0, 59), st.integers(0, 59))
def test_sexagesimal_angles_read_as_they_were_written(deg: int, m: int, s: int) -> None:
    text = f"{abs(deg):02d}°{m:02d}′{s:02d}″{'S' if deg < 0 else 'N'}"
    size = abs(deg) + m / 60 + s / 3600
    found = parse_angle(text, "lat")
    assert found.deg == pytest.approx(-size if deg < 0 else size, abs=1e-9)
    assert found.minutes_written


modern = st.datetimes(datetime(1995, 1, 1), datetime(2090, 1, 1))


@given(modern.map(lambda naive: naive.replace(microsecond=0, tzinfo=KYIV)))
def test_a_local_time_is_inside_its_interval(local: datetime) -> None:
    grammar = TimeGrammar(zone=KYIV, clock_zone=KYIV)
    text = local.strftime("%Y-%m-%d %H:%M:%S")
    if local.astimezone(UTC).astimezone(KYIV) != local:  # the clocks skipped it
        with pytest.raises(RefusedError, match="showed"):
            parse_time(text, grammar)
        return
    when = parse_time(text, grammar)
    assert when.start <= local < when.end


def test_kinds_are_never_sharpened() -> None:
    assert nearest_family(["explosion", "burst"]) == "fire"
    assert nearest_family(["shot", "shot"]) == "shot"
    assert nearest_family(["shot", "convoy"]) == "any"


def test_look_alikes_are_told() -> None:
    assert skeleton("Раrty_A") == skeleton("Party_A")
    assert remarks("Гoрлівка") == ("W-CONFUSABLE",)
    assert remarks("Горлівка") == ()


def test_a_name_in_other_letters_makes_no_identifier() -> None:
    assert slug("JFO HQ/MoD") == "jfo-hq-mod"
    with pytest.raises(RefusedError, match="Latin"):
        slug("ДНР")


def test_a_look_alike_of_a_known_place_is_named() -> None:
    data = "key,time,place\na,2020-07-27,Гoрлівка\n".encode()
    options = ReadOptions(
        file_name="x",
        time_zone="Europe/Kyiv",
        source="s",
        places="id,name,aliases\nhorlivka,Horlivka,Горлівка; Gorlovka\n",
    )
    notes = {n.code: n.message for n in get("pamiers-csv").read(data, options).notes}
    assert notes["W-CONFUSABLE"] == "'Гoрлівка' looks like 'Горлівка'"
