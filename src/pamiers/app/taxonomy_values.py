"""Tables of sources' words as values: listed, shown, checked and put on record."""

from pathlib import Path
from typing import Any

from pamiers.app.receive import read_bytes
from pamiers.app.wiring import now, opened
from pamiers.core.errors import MalformedSourceError, UsageError, Where
from pamiers.fusion.words import read_words
from pamiers.mission.taxonomies import set_table, table_texts


def _texts(folder: Path | None) -> dict[str, str]:
    if folder is None:
        return table_texts(None)
    with opened(folder) as mission:
        return table_texts(mission)


def tables(folder: Path | None) -> list[dict[str, Any]]:
    """Return the tables in force, by name.

    Args:
        folder: Mission folder; None for the packaged tables.

    Returns:
        Name, number of words, and the sources they are of.
    """
    found = []
    for name, text in sorted(_texts(folder).items()):
        words = read_words(text, name)[0].words
        sources = ", ".join(sorted({source for source, _, _ in words}))
        found.append({"name": name, "words": len(words), "sources": sources})
    return found


def text_of(name: str, folder: Path | None) -> str:
    """Return a table as CSV.

    Raises:
        UsageError: There is none of that name.
    """
    texts = _texts(folder)
    if name not in texts:
        raise UsageError(
            name,
            expected=f"one of {', '.join(sorted(texts))}",
            got="no such table",
            remedy="List them with `pamiers taxonomy list`.",
        )
    return texts[name]


def _read(file: Path) -> str:
    data = read_bytes(file)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise MalformedSourceError(
            Where(str(file), line=data.count(b"\n", 0, error.start) + 1),
            expected="a table in UTF-8",
            got=f"byte 0x{data[error.start]:02x}",
            remedy="Save the file as UTF-8.",
        ) from error


def checked(file: Path) -> dict[str, Any]:
    """Return how many words a table has, and all that is wrong with it."""
    found, wrong = read_words(_read(file), file.name)
    return {
        "words": len(found.words),
        "complaints": [each.to_dict() for each in wrong],
    }


def put(folder: Path, file: Path, who: tuple[str, str]) -> dict[str, Any]:
    """Put a table on record under the name of its file.

    Args:
        folder: Mission folder.
        file: The table.
        who: Who decides, and why.

    Returns:
        Name, entry and head.

    Raises:
        UsageError: The table is wrong.
    """
    text = _read(file)
    with opened(folder) as mission:
        entry, head = set_table(mission, file.stem, text, who, now())
    return {
        "name": file.stem,
        "entry": entry,
        "entries": head.size,
        "head": head.hex,
    }
