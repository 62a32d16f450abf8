"""Verbs and remarks: who perceived, what was denied, told, assessed, divided."""

from dataclasses import replace

from pamiers.ingest.smm.clause.draft import Draft
from pamiers.ingest.smm.clause.figures import opens_list
from pamiers.ingest.smm.clause.polarity import is_linked, is_recalled, tells_past
from pamiers.ingest.smm.clause.state import Assembly, is_passive, perceive
from pamiers.ingest.smm.phrase.items import Item
from pamiers.ingest.smm.scan import Piece
from pamiers.ingest.smm.sentence import Part, Standing, Weapon
from pamiers.ingest.smm.wordlist import words

#: What binds or lists, and tells nobody anything.
_TERMS = frozenset(
    words(
        """
point points memorandum addendum package measures provisions provision agreement
agreements decision article paragraph notification criteria schedule timetable
records inventory lines line
"""
    )
)


def take_sense(state: Assembly, index: int, piece: Piece) -> None:
    """Take a verb of perception: active opens a group, passive closes one."""
    if not isinstance(piece.value, str):
        return
    denied, state.negated = state.negated, False
    linked = is_linked(state, index)
    if denied and linked and not state.denying:  # "heard but did not see"
        return
    state.senses += 1
    waiting = [d for d in state.drafts if not d.perceived]
    if waiting and is_passive(state, piece):
        for draft in waiting:
            perceive(draft, piece.value, state)
            draft.denied = denied
        return
    if tells_past(state, index, piece):
        return
    told = state.claimed and (state.agent is None or state.agent.same)
    state.claimed = told
    state.sense = None if told else piece.value
    state.denying = denied or (linked and state.denying)
    state.recalling = is_recalled(state, piece)
    state.group += 1
    state.divided = state.restated = state.lacking = False


def take_assessed(state: Assembly, index: int, piece: Piece) -> None:
    """Describe the last thing as the Mission assessed it."""
    if not isinstance(piece.value, tuple):
        return
    words, text = piece.value
    follows = state.following(index)
    figure = follows is not None and follows.tag == "item" and _is_figured(follows)
    state.restated = figure and follows is not None and _adjacent(state, piece, follows)
    for draft in [d for d in state.drafts if not d.perceived and not state.senses]:
        perceive(draft, "assessed", state)
    if state.partial and state.current() and state.current()[-1].parts:
        last = state.current()[-1].parts
        last[-1] = replace(last[-1], noun=text.strip(", ("))
        state.partial = False
        return
    chosen = state.current() or state.drafts[-1:]
    if not text.lower().lstrip(", (").startswith(("all", "both")):
        chosen = chosen[-1:]
    for draft in chosen:
        _describe(draft, words, text)


def _is_figured(piece: Piece) -> bool:
    """Return whether an item is counted by more than an article."""
    item = piece.value
    return (
        isinstance(item, Item)
        and item.count is not None
        and (item.count.text.lower() not in ("a", "an"))
    )


def _adjacent(state: Assembly, piece: Piece, follows: Piece) -> bool:
    """Return whether nothing but an article stands between two pieces."""
    gap = range(piece.end, follows.start)
    return all(state.stream.at(i).lower in ("a", "an", "the") for i in gap)


def _describe(draft: Draft, words: tuple[object, ...], text: str) -> None:
    """Put assessed words on a thing: outgoing, impact, weapons, exercise."""
    draft.marks.append(text.strip(", ("))
    for word in words:
        if isinstance(word, tuple):
            draft.weapons.extend(w for w in word if isinstance(w, Weapon))
        elif word in ("outgoing", "incoming"):
            draft.description = str(word)
        elif word in ("impact", "impacts", "impacting"):
            draft.description = "impact"
        elif word in ("airburst", "airbursts"):
            draft.description = "airburst"
        elif word in ("exercise", "exercises"):
            draft.description = draft.description or "exercise"


def take_weapons(state: Assembly, index: int, piece: Piece) -> None:
    """Give weapons that stand apart to the things of this verb without any."""
    del index
    if not isinstance(piece.value, tuple) or state.word_before(piece) in (
        "both",
        "all",
    ):
        return
    for draft in state.current()[-1:]:
        draft.weapons.extend(w for w in piece.value if isinstance(w, Weapon))


def take_breakdown(state: Assembly, index: int, piece: Piece) -> None:
    """Keep a breakdown that stands apart as parts of the last thing."""
    del index
    if isinstance(piece.value, tuple) and state.current():
        state.current()[-1].parts.extend(p for p in piece.value if isinstance(p, Part))


def take_partition(state: Assembly, index: int, piece: Piece) -> None:
    """Read "of which" and "including": what follows divides."""
    del index, piece
    state.divided = True
    state.trailing = state.partial


def take_hearsay(state: Assembly, index: int, piece: Piece) -> None:
    """Read what follows as someone else's account, unless corroborated."""
    del index
    before = state.word_before(piece)
    own = state.stream.at(piece.start).lower == "said" and any(
        p.tag == "agent" and p.end == piece.start for p in state.pieces
    )
    if before in ("corroborated", "confirmed") or own or _by_terms(state, piece):
        return
    if state.stream.is_word(piece.start, "according"):
        for draft in state.drafts:
            draft.standing = Standing.CLAIMED
    else:  # whoever told it was met, not counted
        state.drafts = [
            d for d in state.drafts if d.perceived or d.item.noun.group != "people"
        ]
    state.claimed = True
    state.claims += 1


def _by_terms(state: Assembly, piece: Piece) -> bool:
    """Return whether "according to" names an agreement or a record, no person."""
    if not state.stream.is_word(piece.start, "according"):
        return False
    after = {state.stream.at(i).lower for i in range(piece.end, piece.end + 7)}
    return bool(after & _TERMS)


def take_occur(state: Assembly, index: int, piece: Piece) -> None:
    """Read a verb of happening: the things before it were perceived."""
    del index
    for draft in [d for d in state.drafts if not d.perceived]:
        perceive(draft, "occurred", state)
    if state.stream.at(piece.start).lower in ("fired", "released"):
        state.sense = state.sense or "occurred"


def take_mark(state: Assembly, index: int, piece: Piece) -> None:
    """Follow parentheses; a semicolon ends a breakdown."""
    del index
    state.depth += (piece.value in ("(", "[")) - (piece.value in (")", "]"))
    state.depth = max(0, state.depth)
    if piece.value in (";", ")"):
        state.divided = state.restated = False
    if piece.value == ":" and opens_list(state, piece):
        state.divided = True


def take_do(state: Assembly, index: int, piece: Piece) -> None:
    """Note that the Mission monitored: a gathering it monitored was seen."""
    del index
    words = state.stream.text(piece.start, piece.end).lower()
    state.watched = state.watched or words in ("monitored", "attended", "monitor")
