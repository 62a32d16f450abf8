"""A thing seen, while its sentence is still being put together.

The one mutable value of this package: it lives inside `Assembly` for one
sentence and leaves it as a frozen `Observed`.
"""

from dataclasses import dataclass, field

from pamiers.ingest.smm.phrase.items import Item
from pamiers.ingest.smm.phrase.times import TimePhrase
from pamiers.ingest.smm.sentence import (
    Count,
    Flight,
    Part,
    PlacePhrase,
    Sector,
    Standing,
    Weapon,
)

FLYING = frozenset({"projectile", "round", "illumination", "salvo", "shot", "burst",
                    "shot_or_burst", "explosion", "muzzle_flash", "fire"})  # fmt: skip


@dataclass(slots=True, kw_only=True)
class Draft:
    """One thing with what has been attached to it so far."""

    item: Item
    kind: str
    count: Count | None
    group: int  #: number of the verb that governs it
    sense: str | None = None
    platform: str | None = None
    observer: PlacePhrase | None = None
    time: TimePhrase | None = None
    sector: Sector | None = None
    place: PlacePhrase | None = None
    places: tuple[PlacePhrase, ...] = ()
    description: str | None = None
    standing: Standing = Standing.OBSERVED
    weapons: list[Weapon] = field(default_factory=list)
    flights: list[Flight] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    aimed: bool = False  #: fire at the Mission's own people or means
    perceived: bool = False  #: a verb governs it; otherwise it waits for one
    at: int = 0  #: position in the sentence
    denied: bool = False  #: looked for and not perceived
    absent: bool = False  #: known of before, and no longer there
    known: bool = False  #: "eight of the ten tanks": counted before

    @property
    def event(self) -> bool:
        """Return whether it is fire, an explosion or a violation."""
        return self.item.noun.group in ("event", "elliptic", "violation")
