"""Who holds which role, and which keys and devices are known: a fold over entries.

An entry of kind `grant` says one thing that was done: somebody was enrolled, a role was
proposed, approved or taken, a key of a party or a device became known, was replaced by
another or was revoked.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from pamiers.core.errors import UsageError
from pamiers.core.instant import parse_instant
from pamiers.mission.access.keys import (
    REVOKED,
    ROTATED,
    holder_of,
    key_of,
    rotation_fits,
)
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
    enrolled_by: str = KEEPER  #: who enrolled him first, and was told his token


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


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyLife:
    """A key, from the entry that enrolled it to the one that ended it."""

    key: str  #: 64 hexadecimal figures
    holder: str  #: `device NAME` or `party ID`
    entry: int  #: that enrolled it
    enrolled_at: datetime  #: when that was recorded
    signers: tuple[str, ...] = ()  #: keys that signed for it
    ended: int | None = None  #: entry that ended it; None while it is in force
    ended_at: datetime | None = None  #: when that was recorded
    why: str = ""  #: `rotated` or `revoked`
    compromised_since: str | None = None  #: what it signed since then is not believed

    def is_doubtful(self, held: "Access") -> bool:
        """Tell whether a key that was compromised already signed for this one."""
        for each in self.signers:
            since = held.keys[each].compromised_since if each in held.keys else None
            if since is not None and self.enrolled_at >= parse_instant(since):
                return True
        return False


@dataclass(slots=True)
class Access:
    """All that grants say, up to an entry."""

    size: int = 0
    principals: dict[str, Principal] = field(default_factory=dict)
    proposals: dict[int, Proposal] = field(default_factory=dict)
    party_keys: dict[str, str] = field(default_factory=dict)
    devices: dict[str, Device] = field(default_factory=dict)
    keys: dict[str, KeyLife] = field(default_factory=dict)  #: every one there ever was

    def device_of_key(self, key: str) -> Device | None:
        """Return the device whose name or key this is; the newest enrolled."""
        return self.devices.get(key)

    def roles_of(self, name: str) -> tuple[str, ...]:
        """Return the roles of a principal; none for one who is not known."""
        held = self.principals.get(name)
        return held.roles if held else ()

    def hands(self, name: str) -> frozenset[str]:
        """Return all who can act in a name: its own, who enrolled it, who enrolled him.

        Who enrols somebody is told the token of that one. The keeper is left out: he
        holds the folder, and needs no token.
        """
        found: set[str] = set()
        while name not in found and name != KEEPER:
            found.add(name)
            held = self.principals.get(name)
            name = held.enrolled_by if held else KEEPER
        return frozenset(found)

    def are_two(self, name: str, other: str) -> bool:
        """Tell whether nobody can act in both names: where both agree, two do."""
        return name != other and not self.hands(name) & self.hands(other)

    def may_approve(self, by: str, proposal: Proposal) -> bool:
        """Tell whether somebody is a second person beside who proposed something.

        He for whom it is proposed is none, nor is one in whose name he can act.
        """
        return self.are_two(by, proposal.by) and proposal.name not in self.hands(by)

    def has_admin(self) -> bool:
        """Tell whether anybody can give roles."""
        return any(ADMIN in each.roles for each in self.principals.values())

    def keys_of(self, holder: str) -> list[KeyLife]:
        """Return every key that a holder had, in order of enrolment."""
        found = [each for each in self.keys.values() if each.holder == holder]
        return sorted(found, key=lambda each: each.entry)

    def take(self, entry: int, body: Mapping[str, Any], at: datetime) -> None:
        """Take in what one entry says; what it may not say changes nothing.

        Args:
            entry: Its index.
            body: What it says.
            at: When it was recorded.
        """
        do = str(body.get("do"))
        done, of_key = _TAKEN.get(do), _OF_KEYS.get(do)
        if done is not None:
            done(self, entry, body)
        if of_key is not None:
            of_key(self, (entry, at), body)
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
        held.take(entry.index, entry.body, entry.recorded_at)
    return held


def _enrol(held: Access, entry: int, body: Mapping[str, Any]) -> None:
    """Enrol somebody; weighty roles wait for a second person."""
    name, by = str(body["name"]), str(body["by"])
    if name == KEEPER:
        return  # in that name nobody can act but whoever holds the folder
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
        enrolled_by=before.enrolled_by if before else by,
    )
    waiting = tuple(each for each in asked if each not in given)
    if waiting:
        held.proposals[entry] = Proposal(entry=entry, name=name, roles=waiting, by=by)


def _approve(held: Access, entry: int, body: Mapping[str, Any]) -> None:
    """Give proposed roles, where somebody else approves who may."""
    del entry
    proposal = held.proposals.get(int(body["proposal"]))
    by = str(body["by"])
    if proposal is None or not held.may_approve(by, proposal):
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


Recorded = tuple[int, datetime]  #: index of an entry, and when it was recorded


def _begun(
    held: Access, holder: str, key: str, at: Recorded, signers: Iterable[str] = ()
) -> None:
    """Begin the life of a key, and end that of the one it takes the place of."""
    for before in held.keys_of(holder):
        if before.ended is None:
            _ended(held, before.key, at, ROTATED)
    held.keys[key] = KeyLife(
        key=key,
        holder=holder,
        entry=at[0],
        enrolled_at=at[1],
        signers=tuple(signers),
    )


def _ended(
    held: Access, key: str, at: Recorded, why: str, since: str | None = None
) -> None:
    life = held.keys.get(key)
    if life is not None:
        held.keys[key] = replace(
            life, ended=at[0], ended_at=at[1], why=why, compromised_since=since
        )


def _party_key(held: Access, at: Recorded, body: Mapping[str, Any]) -> None:
    party, key = str(body["party"]), str(body["key"])
    _begun(held, f"party {party}", key, at)
    held.party_keys[party] = key


def _device(held: Access, at: Recorded, body: Mapping[str, Any]) -> None:
    name, key = str(body["name"]), str(body["key"])
    given = body.get("signatures") or {}
    signers = [held.party_keys[each] for each in given if each in held.party_keys]
    _begun(held, f"device {name}", key, at, signers)
    held.devices[name] = Device(
        name=name,
        key=key,
        source=str(body["source"]),
        epoch=int(body.get("epoch", 0)),
        heartbeat_s=body.get("heartbeat_s"),
        entry=at[0],
    )


def _revoke(held: Access, at: Recorded, body: Mapping[str, Any]) -> None:
    since = body.get("compromised_since")
    if "party" in body:
        party = str(body["party"])
        _ended(held, held.party_keys.pop(party, ""), at, REVOKED, since)
        return
    device = held.devices.get(str(body["name"]))
    if device is not None:
        _ended(held, device.key, at, REVOKED, since)
        held.devices[device.name] = replace(
            device, revoked_at=str(body["at"]), compromised_since=since
        )


def _rotate(held: Access, at: Recorded, body: Mapping[str, Any]) -> None:
    """Put a new key in the place of one in force that signed for it."""
    if not rotation_fits(held, body):
        return
    holder, old, new = holder_of(body), key_of(held, body), str(body["key"])
    signers = held.keys[old].signers if old in held.keys else ()
    _begun(held, holder, new, at, signers)
    if "party" in body:
        held.party_keys[str(body["party"])] = new
    else:
        name = str(body["name"])
        held.devices[name] = replace(held.devices[name], key=new)


_TAKEN: Final = {
    "enrol": _enrol,
    "approve": _approve,
    "take": _take_away,
}
_OF_KEYS: Final = {
    "party-key": _party_key,
    "device": _device,
    "revoke": _revoke,
    "rotate": _rotate,
}


def check_name(text: str) -> str:
    """Return a name unchanged.

    Raises:
        UsageError: It can name nobody, or is that of whoever holds the folder.
    """
    if _NAME.fullmatch(text) is None or text == KEEPER:
        raise UsageError(
            "NAME",
            expected="1 to 64 letters, figures or . @ - _, and not `keeper`",
            got=repr(text[:80]),
            remedy="Choose another name.",
        )
    return text


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
