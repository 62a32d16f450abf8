"""Four years of a war in one table, written by software that knows decimals only."""

import gzip
from datetime import UTC, datetime, timedelta

import pytest

from pamiers.core.rows import Observation
from pamiers.ingest.registry import get
from pamiers.mission.reading import ReadOptions
from tests.realdata.reading import DATA
from tests.shared import needs_shared

pytestmark = [needs_shared, pytest.mark.integration]
#: the cessation of hostilities of 27 February 2016
CEASED = datetime(2016, 2, 27, tzinfo=UTC)
FORTNIGHT = timedelta(days=14)


def test_every_event_is_read_and_a_cessation_shows_in_them() -> None:
    data = gzip.decompress((DATA / "ucdp_syria/ucdp_ged191_syria.csv.gz").read_bytes())
    asked = ReadOptions(file_name="ged191.csv", time_zone="UTC")
    reading = get("ucdp-ged").read(data, asked)
    assert reading.quarantined == ()
    rows = list(reading.tables["observation"].views())
    assert len(rows) == 16_566
    events = [row for row in rows if isinstance(row, Observation)]
    before = [e for e in events if CEASED - FORTNIGHT <= e.start < CEASED]
    after = [e for e in events if CEASED <= e.start < CEASED + FORTNIGHT]
    assert (len(before), sum(e.count or 0 for e in before)) == (240, 1_535)
    assert (len(after), sum(e.count or 0 for e in after)) == (222, 1_226)
