"""Why something is what it is: text, values, and a picture that a notebook shows."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pamiers.app.reasons import incident_reasons, reasons
from pamiers.app.wiring import opened, write_file
from pamiers.core.errors import UnknownTermError, UsageError
from pamiers.fusion.explain import Explanation
from pamiers.render.waterfall import waterfall_svg


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture, which a notebook shows by itself."""

    svg: bytes

    def _repr_svg_(self) -> str:
        return self.svg.decode()

    def save(self, path: str | Path) -> None:
        """Write it to a file."""
        write_file(Path(path), self.svg)


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """An explanation; `print` shows it line by line."""

    key: str
    values: dict[str, Any]
    lines: tuple[str, ...]
    of_incident: Explanation | None

    def __str__(self) -> str:
        """Return the lines."""
        return "\n".join(self.lines)

    def plot(self, language: str = "en") -> Picture:
        """Return an incident's weights as a waterfall.

        Raises:
            UsageError: A finding has reasons, not weights: print it.
        """
        if self.of_incident is None:
            raise UsageError(
                self.key,
                expected="an incident",
                got="a finding",
                remedy="Print the explanation: its reasons are a tree.",
            )
        return Picture(svg=waterfall_svg(self.of_incident, language))


def explained(folder: Path, key: str) -> Explained:
    """Return why an incident or a finding is what it is.

    Raises:
        UnknownTermError: Neither an incident that stands nor a finding.
    """
    why = reasons(folder, key)
    with opened(folder) as mission:
        try:
            found = incident_reasons(mission, key)
        except UnknownTermError:
            found = None
    values = why.values if found is None else asdict(found)
    return Explained(key=key, values=values, lines=tuple(why.lines), of_incident=found)
