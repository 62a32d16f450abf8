"""Enrol people from the folder itself, and say who is enrolled."""

from pathlib import Path
from typing import Any

from pamiers.app.accounts import Accounts
from pamiers.app.recorded import append
from pamiers.app.wiring import opened
from pamiers.mission.access.grants import KEEPER, KIND, access, check_name, check_roles


def enrol(
    folder: Path, name: str, roles: list[str], office: str | None, sources: list[str]
) -> dict[str, Any]:
    """Put on record that somebody is enrolled, and give him a token.

    Args:
        folder: Mission folder.
        name: Whom.
        roles: Roles; weighty ones are given at once only while nobody can give any.
        office: Party or role of the agreement that he acts for; None for none.
        sources: Sources he may send for; `*` for any.

    Returns:
        Name, roles that he holds, roles that wait for approval, entry, and the token.

    Raises:
        UsageError: A name or role that is none.
    """
    body = {
        "by": KEEPER,
        "do": "enrol",
        "name": check_name(name),
        "office": office,
        "roles": list(check_roles(roles)),
        "sources": sources,
    }
    with opened(folder) as mission:
        entry = append(mission, folder, KIND, body)
        held = access(mission)
    waiting = held.proposals.get(entry)
    return {
        "name": name,
        "roles": list(held.principals[name].roles),
        "proposed": [] if waiting is None else list(waiting.roles),
        "entry": entry,
        "token": Accounts(folder).issue(name),
    }


def principals(folder: Path) -> list[dict[str, Any]]:
    """Return who is enrolled, in the order of enrolment."""
    with opened(folder) as mission:
        held = access(mission)
    return [
        {
            "name": each.name,
            "roles": list(each.roles),
            "office": each.office,
            "sources": list(each.sources),
        }
        for each in held.principals.values()
    ]
