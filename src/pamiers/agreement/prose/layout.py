"""Tables as text, in columns that fit a page of 80."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

WIDTH: Final = 80
INDENT: Final = "  "
#: where a word may be broken: behind a hyphen, a slash or `_`, not inside a date
_BREAK: Final = re.compile(r"(?<=\D[-/_])(?=\S)|(?<=\d[-/_])(?=\D)")


def fitted(rows: Sequence[Sequence[str]]) -> tuple[int, ...]:
    """Return widths of columns that fill a page and cut no word, if they can.

    Each column is as wide as its longest word; what is left goes to those that have
    most to say for their width. Where the longest words together are wider than the
    page, the widest columns give way.

    Args:
        rows: At least one, all with as many cells.

    Returns:
        Width of each column [characters]; with a space between them and the indent
        they come to no more than a page.
    """
    held = list(zip(*rows, strict=True))
    room = WIDTH - len(INDENT) - (len(held) - 1)
    widths = [max(1, *(len(w) for cell in each for w in _words(cell))) for each in held]
    while sum(widths) > room:
        widths[widths.index(max(widths))] -= 1
    said = [sum(map(len, each)) for each in held]
    longest = [max(map(len, each)) for each in held]
    while sum(widths) < room:
        short = [i for i, width in enumerate(widths) if width < longest[i]]
        if not short:
            break
        widths[max(short, key=lambda i: said[i] / widths[i])] += 1
    return tuple(widths)


def _words(text: str) -> list[str]:
    """Return what a line may be broken between."""
    return [part for word in text.split(" ") for part in _BREAK.split(word)]


def _wrapped(text: str, width: int) -> list[str]:
    """Return a text in lines; only a word that is wider than them is cut."""
    lines = [""]
    for word in text.split(" "):
        glue = " " if lines[-1] else ""
        for part in _BREAK.split(word):
            if len(lines[-1]) + len(glue) + len(part) > width:
                lines += [part[at : at + width] for at in range(0, len(part), width)]
            else:
                lines[-1] += glue + part
            glue = ""
    return [line for line in lines if line] or [""]


def columns(rows: Sequence[Sequence[str]], widths: Sequence[int]) -> Iterator[str]:
    """Yield rows in columns of fixed width, long cells wrapped.

    Args:
        rows: The head, then the rows; as many cells each as there are widths.
        widths: Width of each column [characters].

    Yields:
        Lines; a rule stands below the head.
    """
    head, *rest = rows
    yield from in_columns(head, widths)
    yield INDENT + " ".join("-" * width for width in widths)
    for row in rest:
        yield from in_columns(row, widths)


def in_columns(row: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    """Yield the lines of one row; as many cells as there are widths."""
    cells = [_wrapped(cell, width) for cell, width in zip(row, widths, strict=True)]
    for depth in range(max(map(len, cells))):
        texts = [cell[depth] if depth < len(cell) else "" for cell in cells]
        padded = (t.ljust(w) for t, w in zip(texts, widths, strict=True))
        yield f"{INDENT}{' '.join(padded)}".rstrip()
