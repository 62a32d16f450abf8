"""Can a clause be held against anybody: is it fine enough, and was it in time?"""

from collections.abc import Iterator, Mapping
from datetime import datetime

from pamiers.agreement.complaint import Notes
from pamiers.agreement.lint.parts import bearers, matters, options, questions
from pamiers.agreement.lint.timeline import Timeline
from pamiers.agreement.resolve.signing import joined
from pamiers.agreement.values.blank import filled
from pamiers.agreement.values.quantity import Quantity
from pamiers.agreement.written import Drawn, Near, Provision, Written

#: path, how far [m], and the lines that it is measured from
_Reach = tuple[str, float | None, tuple[str, ...]]
#: when moments fall, and instrument -> actor -> since when it is bound
_Times = tuple[Timeline, dict[str, dict[str, datetime]]]


def check_bite(written: Written, notes: Notes) -> None:
    """Complain of distances too fine for their line, and of deadlines of the unbound.

    Args:
        written: The agreement.
        notes: Takes the complaints.
    """
    zone = written.heading.time_zone
    bound = joined(written, zone) if isinstance(zone, str) and zone else {}
    time = Timeline(written)
    for index, clause in enumerate(written.clauses):
        path = f"clauses[{index}]"
        for reach in _distances(clause, path):
            _check_fine(written, reach, notes)
        _check_signed(written, clause, path, (time, bound), notes)


def _distances(clause: Provision, path: str) -> Iterator[_Reach]:
    """Yield each distance that a clause measures from lines, its answers included."""
    for here, matter in matters(clause, path):
        near = matter.near
        if not isinstance(near, Near):
            continue
        lines = _lines(near.of)
        yield f"{here}.near", _reach_m(near.distance, near.width), lines
        for index, question in questions(clause):
            for name, option in options(question).items():
                at = f"{path}.readings[{index}].options.{name}"
                reach = _reach_m(option.distance, option.width)
                yield at, reach, _lines(option.line) or lines


def _reach_m(distance: object, width: object) -> float | None:
    """Return a distance, or half a width between the sides [m]; None for neither."""
    if isinstance(distance, Quantity):
        return distance.base
    return width.base / 2 if isinstance(width, Quantity) else None


def _lines(of: object) -> tuple[str, ...]:
    if isinstance(of, str):
        return (of,) if of else ()
    names = of.values() if isinstance(of, Mapping) else ()
    return tuple(dict.fromkeys(filled(tuple(names))))


def _check_fine(written: Written, reach: _Reach, notes: Notes) -> None:
    """Complain of a distance that is not beyond what its line is uncertain by."""
    path, reach_m, lines = reach
    for name in lines:
        line = written.lines.get(name)
        off = line.tolerance if isinstance(line, Drawn) else None
        if reach_m is None or not isinstance(off, Quantity) or reach_m > off.base:
            continue
        notes.complain(
            "L-TOO-FINE",
            path,
            f"expected a distance beyond the tolerance of {name} ({off}), got "
            f"{reach_m:g} m: what lies within it can hardly ever be decided",
            "Draw the line more exactly, or list it as a defect of the text.",
        )


def _check_signed(
    written: Written, clause: Provision, path: str, at: _Times, notes: Notes
) -> None:
    """Complain of a deadline that had passed when one whom it binds signed."""
    time, bound = at
    since = bound.get(str(clause.instrument), {})
    dues = [time.lay(each) for each in clause.deadline]
    known = [each.at for each in dues if each is not None and not each.upon]
    if not known or len(known) < len(dues):
        return
    late = [each for each in bearers(written, clause) if _after(since, each, known)]
    if late:
        notes.complain(
            "L-LATE-SIGNATURE",
            f"{path}.deadline",
            f"expected a deadline after all have signed, got one that had passed "
            f"before {', '.join(late)} did: it does not bind them",
            "Give them a deadline of their own, or correct the date of the signature.",
        )


def _after(since: dict[str, datetime], actor: str, dues: list[datetime]) -> bool:
    return actor in since and since[actor] >= max(dues)
