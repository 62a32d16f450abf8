"""`pamiers fsck`: look at every file of a mission, and name what is damaged."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pamiers.app.cli.output import (
    JSON_OPTION,
    VERIFICATION_FAILED,
    errors_shown,
    print_json,
    say,
)

if TYPE_CHECKING:
    from pamiers.app.fsck import Health


def fsck(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A mission folder.")],
    *,
    repair: Annotated[
        bool,
        typer.Option(help="Throw away damaged files that are computed from facts."),
    ] = False,
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """Look at every file of a mission, and name what is damaged.

    Pages of the record, entries, rows, original files, the key, checkpoints, and what
    was computed. Facts are never mended here: restore them from a copy. Leaves with
    code 4 where something is damaged.
    """
    with errors_shown(as_json=as_json):
        from pamiers.app.fsck import fsck as looked

        found = looked(folder, repair=repair)
    if as_json:
        print_json(found.to_dict())
    else:
        _tell(found)
    if found.damage:
        raise typer.Exit(VERIFICATION_FAILED)


def _tell(found: "Health") -> None:
    for each in found.damage:
        say(f"{each.file}, {each.where}: {each.what}. {each.remedy}".rstrip())
    for name in found.mended:
        say(f"{name}: thrown away; it will be computed again.")
    say(f"{found.checked} files looked at, {len(found.damage)} faults.")
    if not found.pages_summed:
        say(
            "The record was not closed in order since it was last written, so its pages"
        )
        say("were looked at as far as entries and indexes reach.")
    if found.aside:
        say(f"{len(found.aside)} files left aside: copies, and what can be made again.")
