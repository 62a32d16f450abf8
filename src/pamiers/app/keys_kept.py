"""Keys of devices and parties: list them, rotate them, revoke them, doubt them."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from pamiers.app.recorded import append_all
from pamiers.app.wiring import now, opened
from pamiers.core.errors import UsageError
from pamiers.core.instant import format_instant
from pamiers.ledger.entry import Draft
from pamiers.mission.access.compromise import doubted, withdrawals
from pamiers.mission.access.grants import (
    KEEPER,
    KIND,
    Access,
    KeyLife,
    access,
    check_instant,
)
from pamiers.mission.access.keys import (
    holder_of,
    key_of,
    read_key,
    refused_key,
    rotation_bytes,
    rotation_fits,
)
from pamiers.mission.mission import Mission, new_draft

Body = dict[str, Any]


def listed(folder: Path) -> list[dict[str, Any]]:
    """Return every key that there ever was, in order of enrolment, as plain values."""
    with opened(folder) as mission:
        held = access(mission)
    lives = sorted(held.keys.values(), key=lambda each: each.entry)
    return [plain(each, held) for each in lives]


def plain(life: KeyLife, held: Access) -> dict[str, Any]:
    """Return the life of a key as plain values, with how it stands."""
    told = asdict(life)
    for name in ("enrolled_at", "ended_at"):
        at = getattr(life, name)
        told[name] = None if at is None else format_instant(at)
    told["signers"] = list(life.signers)
    doubtful = "doubtful" if life.is_doubtful(held) else "in force"
    told["status"] = life.why or doubtful
    return told


def check_rotation(held: Access, body: Body) -> None:
    """Pass where a new key may take the place of the one in force.

    Raises:
        UsageError: No key is in force, the new one was there before or is refused, or
            the two have not both signed.
    """
    old = key_of(held, body)
    if not old:
        raise refused_key("rotation", f"a key of {holder_of(body)} in force", "none")
    if read_key(str(body["key"])).hex() in held.keys:
        raise refused_key("rotation", "a key that was never enrolled", "an older one")
    if not rotation_fits(held, body):
        raise refused_key(
            "rotation", f"{holder_of(body)}: signatures of the old and new key", "none"
        )


def to_sign(folder: Path, body: Body) -> str:
    """Return what old and new key sign for a rotation, in hexadecimal.

    Raises:
        UsageError: No key of that holder is in force, or the new one is refused.
    """
    with opened(folder) as mission:
        held = access(mission)
    read_key(str(body["key"]))
    old = key_of(held, body)
    if not old:
        raise refused_key("rotation", f"a key of {holder_of(body)} in force", "none")
    return rotation_bytes(old, body).hex()


def rotate(folder: Path, body: Body, by: str = KEEPER) -> dict[str, Any]:
    """Put a new key on record in the place of the one in force.

    Args:
        folder: Mission folder.
        body: `party` or `name`, `key`, and `signatures` by `old` and `new`.
        by: Who does it.

    Returns:
        The entry, and the new key's life.

    Raises:
        UsageError: It may not, for what `check_rotation` says.
    """
    with opened(folder) as mission:
        check_rotation(access(mission), body)
        draft = _draft(mission, {**body, "do": "rotate", "by": by})
        entry = append_all(mission, folder, lambda: [draft])
        held = access(mission)
    return {"entry": entry, **plain(held.keys[str(body["key"])], held)}


def revoke(
    mission: Mission, folder: Path, body: Body, by: str = KEEPER
) -> dict[str, Any]:
    """Revoke a key; where it was compromised, withdraw what it sent since.

    Args:
        mission: The mission, open.
        folder: Its folder.
        body: `party` or `name`; `compromised_since`, where it was.
        by: Who does it.

    Returns:
        The entry; how many observations were withdrawn; rows of other kinds that are
        doubted and stand; devices that are doubtful now.

    Raises:
        UsageError: No key of that holder is in force.
    """
    held = access(mission)
    if not key_of(held, body):
        raise refused_key("revocation", f"a key of {holder_of(body)} in force", "none")
    since = body.get("compromised_since")
    told = {"do": "revoke", "by": by, "at": format_instant(now()), **body}
    if since is not None:
        check_instant(str(since))
    counts = {"withdrawn": 0, "left_standing": 0}

    def drafts() -> list[Draft]:
        made = [_draft(mission, told)]
        if since is not None and "name" in body:
            device = str(body["name"])
            found = doubted(mission, device, str(since))
            counts["withdrawn"] = len(found.observations)
            counts["left_standing"] = found.others
            made += withdrawals(mission, found, (by, device, str(since)), now())
        return made

    entry = append_all(mission, folder, drafts)
    held = access(mission)
    doubtful = [
        each.name
        for each in held.devices.values()
        if each.key in held.keys and held.keys[each.key].is_doubtful(held)
    ]
    return {"entry": entry, **counts, "doubtful": doubtful}


def revoke_in(folder: Path, body: Body) -> dict[str, Any]:
    """Revoke a key of the mission in a folder, as `revoke` does."""
    with opened(folder) as mission:
        return revoke(mission, folder, body)


def _draft(mission: Mission, body: Body) -> Draft:
    return new_draft(mission, KIND, body, now())


def holder(party: str | None, device: str | None) -> Body:
    """Return whose key is meant.

    Raises:
        UsageError: Not exactly one is named.
    """
    if (party is None) == (device is None):
        raise UsageError(
            "--party, --device",
            expected="one of them",
            got="both" if party else "none",
            remedy="Name whose key it is.",
        )
    return {"party": party} if party is not None else {"name": device}
