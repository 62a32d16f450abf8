"""A small record with everything in it that a bundle can hold, and its bundles."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pamiers.app.bundle_writing import write_bundle
from pamiers.core.rows import Coverage, Row
from pamiers.ledger.checkpoint import Checkpoint, sign_checkpoint
from pamiers.ledger.keys import NOTE, SignerKey, signer
from pamiers.ledger.tree import Head, root_of
from pamiers.mission.bundle.make import Plan
from pamiers.mission.casebook import file_events
from pamiers.mission.decided import record_decision
from pamiers.mission.happened import fuse
from pamiers.mission.judged import assess
from pamiers.mission.mission import Mission, begin
from pamiers.mission.quarantine import waive
from pamiers.mission.reading import Quarantined
from pamiers.mission.witnessed import checkpoint, origin_of
from pamiers.procedure.event import Event
from tests.shared import ROOT
from tests.unit.mission.world import NOW, file, mission, reading
from tests.unit.mission.world import seen as seen_once

SECRETS = ("canary-observer", "canary-words", "canary-extra", "canary-reporter")
LETTER = b"%PDF-1.7 canary-letter"
REFUSED = Quarantined(
    row=9,
    line=10,
    column="lat",
    code="Q-NUM",
    message="expected a number, got 'x'",
    remedy="Correct it.",
    raw="canary-raw,Ґ,x",
)
DAY = datetime(2031, 5, 10, 9, 0, tzinfo=UTC)
KEPT = 4  #: entries that the older checkpoint saw
_PAGE = ROOT / "docs" / "howto" / "write-an-agreement.md"
_FILE = re.compile(r'^```\w+ title="(.+?)"\n(.*?)^```', re.MULTILINE | re.DOTALL)


def agreement() -> dict[str, str]:
    """Return the files of the agreement that the guide writes."""
    return dict(_FILE.findall(_PAGE.read_text()))


def seen(key: str, **fields: object) -> Row:
    """Return an observation in the time of the agreement."""
    given = {"start": DAY, "end": DAY + timedelta(minutes=1), **fields}
    return seen_once(key, **given)


def rows() -> list[Row]:
    """Return observations of which some fields must not leave the commission."""
    plain: list[Row] = [seen(str(at), count=at, lat=48.0 + at / 100) for at in range(5)]
    return [
        *plain,
        seen(
            "canary-reporter",
            observer='{"post":"canary-observer"}',
            text='canary-words: "чули" {a}',
            extra='{"who":"canary-extra"}',
            lat=48.123456,
            lon=37.654321,
        ),
    ]


def recorded() -> Mission:
    """Return a mission whose record has a file, rows, a refusal, results, decisions."""
    m = replace(mission(), name="post-one")
    begin(m, agreement(), NOW)
    file(m, reading(rows(), [REFUSED]), data=b"canary-original\n")
    watched = Coverage(
        source="patrol",
        key="c1",
        start=DAY - timedelta(hours=3),
        end=DAY + timedelta(hours=9),
        lon=37.8,
        lat=48.0,
        radius_m=5000.0,
        detection=0.9,
    )
    file(m, reading([watched], kind="coverage"), data=b"coverage\n")
    waive(m, "2.0", by="canary-clerk", reason="said twice", now=NOW)
    record_decision(
        m, "withdraw", {"reports": ["patrol:4"]}, ("canary-officer", "wrong day"), NOW
    )
    letter = m.originals.put(LETTER)
    said = Event(kind="evidence", at=DAY, by="north", files=(letter,))
    file_events(m, [("c1", "inquiry", replace(said, recorded_at=NOW))])
    fuse(m, NOW)
    assess(m, NOW)
    return m


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """A record, its key, and how it was half way."""

    mission: Mission
    key: SignerKey
    kept: Checkpoint  #: of the first entries


def world() -> World:
    """Return the record with its key and an older checkpoint."""
    m = recorded()
    key = signer(origin_of(m), NOTE, bytes(range(32)))
    seen_then = [entry.leaf for entry in m.record.entries()][:KEPT]
    kept = sign_checkpoint(Head(KEPT, root_of(seen_then)), key)
    return World(mission=m, key=key, kept=kept)


def bundle(of: World, edition: str, target: Path) -> Path:
    """Write a bundle of an edition and return its path."""
    plan = Plan(
        mission=of.mission,
        edition=edition,
        checkpoint=checkpoint(of.mission, of.key),
        key=of.key.verifier,
        older=[of.kept],
    )
    write_bundle(plan, of.key, target)
    return target
