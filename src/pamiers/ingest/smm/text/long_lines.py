"""Lines too long to be prose: cut out before anything looks at their letters."""

from typing import Final

from pamiers.mission.reading import Quarantined

_SHOWN: Final = 1_000
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")


def without_long_lines(data: bytes, most: int) -> tuple[bytes, list[tuple[int, bytes]]]:
    """Return a text without the lines past a limit, and where those were.

    Args:
        data: Bytes of a text; UTF-16 passes through, since its line ends are not
            single bytes.
        most: Longest line that stays [byte].

    Returns:
        The text with an empty line in place of each, and (line number from 1, its
        beginning) of those taken out.
    """
    if len(data) <= most or data[:2] in _UTF16:
        return data, []
    kept, out = [], []
    for number, line in enumerate(data.split(b"\n"), start=1):
        if len(line) > most:
            out.append((number, line[:_SHOWN]))
        kept.append(line if len(line) <= most else b"")
    return b"\n".join(kept), out


def refused_line(row: int, line: int, start: bytes, most: int) -> Quarantined:
    """Return the quarantine of a line past the limit.

    Args:
        row: Logical row it counts as.
        line: Physical line, from 1.
        start: Its beginning.
        most: The limit [byte].

    Returns:
        The refusal; only the beginning is shown, the file itself is kept whole.
    """
    return Quarantined(
        row=row,
        line=line,
        column=None,
        code="Q-CELL-SIZE",
        message=f"expected a line of at most {most} bytes, got a longer one",
        remedy="Put line ends between the sentences.",
        raw=start.decode("utf-8", "backslashreplace"),
    )
