"""The menu of levers: what each points at, and what it may make of a figure."""

from pamiers.agreement.complaint import Notes
from pamiers.agreement.values.blank import Blank, filled
from pamiers.agreement.values.quantity import Quantity
from pamiers.deterrence.assumptions.leaves import HUGE
from pamiers.deterrence.assumptions.names import once, unknown
from pamiers.deterrence.assumptions.written import Change, Incentives

#: what a lever may change, by what it points at
CHANGEABLE = {
    "clause": (
        *("gain", "detection", "verification", "attribution"),
        *("false_alarm", "lag"),
    ),
    "step": ("after", "lasts", "loss", "credibility", "cost", "restores"),
    "party": ("discount", "peace", "war", "first_strike"),
}
_SHARES = (
    *("detection", "verification", "attribution"),
    *("false_alarm", "credibility", "discount"),
)
#: what figures may be; all others are amounts of at least 0
_BOUNDS = {
    **dict.fromkeys(_SHARES, (0.0, 1.0)),
    **dict.fromkeys(("peace", "war"), (-HUGE, HUGE)),
}
#: figures that may differ by party
BY_PARTY = ("gain", "loss")


def aim_of(change: Change) -> str:
    """Return what a change points at: `clause`, `step` or `party`; empty if unclear."""
    if change.clause and change.step:
        return ""
    for word in ("clause", "step", "party"):
        if getattr(change, word):
            return word
    return ""


def check_levers(found: Incentives, notes: Notes) -> None:
    """Complain of levers that point at nothing, or make a figure what it cannot be.

    Args:
        found: The assumptions as read.
        notes: Takes the complaints.
    """
    ids = [each.id for each in found.levers]
    for index, lever in enumerate(found.levers):
        path = f"levers[{index}]"
        for name in filled(lever.excludes):
            if name not in ids:
                unknown(notes, f"{path}.excludes", "a lever", name, ids)
            if name == lever.id:
                notes.complain(
                    "I-CONTRARY",
                    f"{path}.excludes",
                    f"expected another lever, got {name!r} itself",
                    "Remove it: a lever is pulled once at most.",
                )
        once(filled(lever.excludes), f"{path}.excludes", notes)
        if not lever.changes:
            notes.complain(
                "F-SCHEMA-VALUE",
                f"{path}.changes",
                "expected at least one change, got none",
                "Say what the lever changes, or remove it.",
            )
        for at, change in enumerate(lever.changes):
            if isinstance(change, Change):
                _check_change(change, f"{path}.changes[{at}]", found, notes)


def _check_change(change: Change, path: str, found: Incentives, notes: Notes) -> None:
    aim = aim_of(change)
    if not aim:
        notes.complain(
            "F-SCHEMA-ONE",
            path,
            "expected one of the keys clause, step, party, got none or two",
            "Say what the lever changes.",
        )
        return
    if change.of not in CHANGEABLE[aim]:
        unknown(
            notes, f"{path}.of", f"a figure of a {aim}", str(change.of), CHANGEABLE[aim]
        )
    _check_aim(change, path, found, notes)
    _check_figure(change, path, notes)


def _check_figure(change: Change, path: str, notes: Notes) -> None:
    """Complain of what a figure cannot become, and of times without their unit."""
    timed = change.of in {"lag", "after", "lasts"}
    for key, value in (("to", change.to), ("add", change.add)):
        if isinstance(value, Blank) or value is None:
            continue
        if isinstance(value, Quantity) != timed:
            whole = isinstance(value, float) and value.is_integer() and value > 0
            such = f"{value:g} d" if whole else "2 d"
            notes.complain(
                "Q-UNIT",
                f"{path}.{key}",
                f"expected {'a time with its unit' if timed else 'a number'}, "
                f"got {value if isinstance(value, Quantity) else f'{value:g}'}",
                f"Write it such as '{such}'." if timed else "Write it without a unit.",
            )
    to = change.to.base if isinstance(change.to, Quantity) else change.to
    low, high = _BOUNDS.get(str(change.of), (0.0, HUGE))
    if isinstance(to, float) and not low <= to <= high:
        shown = change.to if isinstance(change.to, Quantity) else f"{to:g}"
        notes.complain(
            "I-RANGE",
            f"{path}.to",
            f"expected {change.of} from {low:g} to {high:g}, got {shown}",
            "Correct the figure.",
        )


def _check_aim(change: Change, path: str, found: Incentives, notes: Notes) -> None:
    clauses = {each.id: each for each in found.clauses}
    steps = [each.id for each in found.ladder]
    if change.clause and change.clause not in clauses:
        unknown(
            notes,
            f"{path}.clause",
            "a clause put to the test",
            str(change.clause),
            clauses,
        )
    if change.step and change.step not in steps:
        unknown(notes, f"{path}.step", "a step", str(change.step), steps)
    if change.party and change.party not in found.parties:
        unknown(notes, f"{path}.party", "a party", str(change.party), found.parties)
    if change.of != "detection":
        if change.means:
            notes.complain(
                "I-CONTRARY",
                f"{path}.means",
                f"expected a means only where detection changes, got {change.means!r} "
                f"for {change.of}",
                "Remove it, or say `of: detection`.",
            )
        return
    clause = clauses.get(change.clause)
    if clause is not None and change.means not in clause.detection:
        here = f"{path}.means"
        unknown(
            notes, here, "a means that watches it", str(change.means), clause.detection
        )
