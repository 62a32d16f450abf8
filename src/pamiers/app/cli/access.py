"""`pamiers access`: who may do what, from the folder itself.

Whoever holds the folder gives the first roles; later ones may be given over HTTP.
"""

from pathlib import Path
from typing import Annotated

import typer

from pamiers.app.cli.output import JSON_OPTION, errors_shown, print_json, say, table

_FOLDER = typer.Argument(metavar="DIR", help="A mission folder.")
_NAME = typer.Argument(metavar="NAME", help="Whom.")
access = typer.Typer(
    help="Enrol people, and show who may do what.", no_args_is_help=True
)


@access.command("enrol")
def enrol(  # noqa: PLR0913 - one parameter for each option
    folder: Annotated[Path, _FOLDER],
    name: Annotated[str, _NAME],
    *,
    role: Annotated[
        list[str], typer.Option("--role", metavar="ROLE", help="May be repeated.")
    ],
    office: Annotated[
        str | None, typer.Option(metavar="ID", help="Party or role he acts for.")
    ] = None,
    source: Annotated[
        list[str] | None,
        typer.Option("--source", metavar="ID", help="Source he may send for."),
    ] = None,
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """Enrol somebody and print a token, once."""
    with errors_shown(as_json=as_json):
        from pamiers.app.enrolled import enrol as run

        found = run(folder, name, role, office, source or [])
    if as_json:
        print_json(found)
        return
    say(f"{name}: {', '.join(found['roles']) or 'no role yet'}")
    if found["proposed"]:
        waiting = ", ".join(found["proposed"])
        say(f"Proposed in entry {found['entry']}, for another to approve: {waiting}")
    say(f"Token, shown once: {found['token']}")


@access.command("list")
def listed(
    folder: Annotated[Path, _FOLDER],
    *,
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """List who is enrolled, and with which roles."""
    with errors_shown(as_json=as_json):
        from pamiers.app.enrolled import principals

        found = principals(folder)
    if as_json:
        print_json({"principals": found})
        return
    rows = [
        [str(each["name"]), " ".join(each["roles"]), " ".join(each["sources"])]
        for each in found
    ]
    say(table(rows, ["name", "roles", "sources"]))


_PARTY = typer.Option(metavar="ID", help="A party's key.")
_DEVICE = typer.Option(metavar="NAME", help="A device's key.")


@access.command("keys")
def keys(
    folder: Annotated[Path, _FOLDER],
    *,
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """List every key of parties and devices, and how each ended."""
    with errors_shown(as_json=as_json):
        from pamiers.app.keys_kept import listed as run

        found = run(folder)
    if as_json:
        print_json({"keys": found})
        return
    names = ["holder", "key", "status", "enrolled_at", "ended_at", "compromised_since"]
    rows = [[str(each[name] or "") for name in names] for each in found]
    say(table(rows, [name.replace("_", " ") for name in names]))


@access.command("rotate")
def rotate(  # noqa: PLR0913 - one parameter for each option
    folder: Annotated[Path, _FOLDER],
    key: Annotated[str, typer.Argument(metavar="KEY", help="The new key, in hex.")],
    *,
    party: Annotated[str | None, _PARTY] = None,
    device: Annotated[str | None, _DEVICE] = None,
    old: Annotated[
        str | None, typer.Option(metavar="HEX", help="Signature by the key in force.")
    ] = None,
    new: Annotated[
        str | None, typer.Option(metavar="HEX", help="Signature by the new key.")
    ] = None,
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """Put a new key in the place of one in force; without signatures: what to sign."""
    with errors_shown(as_json=as_json):
        from pamiers.app.keys_kept import holder, to_sign
        from pamiers.app.keys_kept import rotate as run

        body = {**holder(party, device), "key": key}
        if old is None or new is None:
            found = {"to_sign": to_sign(folder, body)}
        else:
            found = run(folder, {**body, "signatures": {"old": old, "new": new}})
    if as_json:
        print_json(found)
    elif "to_sign" in found:
        say(str(found["to_sign"]))
    else:
        say(f"{found['holder']}: new key in force since entry {found['entry']}")


@access.command("revoke")
def revoke(
    folder: Annotated[Path, _FOLDER],
    *,
    party: Annotated[str | None, _PARTY] = None,
    device: Annotated[str | None, _DEVICE] = None,
    since: Annotated[
        str | None,
        typer.Option(
            "--compromised-since", metavar="TIME", help="Since when it is not believed."
        ),
    ] = None,
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """Revoke a key; what a compromised device sent since then is withdrawn."""
    with errors_shown(as_json=as_json):
        from pamiers.app.keys_kept import holder, revoke_in

        body = holder(party, device)
        if since is not None:
            body["compromised_since"] = since
        found = revoke_in(folder, body)
    if as_json:
        print_json(found)
        return
    say(f"Revoked in entry {found['entry']}.")
    if since is not None:
        say(
            f"Withdrawn: {found['withdrawn']} observations; {found['left_standing']} "
            "rows of other kinds stand and are doubted."
        )
    if found["doubtful"]:
        say(f"Doubtful now: {', '.join(found['doubtful'])}; enrol them anew.")


@access.command("party-key")
def party_key(
    folder: Annotated[Path, _FOLDER],
    key: Annotated[str, typer.Argument(metavar="KEY", help="Its key, in hex.")],
    *,
    party: Annotated[str, typer.Option(metavar="ID", help="Whose key it is.")],
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """Put the key of a party on record: what it signs is believed from then on."""
    with errors_shown(as_json=as_json):
        from pamiers.app.enrolled_keys import enrol_party

        entry = enrol_party(folder, party, key)
    if as_json:
        print_json({"entry": entry, "party": party, "key": key})
    else:
        say(f"Key of {party} in force since entry {entry}.")


@access.command("device")
def device(  # noqa: PLR0913 - one parameter for each option
    folder: Annotated[Path, _FOLDER],
    name: Annotated[str, typer.Argument(metavar="NAME", help="Of the device.")],
    *,
    key: Annotated[str, typer.Option(metavar="KEY", help="Its key, in hex.")],
    source: Annotated[str, typer.Option(metavar="ID", help="What it reports for.")],
    epoch: Annotated[
        int, typer.Option(min=0, help="Higher than before where it begins anew.")
    ] = 0,
    heartbeat: Annotated[
        float | None,
        typer.Option(metavar="SECONDS", help="How often it says it works."),
    ] = None,
    signature: Annotated[
        list[str] | None,
        typer.Option(metavar="ID=HEX", help="A party's signature; one of each."),
    ] = None,
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """Enrol a device or phone; without signatures: what every party has to sign."""
    with errors_shown(as_json=as_json):
        from pamiers.app.enrolled_keys import device_to_sign, enrol_device
        from pamiers.app.record_key import parties_named

        body = {"name": name, "key": key, "source": source, "epoch": epoch}
        if heartbeat is not None:
            body["heartbeat_s"] = heartbeat
        found: dict[str, object]
        if signature:
            given = {**body, "signatures": parties_named(signature)}
            found = {"entry": enrol_device(folder, given), **body}
        else:
            found = {"to_sign": device_to_sign(body)}
    if as_json:
        print_json(found)
    elif "to_sign" in found:
        say(str(found["to_sign"]))
    else:
        say(f"{name} may send for {source} since entry {found['entry']}.")


@access.command("record-key")
def record_key(
    folder: Annotated[Path, _FOLDER],
    *,
    since: Annotated[
        str | None,
        typer.Option(
            "--compromised-since", metavar="TIME", help="Since when it is not believed."
        ),
    ] = None,
    signature: Annotated[
        list[str] | None,
        typer.Option(metavar="ID=HEX", help="A party's signature; one of each."),
    ] = None,
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """Change the key that signs the record; the old one signs for the new.

    Where the old one was compromised, its word is worth nothing: with
    --compromised-since what every party has to sign is printed, with --signature it is
    put on record.
    """
    with errors_shown(as_json=as_json):
        from pamiers.app.record_key import (
            parties_named,
            rotate_record,
            to_vouch,
            vouched,
        )

        if signature:
            found = vouched(folder, parties_named(signature))
        elif since is not None:
            found = to_vouch(folder, since)
        else:
            found = rotate_record(folder)
    if as_json:
        print_json(found)
    elif "to_sign" in found:
        say(found["to_sign"])
        say(f"To be signed by {', '.join(found['parties'])}.")
    else:
        say(f"New key in force since entry {found['entry']}:")
        say(str(found["key"]))


@access.command("matrix")
def matrix(*, as_json: Annotated[bool, JSON_OPTION] = False) -> None:
    """Show the permission matrix: what each role may do to which class of thing."""
    from pamiers.mission.access.permissions import CLEARANCE, MATRIX

    if as_json:
        print_json({role: dict(does) for role, does in MATRIX.items()})
        return
    for role, does in MATRIX.items():
        reach = CLEARANCE[role].value if role in CLEARANCE else "public"
        say(f"{role} (sees what is for: {reach})")
        for action, classes in does.items():
            say(f"  {action}: {', '.join(classes)}")
