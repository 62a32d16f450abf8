"""`pamiers import`: take in the record of another mission."""

from pathlib import Path
from typing import Annotated

import typer

from pamiers.app.cli.output import (
    JSON_OPTION,
    VERIFICATION_FAILED,
    errors_shown,
    fail,
    print_json,
    say,
)


def import_bundle(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A mission folder.")],
    bundle: Annotated[Path, typer.Argument(metavar="FILE", help="A bundle.")],
    *,
    key: Annotated[
        str | None,
        typer.Option(metavar="KEY", help="The other record's key as you know it."),
    ] = None,
    since: Annotated[
        Path | None,
        typer.Option(metavar="CHECKPOINT", help="A checkpoint of it that you kept."),
    ] = None,
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """Take in the record of another mission on the same agreement.

    The bundle is verified first, and then filed as if its files had been received
    here: what is known already is a duplicate, so taking it in twice changes nothing.
    Leaves with code 4 where the bundle was altered.
    """
    with errors_shown(as_json=as_json):
        from pamiers.app.bundled import trust_of
        from pamiers.app.taking_in import take_in
        from pamiers.core.errors import LedgerMismatchError

        try:
            told = take_in(folder, bundle, trust_of(key, since, []))
        except LedgerMismatchError as error:
            fail(error, as_json=as_json, code=VERIFICATION_FAILED)
    if as_json:
        print_json(told)
    else:
        _tell(told)


def _tell(told: dict[str, object]) -> None:
    say(f"{told['files']} files of {told['origin']}: {told['rows_read']} rows read, ")
    say(
        f"{told['accepted']} accepted, {told['duplicate']} known already, "
        f"{told['quarantined']} quarantined; {told['decisions']} decisions."
    )
    left = told["left"]
    if isinstance(left, dict) and left:
        kinds = ", ".join(f"{count} {kind}" for kind, count in left.items())
        say(f"Left there, since it means nothing in another record: {kinds}.")
    if not told["key_known"]:
        say(f"You gave no key: compare {told['key']}")
        say("with the key that you know.")
    say(f"{told['new_entries']} new entries. Head of the record: {told['head']}")
