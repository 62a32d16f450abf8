"""From the text of `deployment.yaml` to figures that can be computed with."""

from dataclasses import dataclass
from typing import Final

from pamiers.agreement.complaint import Complaint, Notes, Severity
from pamiers.agreement.text.node import Node
from pamiers.agreement.text.yaml_text import read_yaml
from pamiers.agreement.written import Written
from pamiers.deployment.stated.check import check_stated
from pamiers.deployment.stated.grammar import DEPLOYMENT, VERSION
from pamiers.deployment.stated.written import Stated
from pamiers.deterrence.assumptions.reader import names_of, refuse_force

FILE: Final = "deployment.yaml"
#: most characters; ten thousand sites are half of this
MAX_CHARS: Final = 2_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadDeployment:
    """What was stated, and everything that is wrong with it."""

    written: Stated | None
    complaints: tuple[Complaint, ...]

    @property
    def runnable(self) -> bool:
        """Tell whether there are neither errors nor blanks."""
        stops = {Severity.ERROR, Severity.BLANK}
        return self.written is not None and not any(
            each.severity in stops for each in self.complaints
        )


def read_deployment(text: str, agreement: Written) -> ReadDeployment:
    """Return what a text states about placing posts, patrols and sensors.

    Args:
        text: The text of `deployment.yaml`.
        agreement: The agreement it stands beside; it may have blanks.

    Returns:
        What is stated, and complaints with file, line, expected, got and remedy.
    """
    notes = Notes()
    if len(text) > MAX_CHARS:
        message = f"expected at most {MAX_CHARS} characters, got {len(text)}"
        notes.complain("F-FILE-SIZE", "", message, "Split or shorten the file.")
        return ReadDeployment(written=None, complaints=tuple(notes.complaints))
    root = read_yaml(text, FILE, notes)
    written = None if root is None else _written(root, agreement, notes)
    ordered = sorted(notes.complaints, key=lambda each: (each.line, each.column))
    return ReadDeployment(written=written, complaints=tuple(ordered))


def _written(root: Node, agreement: Written, notes: Notes) -> Stated | None:
    notes.marks[""] = root.mark
    refuse_force(root, notes, names_of(agreement))
    found = DEPLOYMENT.read(root, notes, "")
    if not isinstance(found, Stated):
        return None
    if found.pamiers_deployment != VERSION:
        notes.complain(
            "F-SCHEMA-VERSION",
            "pamiers_deployment",
            f"expected version {VERSION}, got {found.pamiers_deployment}",
            "Use a release of pamiers that knows this version.",
        )
    check_stated(found, agreement, notes)
    return found
