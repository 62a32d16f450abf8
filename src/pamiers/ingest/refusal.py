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
        super().__init__(
            Where(column or "cell"),
            expected=expected,
            got=got,
            remedy=remedy or CODES[code].remedy,
        )
        self.code = code
        self.column = column

    @property
    def message(self) -> str:
        """Return `expected ..., got ...`."""
        return f"expected {self.expected}, got {self.got}"


def shown(text: str) -> str:
    """Return a text quoted, escaped and cut, as a message may show it."""
    cut = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."
    return ascii(cut) if not cut.isprintable() else repr(cut)
