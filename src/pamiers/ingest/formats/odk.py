"""Submissions of ODK and Kobo, as their servers export them: CSV, JSON or XML.

Those of the mission's own form (`pamiers form export`) need no mapping; those of
another one do (`pamiers form import`). The key of a row is the identifier of the
submission, that of the first one where it was edited.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from pamiers.ingest.json_text import Feature, read_collection
from pamiers.ingest.limits import LIMITS
from pamiers.ingest.mapping import Mapping, joined, read_mapping
from pamiers.ingest.odk.answers import row_of
from pamiers.ingest.odk.instances import read_instances
from pamiers.ingest.odk.submission import Submission, flattened
from pamiers.ingest.refusal import RefusedError
from pamiers.ingest.rows.account import empty_file, refused_file
from pamiers.ingest.rows.loose import KINDS, LooseRow, quarantined, read_loose
from pamiers.ingest.text_table.encoding import to_utf8
from pamiers.ingest.text_table.reader import (
    RAW_BYTES,
    Expected,
    TextTable,
    read_text_table,
    whole,
)
from pamiers.mission.reading import Quarantined, Reading, ReadOptions

#: lists of submissions in what ODK Central and Kobo answer
_LISTS: Final = ("value", "results")
_TELLING: Final = (b"instanceID", b"_uuid", b'"__id"', b"rootUuid")
_OWN: Final = Mapping(columns={"meta.key": "key"})


@dataclass(frozen=True, slots=True)
class Odk:
    """Submissions, each one row."""

    name: str = "odk"

    def detect(self, head: bytes) -> bool:
        """Tell whether the beginning names what only submissions have."""
        begin = head.lstrip(b"\xef\xbb\xbf \t\r\n")
        first = begin.partition(b"\n")[0]
        table = begin[:1] not in (b"{", b"[", b"<")
        if table and b"SubmissionDate" in first and b"KEY" in first:
            return True
        return any(each in (first if table else begin) for each in _TELLING)

    def read(self, data: bytes, options: ReadOptions) -> Reading:
        """Return the rows of an export, submissions not understood quarantined."""
        try:
            return _read(data, options)
        except RefusedError as error:
            return refused_file(error)


def _read(data: bytes, options: ReadOptions) -> Reading:
    mapping = read_mapping(options.mapping)
    if len(data) > LIMITS.file_bytes:
        raise RefusedError(
            "F-SIZE", expected=f"at most {LIMITS.file_bytes} bytes", got=str(len(data))
        )
    if data.startswith(b"PK\x03\x04"):
        raise RefusedError("F-ARCHIVE", expected="CSV, JSON or XML", got="an archive")
    if not data.strip():
        return empty_file()
    found, refused = _submissions(data, mapping)
    rows, more = _rows(found, mapping)
    own: dict[str, Mapping] = {
        kind: joined(_OWN.model_copy(update={"row": kind}), _for(mapping, kind))
        for kind in KINDS
    }
    return read_loose(rows, [*refused, *more], options, own)


def _for(mapping: Mapping, kind: str) -> Mapping:
    return mapping.model_copy(update={"row": kind})


def _rows(
    found: Iterable[Submission], mapping: Mapping
) -> tuple[list[LooseRow], list[Quarantined]]:
    asked = (*mapping.columns, *mapping.ignore, *mapping.keep)
    rows, refused = [], []
    for each in found:
        try:
            rows.append(row_of(each, asked, mapping.row))
        except RefusedError as error:
            refused.append(quarantined(error, each.number, each.line, each.raw))
    return rows, refused


def _submissions(
    data: bytes, mapping: Mapping
) -> tuple[Iterable[Submission], list[Quarantined]]:
    begin = data.lstrip(b"\xef\xbb\xbf \t\r\n")
    if begin.startswith(b"<"):
        return read_instances(data), []
    if begin.startswith((b"{", b"[")):
        return _of_json(to_utf8(data, "utf-8").data)
    table = read_text_table(data, Expected(known=(), mapping=mapping))
    if table is None:
        return [], []
    return _of_table(table), list(table.refused)


def _of_json(data: bytes) -> tuple[list[Submission], list[Quarantined]]:
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise RefusedError(
            "F-ENC",
            expected="UTF-8, as RFC 8259 asks",
            got=f"other bytes at byte {error.start + 1}",
            remedy="Export the file again in UTF-8.",
        ) from error
    found, refused, line, seen = [], [], 1, 0
    for number, feature in enumerate(_elements(text), start=1):
        line += text.count("\n", seen, feature.begin)
        seen = feature.begin
        raw = text[feature.begin : min(feature.end, feature.begin + RAW_BYTES)]
        try:
            found.append(Submission(number, line, flattened(feature.value), raw))
        except RefusedError as error:
            refused.append(quarantined(error, number, line, raw))
    return found, refused


def _elements(text: str) -> tuple[Feature, ...]:
    if text.lstrip("\ufeff \t\r\n").startswith("["):
        return read_collection(text, LIMITS, "").features
    for name in _LISTS:
        if f'"{name}"' in text:
            return read_collection(text, LIMITS, name).features
    raise RefusedError(
        "F-JSON", expected=f"a list, or one named {' or '.join(_LISTS)}", got="neither"
    )


def _of_table(table: TextTable) -> Iterator[Submission]:
    """Yield the rows of a CSV; a geopoint in four columns is made one answer."""
    names = table.header.names
    columns = [whole(each).to_pylist() for each in table.columns]
    points = [
        each.removesuffix("-Latitude") for each in names if each.endswith("-Latitude")
    ]
    for position, cells in enumerate(zip(*columns, strict=True)):
        answers = dict(zip(names, cells, strict=True))
        for name in points:
            parts = [
                answers.pop(f"{name}-{part}", "")
                for part in ("Latitude", "Longitude", "Altitude", "Accuracy")
            ]
            answers[name] = " ".join(each or "0" for each in parts) if parts[0] else ""
        number, line = int(table.rows[position]), int(table.lines[position])
        yield Submission(number, line, answers, table.raw(position))


FORMAT = Odk()
