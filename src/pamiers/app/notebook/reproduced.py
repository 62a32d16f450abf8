"""A published report made again from the record as it stood, and held to its bytes."""

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import orjson

from pamiers.app.notebook.frames import frame_of_rows
from pamiers.app.wiring import opened
from pamiers.core.errors import MalformedSourceError, Where
from pamiers.core.instant import parse_instant
from pamiers.mission.as_it_stood import as_it_stood, head_at
from pamiers.mission.publish import daily_reports
from pamiers.render.json_text import render_json

_SPOKEN = ("day", "edition", "entries", "generated_at", "head", "kind")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reproduced:
    """A report made again; `same` tells whether it is the published one."""

    published: str  #: SHA-256 of the file
    again: str  #: SHA-256 of what the record, as it stood, gives; empty: another record
    values: dict[str, Any]  #: the report, as it was made again

    @property
    def same(self) -> bool:
        """Tell whether the record gives just what was published."""
        return self.published == self.again

    @property
    def incidents(self) -> Any:  # noqa: ANN401  (a data frame)
        """Return the incidents of the report as a frame, positions as published."""
        rows = [
            {**{k: v for k, v in row.items() if k != "spot"}, **(row["spot"] or {})}
            for row in self.values.get("incidents", ())
        ]
        return frame_of_rows(rows)


def reproduced(folder: Path, path: Path) -> Reproduced:
    """Make a published report again from the record, as it stood when it was made.

    Args:
        folder: Mission folder.
        path: The report as JSON, as it was published.

    Returns:
        The report, with both digests.

    Raises:
        MalformedSourceError: The file is no report in JSON.
    """
    raw = path.read_bytes()
    told, language = _header(raw, path)
    published = hashlib.sha256(raw).hexdigest()
    with opened(folder) as mission:
        head = head_at(mission, int(told["entries"]))
        if head.hex != told["head"]:
            return Reproduced(published=published, again="", values={})
        then = as_it_stood(mission, head, mission.projections)
        made = daily_reports(
            then,
            [date.fromisoformat(told["day"])],
            edition=told["edition"]["id"],
            now=parse_instant(told["generated_at"]),
            kind=told["kind"],
        )
        again = render_json(next(made), language)
    digest = hashlib.sha256(again).hexdigest()
    return Reproduced(published=published, again=digest, values=orjson.loads(again))


def _header(raw: bytes, path: Path) -> tuple[dict[str, Any], str]:
    try:
        whole = orjson.loads(raw)
        told = {name: whole["header"][name] for name in _SPOKEN}
    except (ValueError, KeyError, TypeError) as error:
        raise MalformedSourceError(
            Where(path.name),
            expected="a report of pamiers in JSON",
            got=type(error).__name__,
            remedy="Name the file that stands beside the report, such as DAY.json.",
        ) from error
    return told, str(whole.get("language", "en"))
