"""Tables as text, in columns that fit a page of 80."""

import textwrap
from collections.abc import Iterator, Sequence
from typing import Final

WIDTH: Final = 80
INDENT: Final = "  "


def columns(rows: Sequence[Sequence[str]], widths: Sequence[int]) -> Iterator[str]:
    """Yield rows in columns of fixed width, long cells wrapped.

    Args:
        rows: The head, then the rows; as many cells each as there are widths.
        widths: Width of each column [characters].

    Yields:
        Lines; a rule stands below the head.
    """
    for index, row in enumerate(rows):
        cells = [
            textwrap.wrap(cell, width, break_on_hyphens=True) or [""]
            for cell, width in zip(row, widths, strict=True)
        ]
        for depth in range(max(len(cell) for cell in cells)):
            texts = [cell[depth] if depth < len(cell) else "" for cell in cells]
            padded = (t.ljust(w) for t, w in zip(texts, widths, strict=True))
            yield f"{INDENT}{' '.join(padded)}".rstrip()
        if index == 0:
            yield INDENT + " ".join("-" * width for width in widths)
