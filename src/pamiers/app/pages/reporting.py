"""What the field form needs of a mission: words for what was seen, names for places."""

import hashlib
from typing import Any, Final

from pamiers.app.pages.readers import Reader
from pamiers.core.canonical import canonical_bytes
from pamiers.core.kind import KINDS
from pamiers.mission.places import read_places
from pamiers.mission.versions import agreement_files

#: of the vocabulary, what nobody reports from the ground: a source's own counts
_NOT_SEEN = frozenset({"any", "ceasefire_violation", "fatal_violence"})
#: kinds that somebody in the field can report
KINDS_REPORTED: Final = tuple(sorted(KINDS - _NOT_SEEN))


def field(reader: Reader) -> dict[str, Any]:
    """Return what a device in the field keeps of a mission.

    Args:
        reader: The mission as its reader sees it.

    Returns:
        `kinds`: those that can be reported, sorted; `places`: name by language, `lon`
        and `lat` of WGS84; `form`, which names just these: a report says by which form
        it was written, and one of an older form is taken as it is. Nothing of what
        others reported.
    """
    text = agreement_files(reader.mission).get("places.csv", "")
    asked: dict[str, Any] = {
        "kinds": list(KINDS_REPORTED),
        "places": [
            {"name": dict(each.name.words), "lon": each.lon, "lat": each.lat}
            for each in read_places(text)
        ],
    }
    return {**asked, "form": hashlib.sha256(canonical_bytes(asked)).hexdigest()[:12]}
