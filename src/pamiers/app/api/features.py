"""OGC API - Features: incidents, findings, coverage and zones for QGIS and GDAL.

Source: OGC 17-069r4, Part 1: Core; RFC 7946.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request, Response

from pamiers.app.api import findings, incidents
from pamiers.app.api.agreement import zone_features
from pamiers.app.api.desk import Asked, Question, refused
from pamiers.app.api.guard import allowed
from pamiers.app.api.selection import Limit, Offset, Selection, box_of, instant
from pamiers.mission.access.permissions import READ

ROUTES: Final = APIRouter(tags=["features"])
_GEOJSON: Final = "application/geo+json"
_CORE: Final = "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf"
_CRS84: Final = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
_OPEN: Final = ("", "..")
Feature = dict[str, Any]


def _located(question: Asked, rows: list[dict[str, Any]]) -> list[Feature]:
    del question
    return [
        {
            "type": "Feature",
            "id": row["key"],
            "geometry": _point(row),
            "properties": _flat(row),
        }
        for row in rows
    ]


def _point(row: dict[str, Any]) -> dict[str, Any] | None:
    if row.get("lon") is None or row.get("lat") is None:
        return None
    return {"type": "Point", "coordinates": [row["lon"], row["lat"]]}


def _flat(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row's columns, lists as one text: a table has no lists."""
    shown = {k: v for k, v in row.items() if k not in {"lon", "lat"}}
    return {
        name: "; ".join(map(str, value)) if isinstance(value, list) else value
        for name, value in shown.items()
    }


def _incidents(question: Asked) -> list[Feature]:
    return _located(question, incidents.values(question))


def _coverage(question: Asked) -> list[Feature]:
    return _located(question, question.rows("coverage"))


def _findings(question: Asked) -> list[Feature]:
    """Return findings, each in the sector or zone that it is about."""
    shapes = {each["id"]: each["geometry"] for each in zone_features(question)}
    for sector in question.view.agreement.sectors:
        shapes.setdefault(sector.id, shapes.get(sector.zone.id))
    found = _located(question, findings.values(question))
    for each in found:
        about = each["properties"]
        place = about.get("zone") or about.get("sector")
        each["geometry"] = shapes.get(str(place))
    return found


_COLLECTIONS: Final[dict[str, tuple[str, Callable[[Asked], list[Feature]]]]] = {
    "incidents": ("What happened, as best fused from reports", _incidents),
    "findings": ("What was concluded, clause by clause", _findings),
    "coverage": ("Where and when observation was possible, or denied", _coverage),
    "zones": ("Zones, lines and sectors of the agreement", zone_features),
}


#: the class of thing that each collection holds
_CLASS: Final = {
    "incidents": "incident",
    "findings": "finding",
    "coverage": "coverage",
    "zones": "agreement",
}


def _link(
    request: Request, path: str, rel: str, kind: str, title: str
) -> dict[str, str]:
    base = str(request.base_url).rstrip("/")
    return {"href": f"{base}/ogc{path}", "rel": rel, "type": kind, "title": title}


@ROUTES.get("")
@ROUTES.get("/", include_in_schema=False)
def landing(request: Request) -> dict[str, Any]:
    """Say what there is and where."""
    json = "application/json"
    base = str(request.base_url).rstrip("/")
    kind = "application/vnd.oai.openapi+json;version=3.0"
    return {
        "title": "pamiers",
        "description": "Incidents, findings, coverage and zones of a mission.",
        "links": [
            _link(request, "", "self", json, "This page"),
            {
                "href": f"{base}/api/openapi.json",
                "rel": "service-desc",
                "type": kind,
                "title": "OpenAPI",
            },
            _link(request, "/conformance", "conformance", json, "Conformance"),
            _link(request, "/collections", "data", json, "Collections"),
        ],
    }


@ROUTES.get("/conformance")
def conformance() -> dict[str, list[str]]:
    """Name the conformance classes of OGC API - Features that are kept."""
    kept = ("core", "oas30", "geojson")
    return {"conformsTo": [f"{_CORE}/{each}" for each in kept]}


@ROUTES.get("/collections")
def collections(request: Request, question: Question) -> dict[str, Any]:
    """List the collections."""
    found = [_collection(request, question, name) for name in _COLLECTIONS]
    links = [_link(request, "/collections", "self", "application/json", "This page")]
    return {"links": links, "collections": found}


@ROUTES.get("/collections/{name}")
def collection(request: Request, question: Question, name: str) -> dict[str, Any]:
    """Describe a collection.

    Raises:
        HTTPException: 404 where there is none.
    """
    if name not in _COLLECTIONS:
        raise refused(404, f"one of {', '.join(_COLLECTIONS)}", name)
    return _collection(request, question, name)


def _collection(request: Request, question: Asked, name: str) -> dict[str, Any]:
    title, _ = _COLLECTIONS[name]
    path = f"/collections/{name}"
    about: dict[str, Any] = {
        "id": name,
        "title": title,
        "itemType": "feature",
        "crs": [_CRS84],
        "links": [
            _link(request, path, "self", "application/json", title),
            _link(request, f"{path}/items", "items", _GEOJSON, title),
        ],
    }
    box = _extent(_made(question, name))
    if box is not None:
        about["extent"] = {"spatial": {"bbox": [box], "crs": _CRS84}}
    return about


