"""`pamiers witness`: cosign checkpoints that grow out of one another, and no others."""

from pathlib import Path
from typing import Annotated

import typer

from pamiers.app.cli.output import JSON_OPTION, errors_shown, print_json, say


def witness(  # noqa: PLR0913 - one parameter for each option
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Its own folder.")],
    *,
    name: Annotated[
        str, typer.Option(help="Its name in signatures, such as example.org/party-a.")
    ],
    log: Annotated[
        list[str],
        typer.Option(metavar="KEY", help="Key of a record; may be repeated."),
    ],
    party: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ID=KEY",
            help="Key in hex of a party who vouches for a record's next key.",
        ),
    ] = None,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 for any.")] = 0,
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """Run a witness: any party can, and none has to trust another's.

    It cosigns a checkpoint only if it grows out of the last one it cosigned, and keeps
    that on disk before it answers. A request that shows a rewritten history is kept in
    DIR/evidence. It follows a record to its next key where the last one signed for it,
    or, where that was compromised, every --party. Keys of records are what
    `pamiers checkpoint DIR --key` prints.
    """
    with errors_shown(as_json=as_json):
        from pamiers.app.record_key import parties_named
        from pamiers.app.serve_witness import answering, witness_server
        from pamiers.app.witness_folder import WitnessFolder
        from pamiers.ledger.keys import verifier

        keys = [verifier(each) for each in log]
        held = WitnessFolder(
            folder, name, {key.name: key for key in keys}, parties_named(party or [])
        )
        server = witness_server(answering(held), host, port)
    address = f"http://{host}:{server.server_address[1]}"
    key = str(held.key.verifier)
    if as_json:
        print_json({"address": address, "key": key})
    else:
        say(f"Witness {name} at {address}; stop it with Ctrl-C.")
        say(f"Key {key}")
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        say()
    finally:
        server.server_close()
        held.close()
