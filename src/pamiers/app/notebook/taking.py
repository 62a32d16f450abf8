"""Rows of a data frame filed on record, and those that were not understood."""

import hashlib
import tempfile
from pathlib import Path
from typing import Any

from pamiers.app.notebook.frames import pandas
from pamiers.app.receive import Request, receive

_LETTERS = 12  #: of a digest, in the name under which rows are filed


def ingested(folder: Path, frame: Any, mapping: str | Path | None) -> Any:  # noqa: ANN401  (data frames)
    """File the rows of a data frame; return those in quarantine.

    Args:
        folder: Mission folder.
        frame: Rows; columns as `pamiers-csv` has them, or as the mapping says.
        mapping: File that says which column is which field; None for none.

    Returns:
        A data frame with `row`, `column`, `code`, `message` and `remedy` of each row
        that was not understood; empty where all were.

    Raises:
        MalformedSourceError: Nothing of it can be read; nothing was recorded.
    """
    data = frame.to_csv(index=False).encode()
    name = f"frame-{hashlib.sha256(data).hexdigest()[:_LETTERS]}.csv"
    with tempfile.TemporaryDirectory() as home:
        file = Path(home) / name
        file.write_bytes(data)
        asked = Request(
            format="pamiers-csv", mapping=None if mapping is None else Path(mapping)
        )
        told = receive(folder, file, asked, lambda _done, _total, _what: None)
    columns = ["row", "column", "code", "message", "remedy"]
    return pandas().DataFrame(told["refusals"], columns=columns)
