"""What is said not to be: verbs denied, things absent, remarks on other days."""

from pamiers.ingest.smm.clause.draft import Draft
from pamiers.ingest.smm.clause.state import Assembly, perceive
from pamiers.ingest.smm.clause.things import drafted
from pamiers.ingest.smm.scan import Piece
from pamiers.ingest.smm.sentence import Part
from pamiers.ingest.smm.wordlist import words

#: Groups whose things may be said to be missing; a missing roof is damage.
MOVABLE = frozenset(words("weapon mine people vehicle aircraft"))
_PARTICIPLES = frozenset(words("seen observed spotted recorded noted detected sighted"))
_ENDS = frozenset({",", ";", ")", ":"})
_RELATIVE = 10  #: words from a thing to the verb of its relative clause
_TURNS = frozenset(words("that but while where whereas although ;"))


def take_negation(state: Assembly, index: int, piece: Piece) -> None:
    """Remember that the verb that follows is denied."""
    follows = state.following(index)
    if state.stream.is_word(piece.end, "able") and index + 3 < len(state.pieces):
        follows, state.unable = state.pieces[index + 3], True
    if follows is None or follows.tag not in ("sense", "calm"):
        return
    state.unable |= state.stream.is_word(piece.start, "could", "cannot")
    if _is_remark(state, piece, follows):
        state.resume = _clause_end(state, follows.end)
        return
    state.negated = True
    state.negations += 1


def take_restrict(state: Assembly, index: int, piece: Piece) -> None:
    """Read "unable to see": nothing was seen, and nothing was watched."""
    words = state.stream.text(piece.start, piece.end).lower()
    follows = state.pieces[index + 1] if index + 1 < len(state.pieces) else None
    if words in ("unable to", "not able to") and follows and follows.tag == "sense":
        state.negated = state.unable = True
        state.negations += 1


def _is_remark(state: Assembly, piece: Piece, follows: Piece) -> bool:
    """Return whether "not seen on 25 January" tells of a thing sighted now."""
    waiting = any(not d.perceived for d in state.drafts)
    if waiting or not state.current() or state.denying:
        return False
    bare = state.stream.at(piece.start).lower in ("not", "never")
    which = state.word_before(piece) in ("which", "that", "and", ",")
    participle = state.stream.at(follows.start).lower in _PARTICIPLES
    passive = state.stream.at(piece.start).lower in ("was", "were")
    return participle and (bare or (which and passive))


def _clause_end(state: Assembly, begin: int) -> int:
    """Return the position of the mark that ends a clause, or of the end."""
    stream, depth = state.stream, 0
    for at in range(begin, len(stream)):
        text = stream.at(at).text
        if depth == 0 and text in _ENDS:
            return at
        depth += (text == "(") - (text == ")")
    return len(stream)


def take_aside(state: Assembly, index: int, piece: Piece) -> None:
    """Pass over "compared with imagery from 10 April": it tells of another day."""
    del index
    words = state.stream.text(piece.start, piece.end).lower()
    if words.endswith(("compared with", "compared to")):
        state.resume = _clause_end(state, piece.end)


def is_linked(state: Assembly, index: int) -> bool:
    """Return whether a verb of perception follows another: did not see or hear."""
    for piece in reversed(state.pieces[:index]):
        if piece.tag not in ("filler", "mark", "aside", "negation"):
            return piece.tag == "sense"
    return False


def is_past(state: Assembly, piece: Piece) -> bool:
    """Return whether a verb tells when a thing was met before: it had seen."""
    return any(
        state.stream.is_word(piece.start - i, "had", "previously") for i in (1, 2)
    )


def is_recalled(state: Assembly, piece: Piece) -> bool:
    """Return whether what follows was met on another day: had previously observed."""
    return state.word_before(piece) == "previously" and is_past(state, piece)


def tells_past(state: Assembly, index: int, piece: Piece) -> bool:
    """Pass over "it had seen on 2 August" after a thing: when it was met before."""
    close = range(piece.start - _RELATIVE, piece.start)
    known = [at for at, _ in state.dropped] + [d.at for d in state.current()]
    if not is_past(state, piece) or not any(at in close for at in known):
        return False
    for later in state.pieces[index + 1 :]:
        if later.tag == "time":
            state.resume = later.end
        if later.tag not in ("filler", "places"):
            break
    return True


def take_absent(state: Assembly, index: int, piece: Piece) -> None:
    """Read missing, absent or present: of what was named, or of what follows."""
    follows = state.pieces[index + 1] if index + 1 < len(state.pieces) else None
    subjects = _subjects(state, index)
    adjacent = follows is not None and follows.tag == "item"
    if piece.value == "lacking" or (adjacent and not subjects):
        state.lacking = piece.value != "there"
        return
    for draft in subjects:
        perceive(draft, state.sense, state)
        draft.absent = piece.value == "away"
        if draft.count is None and len(draft.parts) == 1:
            draft.count = draft.parts[0].count
        draft.denied = False


def _subjects(state: Assembly, index: int) -> list[Draft]:
    """Return what stands before "were missing": things since the clause began.

    After a bare verb ("saw four tanks and two mortars were missing") only the
    last thing is meant; after "noted that" all of them are.
    """
    begin, verb = _clause_begin(state, index)
    near = [d for d in state.drafts if d.at >= begin and d.item.noun.group in MOVABLE]
    near = near or _recalled(state, begin, index)
    if not near and not verb:
        near = [d for d in state.drafts if not d.perceived][-1:]
    return near[-1:] if verb else near


def _clause_begin(state: Assembly, index: int) -> tuple[int, bool]:
    """Return where the clause of a predicate begins, and whether a verb opens it."""
    for piece in reversed(state.pieces[:index]):
        if piece.tag == "absent" or state.stream.at(piece.start).lower in _TURNS:
            return piece.end, False
        if piece.tag == "hearsay" or (piece.tag == "sense" and _opens(state, piece)):
            return piece.end, piece.tag == "sense"
    return 0, False


def _opens(state: Assembly, piece: Piece) -> bool:
    """Return whether a verb opens a clause, unlike "tanks seen on 2 August"."""
    reduced = state.stream.at(piece.start).lower in _PARTICIPLES and any(
        p.tag == "item" and p.end == piece.start for p in state.pieces
    )
    return not (reduced or is_past(state, piece))


def _recalled(state: Assembly, begin: int, index: int) -> list[Draft]:
    """Return the known thing of a clause: "all the tanks it had seen (nine T-72)"."""
    for at, found in reversed(state.dropped):
        if at < begin or found.noun.group not in MOVABLE:
            continue
        draft = drafted(state, found)
        for piece in state.pieces[:index]:
            if piece.tag == "breakdown" and isinstance(piece.value, tuple):
                draft.parts.extend(p for p in piece.value if isinstance(p, Part))
        if draft.count is None and len(draft.parts) == 1:
            draft.count = draft.parts[0].count
        state.drafts.append(draft)
        return [draft]
    return []
