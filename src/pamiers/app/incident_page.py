"""One incident whole: what it is, what was said of it when, why, and as a picture."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import orjson

from pamiers.app.incident_values import NEW, history
from pamiers.app.log_key import log_key
from pamiers.app.reasons import incident_reasons
from pamiers.app.wiring import opened, write_file
from pamiers.core.canonical_rows import canonical_lines
from pamiers.core.errors import UnknownTermError, UsageError
from pamiers.fusion.explain import Explanation
from pamiers.ledger.checkpoint import sign_checkpoint
from pamiers.ledger.proof import Proof
from pamiers.ledger.tree import Head, prove, root_of
from pamiers.mission.happened import incidents_of
from pamiers.mission.mission import Mission
from pamiers.mission.register import STANDING, Held, register
from pamiers.render.offered import LANGUAGES
from pamiers.render.waterfall import speaker, text_lines, waterfall_svg

_TOLD: Final = ("start", "end", "lon", "lat", "radius_m", "kind", "count")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """An incident, as values and as lines of text."""

    values: dict[str, Any]
    lines: list[str]


def show_incident(folder: Path, key: str, language: str, picture: Path | None) -> Shown:
    """Return all there is of an incident; write its picture where one is asked for.

    Args:
        folder: Mission folder.
        key: Id of an incident, or another name of one.
        language: Of the text and of the picture.
        picture: Where the SVG goes; None for nowhere.

    Returns:
        The incident.

    Raises:
        UnknownTermError: No incident has that id.
        UsageError: No such language, or a picture of what no longer stands.
    """
    if language not in LANGUAGES:
        raise UsageError(
            "--lang",
            expected=f"one of {', '.join(LANGUAGES)}",
            got=repr(language),
            remedy="Name a language that reports are made in.",
        )
    with opened(folder) as mission:
        held = register(mission)
        now, rows = _now(held, key), _rows(mission)
        known = held.get(now)
        if now not in rows and known is None:
            raise UnknownTermError(
                key,
                expected="the id of an incident",
                got="none of that id",
                remedy="`pamiers incident list` names them.",
            )
        why = incident_reasons(mission, now) if now in rows else None
    if picture is not None:
        _draw(picture, key, why, language)
    row = rows.get(now) or (known.whole.row if known else None) or {}
    values = _values(key, now, known, row)
    values["why"] = None if why is None else asdict(why)
    lines = [] if why is None else list(text_lines(why, speaker(language)))
    return Shown(values=values, lines=[*lines, *_told(values)])


def write_proof(folder: Path, key: str, target: Path) -> dict[str, Any]:
    """Write the proof that what was last said of an incident is in the record.

    Args:
        folder: Mission folder.
        key: Id of an incident, or another name of one.
        target: Where it goes: a C2SP tlog-proof, with the signed checkpoint in it,
            that anybody can check without the mission.

    Returns:
        `entry` that says it, its `leaf` hash, and `entries` of the record.

    Raises:
        UnknownTermError: Nothing was put on record of an incident of that id.
    """
    with opened(folder) as mission:
        held = register(mission)
        known = held.get(_now(held, key))
        if known is None:
            raise UnknownTermError(
                key,
                expected="the id of an incident on record",
                got="none of that id",
                remedy="`pamiers fuse` puts incidents on record.",
            )
        leaves = [each.leaf for each in mission.record.entries()]
        head = Head(len(leaves), root_of(leaves))
        signed = sign_checkpoint(head, log_key(folder, mission))
    at = known.last.entry
    proof = Proof(at, tuple(prove(leaves, at)), signed)
    write_file(target, str(proof).encode())
    return {"entry": at, "leaf": leaves[at].hex(), "entries": head.size}


def _now(held: dict[str, Held], key: str) -> str:
    while key in held and held[key].last.alias_of is not None:
        key = str(held[key].last.alias_of)
    return key


def _rows(mission: Mission) -> dict[str, dict[str, Any]]:
    rows = (orjson.loads(line) for line in canonical_lines(incidents_of(mission)))
    return {row["key"]: row for row in rows}


def _draw(picture: Path, key: str, why: Explanation | None, language: str) -> None:
    if why is None:
        raise UsageError(
            key,
            expected="an incident that stands, for a picture of it",
            got="one that was withdrawn",
            remedy="Leave --svg out; what was said of it is told all the same.",
        )
    write_file(picture, waterfall_svg(why, language))


def _values(
    asked: str, now: str, known: Held | None, row: dict[str, Any]
) -> dict[str, Any]:
    shares = {name: orjson.loads(row.get(name) or "{}") for name in ("kinds", "actors")}
    return {
        "key": now,
        "asked": asked,
        "status": known.last.status if known else NEW,
        "reports": row["members"].split("; ") if row.get("members") else [],
        **{name: value for name, value in row.items() if name != "key"},
        **shares,
        "history": history(known),
    }


def _told(values: dict[str, Any]) -> list[str]:
    lines = []
    if values["asked"] != values["key"]:
        lines.append(f"{values['asked']} is another name of {values['key']}.")
    lines.append(f"Status: {values['status']}")
    lines += [
        f"  {name}: {values[name]}" for name in _TOLD if values.get(name) is not None
    ]
    for said in values["history"]:
        reports = ", ".join(said["reports"]) or said["alias_of"] or "no report stands"
        chance = said["probability"]
        figure = f", probability {chance:.3f}" if chance is not None else ""
        told = said["status"] if said["status"] != STANDING else "told"
        lines.append(
            f"Entry {said['entry']}, {said['recorded_at']}: {told}{figure}: {reports}"
        )
    return lines
