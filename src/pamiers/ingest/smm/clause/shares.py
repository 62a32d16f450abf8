"""Shares of what was counted: "(12 outgoing, eight as impacts, the rest ...)"."""

from pamiers.ingest.smm.clause.draft import Draft
from pamiers.ingest.smm.clause.state import Assembly
from pamiers.ingest.smm.phrase.items import Item
from pamiers.ingest.smm.scan import Piece
from pamiers.ingest.smm.sentence import Count, Part
from pamiers.ingest.smm.stream import Stream


def is_share(state: Assembly, piece: Piece, found: Item) -> bool:
    """Return whether a thing divides the last one and is no further thing.

    "Seven vehicles, four of which were parked, and 15 people": the people end it.
    """
    last = state.current()[-1] if state.current() else None
    if not (state.divided or state.depth > 0) or last is None:
        return False
    another = found.noun.group not in (last.item.noun.group, "elliptic")
    joined = state.word_before(piece) in ("and", ",")
    if state.trailing and state.depth == 0 and another and joined:
        state.divided = state.trailing = state.partial = False
        return False
    return True


def take_share(state: Assembly, piece: Piece, *, described: bool) -> None:
    """Keep a figure in parentheses as a part; "eight as impacts" tells of what."""
    if not isinstance(piece.value, Count):
        return
    noun = None
    if state.stream.is_word(piece.end, "as"):
        state.resume = share_end(state.stream, piece.end)
        noun = state.stream.text(piece.end, state.resume)
    state.current()[-1].parts.append(Part(count=piece.value, noun=noun))
    state.partial = described and noun is None


def share_end(stream: Stream, begin: int) -> int:
    """Return the position of the comma, "and" or parenthesis that ends a share."""
    depth = 0
    for at in range(begin, len(stream)):
        text = stream.at(at).text
        joint = text == "and" and (
            stream.is_kind(at + 1, "number") or stream.is_word(at + 1, "the")
        )
        if depth == 0 and (text in ",;)" or joint):
            return at
        depth += (text == "(") - (text == ")")
    return len(stream)


def queued(last: Draft) -> bool:
    """Return whether the last thing is a queue, which is counted by who waits."""
    words = last.count.text.lower() if last.count is not None else "a"
    return last.kind == "queue" and words in ("a", "one", "another")
