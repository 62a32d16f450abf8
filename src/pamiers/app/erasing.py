"""Erase from a mission's folder, by two persons with a token each."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from pamiers.app.accounts import Accounts
from pamiers.app.recorded import append
from pamiers.app.wiring import CASES, opened
from pamiers.core.errors import UsageError
from pamiers.mission.access.grants import access
from pamiers.mission.erasure import (
    ERASERS,
    KIND,
    check_approval,
    check_proposal,
    erasures,
    finish,
)
from pamiers.mission.mission import Mission


def propose(
    folder: Path, entry: int, fields: list[str], why: str, token: str
) -> dict[str, Any]:
    """Put on record that fields of an entry should be forgotten.

    Args:
        folder: Mission folder.
        entry: Which entry.
        fields: Which fields.
        why: In a sentence that does not repeat what is to be forgotten.
        token: Says who proposes.

    Returns:
        The number of the proposal.

    Raises:
        UsageError: No reason, a token of nobody who may, or fields that may not be.
    """
    if not why.strip():
        raise UsageError("--why", expected="a reason", got="none", remedy="Say why.")
    with opened(folder) as mission:
        by = _who(mission, folder, token)
        named = tuple(dict.fromkeys(fields))
        check_proposal(mission, entry, named)
        body = {"by": by, "do": "propose", "entry": entry, "why": why.strip()}
        proposal = append(mission, folder, KIND, {**body, "fields": list(named)})
    return {"proposal": proposal, "by": by, "entry": entry, "fields": list(named)}


def approve(folder: Path, proposal: int, token: str) -> dict[str, Any]:
    """Approve what another proposed, and forget it.

    Args:
        folder: Mission folder.
        proposal: Its number.
        token: Says who approves.

    Returns:
        What was forgotten, and whether nothing of it is left in the database's log.

    Raises:
        UsageError: A token of nobody who may, or nothing of another's waits there.
    """
    with opened(folder) as mission:
        by = _who(mission, folder, token)
        check_approval(mission, proposal, by)
        append(mission, folder, KIND, {"by": by, "do": "approve", "proposal": proposal})
        return _finished(mission, folder)


def finish_all(folder: Path) -> dict[str, Any]:
    """Forget what was approved and is not done yet."""
    with opened(folder) as mission:
        return _finished(mission, folder)


def _finished(mission: Mission, folder: Path) -> dict[str, Any]:
    done = finish(mission)
    if done:
        mission.projections.clear()
        for name in (CASES, f"{CASES}-wal", f"{CASES}-shm"):
            (folder / name).unlink(missing_ok=True)
    return {
        "entries": [index for index, _ in done],
        "log_clean": all(clean for _, clean in done),
    }


def listed(folder: Path) -> list[dict[str, Any]]:
    """Return everything that was proposed, in order, as plain values."""
    with opened(folder) as mission:
        return [{**asdict(e), "fields": list(e.fields)} for e in erasures(mission)]


def _who(mission: Mission, folder: Path, token: str) -> str:
    name = Accounts(folder).by_token(token.strip())
    roles = access(mission).roles_of(name or "")
    if name is None or not set(roles) & set(ERASERS):
        raise UsageError(
            "token",
            expected=f"one of somebody who is {' or '.join(ERASERS)}",
            got="another" if name else "one of nobody",
            remedy="Two persons erase; `pamiers access enrol` gives tokens.",
        )
    return name
