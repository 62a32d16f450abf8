"""The report's places as GeoJSON: incidents, coverage, findings.

Positions are as the edition gives them; a feature without a place has a null
geometry, so that a list made from the file is complete.
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from pamiers.core.canonical import canonical_bytes
from pamiers.render.layout import speaker_of
from pamiers.report.document import Say, plain
from pamiers.report.redaction import Spot

if TYPE_CHECKING:
    from pamiers.report.daily import DailyReport

_DECIMALS: Final = 5  # RFC 7946, 11.2: six would be about ten centimetres


def render_geojson(report: "DailyReport", language: str) -> bytes:
    """Return one FeatureCollection as canonical JSON and one line end.

    Each feature's `what` is `incident`, `coverage` or `finding`; `radius_m` holds
    the true place with 95 %.

    Source:
        RFC 7946: WGS84, longitude before latitude, no `crs` member.
    """
    speaker = speaker_of(report, language)
    features = list(_features(report, speaker.say))
    head = report.header
    body = {
        "type": "FeatureCollection",
        "features": features,
        "report": head.number,
        "day": head.day.isoformat(),
        "edition": head.edition.id,
        "agreement": head.agreement,
        "head": head.head,
        "language": language,
        "note": speaker.text("about.disclaimer"),
    }
    return canonical_bytes(body) + b"\n"


def _features(report: "DailyReport", say: Say) -> Iterator[dict[str, object]]:
    for number, incident in enumerate(report.incidents, 1):
        extra = {"what": "incident", "number": number}
        yield _feature(incident, incident.spot, extra, say)
    for line in report.coverage:
        yield _feature(line, line.spot, {"what": "coverage"}, say)
    for finding in report.findings:
        yield _feature(finding, None, {"what": "finding"}, say)


def _feature(
    value: object, spot: Spot | None, extra: Mapping[str, object], say: Say
) -> dict[str, object]:
    fields = plain(value, say)
    properties = dict(fields) if isinstance(fields, Mapping) else {}
    properties.pop("spot", None)
    if spot is not None:
        properties["radius_m"] = spot.radius_m
    if spot is not None and spot.outline:
        properties["outline"] = [list(point) for point in spot.outline]
    return {
        "type": "Feature",
        "geometry": _point(spot),
        "properties": {**properties, **extra},
    }


def _point(spot: Spot | None) -> dict[str, object] | None:
    if spot is None:
        return None
    at = [round(spot.lon, _DECIMALS), round(spot.lat, _DECIMALS)]
    return {"type": "Point", "coordinates": at}
