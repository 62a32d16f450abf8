"""What a case of the linter is, and the changes that cases are made of.

A change is (old, new) in the small agreement; a path has ids in place of indexes.
"""

from dataclasses import dataclass
from typing import Final

Change = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What raises a code, and what comes near."""

    code: str
    spoilt: tuple[Change, ...]
    path: str
    near: tuple[Change, ...]


def clause(*lines: str, name: str = "third", ends: str = "") -> Change:
    """Return the change that adds a watched clause with a procedure."""
    held = {line.split(":")[0] for line in lines}
    rest = [
        line
        for line in (
            *("instrument: truce", "bearer: each party", "from: D"),
            *("watched_by: patrols", "on_breach: session"),
        )
        if line.split(":")[0] not in held
    ]
    body = "".join(f"    {line}\n" for line in (*lines, *rest))
    return ("monitoring:\n", f"  - id: {name}\n{body}{ends}monitoring:\n")


def added(section: str, *lines: str) -> Change:
    """Return the change that adds lines to the head of a section."""
    body = "".join(f"  {line}\n" for line in lines)
    return (f"\n{section}:\n", f"\n{section}:\n{body}")


def begun(section: str, *lines: str) -> Change:
    """Return the change that begins a section with lines."""
    body = "".join(f"  {line}\n" for line in lines)
    return ("clauses:\n", f"{section}:\n{body}clauses:\n")


def both(*clauses: Change) -> Change:
    """Return the change that adds several clauses."""
    body = "".join(new.removesuffix("monitoring:\n") for _, new in clauses)
    return ("monitoring:\n", f"{body}monitoring:\n")


QUIET: Final = "forbid: {event: fire, in: strip}"
RIVER: Final = "within: {of: river, distance: 5 km}"
STEP: Final = "within: 24 h elapsed}"
PROCEDURE: Final = "    steps:\n"
LATER: Final = "      - {id: rule, by: club, do: rule, otherwise: x, within: "
DRAFT: Final = (
    "roles:\n",
    (
        "  - id: annex\n    title: A\n    visibility: restricted\n    signatures:\n"
        "      - {actor: north, act: signed, source: gazette}\n"
        "      - {actor: south, act: signed, source: gazette}\nroles:\n"
    ),
)
UNLESS: Final = f"{QUIET}\n    unless: "
REFUSED: Final = "{actor: south, act: refused, source: palace}"
GATE: Final = (
    "good:",
    "  window: 14 d",
    "  certified_by: monitor",
    "  opens: withdrawal",
    "  appeal: session",
    "  indicators:",
    "    clause: quiet",
)
#: positions of two sides on what comes first
RIVALS: Final = tuple(
    f"- {{id: {name}, speaker: {side}, interested: [{side}], says: b first, source: "
    f"herald, bears_on: [a, b]}}"
    for name, side in (("first", "north"), ("second", "south"))
)
AGREED: Final = tuple(line.replace("[south]", "[north]") for line in RIVALS)
LIFE: Final = "ended_by: denunciation"
#: means of watching that some word is on record for
DRONE: Final = (
    "drone:",
    "  by: monitor",
    "  detection: {probability: 0.5, author: A, on: 2026-02-01, source: gazette}",
)
BANDS: Final = (
    "inner: {band: {of: river, side: north, to: 10 km}}",
    "outer: {band: {of: river, side: north, to: 20 km}}",
    "middle: {band: {of: river, side: north, from: 5 km, to: 15 km}}",
)


def ceiling(n: int, zone: str, name: str, verb: str = "at_most") -> Change:
    """Return a clause on how many big guns there may be in a zone."""
    return clause(f"{verb}: {{n: {n}, of: big, in: {zone}}}", name=name)


def duty(name: str, *lines: str) -> Change:
    """Return a clause that obliges to something, with a deadline."""
    return clause(f"oblige: {{event: {name}-done}}", *lines, name=name)


DONE: Final = begun("x", "")
TWO_EVENTS: Final = added("events", "a-done: a is done", "b-done: b is done")
ASKED: Final = (
    "readings: [{question: Which comes first?, options: {one: {says: b, requires: b}, "
    "two: {says: neither, from: D + 1 h}}}]"
)
