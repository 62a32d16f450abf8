"""The agreement: its clauses, zones and ledgers, as each circle may read them."""

from typing import Annotated, Any, Final

import shapely
from fastapi import APIRouter, Depends, Query, Response

from pamiers.agreement.zones import Line, Zone
from pamiers.app.api.desk import Asked, Question, refused
from pamiers.app.api.findings import clause_value
from pamiers.app.api.guard import may
from pamiers.app.api.selection import instant
from pamiers.app.plain import plain
from pamiers.compliance.ledgers.kinds import KINDS, ledger
from pamiers.compliance.ledgers.known import Known, known_of
from pamiers.compliance.ledgers.visible import may_read
from pamiers.core.instant import format_instant, parse_instant
from pamiers.mission.access.permissions import READ
from pamiers.mission.judged import world_of

ROUTES: Final = APIRouter(tags=["agreement"])
Moment = Annotated[str | None, Query(description="As of when; else now.")]
_DECIMALS: Final = 7


@ROUTES.get("/agreement", dependencies=[Depends(may(READ, "agreement"))])
def agreement(question: Question) -> Response:
    """Show the agreement: who is bound, by what, where it is measured."""
    held = question.view.agreement
    clauses = [
        clause_value(each)
        for each in held.clauses
        if may_read(question.edition, each.visibility)
    ]
    told = {
        "id": held.id,
        "digest": held.digest,
        "title": held.title,
        "parties": [plain(each) for each in held.parties],
        "names": held.names,
        "instruments": held.instruments,
        "clauses": clauses,
        "clauses_withheld": len(held.clauses) - len(clauses),
        "sectors": [{"id": each.id, "title": each.title} for each in held.sectors],
        "zones": sorted(held.zones),
        "lines": sorted(held.lines),
        "monitoring": plain(held.monitoring),
        "mandate": held.mandate.value,
        "time_zone": held.time_zone,
        "cut_off": held.cut_off.isoformat(),
        "anchors": {name: format_instant(at) for name, at in held.anchors.items()},
        **question.about,
    }
    return question.answer(told)


@ROUTES.get("/zones", dependencies=[Depends(may(READ, "agreement"))])
def zones(question: Question) -> Response:
    """Return zones, lines and sectors as GeoJSON (RFC 7946)."""
    told = {"type": "FeatureCollection", "features": zone_features(question)}
    return question.answer(told, "application/geo+json")


def zone_features(question: Asked) -> list[dict[str, Any]]:
    """Return zones, then lines, then sectors that are no zone, each as a feature."""
    held = question.view.agreement
    found = [_feature(each, "zone") for each in held.zones.values()]
    found += [_feature(each, "line") for each in held.lines.values()]
    found += [
        _feature(each.zone, "sector")
        for each in held.sectors
        if each.zone.id not in held.zones
    ]
    return found


def _feature(drawn: Zone | Line, what: str) -> dict[str, Any]:
    shape = shapely.set_precision(drawn.shape, 0)
    return {
        "type": "Feature",
        "id": drawn.id,
        "geometry": _rounded(shapely.geometry.mapping(shape)),
        "properties": {
            "key": drawn.id,
            "what": what,
            "title": drawn.title.get("en") or next(iter(drawn.title.values()), ""),
            "titles": drawn.title,
            "tolerance_m": drawn.tolerance_m,
            "from": None if drawn.from_at is None else format_instant(drawn.from_at),
            "until": None if drawn.until_at is None else format_instant(drawn.until_at),
        },
    }


def _rounded(value: Any) -> Any:  # noqa: ANN401 - nested lists of numbers
    if isinstance(value, dict):
        return {name: _rounded(each) for name, each in value.items()}
    if isinstance(value, tuple | list):
        return [_rounded(each) for each in value]
    return round(value, _DECIMALS) if isinstance(value, float) else value


@ROUTES.get("/ledgers/{kind}", dependencies=[Depends(may(READ, "ledger"))])
def ledger_of(question: Question, kind: str, at: Moment = None) -> Response:
    """Show a ledger of state: withdrawals, access, notices, gates and the like.

    Raises:
        HTTPException: 404 where there is none.
    """
    if kind not in KINDS:
        raise refused(404, f"one of {', '.join(KINDS)}", kind)
    found = known_at(question, at)
    entries = plain(ledger(kind, found, question.edition))
    told = {"kind": kind, "as_of": format_instant(found.now), "ledger": entries}
    return question.answer({**told, **question.about})


def known_at(question: Asked, at: str | None) -> Known:
    """Return what duties and ledgers of state are drawn up from, as of an instant."""
    now = question.desk.clock() if at is None else parse_instant(instant(at, end=True))
    view = question.view
    world = world_of(view.mission, view.state)
    return known_of(view.agreement, world, view.findings, now)
