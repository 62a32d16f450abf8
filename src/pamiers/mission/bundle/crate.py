"""What a bundle says of itself to archives: RO-Crate metadata and `bag-info.txt`.

Source: RO-Crate 1.1; RFC 8493, section 2.2.2.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from pamiers.core.canonical import canonical_bytes
from pamiers.ledger.bag import PAYLOAD
from pamiers.mission.bundle.layout import CRATE

_CONTEXT: Final = "https://w3id.org/ro/crate/1.1/context"
_PROFILE: Final = "https://w3id.org/ro/crate/1.1"
_TYPES: Final = {
    "jsonl": "application/x-ndjson",
    "json": "application/json",
    "txt": "text/plain",
    "md": "text/markdown",
    "yaml": "application/yaml",
    "geojson": "application/geo+json",
    "csv": "text/csv",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What tells one bundle from another."""

    origin: str  #: name of the record
    edition: str
    entries: int
    recorded_at: str  #: when the last entry was recorded, UTC text
    version: int  #: of the projections that the standing files rest on


def crate(about: About, names: Iterable[str]) -> bytes:
    """Return the RO-Crate metadata of a bundle.

    Args:
        about: What it is.
        names: Paths of its payload, the metadata aside.

    Returns:
        Canonical JSON with a line end.
    """
    paths = sorted(name.removeprefix(PAYLOAD) for name in names)
    metadata = CRATE.removeprefix(PAYLOAD)
    root = {
        "@id": "./",
        "@type": "Dataset",
        "datePublished": about.recorded_at,
        "description": (
            "Entries of the record, of which what this edition withholds is pinned by "
            "commitments; the checkpoint that all of them are under; and what stands."
        ),
        "hasPart": [{"@id": path} for path in paths],
        "identifier": about.origin,
        "license": "As the parties to the agreement decided.",
        "name": f"Record {about.origin}, {about.edition} edition",
        "version": f"{about.entries} entries",
    }
    described = {
        "@id": metadata,
        "@type": "CreativeWork",
        "about": {"@id": "./"},
        "conformsTo": {"@id": _PROFILE},
    }
    files = [
        {"@id": path, "@type": "File", "encodingFormat": _type(path)} for path in paths
    ]
    graph = [described, root, *files]
    return canonical_bytes({"@context": _CONTEXT, "@graph": graph}) + b"\n"


def _type(path: str) -> str:
    return _TYPES.get(path.rpartition(".")[2], "application/octet-stream")


def bag_info(about: About, sizes: Iterable[int]) -> bytes:
    """Return `bag-info.txt`.

    Args:
        about: What the bundle is.
        sizes: Bytes of each file of the payload.

    Returns:
        One line for each element.
    """
    listed = list(sizes)
    rows = {
        "Bagging-Date": about.recorded_at[:10],
        "External-Description": f"{about.edition} edition of a record of pamiers",
        "External-Identifier": about.origin,
        "Pamiers-Edition": about.edition,
        "Pamiers-Entries": str(about.entries),
        "Pamiers-Projection": str(about.version),
        "Pamiers-Recorded": about.recorded_at,
        "Payload-Oxum": f"{sum(listed)}.{len(listed)}",
    }
    return "".join(f"{name}: {value}\n" for name, value in rows.items()).encode()


def read_info(raw: bytes) -> About | None:
    """Return what `bag-info.txt` says; None where it is of another form."""
    rows = dict(
        line.partition(": ")[::2]
        for line in raw.decode("utf-8", "replace").splitlines()
    )
    try:
        return About(
            origin=rows["External-Identifier"],
            edition=rows["Pamiers-Edition"],
            entries=int(rows["Pamiers-Entries"]),
            recorded_at=rows["Pamiers-Recorded"],
            version=int(rows["Pamiers-Projection"]),
        )
    except (KeyError, ValueError):
        return None