def _made(question: Asked, name: str) -> list[Feature]:
    allowed(question.desk, question.reader, READ, _CLASS[name])
    bound = f"{question.edition} {question.bound.value}"
    kept, at = question.view.kept, (f"ogc-{name}", bound)
    if at not in kept:
        kept[at] = _COLLECTIONS[name][1](question)
    return kept[at]


def _extent(found: list[Feature]) -> list[float] | None:
    boxes = [box for each in found if (box := _box(each)) is not None]
    if not boxes:
        return None
    west, south, east, north = zip(*boxes, strict=True)
    return [min(west), min(south), max(east), max(north)]


def _box(feature: Feature) -> tuple[float, float, float, float] | None:
    points = list(_points((feature["geometry"] or {}).get("coordinates", [])))
    if not points:
        return None
    lons, lats = zip(*points, strict=True)
    return min(lons), min(lats), max(lons), max(lats)


def _points(held: Any) -> Any:  # noqa: ANN401 - coordinates nest as they please
    if held and isinstance(held[0], int | float):
        yield held[0], held[1]
        return
    for each in held:
        yield from _points(each)


@dataclass(frozen=True, slots=True, kw_only=True)
class Which:
    """Which features are wanted, and how many; what is None asks nothing."""

    bbox: Annotated[str | None, Query(description="west,south,east,north")] = None
    datetime: Annotated[
        str | None, Query(description="An instant, or two joined by a slash.")
    ] = None
    limit: Limit = 100
    offset: Offset = 0


@ROUTES.get("/collections/{name}/items")
def items(
    request: Request, question: Question, name: str, which: Annotated[Which, Depends()]
) -> Response:
    """List features, some at a time.

    Args:
        request: Says where this service is, and which properties are asked for.
        question: Who asks.
        name: The collection.
        which: Where, when and how many.

    Returns:
        A GeoJSON FeatureCollection, with a link to the next ones where there are more.

    Raises:
        HTTPException: 404 where there is none.
    """
    if name not in _COLLECTIONS:
        raise refused(404, f"one of {', '.join(_COLLECTIONS)}", name)
    found = _in_box(_in_time(_made(question, name), which.datetime), which.bbox)
    found = _matching(found, request)
    after = which.offset + which.limit
    some = found[which.offset : after]
    links = [_link(request, f"/collections/{name}/items", "self", _GEOJSON, name)]
    if after < len(found):
        asked = {**request.query_params, "limit": which.limit, "offset": after}
        path = f"/collections/{name}/items?{urlencode(asked)}"
        links.append(_link(request, path, "next", _GEOJSON, "The next ones"))
    told = {
        "type": "FeatureCollection",
        "features": some,
        "numberMatched": len(found),
        "numberReturned": len(some),
        "links": links,
    }
    return question.answer(told, _GEOJSON)


def _in_box(found: list[Feature], bbox: str | None) -> list[Feature]:
    if bbox is None:
        return found
    west, south, east, north = box_of(bbox)
    return [
        each
        for each in found
        if (box := _box(each)) is not None
        and box[0] <= east
        and box[2] >= west
        and box[1] <= north
        and box[3] >= south
    ]


def _in_time(found: list[Feature], text: str | None) -> list[Feature]:
    if text is None:
        return found
    first, slash, last = text.partition("/")
    last = last if slash else first
    since = None if first in _OPEN else instant(first)
    until = None if last in _OPEN else instant(last, end=True)
    if until == since and until is not None:
        until = f"{until}~"  # an instant is inside what begins at it
    asks = Selection(since=since, until=until, box=None, kind=None, least=None)
    kept = asks.of([each["properties"] for each in found])
    chosen = {id(each) for each in kept}
    return [each for each in found if id(each["properties"]) in chosen]


_ASKED: Final = frozenset({"bbox", "datetime", "limit", "offset", "edition", "f"})


def _matching(found: list[Feature], request: Request) -> list[Feature]:
    """Return the features whose properties are as the rest of the query says."""
    asks = {n: v for n, v in request.query_params.items() if n not in _ASKED}
    if not asks:
        return found
    known = {name for each in found for name in each["properties"]}
    unknown = sorted(set(asks) - known)
    if unknown and found:
        raise refused(400, "properties of the collection", ", ".join(unknown))
    return [
        each
        for each in found
        if all(str(each["properties"].get(n)) == v for n, v in asks.items())
    ]


@ROUTES.get("/collections/{name}/items/{key}")
def item(question: Question, name: str, key: str) -> Response:
    """Show one feature.

    Raises:
        HTTPException: 404 where there is none.
    """
    if name not in _COLLECTIONS:
        raise refused(404, f"one of {', '.join(_COLLECTIONS)}", name)
    found = next((e for e in _made(question, name) if e["id"] == key), None)
    if found is None:
        raise refused(404, f"the id of a feature of {name}", key)
    return question.answer(found, _GEOJSON)
