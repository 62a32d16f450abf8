"""The state of one sentence while its pieces are read from left to right.

The one mutable value of this package; it lives for one sentence only.
"""

from dataclasses import dataclass, field, replace

from pamiers.ingest.smm.clause.draft import Draft
from pamiers.ingest.smm.phrase.agents import Agent
from pamiers.ingest.smm.phrase.items import Item
from pamiers.ingest.smm.phrase.times import TimePhrase
from pamiers.ingest.smm.scan import Piece
from pamiers.ingest.smm.sentence import PlacePhrase, Sector
from pamiers.ingest.smm.stream import Stream
from pamiers.ingest.smm.wordlist import words

#: Prepositions after which a thing is context, not an object.
INSIDE = frozenset(
    words(
        """
in on at near between towards against into over above to inside within beneath
around behind onto along beside through across under outside from by toward via
since until for opposite
"""
    )
)
_BE = frozenset(words("was were is are been being be"))


@dataclass(slots=True)
class Assembly:
    """The state of one sentence while its pieces are read from left to right."""

    stream: Stream
    pieces: tuple[Piece, ...]
    inherited_sense: str | None = None  #: of a lead such as "the SMM saw:"
    is_row: bool = False  #: a row of a table: the first place is the observer's
    drafts: list[Draft] = field(default_factory=list)
    time: TimePhrase | None = None
    agent: Agent | None = None
    observer: PlacePhrase | None = None
    scene: tuple[PlacePhrase, ...] = ()
    sense: str | None = None
    senses: int = 0
    negated: bool = False
    negations: int = 0
    claimed: bool = False
    claims: int = 0
    group: int = 0
    depth: int = 0
    divided: bool = False  #: "of which" was read: the next things are parts
    restated: bool = False  #: "assessed as" was read before a figure
    expecting: bool = False  #: a position word was read: a place follows
    early: list[Sector] = field(default_factory=list)  #: said before any verb
    ahead: Sector | None = None  #: a sector said before what it belongs to
    tags: set[str] = field(default_factory=set)
    loose: list[Piece] = field(default_factory=list)
    harmed: bool = False
    watched: bool = False  #: "monitored" was read: a gathering after it was seen
    restating: bool = False  #: "four of the explosions": a count said before
    partial: bool = False  #: "two of which": what is assessed is a part
    trailing: bool = False  #: "four of which" was read: the clause after it tells
    denying: bool = False  #: the verb that governs what follows is negated
    unable: bool = False  #: "could not see": what is denied was not watched either
    recalling: bool = False  #: "had previously observed": what follows is known
    lacking: bool = False  #: "the absence of": what follows is not there
    at: int = 0  #: position of the piece being read
    read_to: int = 0  #: position after the last thing read
    resume: int = 0  #: what stands before this position was read with another piece
    dropped: list[tuple[int, Item]] = field(default_factory=list)  #: known things

    def following(self, index: int) -> Piece | None:
        """Return the next piece that is no mark, filler or time."""
        for piece in self.pieces[index + 1 :]:
            if piece.tag not in ("mark", "filler", "aside", "pool", "body"):
                return piece
        return None

    def word_before(self, piece: Piece) -> str:
        """Return the word that stands directly before a piece."""
        return self.stream.at(piece.start - 1).lower

    def current(self) -> list[Draft]:
        """Return the things of the verb being read."""
        return [draft for draft in self.drafts if draft.group == self.group]


def merged(before: TimePhrase | None, new: TimePhrase) -> TimePhrase:
    """Return a time phrase with the date of an earlier one where it has none."""
    if before is None or new.days or new.shift_days or new.period:
        return new
    if new.later and new.start_min is None and before.start_min is not None:
        return replace(before, later=True, about=True)
    return replace(
        new,
        days=before.days,
        shift_days=before.shift_days,
        parts=new.parts or (before.parts if new.start_min is None else ()),
    )


def is_passive(state: Assembly, piece: Piece) -> bool:
    """Return whether a form of be stands within two words before a verb."""
    return any(state.stream.at(piece.start - i).lower in _BE for i in (1, 2))


def perceive(draft: Draft, sense: str | None, state: Assembly) -> None:
    """Mark a thing as perceived by whoever is observing."""
    draft.perceived, draft.known = True, False
    draft.sense = draft.sense or sense
    draft.platform = draft.platform or (state.agent.platform if state.agent else None)
    draft.group = state.group
