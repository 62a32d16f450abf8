"""The rules of a task written as an agreement, in the language of agreements.

* zone_prohib: no fire by weapons of some classes in some zones, from a day on;
* window_count: no more than so many firings in a zone by a party in any 24 hours;
* respond: every alarm of some classes is answered, by the same id, within 24 hours;
* distance: no weapon of some classes within a distance of the line, measured on a
  map on which a degree is as long everywhere.
"""

import json
import math
from datetime import UTC, datetime
from typing import Any, Final

import yaml

Task = dict[str, Any]  #: line, zones, rules

#: the map of the task: lengths of a degree at 48.4 degrees north [km]
DEGREE_EAST_KM: Final = 111.32 * math.cos(math.radians(48.4))
DEGREE_NORTH_KM: Final = 110.57
CLASSES_PER_ALARM: Final = 3
PARTIES: Final = ("p0", "p1", "p2", "p3")


def written(task: Task, classes: int, *, planar: bool = True) -> dict[str, str]:
    """Return the texts of an agreement's folder that state the rules of a task.

    Args:
        task: Line, zones and rules.
        classes: How many classes of weapon there are.
        planar: Distances on the map; False: along the geodesic.

    Returns:
        File name -> text.
    """
    parties = sorted(
        {*PARTIES, *(f"p{r['party']}" for r in task["rules"] if "party" in r)}
    )
    plane = {
        "degree_east": f"{DEGREE_EAST_KM:.15f} km",
        "degree_north": f"{DEGREE_NORTH_KM} km",
    }
    whole = {
        "pamiers": 2,
        "agreement": {
            "id": "benchmark",
            "title": {"en": "A truce along a line"},
            "kind": "truce",
            "parties": parties,
            "time_zone": "UTC",
            "cut_off": "00:00",
            "durations": "elapsed",
            "mandate": {"attribution": "permitted", "cite": "article 9"},
            "thresholds": {"breached": 0.9, "kept": 0.1},
            **({"plane": plane} if planar else {}),
        },
        "sources": {"text": {"speaker": "The text of the benchmark"}},
        "actors": {each: {"name": {"en": each.upper()}} for each in parties},
        "instruments": [_instrument(parties)],
        "roles": {"joint-office": _joint_office(parties)},
        "zones": {
            f"z{i}": {"title": {"en": f"Zone {i}"}} for i in range(len(task["zones"]))
        },
        "lines": {"line": {"title": {"en": "The line"}, "as_of": "1970-01-01"}},
        "classes": {
            f"c{i}": {"title": {"en": f"Class {i}"}, "systems": [f"model{i}"]}
            for i in range(classes)
        },
        "events": {"alarm": {"en": "an alarm"}, "answer": {"en": "an answer"}},
        "clauses": [_clause(i, r, classes) for i, r in enumerate(task["rules"])],
    }
    text = yaml.safe_dump(whole, sort_keys=False, allow_unicode=True, width=100)
    return {"agreement.yaml": text, "zones.geojson": json.dumps(_drawings(task))}


def _instrument(parties: list[str]) -> dict[str, Any]:
    signed = [{"actor": p, "act": "signed", "source": "text"} for p in parties]
    return {
        "id": "truce",
        "title": {"en": "Truce"},
        "date": "1970-01-01",
        "status": "in force",
        "signatures": signed,
    }


def _joint_office(parties: list[str]) -> dict[str, Any]:
    return {
        "title": {"en": "Joint office of the parties"},
        "members": parties,
        "created_by": "truce",
        "tasks": ["observe", "verify"],
        "verifies": parties,
    }


def _clause(number: int, rule: dict[str, Any], classes: int) -> dict[str, Any]:
    said = {
        "id": f"rule-{number}",
        "title": {"en": f"Rule {number}"},
        "text": {"en": f"As rule {number} of the benchmark says."},
        "cite": f"rule {number}",
        "instrument": "truce",
        "bearer": f"p{rule['party']}" if "party" in rule else _BEARERS[rule["type"]],
        "from": _instant(rule.get("t_from", 0)),
    }
    return said | _DEMANDS[rule["type"]](rule, classes)


def _instant(second: int) -> str:
    return datetime.fromtimestamp(second, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _of(classes: list[int]) -> list[str]:
    return [f"c{each}" for each in sorted(set(classes))]


def _barred(rule: dict[str, Any], _: int) -> dict[str, Any]:
    zones = [f"z{each}" for each in rule["zones"]]
    return {"forbid": {"event": "fire", "of": _of(rule["classes"]), "in": zones}}


def _capped(rule: dict[str, Any], _: int) -> dict[str, Any]:
    return {
        "at_most": {
            "n": f"{rule['N']} events",
            "event": "fire",
            "in": f"z{rule['zone']}",
            "per": f"{rule['W']} s",
        }
    }


def _answered(rule: dict[str, Any], classes: int) -> dict[str, Any]:
    kin = [
        c
        for c in range(classes)
        if c % CLASSES_PER_ALARM == rule["a_cls"] % CLASSES_PER_ALARM
    ]
    return {
        "oblige": {"event": "answer"},
        "upon": {"event": "alarm", "of": _of(kin)},
        "within": f"{rule['W']} s",
        "same": "id",
    }


def _kept_away(rule: dict[str, Any], _: int) -> dict[str, Any]:
    return {
        "forbid": {
            "event": ["fire", "presence"],
            "of": _of(rule["classes"]),
            "within": {"of": "line", "distance": f"{rule['km']} km"},
        }
    }


#: any party's answer will do, so the duty is that of their joint office
_BEARERS: Final = {
    "zone_prohib": "each party",
    "respond": "joint-office",
    "distance": "each party",
}
_DEMANDS: Final = {
    "zone_prohib": _barred,
    "window_count": _capped,
    "respond": _answered,
    "distance": _kept_away,
}


def _drawings(task: Task) -> dict[str, Any]:
    zones = [
        _feature(f"z{i}", "Polygon", [[*ring, ring[0]]])
        for i, ring in enumerate(task["zones"])
    ]
    return {
        "type": "FeatureCollection",
        "features": [*zones, _feature("line", "LineString", task["line"])],
    }


def _feature(name: str, kind: str, coordinates: list[Any]) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": name,
        "properties": {},
        "geometry": {"type": kind, "coordinates": coordinates},
    }
