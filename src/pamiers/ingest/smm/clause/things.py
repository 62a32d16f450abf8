"""What was seen: new things, parts of the thing before, and mere context."""

from dataclasses import replace

from pamiers.ingest.smm.clause.draft import Draft
from pamiers.ingest.smm.clause.state import INSIDE, Assembly, perceive
from pamiers.ingest.smm.phrase.items import Item
from pamiers.ingest.smm.scan import Piece
from pamiers.ingest.smm.sentence import Count, Manner, Part, Standing
from pamiers.ingest.smm.wordlist import words
from pamiers.ingest.smm.words.nouns import HARD_GROUPS
from pamiers.ingest.smm.words.participles import HARMED

_SOFT = frozenset(
    words(
        """
people vehicle structure damage other aircraft feature scene weapon
"""
    )
)
_COLLECTIVE = frozenset({"convoy", "gathering", "queue", "train", "vehicle"})
_INSIDE_OUT = ("inside", "outside", "in", "on", "behind")
_CIRCUMSTANCE = frozenset(words("after despite amid without as like"))
_CAUSING = frozenset(
    words("due caused damaged injured killed hit destroyed burned burnt")
)
#: Groups whose things may contain things of another group.
_WHOLES = frozenset(words("violation vehicle weapon people"))
_MEMBERS = frozenset(words("people vehicle weapon other"))
_DEFINITE = ("the", "its", "their", "these", "those")


def take_item(state: Assembly, index: int, piece: Piece) -> None:
    """Take a thing: new, part of the one before, or only context."""
    del index
    found = piece.value
    if not isinstance(found, Item):
        return
    if _harm_of(state, piece, found) or _made_of(state, piece, found):
        return
    restates = state.restated and bool(state.current()) and not found.theirs
    if not restates and _is_context(state, piece, found):
        if found.noun.group in HARD_GROUPS and _has_figure(found):
            state.loose.append(piece)
        return
    if found.of_known and found.noun.group == "event":
        state.restating = True
        return
    if restates:
        _restate(state, piece, found)
    elif (state.divided or state.depth > 0) and _divides(state, found):
        _part(state, found)
    else:
        state.drafts.append(_new(state, found))
        state.ahead = None


def _made_of(state: Assembly, piece: Piece, found: Item) -> bool:
    """Read "a convoy of 14 trucks" and "a rally with some 300 participants"."""
    last = state.drafts[-1] if state.drafts else None
    if last is None or last.kind not in _COLLECTIVE or found.count is None:
        return False
    listing = last.parts and last.kind != "vehicle"
    joined = ("of", "with", "and", ",") if listing else ("of", "with")
    if state.word_before(piece) not in joined or found.noun.group not in _MEMBERS:
        return False
    last.parts.append(Part(count=found.count, noun=found.words))
    return True


def _harm_of(state: Assembly, piece: Piece, found: Item) -> bool:
    """Add people to the casualties before them: injuries to a man and a boy."""
    last = state.drafts[-1] if state.drafts else None
    if last is None or last.item.noun.kind != "casualty":
        return False
    joined = state.word_before(piece) in ("to", "of", "and", ",", ":", "(", "both")
    if found.noun.group != "people" or not joined:
        return False
    if last.item.count is not None:
        last.parts.append(Part(count=found.count, noun=found.words))
    elif found.count is not None and found.count.low is not None:
        last.count = _added(last.count, found.count)
    return True


def _added(known: Count | None, more: Count) -> Count:
    """Return the sum of two exact counts that are said one after the other."""
    if known is None:
        return more
    total = (known.low or 0) + (more.low or 0)
    text = f"{known.text}, {more.text}"
    return Count(low=total, high=total, manner=Manner.EXACT, text=text)


def _is_context(state: Assembly, piece: Piece, found: Item) -> bool:
    """Return whether a noun only says where or why: "between two windows"."""
    before = state.word_before(piece)
    if before == "as" and (found.count is not None or _also(state, piece)):
        return False
    if before in _CIRCUMSTANCE or before == "'s" or _is_cause(state, piece):
        return True
    if found.noun.group not in _SOFT:
        return found.noun.group == "mine" and before == "of" and not state.current()
    return _is_setting(state, piece, found)


def _is_setting(state: Assembly, piece: Piece, found: Item) -> bool:
    """Return whether people, vehicles or houses are only the setting of a thing."""
    before = state.word_before(piece)
    if found.noun.group == "weapon" and _has_figure(found):
        return False
    definite = state.stream.at(piece.start).lower in _DEFINITE or before in _DEFINITE
    known = definite and (found.count is None or found.noun.group != "weapon")
    return before in INSIDE or known or (before == "of" and bool(state.current()))


def _has_figure(found: Item) -> bool:
    """Return whether a thing is counted by more than an article."""
    return found.count is not None and found.count.text.lower() not in ("a", "an")


def _also(state: Assembly, piece: Piece) -> bool:
    """Return whether "as well as" stands before a thing, which then is one more."""
    return state.stream.is_word(piece.start - 2, "well")


