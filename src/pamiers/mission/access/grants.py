"""Who holds which role, and which keys and devices are known: a fold over entries.

An entry of kind `grant` says one thing that was done: somebody was enrolled, a role was
proposed, approved or taken, a key of a party or a device became known or was revoked.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from pamiers.core.errors import UsageError
from pamiers.core.instant import parse_instant
from pamiers.mission.access.permissions import ADMIN, APPROVE, ROLES, WEIGHTY, decide
from pamiers.mission.mission import Mission

KIND: Final = "grant"
_NAME: Final = re.compile(r"[\w.@-]{1,64}", re.ASCII)
#: whoever holds the folder: he can give the first roles, since nobody else can
KEEPER: Final = "keeper"


@dataclass(frozen=True, slots=True, kw_only=True)
class Principal:
    """Somebody who was enrolled, and what he may be."""

    name: str
    roles: tuple[str, ...] = ()
    office: str | None = None  #: party or role of the agreement that he acts for
    sources: tuple[str, ...] = ()  #: sources he may send for; `*` for any


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """A sender with a key of its own."""

    name: str
    key: str  #: public key, 64 hexadecimal figures
    source: str
    epoch: int = 0
    heartbeat_s: float | None = None  #: how often it says that it works
    entry: int = -1  #: that enrolled it
    revoked_at: str | None = None  #: from then on nothing of it is taken
    compromised_since: str | None = None  #: what it sent since then is held


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Roles that one person proposed and another has yet to approve."""

    entry: int
    name: str
    roles: tuple[str, ...]
    by: str


@dataclass(slots=True)
class Access:
    """All that grants say, up to an entry."""

    size: int = 0
    principals: dict[str, Principal] = field(default_factory=dict)
    proposals: dict[int, Proposal] = field(default_factory=dict)
    party_keys: dict[str, str] = field(default_factory=dict)
    devices: dict[str, Device] = field(default_factory=dict)

    def device_of_key(self, key: str) -> Device | None:
        """Return the device whose name or key this is; the newest enrolled."""
        return self.devices.get(key)

    def roles_of(self, name: str) -> tuple[str, ...]:
        """Return the roles of a principal; none for one who is not known."""
        held = self.principals.get(name)
        return held.roles if held else ()

    def has_admin(self) -> bool:
        """Tell whether anybody can give roles."""
        return any(ADMIN in each.roles for each in self.principals.values())

    def take(self, entry: int, body: Mapping[str, Any]) -> None:
        """Take in what one entry says; what it may not say changes nothing."""
        done = _TAKEN.get(str(body.get("do")))
        if done is not None:
            done(self, entry, body)
        self.size = max(self.size, entry + 1)


def access(mission: Mission, since: Access | None = None) -> Access:
    """Return what grants say now.

    Args:
        mission: The mission.
        since: What they said before, which is gone on from; None to begin.

    Returns:
        The same object, where one was given.
    """
    held = since or Access()
    for entry in mission.record.entries((KIND,), start=held.size):
        held.take(entry.index, entry.body)
    return held


def _enrol(held: Access, entry: int, body: Mapping[str, Any]) -> None:
    """Enrol somebody; weighty roles wait for a second person."""
    name, by = str(body["name"]), str(body["by"])
    asked = tuple(each for each in body.get("roles", ()) if each in ROLES)
    first = not held.has_admin() and by == KEEPER
    given = asked if first else tuple(r for r in asked if r not in WEIGHTY)
    before = held.principals.get(name)
    roles = tuple(dict.fromkeys((*(before.roles if before else ()), *given)))
    held.principals[name] = Principal(
        name=name,
        roles=roles,
        office=body.get("office") or (before.office if before else None),
        sources=tuple(body.get("sources", before.sources if before else ())),
    )
    waiting = tuple(each for each in asked if each not in given)
    if waiting:
        held.proposals[entry] = Proposal(entry=entry, name=name, roles=waiting, by=by)


def _approve(held: Access, entry: int, body: Mapping[str, Any]) -> None:
    """Give proposed roles, where somebody else approves who may."""
    del entry
    proposal = held.proposals.get(int(body["proposal"]))
    by = str(body["by"])
    if proposal is None or by in {proposal.by, proposal.name}:
        return
    if not decide(held.roles_of(by), APPROVE, "principal").allowed:
        return
    del held.proposals[proposal.entry]
    before = held.principals[proposal.name]
    roles = tuple(dict.fromkeys((*before.roles, *proposal.roles)))
    held.principals[proposal.name] = replace(before, roles=roles)


def _take_away(held: Access, entry: int, body: Mapping[str, Any]) -> None:
    del entry
    name = str(body["name"])
    before = held.principals.get(name)
    taken = set(body.get("roles") or (before.roles if before else ()))
    if before is not None:
        kept = tuple(each for each in before.roles if each not in taken)
        held.principals[name] = replace(before, roles=kept)
    for each in [p for p in held.proposals.values() if p.name == name]:
        del held.proposals[each.entry]


def _party_key(held: Access, entry: int, body: Mapping[str, Any]) -> None:
    del entry
    held.party_keys[str(body["party"])] = str(body["key"])


def _device(held: Access, entry: int, body: Mapping[str, Any]) -> None:
    name = str(body["name"])
    held.devices[name] = Device(
        name=name,
        key=str(body["key"]),
        source=str(body["source"]),
        epoch=int(body.get("epoch", 0)),
        heartbeat_s=body.get("heartbeat_s"),
        entry=entry,
    )


def _revoke(held: Access, entry: int, body: Mapping[str, Any]) -> None:
    del entry
    device = held.devices.get(str(body["name"]))
    if device is not None:
        held.devices[device.name] = replace(
            device,
            revoked_at=str(body["at"]),
            compromised_since=body.get("compromised_since"),
        )


_TAKEN: Final = {
    "enrol": _enrol,
    "approve": _approve,
    "take": _take_away,
    "party-key": _party_key,
    "device": _device,
    "revoke": _revoke,
}


def is_name(text: str) -> bool:
    """Tell whether a text can name somebody."""
    return _NAME.fullmatch(text) is not None


def check_roles(roles: Iterable[str]) -> tuple[str, ...]:
    """Return some roles unchanged.

    Raises:
        UsageError: One of them is none that can be given.
    """
    given = tuple(roles)
    able = [each for each in ROLES if each not in {"public", "device"}]
    for each in given:
        if each not in able:
            raise UsageError(
                "role",
                expected=f"one of {', '.join(able)}",
                got=repr(each[:40]),
                remedy="Name a role that can be given.",
            )
    return given


def check_instant(text: str) -> str:
    """Return an instant as it is written, once it was read."""
    parse_instant(text, "at")
    return text
