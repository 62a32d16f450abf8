"""The sheets of an XLSX workbook as rows of text; nothing in it is evaluated.

Only what an XLSForm needs: texts, numbers as their digits, and what a formula gave when
it was saved. Bounds are checked against what is unpacked, not against what is declared.
"""

import io
import re
from collections.abc import Mapping
from typing import Final
from zipfile import BadZipFile, ZipFile

from pamiers.core.errors import MalformedSourceError, Where
from pamiers.ingest.odk.strict_xml import Element, read_tree
from pamiers.ingest.refusal import RefusedError

Rows = list[dict[str, str]]
#: bytes of one part once unpacked, and parts that are looked at
_MOST_BYTES: Final = 32_000_000
_MOST_PARTS: Final = 1_000
_MOST_ROWS: Final = 100_000
_CELL: Final = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_OLD: Final = b"\xd0\xcf\x11\xe0"


def read_workbook(data: bytes, name: str) -> Mapping[str, Rows]:
    """Return the sheets of a workbook by name, in lower case.

    Args:
        data: The file.
        name: Of the file, for messages.

    Returns:
        For each sheet its rows below the first, as cells by the first row's heads;
        empty cells and empty rows are left out.

    Raises:
        MalformedSourceError: It is no workbook of this sort, is encrypted or too large.
    """
    if data.startswith(_OLD):
        raise _malformed(name, "an older or encrypted workbook")
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            return _sheets(_Parts(archive, name))
    except (BadZipFile, NotImplementedError, EOFError) as error:
        raise _malformed(name, "something else") from error
    except RefusedError as error:
        raise _malformed(name, error.got) from error


def _malformed(name: str, got: str) -> MalformedSourceError:
    return MalformedSourceError(
        Where(name),
        expected="a workbook, .xlsx",
        got=got,
        remedy="Save it as .xlsx, without a password.",
    )


class _Parts:
    """The parts of the archive, unpacked within the limits."""

    def __init__(self, archive: ZipFile, name: str) -> None:
        if len(archive.infolist()) > _MOST_PARTS:
            raise _malformed(name, f"more than {_MOST_PARTS} parts")
        names = archive.namelist()
        if len(set(names)) != len(names):
            raise _malformed(name, "two parts of one name")
        self.archive, self.name, self.names = archive, name, set(names)

    def tree(self, part: str) -> Element | None:
        """Return a part as a tree; None where it is not there."""
        if part not in self.names:
            return None
        try:
            with self.archive.open(part) as stream:
                data = stream.read(_MOST_BYTES + 1)
        except RuntimeError as error:  # what zipfile raises for a password
            raise _malformed(self.name, "an encrypted workbook") from error
        if len(data) > _MOST_BYTES:
            raise _malformed(self.name, f"a part over {_MOST_BYTES} bytes")
        return read_tree(data)


def _sheets(parts: _Parts) -> Mapping[str, Rows]:
    book, links = (
        parts.tree("xl/workbook.xml"),
        parts.tree("xl/_rels/workbook.xml.rels"),
    )
    if book is None or links is None:
        raise _malformed(parts.name, "an archive without one")
    targets = {
        each.attributes.get("Id", ""): each.attributes.get("Target", "")
        for each in links.named("Relationship")
    }
    shared = _shared(parts.tree("xl/sharedStrings.xml"))
    found: dict[str, Rows] = {}
    for sheet in book.named("sheet"):
        target = targets.get(sheet.attributes.get("r:id", ""), "")
        path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        tree = parts.tree(path)
        if tree is not None:
            title = sheet.attributes.get("name", "").strip().casefold()
            found[title] = _rows(tree, shared, parts.name)
    return found


def _shared(tree: Element | None) -> list[str]:
    return [] if tree is None else [_letters(each) for each in tree.named("si")]


def _letters(element: Element) -> str:
    """Return the text of an item, its runs joined, without how it is pronounced."""
    if element.name == "t":
        return element.text
    inside = (each for each in element.children if each.name != "rPh")
    return "".join(_letters(each) for each in inside)


def _rows(tree: Element, shared: list[str], name: str) -> Rows:
    grid: dict[int, dict[str, str]] = {}
    for cell in tree.named("c"):
        at = _CELL.fullmatch(cell.attributes.get("r", ""))
        text = _value(cell, shared).strip()
        if at is not None and text:
            grid.setdefault(int(at[2]), {})[at[1]] = text
    if len(grid) > _MOST_ROWS:
        raise _malformed(name, f"more than {_MOST_ROWS} rows")
    if not grid:
        return []
    first, *others = sorted(grid)
    heads = {column: text.strip() for column, text in grid[first].items()}
    cells = (
        {heads[column]: text for column, text in grid[row].items() if column in heads}
        for row in others
    )
    return [each for each in cells if each]


def _value(cell: Element, shared: list[str]) -> str:
    sort = cell.attributes.get("t", "n")
    if sort == "inlineStr":
        return _letters(cell)
    value = next((each.text for each in cell.children if each.name == "v"), "")
    if sort == "s":
        known = value.isascii() and value.isdigit() and int(value) < len(shared)
        return shared[int(value)] if known else ""
    return "" if sort == "e" else value
