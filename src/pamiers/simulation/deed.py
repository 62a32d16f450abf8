"""What really happened in a simulated world, and what was owed and left undone."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One thing that happened, exactly where and when it did.

    A deed is the truth: position and instant are exact, and `party` did it, whoever is
    blamed for it.
    """

    id: str
    clause: str  #: clause that its author meant to break
    party: str  #: who did it
    kind: str  #: of `core.kind`
    start: datetime  #: UTC
    end: datetime
    lon: float | None = None  #: WGS84 [deg]; None where the agreement has no ground
    lat: float | None = None
    weapons: str | None = None
    calibre_mm: float | None = None
    count: int | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)
    blamed: str | None = None  #: whom its author means to be taken for it
    answers: str | None = None  #: deed that it answers


@dataclass(frozen=True, slots=True, kw_only=True)
class Omission:
    """Something owed that its bearer left undone, or did late."""

    clause: str
    party: str
    due_at: datetime
    done_at: datetime | None = None  #: None: never


@dataclass(frozen=True, slots=True, kw_only=True)
class Invention:
    """A claim of something that never was."""

    id: str
    by: str
    against: str
    clause: str
    at: datetime
