"""What a case is: the bytes, the options, and what reading them must give."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).resolve().parent
KYIV: Final[dict[str, object]] = {"time_zone": "Europe/Kyiv", "source": "osce-smm"}
DONBAS: Final[dict[str, object]] = {**KYIV, "bounds": [36.5, 46.8, 40.5, 50.1]}
HEAD: Final = "key,time,lat,lon,kind,count,place\n"


def long_line() -> bytes:
    return (
        HEAD.encode()
        + b"a,2020-07-27,"
        + b"x" * 100_000_000
        + b"\nb,2020-07-27,48.0100,37.8000,shot,1,\n"
    )


def long_cell() -> bytes:
    row = b"a,2020-07-27,48.0100,37.8000,shot,1," + b"x" * 200_000 + b"\n"
    return HEAD.encode() + row + b"b,2020-07-27,48.0100,37.8000,shot,1,Hnutove\n"


def deep_json() -> bytes:
    return (
        b'{"type":"FeatureCollection","features":' + b"[" * 1_000 + b"]" * 1_000 + b"}"
    )


def many_vertices() -> bytes:
    ring = ",".join(f"[{10 + i / 1e6},{10 + (i % 2)}]" for i in range(200_001))
    return features(f'{{"type":"Polygon","coordinates":[[{ring}]]}}').encode()


GENERATED: Final[dict[str, Callable[[], bytes]]] = {
    each.__name__: each for each in (long_line, long_cell, deep_json, many_vertices)
}


@dataclass(frozen=True, kw_only=True)
class Case:
    number: int
    name: str
    data: str | bytes | None
    expected: dict[str, object]
    options: dict[str, object] = field(default_factory=lambda: dict(KYIV))
    mapping: str | None = None
    format: str = "pamiers-csv"

    @property
    def folder(self) -> Path:
        return HERE / f"{self.number:03d}_{self.name}"

    def files(self) -> Iterator[tuple[Path, bytes]]:
        """Yield each file of the case with its bytes."""
        options = {"format": self.format, **self.options}
        if self.mapping is not None:
            options["mapping"] = self.mapping
        if self.data is not None:
            suffix = "geojson" if self.format == "geojson" else "csv"
            data = self.data.encode() if isinstance(self.data, str) else self.data
            yield self.folder / f"input.{suffix}", data
        yield self.folder / "options.json", as_json(options)
        yield self.folder / "expected.json", as_json(self.expected)


def as_json(value: object) -> bytes:
    return (
        json.dumps(value, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    ).encode()


def rows(*lines: str) -> str:
    return HEAD + "".join(f"{line}\n" for line in lines)


def row(key: str = "a", **cells: str) -> str:
    given = {
        "time": "2020-07-27", "lat": "48.0100", "lon": "37.8000",
        "kind": "shot", "count": "1", "place": "Hnutove", **cells,
    }  # fmt: skip
    return ",".join([key, *given.values()])


def ok(
    *values: dict[str, object], notes: tuple[str, ...] = (), **more: object
) -> dict[str, object]:
    """Return what is expected where every row is accepted."""
    n = more.pop("rows", len(values))
    return {
        "rows_read": n,
        "accepted": n,
        "quarantined": [],
        "values": list(values),
        "notes": list(notes),
        **more,
    }


def bad(
    *refused: tuple[int, str, str | None],
    accepted: int = 0,
    notes: tuple[str, ...] = (),
    **more: object,
) -> dict[str, object]:
    """Return what is expected where some rows are refused: line, code, column."""
    found = [list(each) for each in refused]
    return {
        "rows_read": accepted + len(found),
        "accepted": accepted,
        "quarantined": found,
        "notes": list(notes),
        **more,
    }


def refused_file(code: str) -> dict[str, object]:
    return {
        "rows_read": 1,
        "accepted": 0,
        "quarantined": [[1, code, None]],
        "notes": [],
    }


def empty() -> dict[str, object]:
    return {"rows_read": 0, "accepted": 0, "quarantined": [], "notes": ["F-EMPTY"]}


def features(*geometries: str, more: str = "", properties: str = "") -> str:
    listed = ",\n".join(
        f'{{"type":"Feature","properties":{{"key":"k{i}","time":"2020-07-27"{properties}}},"geometry":{each}}}'
        for i, each in enumerate(geometries, start=1)
    )
    return f'{{"type":"FeatureCollection"{more},"features":[\n{listed}\n]}}\n'
