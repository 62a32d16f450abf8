"""Put pieces together: which sector, time, place and weapon belongs to what.

Rules of attachment, in the order of the text:

* A modifier after several things of one verb belongs to each of them that has
  none yet: "nine explosions and 17 projectiles ..., all 1-4km south".
* A time between things opens a new group when a thing follows it.
* A place before the verb is the observer's when a position word, a camera or a
  patrol came before it; otherwise it is the scene of what follows.
* Things in parentheses or after "of which" divide the thing before them.
* A thing is perceived when a verb of perception governs it, or when it is the
  subject of one in the passive or of a verb of happening.
"""

from collections.abc import Callable

from pamiers.ingest.smm.clause.polarity import (
    take_absent,
    take_aside,
    take_negation,
    take_restrict,
)
from pamiers.ingest.smm.clause.settings import (
    take_agent,
    take_flight,
    take_heading,
    take_places,
    take_position,
    take_sector,
    take_time,
)
from pamiers.ingest.smm.clause.state import Assembly
from pamiers.ingest.smm.clause.things import (
    take_item,
    take_loose,
    take_number,
    take_occasions,
)
from pamiers.ingest.smm.clause.verbs import (
    take_assessed,
    take_breakdown,
    take_do,
    take_hearsay,
    take_mark,
    take_occur,
    take_partition,
    take_sense,
    take_weapons,
)
from pamiers.ingest.smm.scan import Piece
from pamiers.ingest.smm.stream import Phrasebook, Stream
from pamiers.ingest.smm.words.participles import AIMED


def assemble(
    stream: Stream, pieces: tuple[Piece, ...], lead: str | None, *, is_row: bool
) -> Assembly:
    """Return the assembled sentence.

    Args:
        stream: Tokens of the sentence.
        pieces: What `scan` read of them.
        lead: Verb of a sentence before that introduced a list, or None.
        is_row: Whether the sentence is a row of a table.

    Returns:
        The assembly after its last piece.
    """
    state = Assembly(stream, pieces, lead, is_row)
    state.sense = lead
    for index, piece in enumerate(pieces):
        if piece.start < state.resume and piece.tag != "mark":
            continue
        state.tags.add(piece.tag)
        state.at = piece.start
        reader = _READERS.get(piece.tag)
        if reader is not None:
            reader(state, index, piece)
    return state


_UNDER_FIRE: Phrasebook[bool] = Phrasebook(
    dict.fromkeys(("came under", "was under", "were under", "had come under"), True)
)


def aimed_at_mission(state: Assembly) -> bool:
    """Return whether fire is said to be aimed at the Mission's people or means."""
    for at, _ in _UNDER_FIRE.find(state.stream):
        if any(p.tag == "agent" and p.end == at for p in state.pieces):
            return True
    for _, match in AIMED.find(state.stream):
        for piece in state.pieces:
            near = match.end <= piece.start <= match.end + 3
            if near and piece.tag == "agent":
                return True
            if piece.start <= match.end <= piece.end and piece.tag == "agent":
                return True
    return False


_Reader = Callable[[Assembly, int, Piece], None]
_READERS: dict[str, _Reader] = {
    "time": take_time,
    "agent": take_agent,
    "position": take_position,
    "places": take_places,
    "sense": take_sense,
    "item": take_item,
    "sector": take_sector,
    "flight": take_flight,
    "assessed": take_assessed,
    "weapons": take_weapons,
    "breakdown": take_breakdown,
    "partition": take_partition,
    "negation": take_negation,
    "absent": take_absent,
    "aside": take_aside,
    "restrict": take_restrict,
    "hearsay": take_hearsay,
    "occur": take_occur,
    "mark": take_mark,
    "occasions": take_occasions,
    "heading": take_heading,
    "unknown": take_loose,
    "number": take_number,
    "do": take_do,
}
