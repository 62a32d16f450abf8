"""Columns of words: identifiers, kinds, lists, and free text."""

import csv
import io
import json
import unicodedata
from collections.abc import Callable
from functools import cache
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pamiers.core.rows import COVERAGE_STATUSES, STANDINGS, TALLY_STATUSES
from pamiers.ingest.mapping import Mapping
from pamiers.ingest.refusal import RefusedError, shown
from pamiers.ingest.rows.account import Account
from pamiers.ingest.rows.kernels import Mask, is_ascii, masked
from pamiers.ingest.rows.layout import Column
from pamiers.ingest.values.words import (
    check_key,
    nearest_family,
    parse_kind,
    remarks,
    skeleton,
)

_JOINED: Final = "; "
_TRUTH: Final = {"true": "true", "yes": "true", "1": "true",
                 "false": "false", "no": "false", "0": "false"}  # fmt: skip
_MAX_PLAIN_KEY: Final = 200
_CHOICES: Final[dict[str, tuple[str, ...]]] = {
    "standing": STANDINGS,
    "status": COVERAGE_STATUSES,
    "reliability": ("A", "B", "C", "D", "E", "F"),
    "credibility": ("1", "2", "3", "4", "5", "6"),
    "relation": ("more", "fewer", "similar"),
}


def read_words(
    column: Column, parse: Callable[[str], str], account: Account
) -> pa.Array:
    """Return a column of words, each distinct word read once.

    Args:
        column: The cells.
        parse: Reads one word.
        account: Takes refusals.

    Returns:
        Column of text, null where nothing is stated or the row is refused.
    """
    text = masked(column.text, column.stated)
    encoded = text.dictionary_encode()
    words = encoded.dictionary.to_pylist()
    read: list[str | None] = []
    faults: dict[int, RefusedError] = {}
    for i, word in enumerate(words):
        try:
            read.append(parse(word))
        except RefusedError as error:
            faults[i] = error
            read.append(None)
    if faults:
        _refuse(encoded, faults, column, account)
        # A refused row is dropped: what stands in it no longer matters.
        read = [word if i in faults else read[i] for i, word in enumerate(words)]
    if read == words:
        return text
    return pa.array(read, pa.string()).take(encoded.indices)


def _refuse(
    encoded: pa.DictionaryArray,
    faults: dict[int, RefusedError],
    column: Column,
    account: Account,
) -> None:
    which = encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    for position in np.flatnonzero(np.isin(which, list(faults))).tolist():
        first = faults[int(which[position])]
        error = RefusedError(
            first.code, expected=first.expected, got=first.got, remedy=first.remedy
        )
        account.refuse(position, error, column.header)


def word_parser(field: str, mapping: Mapping) -> Callable[[str], str]:
    """Return how the words of a field are read: mapped, parted, and checked.

    Args:
        field: Name of the field.
        mapping: Its `values` and `separators`, and the kind of row.

    Returns:
        A function from a cell to a value.

    Raises:
        RefusedError: From the function returned: `Q-KIND` or `Q-WORD`.
    """
    values = mapping.values.get(field, {})
    mark = mapping.separators.get(field)
    check = _check(field, mapping.row)

    def one(word: str) -> str:
        return check(values.get(word.strip(), word.strip()))

    def several(cell: str) -> str:
        read = [one(part) for part in cell.split(mark) if part.strip()]
        if not read:
            raise RefusedError("Q-WORD", expected=f"a {field}", got=shown(cell))
        if field in {"kind", "watched"}:
            return nearest_family(read)
        return _JOINED.join(dict.fromkeys(read))

    def parse(cell: str) -> str:
        return one(cell) if mark is None or cell in values else several(cell)

    return parse


def _check(field: str, row: str) -> Callable[[str], str]:
    if field in {"kind", "watched"}:
        return parse_kind
    allowed = _CHOICES.get(field, ())
    if row == "tally" and field == "status":
        allowed = TALLY_STATUSES
    if allowed:
        return lambda word: _chosen(word, allowed, field)
    if field == "cumulative":
        return lambda word: _truth(word)  # noqa: PLW0108 - a name for the reader
    return lambda word: word


def _chosen(word: str, allowed: tuple[str, ...], field: str) -> str:
    for each in allowed:
        if word.casefold() == each.casefold():
            return each
    raise RefusedError(
        "Q-WORD", expected=f"{field} {', '.join(allowed)}", got=shown(word)
    )


def _truth(word: str) -> str:
    if word.casefold() in _TRUTH:
        return _TRUTH[word.casefold()]
    raise RefusedError("Q-WORD", expected="yes or no", got=shown(word))


