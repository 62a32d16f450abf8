"""`pamiers serve`: a mission over HTTP, for other programs and for browsers."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pamiers.app.cli.output import JSON_OPTION, errors_shown, print_json, warn
from pamiers.core.errors import UsageError

if TYPE_CHECKING:
    from pamiers.app.provider import Provider


def serve(  # noqa: PLR0913 - one parameter for each option
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A mission folder.")],
    *,
    port: Annotated[
        int, typer.Option(min=0, max=65_535, help="Port on this machine; 0 for any.")
    ] = 0,
    read_only: Annotated[
        bool, typer.Option("--read-only", help="Answer questions, take nothing in.")
    ] = False,
    mqtt: Annotated[
        str | None,
        typer.Option(metavar="HOST:PORT", help="Take messages from this broker too."),
    ] = None,
    oidc: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Identity provider that people sign in by."),
    ] = None,
    beat: Annotated[
        float, typer.Option(min=0.1, max=3600, help="Seconds between looks for gaps.")
    ] = 30.0,
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """Serve a mission over HTTP on this machine until stopped."""
    with errors_shown(as_json=as_json):
        from pamiers.app.api.bridge import check_installed, place_of
        from pamiers.app.api.running import Settings
        from pamiers.app.api.running import serve as run
        from pamiers.app.web.pages import pages

        if mqtt is not None:
            check_installed()
        settings = Settings(
            port=port,
            read_only=read_only,
            broker=None if mqtt is None else place_of(mqtt),
            beat_s=beat,
            provider=None if oidc is None else _provider(oidc),
            pages=pages if _built() else None,
        )

        def ready(address: str) -> None:
            if as_json:
                print_json({"address": address, "read_only": read_only})
            warn(f"Serving {folder}: {address} (Ctrl-C ends)")

        run(folder, settings, ready)


def _provider(path: Path) -> "Provider":
    """Return the provider that a file names; its secret comes from the environment."""
    from pamiers.app.provider import Provider, check_installed, read_settings

    check_installed()
    secret = os.environ.get("PAMIERS_OIDC_SECRET", "")
    return Provider(read_settings(path, secret))


def _built() -> bool:
    """Tell whether the package has its pages; where not, the API is served alone."""
    from pamiers.app.front import front_files

    try:
        front_files()
    except UsageError as error:
        warn(f"Without pages: {error}")
        return False
    return True
