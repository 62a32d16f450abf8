"""What the words of a plain step mean to a machine, where they mean anything."""

import re
from dataclasses import dataclass
from typing import Final

from pamiers.agreement.model.procedure import Recurrence, Upon
from pamiers.agreement.values.duration import TimeTroubleError, parse_duration

#: stems of words for a clock -> the clock; the first that is found
_CLOCKS: Final = (
    (
        re.compile(r"(initial|first)\s+(breach|violation|incident)", re.IGNORECASE),
        "initial breach",
    ),
    (
        re.compile(r"(previous|preceding|last|each)\s+step|step before", re.IGNORECASE),
        "previous step",
    ),
    (re.compile(r"receipt|received", re.IGNORECASE), "receipt"),
    (re.compile(r"complain", re.IGNORECASE), "complaint"),
    (re.compile(r"report", re.IGNORECASE), "report"),
    (re.compile(r"finding|found", re.IGNORECASE), "finding"),
)
_ALL: Final = re.compile(r"\b(agreement of|consensus|unanim\w*)\b", re.IGNORECASE)
_UNDONE: Final = re.compile(
    r"\b(not|no answer|no agreement|silen\w*|fail\w*|unresolved|refus\w*|laps\w*"
    r"|without)\b",
    re.IGNORECASE,
)
_AGAIN: Final = re.compile(
    r"(?P<n>\d+|two|three|four|five|six|ten)\b[^0-9]*?\b(?:within|in|over)\s+"
    r"(?:any\s+)?(?P<over>\d+\s*(?:min|h|d|w)\b(?:\s+(?:elapsed|wall_clock|working))?)",
    re.IGNORECASE,
)
_NUMBERS: Final = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10}
_ANY: Final = re.compile(
    r"\s*(upon\s+|on\s+)?(a|any|every|each)\s+(violation|breach)(\s+is\s+(found|reported))?\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Ids that the words of a step may name."""

    clauses: tuple[str, ...]
    events: tuple[str, ...]
    steps: tuple[str, ...]


def clock_in(text: str) -> str:
    """Return the clock that words mean; `opening` of the case where they mean none.

    Examples:
        >>> clock_in("the report of a violation")
        'report'
    """
    for stem, clock in _CLOCKS:
        if stem.search(text):
            return clock
    return "opening"


def agreement_in(text: str) -> bool:
    """Tell whether words for a rule of decision ask that all agree."""
    return _ALL.search(text) is not None


def upon_in(text: str, names: Known) -> Upon:
    """Return the trigger that words state; what is not understood stays as words.

    Args:
        text: The trigger of a plain step.
        names: Ids that it may name.

    Returns:
        Clauses, events and steps that it names, and a count over a window.
    """
    again = _again(text)
    clauses = _named(text, names.clauses)
    events = _named(text, names.events)
    after = _named(text, names.steps)
    understood = bool(clauses or events or after or again or _ANY.fullmatch(text))
    return Upon(
        breach_of=clauses,
        event=events,
        after=after,
        how="silent" if after and _UNDONE.search(text) else "done",
        recurrence=again,
        words="" if understood else text,
    )


def _again(text: str) -> Recurrence | None:
    found = _AGAIN.search(text)
    if found is None:
        return None
    try:
        over = parse_duration(found["over"])
    except TimeTroubleError:
        return None
    said = found["n"].casefold()
    return Recurrence(at_least=_NUMBERS.get(said) or int(said), over=over)


def _named(text: str, names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(
        name
        for name in names
        if re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text)
    )
