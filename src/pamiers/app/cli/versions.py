"""`pamiers agreement record|sign|versions`: what is in force, and who signed it."""

from pathlib import Path
from typing import Annotated, Any

import typer

from pamiers.app.cli.output import JSON_OPTION, errors_shown, print_json, say, table

_FOLDER = typer.Argument(metavar="DIR", help="A mission folder.")
_ENTRY = typer.Option("--entry", metavar="N", help="Which version; the last if none.")


def record(
    folder: Annotated[Path, _FOLDER],
    path: Annotated[
        str, typer.Argument(metavar="PATH", help="Folder of the new version.")
    ],
    *,
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """Put another version on record; in force once all parties' keys signed it.

    Where no party ever had a key, it is in force at once.
    """
    with errors_shown(as_json=as_json):
        from pamiers.app.agreement_versions import record_version

        found = record_version(folder, path)
    _tell(found, as_json=as_json)


def sign(
    folder: Annotated[Path, _FOLDER],
    *,
    party: Annotated[str, typer.Option(metavar="ID", help="Who signs.")],
    entry: Annotated[int | None, _ENTRY] = None,
    signature: Annotated[
        str | None, typer.Option(metavar="HEX", help="By the party's key in force.")
    ] = None,
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """Put a party's signature under a version; without one: print what to sign."""
    with errors_shown(as_json=as_json):
        from pamiers.app.agreement_versions import sign as run
        from pamiers.app.agreement_versions import to_sign

        found: dict[str, Any]
        if signature is None:
            found = {"to_sign": to_sign(folder, entry, party)}
        else:
            found = run(folder, entry, party, signature)
    if "to_sign" in found and not as_json:
        say(str(found["to_sign"]))
    elif "to_sign" in found:
        print_json(found)
    else:
        _tell(found, as_json=as_json)


def versions(
    folder: Annotated[Path, _FOLDER],
    *,
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """List versions on record: which is in force, who signed, who has yet to."""
    with errors_shown(as_json=as_json):
        from pamiers.app.agreement_versions import listed

        found = listed(folder)
    if as_json:
        print_json({"versions": found})
        return
    rows = [
        [
            *(str(each["entry"]), str(each["status"]), str(each["sha256"])[:16]),
            *(" ".join(each["signed"]) or "-", " ".join(each["missing"]) or "-"),
        ]
        for each in found
    ]
    say(table(rows, ["entry", "status", "digest", "signed", "missing"]))


def _tell(found: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        print_json(found)
        return
    say(f"Version of entry {found['entry']}: {found['status']}.")
    if found["signed"]:
        say(f"Signed by {', '.join(found['signed'])}.")
    if found["missing"]:
        say(f"Waits for {', '.join(found['missing'])}.")
