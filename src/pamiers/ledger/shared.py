"""Who may see which field of which kind of entry; what is not named is confidential.

A kind that is not `SEEN` by a reader is given as a bare leaf: its time and even that it
was recorded stay closed.
"""

from collections.abc import Mapping
from typing import Final

from pamiers.core.sharing import UNLABELLED, Sharing

_PUBLIC: Final = Sharing.PUBLIC
_PARTIES: Final = Sharing.PARTIES
_COMMISSION: Final = Sharing.COMMISSION
#: kinds of the service and of procedures: to the commission alone, field by field
_WORK: Final = (
    *("case", "notice", "delivery", "call", "message", "grant", "access"),
    "claim",
)
#: stands for every field of a kind that is not named
ANY: Final = "*"
#: kind -> field -> who may see it. Digests of what has no salt are closed too: who can
#: guess what was digested can try.
SHARED: Final[Mapping[str, Mapping[str, Sharing]]] = {
    "mission": {"agreement": _PUBLIC, "name": _PUBLIC},
    "agreement": {ANY: _PUBLIC},
    "file": {
        **dict.fromkeys(("accepted", "duplicate", "quarantined", "rows_read"), _PUBLIC),
        ANY: _COMMISSION,
    },
    "rows": {
        **dict.fromkeys(("of", "parts", "root", "rows"), _PUBLIC),
        ANY: _COMMISSION,
    },
    "quarantine": {"items": _PUBLIC, ANY: _COMMISSION},
    "release": {
        **dict.fromkeys(("covers", "name", "released_on", "sources"), _PARTIES),
        ANY: _COMMISSION,
    },
    "waiver": {ANY: _COMMISSION},
    "decision": {ANY: _COMMISSION},
    "taxonomy": {ANY: _COMMISSION},
    "calibration": {"reports": _PUBLIC, ANY: _COMMISSION},
    # What they count rests on closed reports too: an edition counts what is open.
    "fusion": {ANY: _COMMISSION},
    "assessment": {ANY: _COMMISSION},
    "issue": {
        **dict.fromkeys(("day", "edition", "entries", "head", "of"), _PUBLIC),
        ANY: _COMMISSION,
    },
    "erasure": {
        **dict.fromkeys(("do", "entry", "fields", "proposal"), _PUBLIC),
        ANY: _COMMISSION,
    },
    "succession": {ANY: _PUBLIC},
    "import": {ANY: _PARTIES},
    **{kind: {ANY: _COMMISSION} for kind in _WORK},
}
#: kind -> who may see that there is an entry of it, and when it was recorded
SEEN: Final[Mapping[str, Sharing]] = {
    **dict.fromkeys(SHARED, _PUBLIC),
    **dict.fromkeys(("waiver", "decision", "taxonomy", "case", "notice"), _PARTIES),
    **dict.fromkeys(("delivery", "call", "message", "grant", "access"), _COMMISSION),
    "claim": _COMMISSION,
}


def sharing_of(kind: str, name: str) -> Sharing:
    """Return who may see a field of an entry."""
    fields = SHARED.get(kind, {})
    return fields.get(name, fields.get(ANY, UNLABELLED))


def seen(kind: str) -> Sharing:
    """Return who may see that there is an entry of a kind."""
    return SEEN.get(kind, UNLABELLED)
