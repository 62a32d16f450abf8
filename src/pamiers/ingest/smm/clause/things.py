"""What was seen: new things, parts of the thing before, and mere context."""

from dataclasses import replace

from pamiers.ingest.smm.clause.draft import Draft
from pamiers.ingest.smm.clause.figures import (
    is_more,
    is_shown,
    more_of,
    part_of,
    shared_noun,
    take_gun,
)
from pamiers.ingest.smm.clause.shares import is_share, queued, take_share
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
_WOUNDS = frozenset(words("wound wounds injury injuries"))
_SPAN = 8  #: words from "between" to the second of two checkpoints
_JOINTS = frozenset({",", "and", "or", "nor", "any", "other"})
_DEFINITE = ("the", "its", "their", "these", "those")


def take_item(state: Assembly, index: int, piece: Piece) -> None:
    """Take a thing: new, part of the one before, or only context."""
    del index
    found = piece.value
    if not isinstance(found, Item) or _belongs(state, piece, found):
        return
    restates = state.restated and bool(state.current()) and not found.theirs
    if not restates and _is_context(state, piece, found):
        if found.noun.group in HARD_GROUPS and _has_figure(found):
            state.loose.append(piece)
        state.dropped.append((piece.start, found))
        return
    if _spoken_of(state, found):
        return
    if restates:
        _restate(state, piece, found)
    elif is_share(state, piece, found) and _divides(state, found):
        _part(state, found)
    else:
        _add(state, piece, found)
    state.read_to = piece.end


def _belongs(state: Assembly, piece: Piece, found: Item) -> bool:
    """Return whether a noun only says more of people or vehicles read before."""
    if _harm_of(state, piece, found) or _made_of(state, piece, found):
        return True
    return _wounds(state, found) or _hit(state, piece, found)


def _hit(state: Assembly, piece: Piece, found: Item) -> bool:
    """Read "damage at five houses" as damage counted by the houses."""
    last = state.drafts[-1] if state.drafts else None
    if last is None or last.item.words.lower() != "damage" or last.count is not None:
        return False
    at = state.word_before(piece) in ("at", "to", "in", "of", "on")
    figure = found.count is not None and found.count.stated is not None
    if not at or found.noun.group != "damage" or not figure or not _has_figure(found):
        return False
    last.count = found.count
    return True


def _spoken_of(state: Assembly, found: Item) -> bool:
    """Read "one more" as another lot, "four of the explosions" as counted before."""
    if found.noun.group == "elliptic" and "more" in found.marks and state.drafts:
        further = more_of(state.drafts[-1])
        further.count, further.time = found.count, state.time
        state.drafts.append(further)
        return True
    known = found.of_known and found.noun.group == "event"
    state.restating = state.restating or known
    return known


def _made_of(state: Assembly, piece: Piece, found: Item) -> bool:
    """Read "a convoy of 14 trucks" and "a rally with some 300 participants"."""
    last = state.drafts[-1] if state.drafts else None
    if last is None or last.kind not in _COLLECTIVE or found.count is None:
        return False
    listing = last.parts and last.kind != "vehicle"
    joined = ("of", "with", "and", ",") if listing else ("of", "with")
    if state.word_before(piece) not in joined or found.noun.group not in _MEMBERS:
        return False
    if queued(last):  # "a queue of 150 pedestrians" counts them, not queues
        state.drafts[-1] = drafted(state, found)
        return True
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


def _wounds(state: Assembly, found: Item) -> bool:
    """Read wounds of people named before as their harm, not as more casualties."""
    last = found.words.lower().rpartition(" ")[2]
    people = [d for d in state.drafts if d.item.noun.group == "people"]
    harmed = any(d.kind == "casualty" for d in state.drafts)
    if last not in _WOUNDS or not (people or harmed) or _has_figure(found):
        return False
    _harm(state)
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
    also = before == "as" and (found.count is not None or _also(state, piece))
    if also or _befell(state, piece, found) or _attended(state, piece):
        return False
    if before == "of" and state.stream.is_word(piece.start - 2, "funeral", "burial"):
        return True
    if before in _CIRCUMSTANCE or before == "'s" or _is_cause(state, piece):
        return True
    if found.noun.group not in _SOFT:
        kept = found.noun.group == "mine" and before == "of" and not _has_figure(found)
        return kept and not state.current()
    return _is_setting(state, piece, found)


def _attended(state: Assembly, piece: Piece) -> bool:
    """Return whether a thing was looked into, or was there: "attended by 30 men"."""
    by = state.stream.is_word(piece.start - 2, "attended")
    return _analysed(state, piece) or (by and state.word_before(piece) == "by")


