"""An XLSForm of somebody else's as a mapping, and what becomes of each question.

Fields are found by the name of a question, by a column `pamiers` of the form's own
sheets, by its type where only one question has it, and by the answers of its list.
What is not certain is said and left to a person.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from pamiers.core.kind import KINDS
from pamiers.ingest.odk.answers import PARTS
from pamiers.ingest.rows.layout import known_names

Sheet = Sequence[Mapping[str, str]]
_SPOT: Final = ("lat", "lon", "radius_m")
_MARK: Final = "pamiers"
_LEFT_OUT: Final = frozenset(
    {
        *("start", "end", "today", "deviceid", "subscriberid", "simserial"),
        *("phonenumber", "username", "email", "audit", "start-geopoint"),
        *("note", "geotrace", "geoshape", "background-audio"),
    }
)
#: how something was known, in the words that reports use
_MEANS: Final = frozenset(
    {
        *("saw", "heard", "saw_and_heard", "camera", "uav", "satellite", "radar"),
        *("acoustic", "press", "report", "patrol", "inspection"),
    }
)
_FILES: Final = frozenset({"image", "audio", "video", "file", "background-image"})
_MOST: Final = 0.5
#: questions by which the mission's own form is known
_OWN: Final = frozenset({"row", "kind", "begin", "place_way", "where"})


@dataclass(slots=True)
class Found:
    """A mapping as it grows, and what is said of it."""

    columns: dict[str, str] = field(default_factory=dict)
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    separators: dict[str, str] = field(default_factory=dict)
    becomes: dict[str, str] = field(default_factory=dict)  #: question -> what
    to_do: list[str] = field(default_factory=list)

    def takes(self, name: str, row_field: str, why: str) -> None:
        """Let a question give a field."""
        self.columns[name] = row_field
        self.becomes[name] = f"{row_field} ({why})"

    def has(self, *fields: str) -> bool:
        """Tell whether one of some fields is given."""
        return any(each in self.columns.values() for each in fields)

    def mapping(self) -> dict[str, Any]:
        """Return the mapping file as plain values, empty parts left out."""
        told: dict[str, Any] = {
            "columns": self.columns,
            "values": {name: each for name, each in self.values.items() if each},
            "separators": self.separators,
        }
        return {key: value for key, value in told.items() if value} | {
            "time_zone": "mission"
        }


def is_own(survey: Sheet) -> bool:
    """Tell whether a form is one that `pamiers form export` wrote."""
    return {each.get("name", "") for each in survey} >= _OWN


def read_form(survey: Sheet, choices: Sheet) -> Found:
    """Return the mapping of a form, with what is left to do.

    Args:
        survey: Rows of the sheet of that name, cells by head.
        choices: Rows of the sheet of that name.

    Returns:
        What was found; a form without questions gives an empty mapping.
    """
    found, depth = Found(), 0
    for row in survey:
        sort, name = _type(row), row.get("name", "")
        depth += _repeats(sort)
        if sort.startswith(("begin_", "begin ", "end_", "end ")):
            continue
        if name:
            _question(found, row, choices, inside=depth > 0)
    _check(found)
    return found


def _type(row: Mapping[str, str]) -> str:
    return " ".join(row.get("type", "").split()).replace("select one", "select_one")


def _repeats(sort: str) -> int:
    plain = sort.replace(" ", "_")
    return (plain == "begin_repeat") - (plain == "end_repeat")


def _question(
    found: Found, row: Mapping[str, str], choices: Sheet, *, inside: bool
) -> None:
    sort, name = _type(row), row["name"]
    kind = sort.partition(" ")[0]
    marked = row.get(_MARK, "").strip()
    if inside:
        found.becomes[name] = "kept in `extra` as JSON: it is asked several times"
    elif kind in _LEFT_OUT:
        found.becomes[name] = "left out: not about what was observed"
    elif kind == "geopoint":
        _spot(found, name)
    elif kind in _FILES:
        found.becomes[name] = "kept in `extra`: the name of a file"
    else:
        _answer(found, name, sort, marked, choices)


def _spot(found: Found, name: str) -> None:
    if found.has("lat"):
        found.becomes[name] = "left out: a second position, perhaps the observer's"
        return
    for part, row_field in zip(PARTS, _SPOT, strict=True):
        found.columns[f"{name}.{part}"] = row_field
    found.becomes[name] = "lat, lon, radius_m (the first position asked for)"
    found.to_do.append(
        f"{name}: expected where it happened, and not where the phone was. Check it; "
        "give `radius_m` under `constants` if points are put on a map by hand."
    )


def _answer(found: Found, name: str, sort: str, marked: str, choices: Sheet) -> None:
    kind, _, listed = sort.partition(" ")
    options = [each for each in choices if _list_of(each) == listed.strip()]
    row_field, why = _field(name, kind, marked, options)
    if row_field and not found.has(row_field):
        found.takes(name, row_field, why)
        _words(found, row_field, options)
        if kind == "select_multiple":
            found.separators[row_field] = " "
    else:
        found.becomes[name] = "kept in `extra`"


def _list_of(option: Mapping[str, str]) -> str:
    return option.get("list_name", option.get("list name", ""))


def _field(name: str, kind: str, marked: str, options: Sheet) -> tuple[str, str]:
    known = known_names("observation")
    if marked:
        return known.get(marked.casefold(), ""), f"column `{_MARK}`"
    if name.casefold() in known:
        return known[name.casefold()], "by its name"
    if kind in ("datetime", "dateTime", "date"):
        return "time", f"a {kind}"
    if kind == "select_one":
        for row_field, words in (("kind", KINDS), ("means", _MEANS)):
            if _share(options, words) >= _MOST:
                return row_field, "by its answers"
    return "", ""


def _share(options: Sheet, words: Collection[str]) -> float:
    known = sum(_word(each) in words for each in options)
    return known / len(options) if options else 0.0


def _word(option: Mapping[str, str]) -> str:
    marked = option.get(_MARK, "").strip()
    return marked or option.get("name", "").casefold()


def _words(found: Found, row_field: str, options: Sheet) -> None:
    """Map the answers of a list to words of a field, and say which it has not."""
    vocabulary = {"kind": KINDS, "means": _MEANS}.get(row_field)
    if vocabulary is None:
        return
    for each in options:
        name, word = each.get("name", ""), _word(each)
        if word in vocabulary:
            found.values.setdefault(row_field, {})[name] = word
        else:
            found.to_do.append(
                f"{name!r}: expected a word of `{row_field}`, got none. Add it under "
                f"`values: {row_field}`; until then such rows are quarantined."
            )


def _check(found: Found) -> None:
    """Say what a row cannot do without and the form does not ask."""
    if not found.has("time", "start"):
        found.to_do.append("Expected a time, got none. Map one under `columns`.")
    if not found.has("kind"):
        found.to_do.append(
            "Expected what happened, got none. Map a question to `kind`, or give it "
            "under `constants`."
        )
    if not found.has("lat", "mgrs", "place"):
        found.to_do.append("Expected a place, got none. Map one under `columns`.")
