"""Why a value, a row or a file is refused: one exception, carrying a code."""

from typing import Final

from pamiers.core.errors import MalformedSourceError, Where
from pamiers.ingest.codes import CODES

_SHOWN: Final = 80


class RefusedError(MalformedSourceError):
    """A value that the grammar does not cover; caught where rows are accounted."""

    def __init__(
        self,
        code: str,
        *,
        expected: str,
        got: str,
        column: str | None = None,
        remedy: str | None = None,
    ) -> None:
        """Take the remedy from the table of codes where none is given."""
        # The message is put together when it is asked for: most refusals of a
        # large file never are, and there may be a million of them.
        Exception.__init__(self)
        self.code = code
        self.column = column
        self.expected = expected
        self.got = got
        self.remedy = remedy or CODES[code].remedy

    @property
    def where(self) -> Where:  # type: ignore[override] # a column in place of text
        """Return the column, as the only place a value knows."""
        return Where(self.column or "cell")

    def __str__(self) -> str:
        """Return `where: expected X, got Y. Remedy.`."""
        return f"{self.where}: {self.message}. {self.remedy}"

    @property
    def message(self) -> str:
        """Return `expected ..., got ...`."""
        return f"expected {self.expected}, got {self.got}"


def shown(text: str) -> str:
    """Return a text quoted, escaped and cut, as a message may show it."""
    cut = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."
    return ascii(cut) if not cut.isprintable() else repr(cut)
