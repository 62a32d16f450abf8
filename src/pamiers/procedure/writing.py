"""How an event is written: as plain values, exactly; and as people write it.

People name the kind and what it is about together, `{act: warn, by: coalition}`;
the exact form has every attribute under its own name.
"""

import re
from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any, Final

from pamiers.core.errors import UsageError
from pamiers.core.instant import format_instant, parse_instant
from pamiers.procedure.event import GROUNDS, KINDS, Breach, Event

Written = Mapping[str, Any]

#: kind -> the attribute that its value stands for; grounds and lists aside
_ABOUT: Final = {
    **dict.fromkeys(("act", "session", "met"), "step"),
    **dict.fromkeys(("vote", "second", "consent", "signed"), "choice"),
    **dict.fromkeys(("reply", "account", "dispute", "reserved", "evidence"), "reason"),
    **dict.fromkeys(("appeal", "suspended", "resumed", "stood-down"), "reason"),
    **dict.fromkeys(("reopened", "reported", "minutes", "published"), "reason"),
    **dict.fromkeys(("recused", "vacant", "filled", "recorded", "received"), "name"),
    **dict.fromkeys(("remedy", "remedy-done", "remedy-verified"), "name"),
    **dict.fromkeys(("merged", "joined", "split"), "name"),
    **dict.fromkeys(("closed", "appeal-decided"), "outcome"),
    "attributed": "party",
    "extension-asked": "lasts",
}
_CALLED: Final = {"motion": "outcome", "for": "lasts"}
_LISTS: Final = ("findings", "present", "dissent", "files")
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
#: attributes that are made of what people write, and written by nobody
_MADE: Final = frozenset({"kind", "breaches", "position"})
_LEVELS: Final = range(1, 5)
_OF_BREACH: Final = (
    *("clause", "party", "began", "found", "severity", "confidence", "place"),
    *("lat_deg", "lon_deg"),
)


def event_from(written: Written, where: str, *, position: int = 0) -> Event:
    """Return the event that people wrote.

    Args:
        written: `at`, one kind with what it is about, and what else it says.
        where: Where it stands, for messages.
        position: What settles the order of events of one instant.

    Returns:
        The event.

    Raises:
        UsageError: No kind or several, no time, or a key that is not known.
    """
    kinds = [key for key in written if key in KINDS]
    if len(kinds) != 1:
        got = " and ".join(kinds) or ", ".join(map(str, written)) or "nothing"
        raise UsageError(
            where,
            expected=f"one of {', '.join(KINDS)}",
            got=got,
            remedy="Write one event an entry: what happened, to what, by whom, when.",
        )
    kind = kinds[0]
    at = _instant(written.get("at"), where)
    held = dict(_facts(written, kind, where))
    breaches = _breaches(written, kind, at, where)
    recorded = written.get("recorded_at")
    return Event(
        kind=kind,
        at=at,
        breaches=breaches,
        recorded_at=None if recorded is None else _instant(recorded, where),
        position=position,
        **held,
    )


def _facts(written: Written, kind: str, where: str) -> list[tuple[str, Any]]:
    known = {each.name for each in fields(Event)} - _MADE
    found: dict[str, Any] = {}
    for key, value in written.items():
        if key in {"case", "recorded_at"}:
            continue
        if key == kind:
            found.update(_about(kind, value))
        elif key == "confidence":
            found["confidence"] = _level(value, where)
        elif (name := _CALLED.get(key, key)) in known and key != "at":
            found[name] = _text(name, value)
            if name == "files":
                _are_digests(found[name], where)
        elif key not in {"at", *_OF_BREACH}:
            raise UsageError(
                where,
                expected=f"one of {', '.join(sorted(known | set(_OF_BREACH)))}",
                got=repr(key),
                remedy="Remove the key, or correct it.",
            )
    return list(found.items())


def _are_digests(named: tuple[str, ...], where: str) -> None:
    for each in named:
        if not _DIGEST.fullmatch(each):
            raise UsageError(
                f"{where} (files)",
                expected="the SHA-256 of a file, 64 letters and digits",
                got=repr(each[:80]),
                remedy="Send the file first, and name it by its digest.",
            )


