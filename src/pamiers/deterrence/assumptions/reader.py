"""From the text of `incentives.yaml` to assumptions that can be computed with."""

import re
from dataclasses import dataclass
from typing import Final

from pamiers.agreement.complaint import Complaint, Notes, Severity
from pamiers.agreement.text.node import Node
from pamiers.agreement.text.yaml_text import read_yaml
from pamiers.agreement.written import Written
from pamiers.deterrence.assumptions.check import check_against
from pamiers.deterrence.assumptions.grammar import INCENTIVES, VERSION
from pamiers.deterrence.assumptions.written import Incentives

FILE: Final = "incentives.yaml"
#: most characters; two hundred clauses are a twentieth of this
MAX_CHARS: Final = 2_000_000
#: words of a key that would serve to aim, arm or time force
_FORCE: Final = re.compile(
    r"(^|[_-])(targets?|weapons?|munitions?|ammunition|warheads?|strikes?[_-](at|on|time)|"
    r"strike[_-]timing|firing|fires?[_-]mission|aim\w*|calibre|launch\w*|salvo\w*|"
    r"kill\w*|lethal\w*|bomb\w*|missiles?|artillery|attack\w*|shell\w*|coordinates?|"
    r"forces?|raids?|ambush\w*|assault\w*)($|[_-])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadIncentives:
    """Assumptions as written, and everything that is wrong with them."""

    written: Incentives | None
    complaints: tuple[Complaint, ...]

    @property
    def runnable(self) -> bool:
        """Tell whether there are neither errors nor blanks."""
        stops = {Severity.ERROR, Severity.BLANK}
        return self.written is not None and not any(
            each.severity in stops for each in self.complaints
        )


def read_incentives(text: str, agreement: Written) -> ReadIncentives:
    """Return the assumptions that a text states about an agreement.

    Args:
        text: The text of `incentives.yaml`.
        agreement: The agreement it stands beside; it may have blanks.

    Returns:
        The assumptions, and complaints with file, line, expected, got and remedy.
    """
    notes = Notes()
    if len(text) > MAX_CHARS:
        message = f"expected at most {MAX_CHARS} characters, got {len(text)}"
        notes.complain("F-FILE-SIZE", "", message, "Split or shorten the file.")
        return ReadIncentives(written=None, complaints=tuple(notes.complaints))
    root = read_yaml(text, FILE, notes)
    written = None if root is None else _written(root, agreement, notes)
    ordered = sorted(notes.complaints, key=lambda each: (each.line, each.column))
    return ReadIncentives(written=written, complaints=tuple(ordered))


def _written(root: Node, agreement: Written, notes: Notes) -> Incentives | None:
    notes.marks[""] = root.mark
    refuse_force(root, notes, names_of(agreement))
    found = INCENTIVES.read(root, notes, "")
    if not isinstance(found, Incentives):
        return None
    if found.pamiers_incentives != VERSION:
        notes.complain(
            "F-SCHEMA-VERSION",
            "pamiers_incentives",
            f"expected version {VERSION}, got {found.pamiers_incentives}",
            "Use a release of pamiers that knows this version.",
        )
    check_against(found, agreement, notes)
    return found


def names_of(agreement: Written) -> frozenset[str]:
    """Return the names that an agreement gives to parties and means of monitoring."""
    return frozenset([*agreement.monitoring, *agreement.actors, *agreement.roles])


def refuse_force(
    node: Node, notes: Notes, names: frozenset[str], path: str = ""
) -> None:
    """Complain of every key that would serve to aim, arm or time force.

    Args:
        node: What is written.
        notes: Takes the complaints.
        names: Names that the agreement itself gives; where names stand as keys,
            these are not looked at, and all others are.
        path: Where it stands in the document.
    """
    if isinstance(node.value, list):
        for index, each in enumerate(node.value):
            refuse_force(each, notes, names, f"{path}[{index}]")
    if not isinstance(node.value, dict):
        return
    for key, each in node.value.items():
        here = f"{path}.{key}".removeprefix(".")
        if _FORCE.search(key) and not (key in names and _holds_names(path)):
            notes.complain(
                "I-FORCE",
                here,
                f"expected no field about weapons, targets or the timing of force, "
                f"got {key!r}",
                "Remove it: a response is stated by what it takes and what it costs.",
                mark=node.keys.get(key, each.mark),
            )
        refuse_force(each, notes, names, here)


def _holds_names(path: str) -> bool:
    """Tell whether the keys at a path are names that the agreement gives."""
    return path == "parties" or path.endswith((".detection", ".gain", ".loss"))
