"""`pamiers key`: a key of one's own, to sign what a party has to sign."""

from pathlib import Path
from typing import Annotated

import typer

from pamiers.app.cli.output import JSON_OPTION, errors_shown, print_json, say, warn

key = typer.Typer(
    help="Make a key of one's own, and sign with it.", no_args_is_help=True
)
_FILE = typer.Argument(metavar="FILE", help="Where the key lies.")


@key.command("make")
def make(
    file: Annotated[Path, _FILE], *, as_json: Annotated[bool, JSON_OPTION] = False
) -> None:
    """Make a key, and print its public half in hexadecimal."""
    with errors_shown(as_json=as_json):
        from pamiers.app.own_key import make_key

        public = make_key(file)
    _print(public, as_json=as_json)


@key.command("show")
def show(
    file: Annotated[Path, _FILE], *, as_json: Annotated[bool, JSON_OPTION] = False
) -> None:
    """Print the public half of a key in hexadecimal."""
    with errors_shown(as_json=as_json):
        from pamiers.app.own_key import public_of

        public = public_of(file)
    _print(public, as_json=as_json)


@key.command("sign")
def sign(
    file: Annotated[Path, _FILE],
    text: Annotated[
        str, typer.Argument(metavar="HEX", help="What to sign, as it was printed.")
    ],
    *,
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """Sign, and print the signature; what was signed is shown on stderr."""
    with errors_shown(as_json=as_json):
        from pamiers.app.own_key import sign_with

        signature, said = sign_with(file, text)
    warn(said.removesuffix("\n"))
    if as_json:
        print_json({"signature": signature, "signed": said})
    else:
        say(signature)


def _print(public: str, *, as_json: bool) -> None:
    if as_json:
        print_json({"key": public})
    else:
        say(public)