def read_keys(column: Column, account: Account) -> pa.Array:
    """Return a column of row identifiers; a row without one is refused."""
    for position in np.flatnonzero(~column.stated).tolist():
        account.refuse(position, missing(column.field), column.header)
    return _checked(column, check_key, account)


def _checked(column: Column, check: Callable[[str], str], account: Account) -> pa.Array:
    sizes_fit = not len(column.text) or (
        pc.max(pc.binary_length(column.text)).as_py() <= _MAX_PLAIN_KEY
    )
    if is_ascii(column.text) and sizes_fit:
        return masked(column.text, column.stated)
    cells: list[str | None] = masked(column.text, column.stated).to_pylist()
    odd = np.flatnonzero(column.stated)
    found = dict(account.each(column.text, odd, check, column.header))
    return pa.array([found.get(i) for i in range(len(cells))], pa.string())


def read_text(column: Column, account: Account) -> pa.Array:
    """Return a column of free text as received, with remarks on what may mislead."""
    text = masked(column.text, column.stated)
    short = pc.less_equal(pc.binary_length(column.text), 6)
    odd = short if is_ascii(column.text) else pc.or_(
        short, pc.match_substring_regex(column.text, r"[^\x00-\x7f]")
    )  # fmt: skip
    chosen = np.flatnonzero(odd.to_numpy(zero_copy_only=False) & column.stated)
    if len(chosen):
        _remark(text.take(pa.array(chosen)), chosen, column, account)
    return text


def _remark(
    cells: pa.Array, chosen: "np.ndarray", column: Column, account: Account
) -> None:
    encoded = cells.dictionary_encode()
    which = encoded.indices.to_numpy(zero_copy_only=False)
    for i, word in enumerate(encoded.dictionary.to_pylist()):
        for code in remarks(word):
            message = _likeness(word, account) if code == "W-CONFUSABLE" else None
            for at in chosen[which == i].tolist():
                account.flag(code, at, column.header, message)


def _likeness(word: str, account: Account) -> str | None:
    """Return which name of the gazetteer a word looks like, if it is another."""
    if account.places is None:
        return None
    name = _by_look(account.places).get(skeleton(word))
    return None if name is None else f"{shown(word)} looks like {shown(name)}"


@cache
def _by_look(places: str) -> dict[str, str]:
    """Return the names of a gazetteer by what they look like."""
    rows = csv.reader(io.StringIO(places, newline=""))
    names = {part.strip() for row in rows for cell in row for part in cell.split(";")}
    return {skeleton(name): name for name in sorted(names) if name}


def missing(field: str) -> RefusedError:
    """Return the refusal of a row whose cell for a field is empty."""
    return RefusedError("Q-MISSING", expected=f"a {field}", got="an empty cell")


def extras_text(
    names: tuple[str, ...], columns: tuple[pa.Array, ...], n: int
) -> pa.Array:
    """Return the cells outside any field as canonical JSON, one object a row.

    Args:
        names: Headers of the columns.
        columns: Their cells.
        n: How many rows.

    Returns:
        Column of text; null where all the cells of a row are empty.
    """
    labels = [unicodedata.normalize("NFC", name) for name in names]
    order = sorted(range(len(names)), key=lambda i: labels[i].encode("utf-16-be"))
    pieces = []
    for i in order:
        full = pc.greater(pc.binary_length(columns[i]), 0)
        lead = f",{json.dumps(labels[i], ensure_ascii=False)}:"
        piece = pc.binary_join_element_wise(lead, _json_text(columns[i]), "")
        pieces.append(pc.if_else(full, piece, ""))
    if not pieces:
        return pa.nulls(n, pa.string())
    joined = pc.binary_join_element_wise(*pieces, "")
    inner = pc.utf8_slice_codeunits(joined, 1)
    whole = pc.binary_join_element_wise("{", inner, "}", "")
    stated = pc.greater(pc.binary_length(joined), 0)
    return pc.if_else(stated, whole, pa.scalar(None, pa.string()))


def _json_text(column: pa.Array) -> pa.Array:
    plain = (
        is_ascii(column)
        and not pc.any(pc.match_substring_regex(column, r'["\\]')).as_py()
    )
    if plain:
        return pc.binary_join_element_wise('"', column, '"', "")
    encoded = column.dictionary_encode()
    texts = [
        json.dumps(unicodedata.normalize("NFC", cell), ensure_ascii=False)
        for cell in encoded.dictionary.to_pylist()
    ]
    return pa.array(texts, pa.string()).take(encoded.indices)


def stated_only(column: Column, mask: Mask) -> Column:
    """Return a column with fewer cells taken as stated."""
    return Column(column.field, column.header, column.text, column.stated & mask)
