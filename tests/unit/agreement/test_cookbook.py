"""Every piece of the guide `say it in pamiers` stands in a small agreement."""

import json
import re
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from pamiers.agreement import Read, check, read, resolve, show
from pamiers.agreement.complaint import Notes
from pamiers.agreement.text.yaml_text import read_yaml

PAGE = Path(__file__).parents[3] / "docs" / "howto" / "say-it-in-pamiers.md"
BLOCK = re.compile(
    r"^### (.+?)$|^```yaml(?: title=\"(.+?)\")?\n(.*?)^```", re.MULTILINE | re.DOTALL
)
SHARED = {"instrument": "truce", "watched_by": ["patrols"], "on_breach": "talks"}
Plain: TypeAlias = Any  #: whatever YAML holds


def square(low: float, high: float) -> Plain:
    ring = [[29 + low, 61], [29 + high, 61], [29 + high, 61.2], [29 + low, 61.2]]
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}


def line(lat: float) -> Plain:
    return {"type": "LineString", "coordinates": [[29.0, lat], [29.4, lat]]}


DRAWINGS = {
    "area": square(0, 0.4),
    "town": square(0.1, 0.2),
    "valley": square(0.2, 0.3),
    "contact": line(61.1),
    "old-line": line(61.12),
    "road": line(61.05),
}
FEATURES = {
    name: {"type": "Feature", "id": name, "properties": {}, "geometry": geometry}
    for name, geometry in DRAWINGS.items()
}


def parsed(text: str) -> dict[str, Plain]:
    notes = Notes()
    root = read_yaml(text, "page", notes)
    assert root is not None, [str(each) for each in notes.complaints]
    found: Plain = root.plain()
    return dict(found)


def pieces() -> list[tuple[str, str, str]]:
    """Return (heading, title of the block, YAML) of every block, in order."""
    heading, found = "", []
    for said, title, text in BLOCK.findall(PAGE.read_text()):
        heading = said or heading
        if text:
            found.append((heading, title, text))
    return found


PIECES = [(heading, text) for heading, title, text in pieces() if not title]
BASE = next(text for _, title, text in pieces() if title == "around")


def merged(base: Plain, piece: Plain) -> Plain:
    if isinstance(base, dict) and isinstance(piece, dict):
        both = {key: merged(base[key], piece[key]) for key in base if key in piece}
        return base | piece | both
    if isinstance(base, list) and isinstance(piece, list):
        return base + piece
    return piece


def around(text: str) -> Read:
    """Return the small agreement with a piece in it, checked."""
    plain = merged(parsed(BASE), parsed(text))
    quiet = {"id": "quiet-around", "forbid": {"event": "fire"}, "cite": "article 2"}
    told = {"bearer": "each party", "from": "D", "title": "Quiet"}
    clauses = plain.get("clauses", []) or [quiet | told]
    plain["clauses"] = [SHARED | each for each in clauses]
    drawn = {"type": "FeatureCollection", "features": list(FEATURES.values())}
    return check(
        read({"agreement.yaml": json.dumps(plain), "zones.geojson": json.dumps(drawn)})
    )


def faults(found: Read) -> list[str]:
    """Return complaints, less those that a piece alone, or what it shows, has."""
    meant = {"L-UNUSED", "L-AMBIGUOUS", "L-TERM", "L-VAGUE-TIME"}
    return [f"{e} [{e.code}]" for e in found.complaints if e.code not in meant]


@pytest.mark.parametrize(
    "text", [text for _, text in PIECES], ids=[heading for heading, _ in PIECES]
)
def test_a_piece_is_read_without_complaint(text: str) -> None:
    found = around(text)
    assert faults(found) == []
    assert {each["id"] for each in parsed(text).get("clauses", [])} <= {
        clause.id for clause in resolve(found).clauses
    }


def test_there_are_forty_provisions_and_more() -> None:
    assert len(PIECES) >= 60


def test_the_piece_with_a_blank_has_that_blank_and_no_other_fault() -> None:
    text = next(text for _, title, text in pieces() if title == "with a blank")
    (only,) = faults(around(text))
    assert only.endswith("[L-BLANK]")


def test_what_every_clause_carries_is_what_is_added() -> None:
    text = next(text for _, title, text in pieces() if title == "in every clause")
    assert parsed(text) == SHARED


def test_every_piece_can_be_shown_in_words() -> None:
    for _, text in PIECES:
        written = around(text).written
        assert written is not None
        assert "[to be agreed]" not in show(written)
