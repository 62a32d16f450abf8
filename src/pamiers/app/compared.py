"""Compare what was said of incidents with what was verified."""

import csv
import io
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from pamiers.app.receive import read_bytes
from pamiers.app.wiring import opened, write_file
from pamiers.core.errors import MalformedSourceError, Where
from pamiers.fusion.reliability import curve_of
from pamiers.mission.happened import incidents_of
from pamiers.mission.mission import Mission
from pamiers.mission.register import Register, register
from pamiers.render.reliability import reliability_svg

_ANSWERS: Final = {
    **dict.fromkeys(("yes", "true", "1"), True),
    **dict.fromkeys(("no", "false", "0"), False),
}


def compared(
    folder: Path, file: Path, picture: Path | None, language: str
) -> dict[str, Any]:
    """Return how what was said of incidents compares with what was verified.

    Args:
        folder: Mission folder.
        file: CSV with the columns `incident` and `happened` (yes or no).
        picture: Where the diagram goes, SVG; None for nowhere.
        language: Of the diagram.

    Returns:
        Points, Brier score beside that of the base rate, mean distance; plain values.

    Raises:
        MalformedSourceError: The file has other columns, an unknown id or answer, an
            id twice, or no row.
    """
    with opened(folder) as mission:
        said = _said(mission)
        held = register(mission)
    pairs = _pairs(file, said, held)
    curve = curve_of([p for p, _ in pairs], [did for _, did in pairs])
    if picture is not None:
        write_file(picture, reliability_svg(curve, language))
    return asdict(curve)


def _said(mission: Mission) -> dict[str, float]:
    columns = incidents_of(mission).columns
    keys, chances = (columns.column(c).to_pylist() for c in ("key", "probability"))
    found = dict(zip(keys, chances, strict=True))
    for key, each in register(mission).items():
        row = each.whole.row
        if key not in found and row is not None:
            found[key] = float(row["probability"])
    return found


def _pairs(
    file: Path, said: dict[str, float], held: Register
) -> list[tuple[float, bool]]:
    text = read_bytes(file).decode("utf-8-sig", "replace")
    rows = csv.DictReader(io.StringIO(text))
    name = str(file)
    if not {"incident", "happened"} <= set(rows.fieldnames or ()):
        got = ", ".join(rows.fieldnames or ()) or "none"
        raise _wrong(Where(name, line=1), "columns incident, happened", got)
    found: dict[str, tuple[float, bool]] = {}
    for row in rows:
        where = Where(name, line=rows.line_num)
        key = (row["incident"] or "").strip()
        while key in held and held[key].last.alias_of is not None:
            key = str(held[key].last.alias_of)
        answer = (row["happened"] or "").strip().casefold()
        if key not in said:
            raise _wrong(where, "the id of an incident", repr(key))
        if answer not in _ANSWERS:
            raise _wrong(where, "yes or no", repr(answer))
        if key in found:
            raise _wrong(where, "each incident once", f"{key} again")
        found[key] = (said[key], _ANSWERS[answer])
    if not found:
        raise _wrong(Where(name), "a row for each verified incident", "none")
    return list(found.values())


def _wrong(where: Where, expected: str, got: str) -> MalformedSourceError:
    remedy = "`pamiers incident list` names incidents; answer yes or no."
    return MalformedSourceError(where, expected=expected, got=got, remedy=remedy)
