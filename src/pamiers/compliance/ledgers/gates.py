"""How each gate of an agreement stands, and how it came to."""

from dataclasses import dataclass
from datetime import datetime

from pamiers.agreement.undertaking import Gate
from pamiers.compliance.gates import (
    Measure,
    Turn,
    appeals,
    measures,
    open_at,
    turns,
    window_start,
)
from pamiers.compliance.ledgers.known import Known


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """How a gate stands, and how it came to."""

    gate: str
    title: dict[str, str]
    is_open: bool
    measures: tuple[Measure, ...]  #: over the window that ends now
    certified_by: str  #: whose word it takes
    certified_at: datetime | None  #: since when their word holds
    opens: tuple[str, ...]  #: clauses
    rolls_back: bool
    window: str
    window_from: datetime
    turns: tuple[Turn, ...]  #: in order of time
    appeals: tuple[str, ...]  #: records of appeal, `source:key`


def gates(known: Known) -> tuple[Passage, ...]:
    """Return how each gate of the agreement stands, in the order of the file."""
    held = known.agreement.gates.values()
    return known.once(("gates",), lambda: tuple(_passage(g, known) for g in held))


def shut_by(clause: str, known: Known) -> tuple[str, ...]:
    """Return the gates that keep a clause from being due, in the order of the file."""
    named = [passage for passage in gates(known) if clause in passage.opens]
    return tuple(passage.gate for passage in named if not passage.is_open)


def _passage(gate: Gate, known: Known) -> Passage:
    past = tuple(turns(gate, known, known.now))
    words = [turn for turn in past if turn.to in ("certified", "not certified")]
    stands = bool(words) and words[-1].to == "certified"
    return Passage(
        gate=gate.id,
        title=gate.title,
        is_open=open_at(past),
        measures=measures(gate, known, known.now),
        certified_by=gate.certified_by,
        certified_at=words[-1].at if stands else None,
        opens=gate.opens,
        rolls_back=gate.rolls_back,
        window=str(gate.window),
        window_from=window_start(gate, known.agreement, known.now),
        turns=past,
        appeals=appeals(gate, known, known.now),
    )
