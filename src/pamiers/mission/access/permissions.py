"""The permission matrix, as data: role, action, class of thing, class of sharing.

The service asks this table and nothing else, and the tests read the same table: a cell
that is not here is refused.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from pamiers.core.sharing import Sharing

READ: Final = "read"
SEND: Final = "send"
GRANT: Final = "grant"
APPROVE: Final = "approve"
ENROL: Final = "enrol"
ACT: Final = "act"
CLAIM: Final = "claim"
WAIVE: Final = "waive"
DECIDE: Final = "decide"
ACTIONS: Final = (READ, SEND, GRANT, APPROVE, ENROL, ACT, CLAIM, WAIVE, DECIDE)

#: what is read of a mission; a row's own class of sharing still holds
ROWS: Final = ("incident", "finding", "coverage", "observation", "total", "tally")
OPEN: Final = (
    *ROWS,
    "overview",
    "agreement",
    "calendar",
    "ledger",
    "record",
    "metrics",
    "case",
    "deterrence",
    "deployment",
)
#: where posts of a plan stand, and where they see least: for those who place them
POST: Final = "post"
#: what is done to a case: words of a party, a vote, an act of the procedure, and what
#: decides its course (which findings it is about, who is away)
CASE: Final = ("case-word", "case-vote", "case-act", "case-course")
CLASSES: Final = (
    *(*OPEN, "statement", "message", "conflict", "attachment", "preview"),
    *("version", "principal", "device", "access", "work", "quarantine", "call"),
    *CASE,
    POST,
)

PUBLIC: Final = "public"
PARTY: Final = "party"
OBSERVER: Final = "observer"
MONITOR: Final = "monitor"
COMMISSION: Final = "commission"
PROTECTOR: Final = "protector"
AUDITOR: Final = "auditor"
ADMIN: Final = "admin"
DEVICE: Final = "device"
ROLES: Final = (
    *(PUBLIC, PARTY, OBSERVER, MONITOR, COMMISSION, PROTECTOR, AUDITOR, ADMIN, DEVICE),
)

#: how far each role may see; a role that is not here sees what is public
CLEARANCE: Final[Mapping[str, Sharing]] = {
    PARTY: Sharing.PARTIES,
    OBSERVER: Sharing.PARTIES,
    MONITOR: Sharing.COMMISSION,
    COMMISSION: Sharing.COMMISSION,
    AUDITOR: Sharing.COMMISSION,
    PROTECTOR: Sharing.CONFIDENTIAL,
}

_WORK: Final = (*OPEN, "statement", "conflict", "preview", "work", "quarantine")
MATRIX: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    PUBLIC: {READ: OPEN},
    DEVICE: {SEND: ("message", "attachment")},
    PARTY: {
        READ: (*OPEN, "preview", "call", "version"),
        SEND: ("message", "attachment", "call"),
        ACT: ("case-word", "case-vote", "case-act", "version"),
    },
    OBSERVER: {READ: (*OPEN, "preview"), SEND: ("message", "attachment")},
    MONITOR: {
        READ: (*_WORK, "device", "call"),
        SEND: ("message", "attachment", "call"),
        ACT: ("case-word", "case-act", "case-course"),
        CLAIM: ("work",),
        WAIVE: ("quarantine",),
        DECIDE: ("incident",),
    },
    COMMISSION: {
        READ: (*_WORK, "device", "principal", "call", "version", POST),
        SEND: ("message", "attachment", "call"),
        ACT: (*CASE, "version"),
        CLAIM: ("work",),
        WAIVE: ("quarantine",),
        DECIDE: ("incident",),
        APPROVE: ("principal",),
    },
    PROTECTOR: {READ: (*_WORK, "message", "attachment", POST)},
    AUDITOR: {READ: (*_WORK, "device", "principal", "access", "call", "version")},
    ADMIN: {
        READ: (*OPEN, "device", "principal", "access", "version"),
        GRANT: ("principal",),
        APPROVE: ("principal",),
        ENROL: ("device",),
    },
}
#: roles that two persons have to give
WEIGHTY: Final = frozenset({ADMIN, PROTECTOR, AUDITOR})


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What was decided, and why; never a bare truth value."""

    allowed: bool
    why: str


def clearance(roles: Iterable[str]) -> Sharing:
    """Return the most closed class of sharing that some roles reach."""
    return max(
        (CLEARANCE.get(each, Sharing.PUBLIC) for each in roles), default=Sharing.PUBLIC
    )


def decide(
    roles: Iterable[str], action: str, what: str, label: Sharing = Sharing.PUBLIC
) -> Decision:
    """Decide whether somebody may do something to a thing.

    Args:
        roles: Roles held; everybody is the public as well.
        action: One of `ACTIONS`.
        what: One of `CLASSES`.
        label: Class of sharing that the thing bears.

    Returns:
        Allowed only where one single role allows both: a clearance that comes of one
        role does not open what another may handle.
    """
    held = (PUBLIC, *roles)
    able = [r for r in held if what in MATRIX.get(r, {}).get(action, ())]
    if not able:
        return Decision(allowed=False, why=f"no role may {action} a {what}")
    if action == READ and not any(label.seen_with(clearance([r])) for r in able):
        return Decision(allowed=False, why=f"it is for the {label.value}")
    return Decision(allowed=True, why=f"as {able[-1]}")


def reach(roles: Iterable[str], what: str) -> Sharing | None:
    """Return the most closed class of things of a kind that somebody may read.

    Returns:
        None where he may read none at all.
    """
    able = [
        clearance([role])
        for role in (PUBLIC, *roles)
        if what in MATRIX.get(role, {}).get(READ, ())
    ]
    return max(able, default=None)
