"""The record in a notebook: units, places, rates against watching, no secrets."""

import math
import threading
import warnings
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import orjson
import pytest

import pamiers
from pamiers.app.notebook import Analysis, CoverageWarning
from pamiers.app.notebook.analysis import open_mission
from pamiers.app.pages.catalogue import page
from pamiers.app.pages.readers import reader_of
from pamiers.app.wiring import now, opened
from pamiers.core.errors import UsageError
from tests.unit.app.calling import answer, begun, csv

HEADER = "source,key,start,end,lat,lon,radius_m,kind,count,region\n"
WATCHED = "source,key,start,end,status,region\n"
DAY = "2020-07-28"


def row(key: str, hour: int, region: str = "Donetsk", kind: str = "explosion") -> str:
    times = f"{DAY}T{hour:02}:00Z,{DAY}T{hour:02}:05Z"
    return f"osce,{key},{times},48.0,37.8,1000,{kind},{hour},{region}\n"


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Analysis:
    """Return two hours watched in Donetsk, one incident within and two without."""
    folder = tmp_path_factory.mktemp("notebook")
    begun(folder / "m")
    file = csv(folder / "a.csv")
    rows = [row("in", 6), row("out", 10), row("else", 6, "Luhansk", "burst")]
    file.write_text(HEADER + "".join(rows))
    answer("ingest", folder / "m", file, "--format", "pamiers-csv")
    watch = folder / "w.csv"
    watch.write_text(f"{WATCHED}osce,w,{DAY}T05:00Z,{DAY}T07:00Z,observed,Donetsk\n")
    mapping = folder / "coverage.yaml"
    mapping.write_text("row: coverage\n")
    asked = ("--format", "pamiers-csv", "--mapping", mapping)
    answer("ingest", folder / "m", watch, *asked)
    answer("fuse", folder / "m")
    answer("assess", folder / "m")
    return open_mission(folder / "m")


def test_rows_have_places_units_and_aware_times(record: Analysis) -> None:
    found = record.incidents()
    assert (type(found).__name__, str(found.crs)) == ("GeoDataFrame", "EPSG:4326")
    assert (found.geometry.x.round(1) == 37.8).all()
    assert str(found["start"].dt.tz) == "UTC"
    assert found.attrs["units"]["radius_m"] == "metre"
    assert set(record.schema().index) == set(found.columns) - {"geometry"}


def test_rows_are_chosen_by_time_sector_and_text(record: Analysis) -> None:
    assert len(record.incidents()) == 3
    assert len(record.incidents(sector="Luhansk region")) == 1
    assert len(record.incidents(kind="burst")) == 1
    assert len(record.incidents(since=f"{DAY}T09:00Z")) == 1
    assert len(record.incidents(until=DAY)) == 0
    with pytest.raises(UsageError, match="sector"):
        record.incidents(colour="red")


def test_a_rate_counts_what_was_seen_while_somebody_watched(record: Analysis) -> None:
    with pytest.warns(CoverageWarning, match="fewer eyes"):
        found = record.rate(by="sector")
    donetsk, luhansk = found.loc["donetsk"], found.loc["luhansk"]
    assert (donetsk["incidents"], donetsk["while_watched"]) == (2, 1)
    # A share of the day is told to four places: to some nine seconds.
    assert donetsk["watched_h"] == pytest.approx(2.0, abs=0.003)
    assert donetsk["per_hour"] == pytest.approx(0.5, abs=0.001)
    assert luhansk["watched_h"] == 0.0
    assert math.isnan(luhansk["per_hour"])


def test_a_rate_that_was_watched_enough_is_not_warned_of(record: Analysis) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = record.rate(by="day", least=0.01)
    assert found["share"].tolist() == [pytest.approx(2 / 48, abs=1e-4)]


@pytest.mark.parametrize(
    ("edition", "there"), [("public", False), ("commission", True)]
)
def test_confidential_columns_are_absent(
    record: Analysis, edition: str, *, there: bool
) -> None:
    found = pamiers.open(record.folder, edition=edition).observations()
    assert ("observer" in found.columns) is there


def test_what_was_not_known_yet_is_added_since(record: Analysis) -> None:
    early = record.as_of("2019-01-01T00:00Z")
    assert early.incidents().empty
    assert set(record.compare("2019-01-01T00:00Z")["change"]) == {"added"}
    assert record.compare("9999-01-01T00:00Z").empty
    with pytest.raises(UsageError, match="as of"):
        early.findings()


def test_an_explanation_is_told_and_drawn(record: Analysis) -> None:
    key = record.incidents()["key"].iloc[0]
    why = record.explain(key)
    assert key in str(why)
    assert why.plot()._repr_svg_().startswith("<svg")
    finding = record.explain(record.findings()["key"].iloc[0])
    with pytest.raises(UsageError, match="incident"):
        finding.plot()


def test_a_citation_names_the_head_of_the_record(record: Analysis) -> None:
    with opened(record.folder) as mission:
        assert mission.record.head().hex in record.cite()


@pytest.fixture
def address(record: Analysis, tmp_path: Path) -> Iterator[str]:
    """Serve what a public site holds of the record."""
    (tmp_path / "data").mkdir()
    with opened(record.folder) as mission:
        for name in ("about", "situation", "findings"):
            values = page(
                reader_of(mission, "public", folder=record.folder), name, now()
            )
            (tmp_path / "data" / f"{name}.json").write_bytes(orjson.dumps(values))
    handler = partial(SimpleHTTPRequestHandler, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_a_record_served_elsewhere_gives_the_same_incidents(
    record: Analysis, address: str
) -> None:
    served = pamiers.connect(address)
    here = record.incidents().sort_values("key")
    there = served.incidents().sort_values("key")
    assert there["key"].tolist() == here["key"].tolist()
    assert there.geometry.geom_equals(here.geometry, align=False).all()
    assert len(served.findings()) == len(record.findings())
    assert address in served.cite()


def test_no_other_sort_of_address_is_opened() -> None:
    with pytest.raises(UsageError, match="https"):
        pamiers.connect("file:///etc")
