"""Rival readings of a clause, told in the agreement's own words."""

from collections.abc import Iterable, Sequence
from math import prod

from pamiers.render.language import Language
from pamiers.report.judged import FindingLine
from pamiers.report.message import Named


def readings(
    speaker: Language, same: Sequence[FindingLine], lines: Sequence[FindingLine]
) -> str:
    """Return under which readings of a clause a finding holds.

    Args:
        speaker: The language.
        same: Findings that come to the same, at least one.
        lines: All findings of the clause on the day.

    Returns:
        The answers that tell these readings from the others; that it is so under
        each of them; nothing where the clause is read in one way only.
    """
    rivals = same[0].rival_readings
    if rivals == 1:
        return ""
    if len(same) == rivals:
        return speaker.text("reading.every", n=rivals)
    return f"{speaker.text('table.reading')}: {_told(speaker, same, lines)}"


def _told(
    speaker: Language, same: Sequence[FindingLine], lines: Sequence[FindingLine]
) -> str:
    if not all(line.answers for line in same):
        return "; ".join(line.reading or "" for line in same)
    given, known = _by_question(same), _by_question(lines)
    if prod(map(len, given)) != len(same):
        return "; ".join(_joined(speaker, line.answers) for line in same)
    apart = [few for few, all_ in zip(given, known, strict=True) if few != all_]
    return ", ".join(" / ".join(map(speaker.say, few)) for few in apart)


def _by_question(lines: Sequence[FindingLine]) -> list[list[Named]]:
    """Return the different answers that findings give to each question."""
    answers = [line.answers for line in lines if line.answers]
    return [
        sorted(set(each), key=lambda name: name.words)
        for each in zip(*answers, strict=True)
    ]


def _joined(speaker: Language, answers: Iterable[Named]) -> str:
    return ", ".join(map(speaker.say, answers))