def _is_cause(state: Assembly, piece: Piece) -> bool:
    """Return whether a thing is the cause of another: "due to shelling"."""
    lead = state.stream.at(piece.start - 2).lower
    return state.word_before(piece) in ("to", "by") and lead in _CAUSING


def _divides(state: Assembly, found: Item) -> bool:
    """Return whether a thing can be a part of the last one."""
    if not state.current():
        return False
    last = state.current()[-1]
    same = found.noun.group in (last.item.noun.group, "elliptic")
    return same or last.item.noun.group in _WHOLES


def _part(state: Assembly, found: Item) -> None:
    """Keep a thing as a part of the last one, so that it is not counted twice."""
    weapon = found.weapons[0] if found.weapons else None
    part = Part(count=found.count, weapon=weapon, noun=found.words)
    state.current()[-1].parts.append(part)


def _restate(state: Assembly, piece: Piece, found: Item) -> None:
    """Read "explosions assessed as 12 outgoing rounds": the figure replaces."""
    del piece
    last = state.current()[-1]
    known = last.count is not None and last.count.stated is not None
    if known:
        _part(state, found)
        return
    if last.marks and last.marks[-1] == "restated":
        state.drafts.append(_new(state, found))
    else:
        state.drafts[state.drafts.index(last)] = _new(state, found)
    state.drafts[-1].marks.append("restated")


def _new(state: Assembly, found: Item) -> Draft:
    """Return a thing with what is known before it in the sentence."""
    number = found.count
    if found.theirs and state.drafts:
        number = state.drafts[-1].count
    draft = Draft(
        item=found,
        kind=found.noun.kind,
        count=number,
        group=state.group,
        time=state.time,
        sector=state.ahead,
        observer=state.observer,
        description=found.description,
        weapons=list(found.weapons),
        parts=list(found.parts),
        marks=list(found.marks),
        standing=Standing.CLAIMED if state.claimed else Standing.OBSERVED,
    )
    if state.sense is None and found.noun.group == "scene" and state.watched:
        perceive(draft, "monitored", state)
    if state.sense is not None or state.claimed:
        perceive(draft, None if state.claimed else state.sense, state)
    if state.harmed and found.noun.group == "people":
        draft.kind = "casualty"
    return draft


def take_number(state: Assembly, index: int, piece: Piece) -> None:
    """Read "two of which" as a part of the thing before; keep other figures."""
    follows = state.pieces[index + 1] if index + 1 < len(state.pieces) else None
    shared = follows is not None and follows.tag in ("partition", "assessed")
    shared = shared or state.stream.is_word(piece.end, "as")
    if state.depth > 0 and state.current() and isinstance(piece.value, Count):
        state.current()[-1].parts.append(Part(count=piece.value))
        return
    if state.stream.is_word(
        piece.end, "others", "other", "were", "was"
    ) and _more_people(state, piece):
        return
    if shared and state.current() and isinstance(piece.value, Count):
        state.current()[-1].parts.append(Part(count=piece.value))
        state.partial = True
        return
    if state.stream.is_word(piece.end, "overall", "altogether") and _overall(
        state, piece
    ):
        return
    whom = follows is not None and (
        follows.tag == "partition" or state.stream.is_word(piece.end, *_INSIDE_OUT)
    )
    if not (whom and state.agent is not None and not state.drafts):
        take_loose(state, index, piece)


def _overall(state: Assembly, piece: Piece) -> bool:
    """Read "broken windows, about 20 overall" as the count of the windows."""
    last = state.drafts[-1] if state.drafts else None
    if last is None or last.count is not None or not isinstance(piece.value, Count):
        return False
    last.count = piece.value
    return True


def _more_people(state: Assembly, piece: Piece) -> bool:
    """Read "and four others" as as many more of the people before."""
    people = [d for d in state.drafts if d.item.noun.group == "people"]
    if not people or not isinstance(piece.value, Count):
        return False
    item = replace(people[-1].item, count=piece.value, words="others")
    draft = _new(state, item)
    draft.kind, draft.place = people[-1].kind, people[-1].place
    draft.perceived = draft.perceived or people[-1].perceived
    state.drafts.append(draft)
    return True


def _harm(state: Assembly) -> None:
    """Read injured or killed: the people before, or after, are casualties."""
    people = [d for d in state.drafts if d.item.noun.group == "people"]
    state.harmed = not people
    for draft in people:
        draft.kind = "casualty"
        if not draft.perceived:
            perceive(draft, None, state)


def take_loose(state: Assembly, index: int, piece: Piece) -> None:
    """Keep an unread piece; a few words of state are still understood."""
    del index
    word = state.stream.at(piece.start).lower
    last = state.current()[-1:] or state.drafts[-1:]
    if word in ("undetermined", "outgoing", "incoming", "impact", "airburst") and last:
        last[0].description = last[0].description if state.depth else word
        return
    if HARMED.read(state.stream, piece.start) is not None:
        _harm(state)
        return
    state.loose.append(piece)


def take_occasions(state: Assembly, index: int, piece: Piece) -> None:
    """Count fire that was not counted by the occasions on which it was met."""
    del index
    for draft in state.drafts:
        if draft.count is None and isinstance(piece.value, Count):
            draft.count = piece.value
            draft.marks.append("counted in occasions")
