"""From tokens to pieces: each phrase parser is asked in turn at each position.

The result covers the sentence without a gap: what no parser reads becomes a
filler (a listed word that carries nothing) or an *unknown* piece. Whether an
unknown piece may be passed over is not decided here.
"""

from collections.abc import Callable
from dataclasses import dataclass

from pamiers.ingest.smm.phrase.agents import agent
from pamiers.ingest.smm.phrase.cited import cited
from pamiers.ingest.smm.phrase.directions import bearings, flight, sector
from pamiers.ingest.smm.phrase.harm import bereaved, harmed, ordered, remains
from pamiers.ingest.smm.phrase.items import item
from pamiers.ingest.smm.phrase.numbers import count
from pamiers.ingest.smm.phrase.places import places
from pamiers.ingest.smm.phrase.times import is_ordinal, time_phrase
from pamiers.ingest.smm.phrase.weapons import of_weapons, specification, weapons
from pamiers.ingest.smm.stream import Match, Phrasebook, Stream, outside_parentheses
from pamiers.ingest.smm.wordlist import words
from pamiers.ingest.smm.words.fillers import FILLERS
from pamiers.ingest.smm.words.nouns import HARD_GROUPS, NOUNS
from pamiers.ingest.smm.words.places import BODIES, HOLDERS
from pamiers.ingest.smm.words.triggers import (
    ABSENT,
    ASIDES,
    ASSESSED,
    PARTITION,
    POSITION,
    VIOLATES,
)
from pamiers.ingest.smm.words.verbs import (
    CALM,
    COMPARISON,
    DO,
    HEARSAY,
    NEGATION,
    OCCUR,
    PERCEIVE,
    RESTRICT,
    WITHDRAWAL,
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence with its meaning.

    Tags: time, agent, sense, item, sector, flight, places, weapons, breakdown,
    assessed, partition, violates, compare, restrict, withdrawal, calm, negation,
    absent, occur, hearsay, position, do, heading, occasions, number (a figure that
    counts nothing in sight), pool ("all"), mark, measure, body, aside, filler, unknown.
    """

    tag: str
    value: object
    start: int
    end: int


_Reader = Callable[[Stream, int], Match[object] | None]


def scan(stream: Stream) -> tuple[Piece, ...]:
    """Return the pieces of a sentence, in order and without gaps."""
    out: list[Piece] = []
    at = 0
    while at < len(stream):
        piece = _piece(stream, at)
        out.append(piece)
        at = piece.end
    return tuple(out)


def _piece(stream: Stream, at: int) -> Piece:
    """Return the first reading of the grammar at a position."""
    for tag, reader in _GRAMMAR:
        match = reader(stream, at)
        if match is not None:
            return Piece(tag, match.value, at, match.end)
    return _leftover(stream, at)


def _book(book: Phrasebook[str]) -> _Reader:
    """Return a phrasebook as a reader."""
    return book.read


def _comparison(stream: Stream, at: int) -> Match[object] | None:
    """Read more, fewer or similar where it compares and does not count."""
    match = COMPARISON.read(stream, at)
    if match is None or stream.is_word(match.end, "than"):
        return None
    before = stream.at(at - 1)
    if before.kind == "number" and stream.is_word(at, "more", "less"):
        return None
    return Match(match.value, match.end)


def _assessed(stream: Stream, at: int) -> Match[object] | None:
    """Read "assessed as outgoing mortar rounds" with what it says of the count.

    Stops before a figure: "assessed as 12 outgoing rounds" restates the count.
    """
    lead = ASSESSED.read(stream, stream.skip(at, ",", "all", "(", "both", "each"))
    if lead is None:
        return None
    end = lead.end
    about: list[object] = []
    while True:
        guns = weapons(stream, end)
        if stream.at(end).lower in _DESCRIBING or guns is None:
            if stream.at(end).lower not in _DESCRIBING | _ASSESSED_WORDS:
                break
            about.append(stream.at(end).lower)
            end += 1
        elif _has_figure(stream, end, guns.end):
            break
        else:
            about.append(guns.value)
            end = guns.end
    while stream.is_word(end - 1, "and", "or", "of", "a", "an", "the", "from"):
        end -= 1
    return Match((tuple(about), stream.text(at, end)), end)


_DESCRIBING = frozenset(
    words(
        """
outgoing incoming impact impacts airburst airbursts exercise exercises
"""
    )
)
_ASSESSED_WORDS = frozenset(
    words(
        """
a an the as being outgoing incoming impact impacts airburst airbursts impacting of
rounds round from fired caused by live fire exercise exercises training and or both
likely probable mostly explosion explosions undetermined their its subsequent part
resulting due to detonations controlled detonation shelling gunfire grenades
demining activity activities hunting celebratory not related firing mainly result
either multiple weapons weapon type types unknown
"""
    )
)


def _has_figure(stream: Stream, start: int, end: int) -> bool:
    """Return whether a number stands between two positions."""
    return any(
        stream.is_kind(i, "number") for i in outside_parentheses(stream, start, end)
    )


def _violates(stream: Stream, at: int) -> Match[object] | None:
    """Read "in violation of withdrawal lines" and "outside storage sites"."""
    return VIOLATES.read(stream, at)


def _event_item(stream: Stream, at: int) -> Match[object] | None:
    """Read a counted thing, unless an ordinal, a share or a body opens it."""
    if is_ordinal(stream.at(at).lower):
        return ordered(stream, at)
    if PARTITION.read(stream, at) is not None:
        return None
    named = stream.is_kind(at, "name") and BODIES.read(stream, at) is not None
    if named and not _opens_event(stream, at):
        return None
    for reader in (harmed, remains, bereaved):
        match = reader(stream, at)
        if match is not None:
            return match
    return item(stream, at)


def _opens_event(stream: Stream, at: int) -> bool:
    """Return whether a capitalised word opens a noun of the lists."""
    return NOUNS.read(stream, at) is not None or count(stream, at) is not None


def _weapons(stream: Stream, at: int) -> Match[object] | None:
    """Read "of small-arms fire" standing apart from its noun."""
    return of_weapons(stream, at)


def _group(stream: Stream, at: int) -> Match[object] | None:
    """Read a breakdown in parentheses standing apart from its noun."""
    return specification(stream, at)


def _occasions(stream: Stream, at: int) -> Match[object] | None:
    """Read "on two occasions" as the count it is."""
    number = count(stream, stream.skip(at, "on", "in"))
    if number is None:
        return None
    end = stream.skip(number.end, "separate", "different", "other")
    if not stream.is_word(end, "occasion", "occasions", "instances", "instance"):
        return None
    return Match(number.value, end + 1)


def _heading(stream: Stream, at: int) -> Match[object] | None:
    """Read "moving north-west" and "pointed in a south-westerly direction"."""
    if stream.at(at).lower not in _MOVING:
        return None
    start = stream.skip(
        at + 1, "in", "a", "an", "the", "to", "towards", "direction", "of"
    )
    winds = bearings(stream, start)
    if winds is None or stream.is_word(winds.end, "of"):
        return None
    return Match(stream.text(at, winds.end), winds.end)


_MOVING = frozenset(
    words(
        """
moving heading travelling traveling driving facing pointing pointed headed towed
turned towards oriented aimed barrels
"""
    )
)


def _body(stream: Stream, at: int) -> Match[object] | None:
    """Read a capitalised body that is no function word."""
    match = BODIES.read(stream, at)
    plain = stream.at(at).kind not in ("name", "party") or (
        match is not None and match.end == at + 1 and stream.at(at).lower in FILLERS
    )
    return None if plain else match


def _number(stream: Stream, at: int) -> Match[object] | None:
    """Read a figure that counts nothing in sight: "none in Luhansk region"."""
    match = count(stream, at)
    if match is None or not _bare(stream, at, match.end):
        return None
    return Match(match.value, match.end)


def _bare(stream: Stream, start: int, end: int) -> bool:
    """Return whether a count is said in figures, or as none."""
    return any(
        stream.is_kind(i, "number") or stream.is_word(i, "none", "no")
        for i in range(start, end)
    )


def _aside(stream: Stream, at: int) -> Match[object] | None:
    """Read a fixed phrase that carries nothing, or who holds a feature."""
    return ASIDES.read(stream, at) or HOLDERS.read(stream, at)


_GRAMMAR: tuple[tuple[str, _Reader], ...] = (
    ("violates", _violates),
    ("occasions", _occasions),
    ("heading", _heading),
    ("aside", cited),
    ("time", time_phrase),
    ("flight", flight),
    ("hearsay", _book(HEARSAY)),
    ("partition", _book(PARTITION)),
    ("assessed", _assessed),
    ("sense", _book(PERCEIVE)),
    ("occur", _book(OCCUR)),
    ("calm", _book(CALM)),
    ("position", _book(POSITION)),
    ("agent", agent),
    ("sector", sector),
    ("compare", _comparison),
    ("restrict", _book(RESTRICT)),
    ("withdrawal", _book(WITHDRAWAL)),
    ("absent", _book(ABSENT)),
    ("item", _event_item),
    ("places", places),
    ("breakdown", _group),
    ("weapons", _weapons),
    ("negation", _book(NEGATION)),
    ("aside", _aside),
    ("do", _book(DO)),
    ("body", _body),
    ("number", _number),
)


def _leftover(stream: Stream, at: int) -> Piece:
    """Return a mark, measure, filler or unknown word as a piece of its own."""
    token = stream.at(at)
    if token.kind == "mark":
        return Piece("mark", token.text, at, at + 1)
    if token.lower in ("all", "both"):
        return Piece("pool", token.lower, at, at + 1)
    if token.kind in ("measure", "bearing", "control", "party", "month", "ref"):
        return Piece("measure", token.text, at, at + 1)
    if token.lower in FILLERS or is_ordinal(token.lower):
        return Piece("filler", token.lower, at, at + 1)
    return Piece("unknown", token.text, at, at + 1)


def is_hard(stream: Stream, piece: Piece) -> bool:
    """Return whether an unread piece may not be passed over.

    A figure, or a noun of an event, weapon, mine or casualty, is hard.
    """
    token = stream.at(piece.start)
    if piece.tag == "number" or token.kind == "number":
        return True
    noun = NOUNS.read(stream, piece.start)
    return piece.tag == "unknown" and (
        noun is not None and noun.value.plural and noun.value.group in HARD_GROUPS
    )
