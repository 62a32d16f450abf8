"""Change the key of the record itself, with the old one or with the parties' word."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pamiers.app.log_key import NEXT, WAITING, log_key, next_key
from pamiers.app.recorded import append_all
from pamiers.app.wiring import now, opened, write_file
from pamiers.core.errors import UsageError
from pamiers.core.instant import format_instant, parse_instant
from pamiers.ledger.entry import Draft
from pamiers.ledger.keys import SignerKey
from pamiers.ledger.note import Line, Note, sign_note
from pamiers.ledger.succession import (
    Succession,
    party_verifier,
    read_succession,
    succession_text,
)
from pamiers.mission.access.keys import unhexed
from pamiers.mission.access.succession import (
    KIND,
    compromised_text,
    head_of,
    parties_at,
    steps_of,
)
from pamiers.mission.mission import Mission, new_draft

_SIGNATURE_BYTES: Final = 64


def rotate_record(folder: Path) -> dict[str, Any]:
    """Put a new key in the place of a sound one, which signs for it.

    Args:
        folder: Mission folder. The old seed is gone from it afterwards.

    Returns:
        The entry, the old and the new key, and the note.
    """
    with opened(folder) as mission:
        old = log_key(folder, mission)
        (folder / NEXT).unlink(missing_ok=True)  # of a change that was given up
        (folder / WAITING).unlink(missing_ok=True)
        new = next_key(folder, mission)

        def drafts() -> list[Draft]:
            text = succession_text(old.verifier, new.verifier, head_of(mission))
            note = sign_note(text, old).with_lines(sign_note(text, new).lines)
            return [_draft(mission, note)]

        return _recorded(mission, folder, drafts)


def to_vouch(folder: Path, since: str) -> dict[str, Any]:
    """Return what parties sign where the key of the record was compromised.

    The next key is made, and what is to be signed kept, until it is recorded.

    Args:
        folder: Mission folder.
        since: Instant since when the key is not believed.

    Returns:
        The text, what to sign in hexadecimal, and which parties have to.

    Raises:
        UsageError: No instant, or no party could vouch.
    """
    at = format_instant(parse_instant(since, "--compromised-since"))
    with opened(folder) as mission:
        old, new = log_key(folder, mission), next_key(folder, mission)
        text = compromised_text(mission, old.verifier, new.verifier, at)
    write_file(folder / WAITING, text.encode())
    return _asked(text)


def _asked(text: str) -> dict[str, Any]:
    named = [row.split(" ") for row in text.split("\n") if row.startswith("party ")]
    return {
        "text": text,
        "to_sign": text.encode().hex(),
        "parties": [row[1] for row in named],
    }


def vouched(folder: Path, signatures: dict[str, str]) -> dict[str, Any]:
    """Put a new key in the place of a compromised one, as every party has signed.

    Args:
        folder: Mission folder.
        signatures: Party -> signature over what `to_vouch` returned, in hexadecimal.

    Returns:
        As `rotate_record`.

    Raises:
        UsageError: Nothing waits, a party is missing, or a signature does not fit.
    """
    with opened(folder) as mission:
        waiting = _waiting(folder, mission)
        note = _signed(waiting, signatures)
        _still(folder, mission, read_succession(str(note).encode()))
        return _recorded(mission, folder, lambda: [_draft(mission, note)])


def _still(folder: Path, mission: Mission, step: Succession) -> None:
    """Pass where what parties signed is still of this key and of all of them.

    Raises:
        UsageError: Keys have changed since.
    """
    key = log_key(folder, mission).verifier
    if step.old != key or dict(step.parties) != parties_at(mission):
        raise UsageError(
            "record key",
            expected="the keys that were in force when it was made",
            got="others",
            remedy="Run it with --compromised-since again, and have parties sign anew.",
        )


@dataclass(frozen=True, slots=True)
class _Waiting:
    """What waits for the parties, and the key that is to be next."""

    text: str
    new: SignerKey


def _waiting(folder: Path, mission: Mission) -> _Waiting:
    if not (folder / WAITING).exists() or not (folder / NEXT).exists():
        raise UsageError(
            "--signature",
            expected="a change of key that waits for signatures",
            got="none",
            remedy="Run it with --compromised-since first, and have parties sign.",
        )
    text = (folder / WAITING).read_text(encoding="utf-8")
    return _Waiting(text, next_key(folder, mission))


def _signed(waiting: _Waiting, signatures: dict[str, str]) -> Note:
    note = sign_note(waiting.text, waiting.new)
    said = read_succession(str(note).encode())
    lines = []
    for party, key in sorted(said.parties.items()):
        known, made = party_verifier(party, key), unhexed(signatures.get(party, ""))
        fits = len(made) == _SIGNATURE_BYTES and known.verify(made, note.text.encode())
        if not fits:
            raise UsageError(
                "--signature",
                expected=f"{party}=HEX, by its key in force",
                got="none that fits",
                remedy="Have every party sign what --compromised-since printed.",
            )
        lines.append(Line(party, known.id, made))
    return note.with_lines(lines)


def parties_named(given: list[str]) -> dict[str, str]:
    """Return what options of the form ID=HEX say, by party.

    Raises:
        UsageError: One has another form.
    """
    found = {}
    for each in given:
        party, mark, said = each.partition("=")
        if not party or not mark or not unhexed(said):
            raise UsageError(
                "ID=HEX",
                expected="a party, an equals sign and figures in hexadecimal",
                got=repr(each[:80]),
                remedy="Write it as in `ua=5f0c...`.",
            )
        found[party] = said
    return found


def _draft(mission: Mission, note: Note) -> Draft:
    return new_draft(mission, KIND, {"note": str(note)}, now())


def _recorded(
    mission: Mission, folder: Path, drafts: Callable[[], list[Draft]]
) -> dict[str, Any]:
    entry = append_all(mission, folder, drafts)
    key = log_key(folder, mission)  # which puts the files in their places
    last = steps_of(mission)[-1]
    return {
        "entry": entry,
        "old": str(last.old),
        "key": str(key.verifier),
        "note": str(last),
    }
