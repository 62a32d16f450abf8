"""Everything that stands, as files that another program can read.

The same record, edition and code version give the same bytes.
"""

import hashlib
from collections.abc import Iterator
from datetime import datetime
from typing import Final

import orjson

from pamiers.core.canonical import canonical_bytes
from pamiers.core.canonical_rows import canonical_lines
from pamiers.core.instant import format_instant
from pamiers.core.sharing import Sharing
from pamiers.core.table import SCHEMAS, Table
from pamiers.mission.happened import incidents_of
from pamiers.mission.judged import standing_lines
from pamiers.mission.mission import Mission
from pamiers.mission.open_part import as_told, open_to, readers_of
from pamiers.mission.state import state
from pamiers.mission.versions import agreement_files
from pamiers.report.coarsen import coarsened
from pamiers.report.redaction import Edition, distance_km, edition_named

FINDINGS: Final = "finding.jsonl"
ABOUT: Final = "about.json"
#: every name that an export of any edition may give a file
NAMES: Final = (*(f"{kind}.jsonl" for kind in SCHEMAS), FINDINGS, ABOUT, "README.txt")
_README = """What pamiers exported, one JSON object a line (RFC 8785), UTF-8.
Times are UTC and half-open: `end` is the first instant outside. Places are WGS84
degrees; `radius_m` holds the true place with probability 0.95. A field that is not
there was not stated. Outside the commission's edition positions, times and margins
are rounded, and words and positions of sources left out. `about.json` gives the
head of the record and a digest of each file.
"""


def export_files(
    mission: Mission, *, edition: str, as_of: datetime | None = None
) -> dict[str, bytes]:
    """Return the files of an export, by name.

    Args:
        mission: The mission.
        edition: public, parties or commission.
        as_of: Leave out what was not yet known then; None for everything.

    Returns:
        `observation.jsonl` and so on, `finding.jsonl`, `about.json`, `README.txt`.

    Raises:
        UnknownTermError: No such edition.
    """
    files = {
        f"{table.kind}.jsonl": _lines(canonical_lines(table))
        for table in told_tables(mission, edition=edition, as_of=as_of)
    }
    if as_of is None:
        files[FINDINGS] = _lines(told_findings(mission, edition=edition))
    files[ABOUT] = _about(mission, edition, as_of, files)
    files["README.txt"] = _README.encode()
    return files


def told_tables(
    mission: Mission, *, edition: str, as_of: datetime | None = None
) -> Iterator[Table]:
    """Yield the rows that stand, as an edition may have them, one table a kind.

    Raises:
        UnknownTermError: No such edition.
    """
    readers = readers_of(mission, edition)
    for table in _tables(open_to(mission, Sharing(edition)), as_of):
        shown = coarsened(as_told(table, readers), readers)
        if shown is not None:
            yield shown


def told_findings(mission: Mission, *, edition: str) -> list[bytes]:
    """Return the findings on what stands as an edition may have them, canonical."""
    readers = edition_named(edition)
    lines = standing_lines(open_to(mission, Sharing(edition))).splitlines()
    return [_blurred(line, readers) for line in lines]


def _blurred(line: bytes, readers: Edition) -> bytes:
    """Return a finding as an edition may have it.

    A margin to the metre is a position to the metre, on a curve beside the line.
    """
    fields = orjson.loads(line)
    if readers.confidential or fields["margin_m"] is None:
        return line
    rounded = distance_km(fields["margin_m"], readers)
    return canonical_bytes({**fields, "margin_m": (rounded or 0) * 1000})


def _tables(mission: Mission, as_of: datetime | None) -> Iterator[Table]:
    yield from state(mission, as_of=as_of).tables.values()
    yield incidents_of(mission, as_of=as_of)


def _lines(lines: list[bytes]) -> bytes:
    return b"".join(line + b"\n" for line in lines)


def _about(
    mission: Mission, edition: str, as_of: datetime | None, files: dict[str, bytes]
) -> bytes:
    head = mission.record.head()
    agreement = hashlib.sha256(canonical_bytes(agreement_files(mission))).hexdigest()
    about = {
        "agreement_texts": agreement,
        "as_of": None if as_of is None else format_instant(as_of),
        "edition": edition,
        "entries": head.size,
        "files": {
            name: hashlib.sha256(data).hexdigest()
            for name, data in sorted(files.items())
        },
        "head": head.hex,
        "mission": mission.name,
    }
    return canonical_bytes(about) + b"\n"