def _analysed(state: Assembly, piece: Piece) -> bool:
    """Return whether a thing was looked into: "analysis on 11 craters"."""
    return state.word_before(piece) in ("on", "of") and state.stream.is_word(
        piece.start - 2, "analysis", "analyses"
    )


def _befell(state: Assembly, piece: Piece, found: Item) -> bool:
    """Return whether counted fire is why the Mission left, not what did damage."""
    lead = state.stream.text(max(0, piece.start - 2), piece.start).lower()
    cause = lead.endswith((" after", "due to", "because of", " as"))
    mined = found.noun.group == "mine" and lead == "presence of"
    about = not state.drafts and "restrict" in state.tags | _left(state)
    fire = found.noun.group == "event" and cause
    return (fire or mined) and about and _has_figure(found)


def _left(state: Assembly) -> set[str]:
    """Return "restrict" for a patrol that had to leave or was forced away."""
    told = {token.lower for token in state.stream.tokens}
    away = told & {"leave", "left", "relocate", "relocated", "withdraw", "departed"}
    return {"restrict"} if away and not state.claimed else set()


def _is_setting(state: Assembly, piece: Piece, found: Item) -> bool:
    """Return whether people, vehicles or houses are only the setting of a thing."""
    before = state.word_before(piece)
    ordered = found.noun.kind == "convoy" and _has_figure(found)
    if ordered or (found.noun.group == "weapon" and _has_figure(found)):
        return False
    definite = state.stream.at(piece.start).lower in _DEFINITE or before in _DEFINITE
    if found.noun.group == "structure" and not _has_figure(found):
        earlier = range(max(0, piece.start - _SPAN), piece.start)
        if any(state.stream.is_word(i, "between") for i in earlier):
            return True
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
    same = same or (found.noun.group == "other" and state.depth > 0)
    return same or last.item.noun.group in _WHOLES


def _part(state: Assembly, found: Item) -> None:
    """Keep a thing as a part of the last one, so that it is not counted twice."""
    weapon = found.weapons[0] if found.weapons else None
    noun = found.words or found.description
    part = Part(count=found.count, weapon=weapon, noun=noun)
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
        state.drafts.append(drafted(state, found))
    else:
        state.drafts[state.drafts.index(last)] = drafted(state, found)
    state.drafts[-1].marks.append("restated")


def drafted(state: Assembly, found: Item) -> Draft:
    """Return a thing with what is known before it in the sentence."""
    number = found.count
    if found.theirs and state.drafts:
        number = state.drafts[-1].count
    if _shares_none(state, found):
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
        at=state.at,
        weapons=list(found.weapons),
        parts=list(found.parts),
        marks=list(found.marks),
        standing=Standing.CLAIMED if state.claimed else Standing.OBSERVED,
    )
    seen = ("scene", "casualty", "weapon")
    if state.sense is None and found.noun.group in seen and state.watched:
        perceive(draft, "monitored", state)
    if state.sense is not None or state.claimed:
        perceive(draft, None if state.claimed else state.sense, state)
    if _befallen(state, draft):
        perceive(draft, "occurred", state)
    if state.harmed and found.noun.group == "people":
        draft.kind = "casualty"
    _deny(state, draft)
    if found.theirs:
        draft.marks.append("of the rounds before")
    return draft


def _shares_none(state: Assembly, found: Item) -> bool:
    """Return whether "no explosions or bursts" denies this thing too."""
    last = state.drafts[-1] if state.drafts else None
    if last is None or found.count is not None or not is_none(last.count):
        return False
    between = [state.stream.at(i).lower for i in range(state.read_to, state.at)]
    return bool(between) and all(word in _JOINTS for word in between)


def is_none(count: Count | None) -> bool:
    """Return whether a count is nought."""
    return count is not None and count.low == count.high == 0


def _deny(state: Assembly, draft: Draft) -> None:
    """Mark what a negated verb governs, and what is said to be lacking.

    "Did not see the five howitzers it had seen": they are known, and away.
    """
    group, figure = draft.item.noun.group, _has_figure(draft.item)
    if group == "nothing" and state.sense in ("heard", "recorded", "saw and heard"):
        draft.kind = "fire"  # whoever hears nothing hears no fire
    movable = group in ("weapon", "mine", "vehicle")
    away = state.lacking or "missing" in draft.marks
    gone = state.denying and figure and movable and not is_none(draft.count)
    if (away and group in (*_MEMBERS, "mine", "aircraft")) or gone:
        perceive(draft, state.sense, state)
        draft.absent = True
    elif state.denying:
        draft.denied = draft.perceived
    again = draft.item.of_known and group == "weapon" and not draft.perceived
    draft.known = again or (state.recalling and group in ("weapon", "mine", "vehicle"))


