"""Whatever happens to a file, every row of it is accounted for."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pamiers.ingest.codes import CODES
from pamiers.ingest.registry import get
from pamiers.mission.reading import Reading, ReadOptions

CASES = Path(__file__).resolve().parents[2] / "badinput" / "ingest"
INPUTS = sorted(CASES.glob("*/input.*"))
MARKS = [b'"', b",", b"\n", b"\x00"]
OWN = frozenset({"format", "generated", "within_s", "bounds"})


def accounted(reading: Reading) -> bool:
    """Tell whether each row is accepted or refused, once."""
    lines = [origin[:, 0].tolist() for origin in reading.origins.values()]
    accepted = {row for each in lines for row in each}
    refused = [each.row for each in reading.quarantined]
    assert not accepted & set(refused)
    assert len(refused) == len(set(refused))
    assert all(each.code in CODES for each in reading.quarantined)
    return reading.rows_read == len(accepted) + len(refused)


@st.composite
def mutated(draw: st.DrawFn) -> tuple[Path, bytes]:
    """Return the input of a case with some bytes changed, cut out or put in."""
    path = draw(st.sampled_from(INPUTS))
    data = bytearray(path.read_bytes())
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(data)))
        how = draw(st.integers(0, 3))
        piece = draw(
            st.binary(max_size=4) | st.sampled_from([b'"', b",", b"\n", b"\x00"])
        )
        end = at + draw(st.integers(0, 12)) if how else at
        data[at:end] = piece if how < 3 else b""
    return path, bytes(data)


@settings(max_examples=600)
@given(mutated())
def test_mutations_are_accounted_for(case: tuple[Path, bytes]) -> None:
    path, data = case
    options = json.loads((path.parent / "options.json").read_text())
    given = {name: value for name, value in options.items() if name not in OWN}
    reading = get(options["format"]).read(data, ReadOptions(file_name="x", **given))
    assert accounted(reading)


@pytest.mark.parametrize(
    "name", ["pamiers-csv", "claims-csv", "counts-csv", "ucdp-ged", "geojson"]
)
@settings(max_examples=100)
@given(st.binary(max_size=300))
def test_any_bytes_in_any_format(name: str, data: bytes) -> None:
    options = ReadOptions(file_name="x", time_zone="Europe/Kyiv", source="s")
    assert accounted(get(name).read(data, options))
