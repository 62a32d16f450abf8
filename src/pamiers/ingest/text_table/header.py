"""The row that names the columns: found, checked, and told from HXL tags."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from pamiers.ingest.refusal import RefusedError, shown


@dataclass(frozen=True, slots=True)
class Header:
    """Names of the columns, in order, as written but for outer spaces."""

    names: tuple[str, ...]

    def index(self, name: str) -> int | None:
        """Return the position of a column by its name; case does not matter."""
        folded = name.strip().casefold()
        for i, each in enumerate(self.names):
            if each.casefold() == folded:
                return i
        return None


def check_header(cells: Sequence[str], max_columns: int) -> Header:
    """Return a header, refusing names that could be confused.

    Args:
        cells: The cells of the header row.
        max_columns: How many columns a table may have.

    Returns:
        The header.

    Raises:
        RefusedError: `F-SIZE`, `F-HEADER-BLANK` or `F-HEADER-DUP`.
    """
    names = tuple(cell.strip() for cell in cells)
    if len(names) > max_columns:
        raise RefusedError(
            "F-SIZE", expected=f"at most {max_columns} columns", got=str(len(names))
        )
    blank = [str(i + 1) for i, name in enumerate(names) if not name]
    if blank:
        raise RefusedError(
            "F-HEADER-BLANK",
            expected="a name for each column",
            got=f"none for column {', '.join(blank)}",
        )
    folded = [name.casefold() for name in names]
    twice = sorted({name for name in folded if folded.count(name) > 1})
    if twice:
        raise RefusedError(
            "F-HEADER-DUP",
            expected="each name once",
            got=", ".join(f"{shown(n)} {folded.count(n)} times" for n in twice),
        )
    return Header(names)


def is_hxl(cells: Sequence[str]) -> bool:
    """Tell whether a row holds HXL tags such as `#geo+lat`, and nothing else."""
    stated = [cell.strip() for cell in cells if cell.strip()]
    return bool(stated) and all(cell.startswith("#") for cell in stated)


def familiar(cells: Sequence[str], known: Collection[str]) -> int:
    """Return how many cells are names that a format knows."""
    return sum(cell.strip().casefold() in known for cell in cells)