def _about(kind: str, value: Any) -> dict[str, Any]:  # noqa: ANN401 - as written
    if kind in {"retracted", "classified"}:
        return {"findings": _several(value)}
    if kind in GROUNDS or value in (None, True):
        return {}
    name = _ABOUT[kind]
    return {name: _text(name, value)}


def _text(name: str, value: Any) -> Any:  # noqa: ANN401 - text, or several
    if name in _LISTS:
        return _several(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _several(value: Any) -> tuple[str, ...]:  # noqa: ANN401 - one or several
    if isinstance(value, str):  # a line of words has commas in place of a list
        value = [each.strip() for each in value.split(",")]
    return tuple(map(str, value if isinstance(value, list | tuple) else [value]))


def _level(value: Any, where: str) -> int:  # noqa: ANN401 - `S3`, `C2`, or a number
    text = str(value)
    number = text[1:] if text[:1] in {"S", "C"} else text
    if number.isdecimal() and int(number) in _LEVELS:
        return int(number)
    raise UsageError(
        where,
        expected="a severity of S1 to S4, or a confidence of C1 to C3",
        got=repr(value),
        remedy="Correct the level.",
    )


def _instant(value: object, where: str) -> datetime:
    if value is None:
        raise UsageError(
            where,
            expected="when it took place, in `at`",
            got="nothing",
            remedy="Add `at: 2026-03-28T20:00+02:00`.",
        )
    return value if isinstance(value, datetime) else parse_instant(str(value))


def _breaches(
    written: Written, kind: str, at: datetime, where: str
) -> tuple[Breach, ...]:
    if kind not in {*GROUNDS, "classified"} or "clause" not in written:
        return ()
    alleged = kind == "complaint"
    found = written.get("found")
    return tuple(
        Breach(
            key=key,
            clause=str(written["clause"]),
            party=written.get("party"),
            breach_at=_instant(written.get("began", at), where),
            found_at=None if alleged else _instant(found or at, where),
            severity=_level(written.get("severity", 1), where),
            confidence=_level(written.get("confidence", 1), where),
            lat_deg=written.get("lat_deg"),
            lon_deg=written.get("lon_deg"),
            place=str(written.get("place", "")),
        )
        for key in _several(written[kind])
    )


def to_dict(event: Event) -> dict[str, Any]:
    """Return an event as plain values; what is at its default is left out."""
    plain: dict[str, Any] = {"kind": event.kind, "at": format_instant(event.at)}
    for each in fields(Event):
        value = getattr(event, each.name)
        if each.name in {"kind", "at", "position"} or value in ("", (), 0, None):
            continue
        if each.name == "breaches":
            value = [_breach_to_dict(b) for b in value]
        elif isinstance(value, datetime):
            value = format_instant(value)
        plain[each.name] = list(value) if isinstance(value, tuple) else value
    return plain


def _breach_to_dict(breach: Breach) -> dict[str, Any]:
    held = {each.name: getattr(breach, each.name) for each in fields(Breach)}
    return {
        name: format_instant(value) if isinstance(value, datetime) else value
        for name, value in held.items()
        if value not in ("", None)
    }


def from_dict(plain: Written, *, position: int = 0) -> Event:
    """Return the event of plain values; the inverse of `to_dict`.

    Raises:
        UsageError: A kind that is not known.
    """
    if plain.get("kind") not in KINDS:
        raise UsageError(
            "event",
            expected=f"a kind of {', '.join(KINDS)}",
            got=repr(plain.get("kind")),
            remedy="Use a release of pamiers that knows this kind.",
        )
    held: dict[str, Any] = {
        name: tuple(value) if name in _LISTS else value
        for name, value in plain.items()
        if name in {each.name for each in fields(Event)} - {"position"}
    }
    held["at"] = parse_instant(plain["at"])
    if "recorded_at" in held:
        held["recorded_at"] = parse_instant(plain["recorded_at"])
    held["breaches"] = tuple(_breach(each) for each in plain.get("breaches", ()))
    return Event(position=position, **held)


def _breach(plain: Written) -> Breach:
    held = dict(plain)
    for name in ("breach_at", "found_at"):
        if name in held:
            held[name] = parse_instant(held[name])
    return Breach(**held)
