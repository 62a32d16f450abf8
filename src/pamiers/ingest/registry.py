"""Find a field format by name, or by what a file begins with.

Formats register under the entry-point group `pamiers.formats`; those that come
with pamiers do so too. A source tree whose metadata is older than its code still
finds the built-in ones, by the same addresses.
"""

from importlib.metadata import EntryPoint, entry_points
from typing import Final, cast

from pamiers.core.errors import UnknownTermError
from pamiers.mission.reading import Format

GROUP: Final = "pamiers.formats"
_BUILT_IN: Final = {
    "claims-csv": "pamiers.ingest.formats.claims_csv:FORMAT",
    "counts-csv": "pamiers.ingest.formats.counts_csv:FORMAT",
    "geojson": "pamiers.ingest.formats.geojson:FORMAT",
    "odk": "pamiers.ingest.formats.odk:FORMAT",
    "pamiers-csv": "pamiers.ingest.formats.pamiers_csv:FORMAT",
    "smm-report": "pamiers.ingest.formats.smm_report:FORMAT",
    "ucdp-ged": "pamiers.ingest.formats.ucdp_ged:FORMAT",
}


def names() -> tuple[str, ...]:
    """Return the names of all formats, sorted."""
    return tuple(sorted(_registered()))


def get(name: str) -> Format:
    """Return a format by the name used on the command line.

    Raises:
        UnknownTermError: No such format.
    """
    known = _registered()
    if name not in known:
        raise UnknownTermError(
            "format",
            expected=f"one of {', '.join(sorted(known))}",
            got=repr(name),
            remedy="Name a format with --format.",
        )
    return cast("Format", known[name].load())


def detect(head: bytes) -> tuple[str, ...]:
    """Return the names of the formats that a file's beginning looks like.

    Returns:
        Names, sorted: none, or several, where the beginning does not tell.
    """
    return tuple(name for name in names() if get(name).detect(head))


def _registered() -> dict[str, EntryPoint]:
    built_in = [EntryPoint(name, at, GROUP) for name, at in _BUILT_IN.items()]
    return {each.name: each for each in [*built_in, *entry_points(group=GROUP)]}
