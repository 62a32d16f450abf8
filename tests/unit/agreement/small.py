"""A small agreement that runs, to be spoilt in one place at a time."""

from pamiers.agreement import Complaint, Read, check, read

TEXT = """\
pamiers: 1
agreement:
  id: small
  title: {en: A small truce, uk: Мале перемирʼя}
  parties: [north, south]
  time_zone: Europe/Kyiv
  cut_off: "19:30"
  durations: wall_clock
  mandate: {attribution: permitted}
  thresholds: {breached: 0.9, kept: 0.1}
  life: {ended_by: denunciation}
sources:
  gazette: {speaker: The Gazette, reliability: A, credibility: 1}
  herald: {speaker: The Herald}
  palace: {speaker: The Palace, interested: [north]}
actors:
  north: Northland
  south: Southland
  club: Club of Friends
  sage: The sage
instruments:
  - id: truce
    title: Truce of March
    signatures:
      - {actor: north, act: signed, source: gazette}
      - {actor: south, act: signed, source: gazette}
      - {actor: club, act: signed, source: gazette}
      - {actor: sage, act: signed, source: gazette}
roles:
  monitor: {title: Monitor, held_by: club, created_by: truce, tasks: [observe]}
  umpire: {held_by: sage, created_by: truce, tasks: [settle], decides_by: himself}
anchors:
  D: 2026-03-01T00:00+02:00
zones:
  strip: {title: The strip}
lines:
  river: {title: The river, as_of: 2026-02-01, tolerance: 200 m}
sectors: [strip]
classes:
  big: {title: big guns, kind: [gun, mortar], calibre: ">= 100 mm"}
events:
  denunciation: notice that a party denounces the truce
clauses:
  - id: quiet
    title: Quiet
    instrument: truce
    forbid: {event: fire, in: strip}
    bearer: each party
    from: D
    watched_by: patrols
    on_breach: session
  - id: withdrawal
    instrument: truce
    forbid: {state: presence, of: big, within: {of: river, distance: 5 km}}
    bearer: each party
    from: D + 14 d
    watched_by: patrols
    on_breach: session
monitoring:
  patrols:
    title: patrols
    by: monitor
    detection: {probability: 0.8, author: A. Umpire, on: 2026-02-01, source: gazette}
procedures:
  session:
    title: joint session
    created_by: truce
    clock: receipt of a report
    steps:
      - {id: meet, by: club, do: meet, otherwise: umpire does, within: 24 h elapsed}
"""

ZONES = """\
{"type": "FeatureCollection", "features": [
{"type": "Feature", "id": "strip", "properties": {}, "geometry": {"type": "Polygon",
 "coordinates": [[[37, 48], [38, 48], [38, 49], [37, 49], [37, 48]]]}},
{"type": "Feature", "id": "river", "properties": {}, "geometry": {
 "type": "LineString", "coordinates": [[37, 48.5], [38, 48.5]]}}
]}
"""

TEXTS = {"agreement.yaml": TEXT, "zones.geojson": ZONES}


def texts(*changes: tuple[str, str]) -> dict[str, str]:
    """Return the texts with some words of the agreement replaced, each once."""
    text = TEXT
    for old, new in changes:
        assert text.count(old) >= 1, old
        text = text.replace(old, new, 1)
    return {**TEXTS, "agreement.yaml": text}


def checked(*changes: tuple[str, str]) -> Read:
    """Return the small agreement, changed and checked."""
    return check(read(texts(*changes)))


def complaint(code: str, *changes: tuple[str, str]) -> Complaint:
    """Return the one complaint of a code about the small agreement, changed."""
    found = [each for each in checked(*changes).complaints if each.code == code]
    assert len(found) == 1, [str(each) for each in checked(*changes).complaints]
    return found[0]


def codes(*changes: tuple[str, str]) -> list[str]:
    """Return the codes of all complaints about the small agreement, changed."""
    return [each.code for each in checked(*changes).complaints]
