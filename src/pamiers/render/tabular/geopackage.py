"""One GeoPackage: a layer for each table with places, the rest as plain tables.

Source: OGC 12-128r18 (GeoPackage 1.3), and QGIS's table `layer_styles`. Written over
SQLite itself, since it is small (ADR 0058); the same bytes for the same tables.
"""

import sqlite3
import struct
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from pamiers.render.tabular.csv_hxl import dictionary
from pamiers.render.tabular.sheet import Plain, Sheet
from pamiers.render.tabular.symbols import style_of

_APPLICATION: Final = 0x47504B47  # "GPKG"
_VERSION: Final = 10300
_WGS84: Final = 4326
_POINT: Final = 1
_WKT: Final = (
    'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,'
    'AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,'
    'AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,'
    'AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4326"]]'
)
_SCHEMA: Final = """
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY,
  organization TEXT NOT NULL, organization_coordsys_id INTEGER NOT NULL,
  definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY,
  data_type TEXT NOT NULL, identifier TEXT UNIQUE, description TEXT DEFAULT '',
  last_change DATETIME NOT NULL,
  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id)
  REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL,
  geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL, z TINYINT NOT NULL,
  m TINYINT NOT NULL, CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
  CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
CREATE TABLE layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT, f_table_catalog TEXT,
  f_table_schema TEXT, f_table_name TEXT, f_geometry_column TEXT, styleName TEXT,
  styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, description TEXT, owner TEXT,
  ui TEXT, update_time DATETIME);
"""
_SYSTEMS: Final = (
    ("Undefined cartesian", -1, "NONE", -1, "undefined", None),
    ("Undefined geographic", 0, "NONE", 0, "undefined", None),
    ("WGS 84 geodetic", _WGS84, "EPSG", _WGS84, _WKT, "longitude, latitude"),
)
_INSTANTS: Final = frozenset(
    {"start", "end", "known_at", "given_at", "due_at", "done_at", "closed_at"}
)


def geopackage(
    sheets: Sequence[Sheet], *, about: Mapping[str, str], at: datetime
) -> bytes:
    """Return sheets as one GeoPackage.

    Args:
        sheets: Tables; those with columns `lon` and `lat` become layers of points,
            a row without a place among them with no geometry.
        about: What to say of the whole, as a table.
        at: Instant written as that of the last change, aware.

    Returns:
        Bytes of the database.
    """
    stamp = at.strftime("%Y-%m-%dT%H:%M:%S.000Z")
    database = sqlite3.connect(":memory:")
    try:
        database.execute(f"PRAGMA application_id = {_APPLICATION}")
        database.execute(f"PRAGMA user_version = {_VERSION}")
        database.executescript(_SCHEMA)
        _insert(database, "gpkg_spatial_ref_sys", _SYSTEMS)
        _list(database, "layer_styles", stamp)
        for sheet in sheets:
            _layer(database, sheet, stamp)
        heading, *lines = dictionary(sheets)
        told = ("about", ("name", "value"), list(about.items()))
        for name, columns, rows in (told, ("dictionary", heading, lines)):
            _create(database, name, [(str(each), "TEXT") for each in columns])
            _insert(database, name, [(None, *row) for row in rows])
            _list(database, name, stamp)
        database.commit()
        database.execute("VACUUM")
        return database.serialize()
    finally:
        database.close()


def _layer(database: sqlite3.Connection, sheet: Sheet, stamp: str) -> None:
    columns = [(name, _type(sheet, at)) for at, name in enumerate(sheet.columns)]
    instants = [at for at, (_, kind) in enumerate(columns) if kind == "DATETIME"]
    told = [_timed(row, instants) for row in sheet.rows]
    if not {"lon", "lat"} <= set(sheet.columns):
        _create(database, sheet.name, columns)
        _insert(database, sheet.name, [(None, *row) for row in told])
        _list(database, sheet.name, stamp)
        return
    _create(database, sheet.name, [("geom", "POINT"), *columns])
    lon, lat = sheet.columns.index("lon"), sheet.columns.index("lat")
    placed = [(row[lon], row[lat]) for row in sheet.rows]
    points = [_point(*each) for each in placed]
    rows = [(None, point, *row) for point, row in zip(points, told, strict=True)]
    _insert(database, sheet.name, rows)
    _list(database, sheet.name, stamp, _extent(placed))
    geometry = (sheet.name, "geom", "POINT", _WGS84, 0, 0)
    _insert(database, "gpkg_geometry_columns", [geometry])
    style = style_of(sheet)
    named = (
        None,
        "",
        "",
        sheet.name,
        "geom",
        "pamiers",
        style,
        "",
        1,
        "",
        "",
        None,
        stamp,
    )
    _insert(database, "layer_styles", [named])


def _timed(row: tuple[Plain, ...], instants: Sequence[int]) -> tuple[Plain, ...]:
    """Return a row with its instants to the millisecond, as the format has them."""
    cells = list(row)
    for at in instants:
        if isinstance(value := cells[at], str):
            whole = datetime.fromisoformat(value)
            cells[at] = f"{whole:%Y-%m-%dT%H:%M:%S}.{whole.microsecond // 1000:03d}Z"
    return tuple(cells)


def _create(
    database: sqlite3.Connection, name: str, columns: Sequence[tuple[str, str]]
) -> None:
    listed = ", ".join(f'"{column}" {kind}' for column, kind in columns)
    database.execute(
        f'CREATE TABLE "{name}" (fid INTEGER PRIMARY KEY AUTOINCREMENT, {listed})'
    )


def _insert(
    database: sqlite3.Connection, name: str, rows: Sequence[Sequence[object]]
) -> None:
    if rows:
        marks = ", ".join("?" * len(rows[0]))
        database.executemany(f'INSERT INTO "{name}" VALUES ({marks})', rows)  # noqa: S608  (names are ours)


def _list(
    database: sqlite3.Connection,
    name: str,
    stamp: str,
    extent: tuple[float | None, ...] | None = None,
) -> None:
    """List a table in the contents: a layer where it has an extent."""
    kind = "attributes" if extent is None else "features"
    bounds = (*(extent or (None,) * 4), None if extent is None else _WGS84)
    row = (name, kind, name, "", stamp, *bounds)
    _insert(database, "gpkg_contents", [row])


def _extent(placed: Sequence[tuple[Plain, Plain]]) -> tuple[float | None, ...]:
    known = [(float(x), float(y)) for x, y in placed if x is not None and y is not None]
    if not known:
        return (None,) * 4
    lons, lats = zip(*known, strict=True)
    return min(lons), min(lats), max(lons), max(lats)


def _type(sheet: Sheet, at: int) -> str:
    if sheet.columns[at] in _INSTANTS:
        return "DATETIME"
    found = {type(row[at]) for row in sheet.rows} - {type(None)}
    if found and found <= {bool}:
        return "BOOLEAN"
    if found and found <= {int}:
        return "INTEGER"
    return "DOUBLE" if found and found <= {int, float} else "TEXT"


def _point(lon: Plain, lat: Plain) -> bytes | None:
    """Return a point as a GeoPackage geometry; None where a coordinate is missing.

    Source: OGC 12-128r18, 2.1.3: "GP", version 0, little-endian without envelope,
    the system, then ISO WKB.
    """
    if lon is None or lat is None:
        return None
    head = struct.pack("<2sBBi", b"GP", 0, 1, _WGS84)
    return head + struct.pack("<BIdd", 1, _POINT, float(lon), float(lat))
