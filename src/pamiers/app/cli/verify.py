"""`pamiers checkpoint` and `pamiers verify`: show the record, and hold it to that."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from pamiers.app.cli.output import (
    JSON_OPTION,
    VERIFICATION_FAILED,
    errors_shown,
    fail,
    print_json,
    progress,
    say,
    warn,
)

if TYPE_CHECKING:
    from pamiers.ledger.checkpoint import Checkpoint as Signed
    from pamiers.ledger.note import Note
    from pamiers.mission.mission import Mission
    from pamiers.mission.witnessed import Grown

DIR: Final = typer.Argument(metavar="DIR", help="A mission folder.")
PATH: Final = typer.Argument(metavar="DIR|FILE", help="A mission folder, or a bundle.")
SINCE: Final = typer.Option(metavar="FILE", help="A checkpoint that you kept.")
KEY: Final = typer.Option(
    "--key", metavar="KEY", help="The record's key as you know it: name+id+base64."
)
ASK: Final = typer.Option(
    "--ask", metavar="URL", help="Ask this witness to cosign; may be repeated."
)
QUERY: Final = typer.Option(
    "--timestamp-query",
    metavar="FILE",
    help="Write a question to a time-stamping authority (RFC 3161) over it.",
)
WITNESS: Final = typer.Option(
    "--witness", metavar="KEY", help="Key of a witness that you know; may be repeated."
)


def checkpoint(
    folder: Annotated[Path, DIR],
    *,
    key: Annotated[
        bool, typer.Option("--key", help="Print the key to check it with instead.")
    ] = False,
    ask: Annotated[list[str] | None, ASK] = None,
    query: Annotated[Path | None, QUERY] = None,
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """Print a signed checkpoint of the record: its size and root.

    Whoever keeps one can tell for ever whether anything before it was changed.
    """
    with errors_shown(as_json=as_json):
        from pamiers.app.checkpoints import keep_checkpoint
        from pamiers.app.log_key import log_key
        from pamiers.app.wiring import opened
        from pamiers.ledger.checkpoint import Checkpoint
        from pamiers.mission.witnessed import checkpoint as made

        with opened(folder) as mission:
            signing = log_key(folder, mission)
            found = made(mission, signing)
            note = _cosigned(mission, found, ask or [])
            if ask:
                keep_checkpoint(folder, Checkpoint(found.origin, found.head, note))
            if query is not None:
                _asked_when(mission, str(note), query)
    if as_json:
        print_json(
            {
                "origin": found.origin,
                "entries": found.head.size,
                "head": found.head.hex,
                "checkpoint": str(note),
                "key": str(signing.verifier),
            }
        )
    else:
        say(str(signing.verifier) if key else str(note).removesuffix("\n"))


def _asked_when(mission: "Mission", note: str, path: Path) -> None:
    """Write a question to an authority over a checkpoint as it is printed."""
    from pamiers.app.wiring import write_file
    from pamiers.ledger.timestamp import NONCE_BYTES, timestamp_query

    write_file(path, timestamp_query(note.encode(), mission.entropy(NONCE_BYTES)))


def _cosigned(mission: "Mission", found: "Signed", urls: list[str]) -> "Note":
    """Return the note of a checkpoint with what witnesses add to it."""
    from pamiers.app.asking import ask
    from pamiers.mission.access.succession import steps_of

    leaves = [entry.leaf for entry in mission.record.entries()]
    steps = steps_of(mission)
    lines = [line for url in urls for line in ask(url, leaves, found, steps)]
    return found.note.with_lines(lines)


def verify(
    path: Annotated[Path, PATH],
    *,
    since: Annotated[Path | None, SINCE] = None,
    key: Annotated[str | None, KEY] = None,
    witness: Annotated[list[str] | None, WITNESS] = None,
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """Check the record, or a file of it: every entry and result.

    FILE is a bundle that `pamiers export --bundle` wrote. Leaves with code 4 where an
    entry or a file was altered, history was rewritten, or a result computed again
    differs. Without --key the record's own key is taken, which proves nothing against
    somebody who holds it.
    """
    if path.is_file():
        _verify_bundle(path, since, (key, witness or []), as_json=as_json)
        return
    folder = path
    with errors_shown(as_json=as_json):
        from pamiers.app.wiring import opened
        from pamiers.core.errors import LedgerMismatchError
        from pamiers.mission.replay import replay

        with opened(folder) as mission, progress("Verifying") as shown:
            try:
                held = _since(mission, folder, since, (key, witness or []))
                found = replay(mission, shown)
            except LedgerMismatchError as error:
                if since is not None:
                    _evidence_kept(mission, folder, since)
                fail(error, as_json=as_json, code=VERIFICATION_FAILED)
    told = {
        "entries": found.head.size,
        "head": found.head.hex,
        "batches": found.batches,
        "incidents": found.incidents,
        "findings": found.findings,
        "signatures": found.signatures.checked,
        "unsigned_devices": list(found.signatures.unsigned),
        "agreement_versions": list(found.versions),
        "differences": list(found.differences),
        "since": None if held is None else _told(held),
    }
    if as_json:
        print_json(told)
    else:
        _tell(told, held)
    if found.differences:
        raise typer.Exit(VERIFICATION_FAILED)


def _verify_bundle(
    path: Path,
    since: Path | None,
    keys: tuple[str | None, list[str]],
    *,
    as_json: bool,
) -> None:
    """Check a bundle, and leave with code 4 where it was altered or differs."""
    with errors_shown(as_json=as_json), progress("Verifying"):
        from pamiers.app.bundled import lines, told, trust_of, verify_bundle
        from pamiers.core.errors import LedgerMismatchError

        try:
            trust = trust_of(keys[0], since, keys[1])
            found = verify_bundle(path, trust)
        except LedgerMismatchError as error:
            if since is not None:
                _evidence_in(path, since)
            fail(error, as_json=as_json, code=VERIFICATION_FAILED)
        said = told(found, path, trust)
    if as_json:
        print_json(said)
    else:
        say("\n".join(lines(said)))
    if found.differences:
        raise typer.Exit(VERIFICATION_FAILED)


def _evidence_in(path: Path, since: Path) -> None:
    """Write the evidence that a kept checkpoint and a bundle give, if they do."""
    from pamiers.app.showing import evidence_of_bundle

    written = evidence_of_bundle(path, since)
    if written is not None:
        warn(f"Evidence that anybody can check is in {written}.")


def _since(
    mission: "Mission",
    folder: Path,
    since: Path | None,
    keys: tuple[str | None, list[str]],
) -> "Grown | None":
    """Return what grew since a checkpoint, if one is given."""
    from pamiers.app.log_key import log_key
    from pamiers.ledger.checkpoint import read_checkpoint
    from pamiers.ledger.keys import verifier
    from pamiers.mission.access.succession import known_lineage
    from pamiers.mission.witnessed import grown

    own, witnesses = keys
    if since is None:
        if own:
            known_lineage(mission, verifier(own))
        return None
    known_key = verifier(own) if own else log_key(folder, mission).verifier
    log = known_lineage(mission, known_key)
    known = tuple(verifier(each) for each in witnesses)
    return grown(mission, read_checkpoint(since.read_bytes()), log, known)


def _evidence_kept(mission: "Mission", folder: Path, since: Path) -> None:
    """Write the evidence that a kept checkpoint and the record give, if they do."""
    from pamiers.app.showing import evidence_of_record

    path = evidence_of_record(mission, folder, since)
    if path is not None:
        warn(f"Evidence that anybody can check is in {path}.")


def _told(held: "Grown") -> dict[str, object]:
    return {
        "entries": held.since.size,
        "head": held.since.hex,
        "added": held.now.size - held.since.size,
        "witnesses": [
            {"name": each.name, "at": each.at.isoformat()} for each in held.witnesses
        ],
    }


def _tell(told: dict[str, object], held: "Grown | None") -> None:
    say(f"{told['entries']} entries and {told['batches']} batches verified.")
    say(f"Head {told['head']}")
    if held is not None:
        added = held.now.size - held.since.size
        seen = ", ".join(each.name for each in held.witnesses) or "no known witness"
        say(
            f"{added} entries added since the checkpoint, which {seen} saw; none before"
        )
        say("it was changed.")
    say(f"{told['signatures']} signatures of parties and devices fit.")
    unsigned = told["unsigned_devices"]
    if isinstance(unsigned, list) and unsigned:
        say(f"Enrolled by the keeper alone: {', '.join(map(str, unsigned))}.")
    versions = told["agreement_versions"]
    for each in versions if isinstance(versions, list) else ():
        signed = ", ".join(each["signed"]) or "no party"
        said = f"Version of entry {each['entry']}: {each['status']}, signed by {signed}"
        waits = f"; not by {', '.join(each['missing'])}" if each["missing"] else ""
        say(f"{said}{waits}.")
    say(f"{told['incidents']} incidents, {told['findings']} findings computed again.")
    differences = told["differences"]
    assert isinstance(differences, list)  # noqa: S101 - made above
    for difference in differences:
        say(f"Differs: {difference}")
    say("The record differs." if differences else "Everything agrees.")
