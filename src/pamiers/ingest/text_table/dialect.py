"""Which mark parts cells and which parts decimals, found together or not at all."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pamiers.ingest.mapping import Mapping

DELIMITERS: Final = (",", ";", "\t", "|")
_COMMA_DECIMAL: Final = re.compile(r"[+-]?\d+,\d+")
_POINT_DECIMAL: Final = re.compile(r"[+-]?\d+\.\d+")
_QUOTED: Final = re.compile(r'"(?:[^"]|"")*"')


@dataclass(frozen=True, slots=True)
class Dialect:
    """How the cells of a text table are written."""

    delimiter: str = ","
    decimal: str = "."
    thousands: str | None = None
    found: bool = False  #: in the file itself, and not declared


def find_dialect(sample: Sequence[str], mapping: Mapping) -> Dialect:
    """Return the dialect of a table, from its first lines.

    The delimiter is the one under which most lines have as many cells as the
    first; where two do equally well, the earlier of comma, semicolon, tab, bar.

    Args:
        sample: The header line and some lines below it.
        mapping: May declare delimiter and decimal mark.

    Returns:
        The dialect; `found` when it is other than comma and point, undeclared.
    """
    delimiter = mapping.delimiter or _delimiter(sample)
    decimal = mapping.decimal or _decimal(sample[1:], delimiter)
    plain = (mapping.delimiter or delimiter == ",") and (
        mapping.decimal or decimal == "."
    )
    return Dialect(delimiter, decimal, mapping.thousands, found=not plain)


def _delimiter(sample: Sequence[str]) -> str:
    bare = [_QUOTED.sub("", line) for line in sample]
    return max(DELIMITERS, key=lambda mark: _agreement(bare, mark))


def _agreement(lines: Sequence[str], mark: str) -> tuple[float, int]:
    """Return the share of lines as wide as the first, and that width."""
    widths = [line.count(mark) for line in lines]
    if not widths or widths[0] == 0:
        return (0.0, 0)
    return (Counter(widths)[widths[0]] / len(widths), widths[0])


def _decimal(lines: Sequence[str], delimiter: str) -> str:
    if delimiter == ",":
        return "."
    cells = [cell.strip() for line in lines for cell in line.split(delimiter)]
    commas = sum(bool(_COMMA_DECIMAL.fullmatch(cell)) for cell in cells)
    points = sum(bool(_POINT_DECIMAL.fullmatch(cell)) for cell in cells)
    return "," if commas > points else "."