def _add(state: Assembly, piece: Piece, found: Item) -> None:
    """Add a new thing; fire that someone came under was perceived."""
    state.drafts.append(drafted(state, found))
    state.ahead = None
    if _under_fire(state, piece):
        perceive(state.drafts[-1], "occurred", state)
    if _analysed(state, piece) and not state.claimed:
        perceive(state.drafts[-1], "observed", state)


def _under_fire(state: Assembly, piece: Piece) -> bool:
    """Return whether the thing is fire that someone came under."""
    under = state.word_before(piece) == "under" and not state.claimed
    return under and state.stream.is_word(
        piece.start - 2, "came", "come", "was", "were"
    )


def _befallen(state: Assembly, draft: Draft) -> bool:
    """Return whether a new thing is fire that made the Mission leave."""
    about = "restrict" in state.tags | _left(state)
    fire = draft.item.noun.group in ("event", "mine") and _has_figure(draft.item)
    return about and fire and state.sense is None and not state.claimed


def take_number(state: Assembly, index: int, piece: Piece) -> None:
    """Read "two of which" as a part of the thing before; keep other figures."""
    follows = state.pieces[index + 1] if index + 1 < len(state.pieces) else None
    shared = follows is not None and follows.tag in ("partition", "assessed")
    shared = shared or state.stream.is_word(piece.end, "as")
    if state.depth > 0 and state.current() and isinstance(piece.value, Count):
        take_share(state, piece, described=shared)
        return
    if (
        _of_last(state, index, piece)
        or _lone(state, index, piece)
        or _more_people(state, piece)
    ):
        return
    if shared and state.current() and isinstance(piece.value, Count):
        state.current()[-1].parts.append(Part(count=piece.value))
        state.partial = True
        return
    if part_of(state, piece) or _overall(state, piece):
        return
    whom = follows is not None and (
        follows.tag == "partition" or state.stream.is_word(piece.end, *_INSIDE_OUT)
    )
    if not (whom and state.agent is not None and not state.drafts):
        take_loose(state, index, piece)


def _of_last(state: Assembly, index: int, piece: Piece) -> bool:
    """Read "and three were present" after seven tanks that were absent."""
    after = [p for p in state.pieces[index + 1 :] if p.tag not in ("filler", "do")]
    last = state.drafts[-1] if state.drafts else None
    if last is None or not after or not isinstance(piece.value, Count):
        return False
    away = after[0].value == "away"
    if after[0].tag != "absent" or away == last.absent:
        return False
    further = more_of(last)
    further.count, further.at, further.absent = piece.value, state.at, away
    further.group = state.group
    state.drafts.append(further)
    return True


def _lone(state: Assembly, index: int, piece: Piece) -> bool:
    """Read a figure whose noun another figure has: before it, or after it."""
    paired = shared_noun(state, index, piece)
    if paired is not None:
        state.drafts.append(drafted(state, paired))
        return True
    if is_more(state, piece) and isinstance(piece.value, Count):
        last = state.drafts[-1]
        further = more_of(last)
        further.count, further.group, further.at = piece.value, state.group, state.at
        further.absent = False
        further.time = state.time if state.time is not last.time else None
        state.drafts.append(further)
        return True
    if is_shown(state, piece) and isinstance(piece.value, Count):
        state.current()[-1].parts.append(Part(count=piece.value))
        return True
    return take_gun(state, piece)


def _overall(state: Assembly, piece: Piece) -> bool:
    """Read "broken windows, about 20 overall" as the count of the windows."""
    last = state.drafts[-1] if state.drafts else None
    if not state.stream.is_word(piece.end, "overall", "altogether"):
        return False
    said = state.stream.is_word(piece.end, "overall", "altogether")
    if last is None or not said or last.count is not None:
        return False
    if not isinstance(piece.value, Count):
        return False
    last.count = piece.value
    return True


def _more_people(state: Assembly, piece: Piece) -> bool:
    """Read "and four others" as as many more of the people before."""
    people = [d for d in state.drafts if d.item.noun.group == "people"]
    said = state.stream.is_word(piece.end, "others", "other", "were", "was")
    if not said or not people or not isinstance(piece.value, Count):
        return False
    item = replace(people[-1].item, count=piece.value, words="others")
    draft = drafted(state, item)
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
