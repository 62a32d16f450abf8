"""Monitor whether an agreement to stop fighting is being kept.

`pamiers.open(folder)` and `pamiers.connect(url)` give the record to a notebook; they
need the extra `pamiers[analysis]`.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from pamiers.app.notebook import Analysis, Served

__all__ = ["connect", "open"]


def open(  # noqa: A001  (the word of a notebook)
    folder: "str | Path", *, edition: str = "public"
) -> "Analysis":
    """Open the record of a mission for analysis; see `Analysis`."""
    from pamiers.app.notebook import open_mission  # noqa: PLC0415  (slow)

    return open_mission(folder, edition=edition)


def connect(url: str, token: str | None = None) -> "Served":
    """Return a record that is served elsewhere; see `Served`."""
    from pamiers.app import notebook  # noqa: PLC0415  (slow)

    return notebook.connect(url, token)
