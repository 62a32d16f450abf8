"""`pamiers quarantine`: rows that were not understood, and what became of them."""

from pathlib import Path
from typing import Annotated

import typer

from pamiers.app.cli.output import JSON_OPTION, errors_shown, print_json, say

quarantine = typer.Typer(
    help="List, show or waive rows not understood.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

_FOLDER = typer.Argument(metavar="DIR", help="A mission folder.")
_ID = typer.Argument(metavar="ID", help="Id of the row, such as 12.0.")


@quarantine.command("list")
def list_items(
    folder: Annotated[Path, _FOLDER],
    *,
    waived: Annotated[
        bool, typer.Option("--waived", help="Also those set aside.")
    ] = False,
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """List the rows that wait, each with its remedy."""
    with errors_shown(as_json=as_json):
        from pamiers.app.wiring import opened
        from pamiers.mission.quarantine import quarantined

        with opened(folder) as mission:
            items = [i for i in quarantined(mission) if waived or i.waived is None]
    if as_json:
        print_json([{f: getattr(i, f) for f in i.__dataclass_fields__} for i in items])
        return
    for item in items:
        where = f"{item.name}:{item.line}"
        say(f"{item.id}  {where}  {item.code}: {item.message}")
        say(f"      {item.remedy}")
    say(f"{len(items)} {'row' if len(items) == 1 else 'rows'} in quarantine.")


@quarantine.command("show")
def show_item(
    folder: Annotated[Path, _FOLDER],
    item_id: Annotated[str, _ID],
    *,
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """Show one row whole, as it was received."""
    with errors_shown(as_json=as_json):
        from pamiers.app.wiring import opened
        from pamiers.mission.quarantine import item_named

        with opened(folder) as mission:
            item = item_named(mission, item_id)
    fields = {name: getattr(item, name) for name in item.__dataclass_fields__}
    if as_json:
        print_json(fields)
        return
    for name, value in fields.items():
        shown = repr(value) if name == "raw" else str(value)
        say(f"{name:8} {shown}")


@quarantine.command("waive")
def waive_item(
    folder: Annotated[Path, _FOLDER],
    item_id: Annotated[str, _ID],
    *,
    by: Annotated[str, typer.Option(help="Who decides.")],
    reason: Annotated[str, typer.Option(help="Why, in a sentence.")],
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """Set a row aside, on record."""
    with errors_shown(as_json=as_json):
        from pamiers.app.wiring import now, opened
        from pamiers.mission.quarantine import waive

        with opened(folder) as mission:
            head = waive(mission, item_id, by=by, reason=reason, now=now())
    if as_json:
        print_json({"waived": item_id, "entries": head.size, "head": head.hex})
        return
    say(f"{item_id} set aside. Head of the record: {head.hex}")
