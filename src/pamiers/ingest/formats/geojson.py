"""GeoJSON (RFC 7946): features with the fields of a row as properties.

A Point is a place; a Polygon an area; `null` a place that is not known. A property
`row` says what a feature is (`observation` by default, `coverage`, `total`).
"""

import re
from dataclasses import dataclass
from typing import Final

from pamiers.core.canonical import canonical_bytes
from pamiers.ingest.geometry import Located, read_geometry
from pamiers.ingest.json_text import (
    Collection,
    Feature,
    check_strict,
    plain_json,
    read_collection,
)
from pamiers.ingest.limits import LIMITS
from pamiers.ingest.mapping import Mapping, joined, read_mapping
from pamiers.ingest.refusal import RefusedError, shown
from pamiers.ingest.rows.account import empty_file, refused_file
from pamiers.ingest.rows.loose import KINDS, LooseRow, quarantined, read_loose
from pamiers.ingest.text_table.encoding import to_utf8
from pamiers.ingest.text_table.reader import RAW_BYTES
from pamiers.ingest.values.positions import is_wgs84
from pamiers.mission.reading import Quarantined, Reading, ReadOptions

_PLACE: Final = ("lon", "lat", "radius_m", "shape")
_OWN: Final = {f"geometry.{name}": name for name in _PLACE}
_MERCATOR: Final = "EPSG:3857"
_CODE: Final = re.compile(r"(?:urn:ogc:def:crs:)?EPSG:[0-9.]*:?(\d+)")

Cells = dict[str, str]


@dataclass(frozen=True, slots=True)
class GeoJson:
    """Features of a collection, each one row."""

    name: str = "geojson"

    def detect(self, head: bytes) -> bool:
        """Tell whether the text begins as a FeatureCollection does."""
        begin = head.lstrip(b"\xef\xbb\xbf \t\r\n")
        return begin.startswith(b"{") and b'"FeatureCollection"' in head

    def read(self, data: bytes, options: ReadOptions) -> Reading:
        """Return the rows of a collection, features not understood quarantined."""
        try:
            return _read(data, options)
        except RefusedError as error:
            return refused_file(error)


def _read(data: bytes, options: ReadOptions) -> Reading:
    mapping = read_mapping(options.mapping)
    if len(data) > LIMITS.file_bytes:
        raise RefusedError(
            "F-SIZE", expected=f"at most {LIMITS.file_bytes} bytes", got=str(len(data))
        )
    if not data.strip():
        return empty_file()
    decoded = to_utf8(data, "utf-8")
    try:
        text = decoded.data.decode()
    except UnicodeDecodeError as error:
        raise RefusedError(
            "F-ENC",
            expected="UTF-8, as RFC 8259 asks",
            got=f"other bytes at byte {error.start + 1}",
            remedy="Export the file again in UTF-8.",
        ) from error
    collection = read_collection(text, LIMITS)
    crs = _crs(collection)
    rows, refused = _Features(text, collection, crs, mapping.row).rows()
    own: dict[str, Mapping] = {
        kind: joined(
            Mapping(row=kind, columns=_OWN), mapping.model_copy(update={"row": kind})
        )
        for kind in KINDS
    }
    return read_loose(rows, refused, options, own)


def _crs(collection: Collection) -> str | None:
    """Return the system of the coordinates; None for WGS 84."""
    if collection.members.get("type") != "FeatureCollection":
        raise RefusedError(
            "F-GEOJSON",
            expected="type FeatureCollection",
            got=shown(str(collection.members.get("type"))),
        )
    check_strict(collection.members)
    crs = collection.members.get("crs")
    if crs is None:
        return None
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    text = str(name or crs)
    found = _CODE.fullmatch(text)
    code = f"EPSG:{found[1]}" if found else text
    if is_wgs84(text) or is_wgs84(code):
        return None
    if code == _MERCATOR:
        return code
    raise RefusedError("F-CRS", expected="EPSG:4326 or EPSG:3857", got=shown(text))


@dataclass(slots=True)
class _Features:
    """Reads features one by one, keeping count of lines."""

    text: str
    collection: Collection
    crs: str | None
    kind: str
    seen: int = 0  #: characters whose line ends are counted
    line: int = 1

    def rows(self) -> tuple[list[LooseRow], list[Quarantined]]:
        """Return the features that are intact, and those that are not."""
        rows, refused = [], []
        for number, feature in enumerate(self.collection.features, start=1):
            self.line += self.text.count("\n", self.seen, feature.begin)
            self.seen = feature.begin
            try:
                rows.append(self._row(number, feature))
            except RefusedError as error:
                raw = self._raw(feature)
                refused.append(quarantined(error, number, self.line, raw))
        return rows, refused

    def _raw(self, feature: Feature) -> str:
        return self.text[feature.begin : min(feature.end, feature.begin + RAW_BYTES)]

    def _row(self, number: int, feature: Feature) -> LooseRow:
        value = feature.value
        check_strict(value)
        if not isinstance(value, dict) or value.get("type") != "Feature":
            raise RefusedError("Q-JSON", expected="a Feature", got="something else")
        properties = value.get("properties") or {}
        if not isinstance(properties, dict):
            raise RefusedError("Q-JSON", expected="properties", got="no object")
        cells = {name: _cell(each) for name, each in properties.items()}
        if "id" in value and "key" not in cells and "id" not in cells:
            cells["key"] = _cell(value["id"])
        located = read_geometry(value.get("geometry"), self.crs, LIMITS)
        kind = cells.pop("row", self.kind)
        if kind not in KINDS:
            raise RefusedError(
                "Q-WORD", expected=f"row {', '.join(KINDS)}", got=shown(kind)
            )
        _locate(cells, located)
        raw = self._raw(feature)
        return LooseRow(number, self.line, kind, cells, raw, located.notes)


def _locate(cells: Cells, located: Located) -> None:
    """Put a geometry among the cells, its radius before a stated one."""
    stated = cells.pop("radius_m", "")
    for name, field in _OWN.items():
        cells[name] = getattr(located, field)
    if not located.radius_m:
        cells["geometry.radius_m"] = stated


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return str(value)
    return canonical_bytes(plain_json(value)).decode()


FORMAT = GeoJson()
