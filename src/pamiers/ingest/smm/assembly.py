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
from dataclasses import dataclass, field, replace

from pamiers.ingest.smm.draft import FLYING, Draft
from pamiers.ingest.smm.phrase.agents import Agent
from pamiers.ingest.smm.phrase.items import Item
from pamiers.ingest.smm.phrase.times import TimePhrase
from pamiers.ingest.smm.scan import Piece
from pamiers.ingest.smm.sentence import (
    Count,
    Flight,
    Manner,
    Part,
    PlacePhrase,
    Sector,
    Standing,
    Weapon,
)
from pamiers.ingest.smm.stream import Stream
from pamiers.ingest.smm.wordlist import words
from pamiers.ingest.smm.words.participles import AIMED, HARMED

_BE = frozenset(words("was were is are been being be"))
_SOFT = frozenset(
    words(
        """
people vehicle structure damage other aircraft feature scene weapon
"""
    )
)
_INSIDE = frozenset(
    words(
        """
in on at near between towards against into over above to inside within beneath
around behind onto along beside through across under outside from by toward via
since until for opposite
"""
    )
)
_WEAK = frozenset(
    words(
        """
vehicle patrol ground floor surface wall roof side direction window door
"""
    )
)
_COLLECTIVE = frozenset({"convoy", "gathering", "queue", "train", "vehicle"})
_DEFINITE = ("the", "its", "their", "these", "those")


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
    ahead: Sector | None = None  #: a sector said before what it belongs to
    tags: set[str] = field(default_factory=set)
    loose: list[Piece] = field(default_factory=list)
    harmed: bool = False
    watched: bool = False  #: "monitored" was read: a gathering after it was seen
    partial: bool = False  #: "two of which": what is assessed is a part

    def run(self) -> "Assembly":
        """Read every piece and return this assembly."""
        self.sense = self.inherited_sense
        for index, piece in enumerate(self.pieces):
            self.tags.add(piece.tag)
            reader = _READERS.get(piece.tag)
            if reader is not None:
                reader(self, index, piece)
        return self

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
    return Assembly(stream, pieces, lead, is_row).run()


def merged(before: TimePhrase | None, new: TimePhrase) -> TimePhrase:
    """Return a time phrase with the date of an earlier one where it has none."""
    if before is None or new.days or new.shift_days or new.period:
        return new
    if new.later and new.start_min is None and before.start_min is not None:
        return replace(before, later=True, about=True)
    return replace(new, days=before.days, parts=new.parts or (
        before.parts if new.start_min is None else ()
    ))  # fmt: skip


def _time(state: Assembly, index: int, piece: Piece) -> None:
    """Take a time: for what follows, or for what was just read."""
    value = piece.value
    if not isinstance(value, TimePhrase):
        return
    held = state.time
    if held is not None and value.start_min is not None and held.start_min is not None:
        if not (value.days or state.current() or held.end_min is not None):
            state.time = replace(held, end_min=value.end_min or value.start_min)
            return
    follows = state.following(index)
    opens = follows is not None and follows.tag in (
        "item",
        "agent",
        "sense",
        "position",
    )
    if state.current() and not opens:
        for draft in state.current():
            if draft.time is None or not draft.time.text or draft.time is state.time:
                draft.time = merged(draft.time, value)
        return
    state.time = merged(state.time, value)


def _agent(state: Assembly, index: int, piece: Piece) -> None:
    """Take an observer; the object of a verb is none."""
    del index
    if isinstance(piece.value, Agent) and not (
        state.current() and state.word_before(piece) in _INSIDE | {"of", "with"}
    ):
        state.agent = piece.value


def _position(state: Assembly, index: int, piece: Piece) -> None:
    """Expect the place at which the observer stood."""
    del index, piece
    state.expecting = True


def _places(state: Assembly, index: int, piece: Piece) -> None:
    """Give a place to the observer, to the scene, or to what was just read."""
    del index
    found = piece.value
    if not isinstance(found, tuple) or not found or _is_weak(found[0]):
        return
    first = found[0]
    if state.is_row and state.observer is None and not state.current():
        state.observer = first
    elif state.expecting or _of_observer(state, piece) or _by_agent(state, piece):
        first = _one_of_several(found)
        state.observer, state.expecting = first, False
        for draft in [d for d in state.drafts if d.group == state.group]:
            draft.observer = draft.observer or first
    elif state.current() and _holds(state, first):
        _place_drafts(state, found)
    elif not state.current():
        state.scene = found if not state.scene else state.scene


def _one_of_several(found: tuple[PlacePhrase, ...]) -> PlacePhrase:
    """Return the place of an observer; several cameras give all their names."""
    simple = all(p.offset is None and p.relation in ("in", "near") for p in found)
    if len(found) == 1 or not simple or not all(p.names for p in found):
        return found[0]
    names = tuple(name for place in found for name in place.names)
    return replace(found[0], names=names, relation="several", anchor=None)


def _holds(state: Assembly, place: PlacePhrase) -> bool:
    """Return whether a place is where the last thing was, not where it went."""
    if place.relation == "towards":
        group = state.current()[-1].item.noun.group
        return bool(place.names) and group in ("damage", "casualty")
    return place.relation not in ("of", "from")


def _is_weak(place: PlacePhrase) -> bool:
    """Return whether a phrase places nothing: "outside the vehicles"."""
    bare = not (place.names or place.region or place.control)
    return bare and place.relation != "same" and place.feature in _WEAK


def _of_observer(state: Assembly, piece: Piece) -> bool:
    """Return whether a place stands right after a camera or patrol."""
    agent = state.agent
    if agent is None or state.sense is not None or state.current():
        return False
    earlier = [p for p in state.pieces if p.end <= piece.start]
    close = [p for p in earlier if p.tag not in ("mark", "filler", "time", "body")]
    stands = bool(close) and close[-1].tag == "agent"
    return stands and agent.platform in ("camera", "patrol") and state.observer is None


def _by_agent(state: Assembly, piece: Piece) -> bool:
    """Return whether a place follows "recorded by the SMM camera"."""
    return any(
        p.tag == "agent" and p.end == piece.start and state.word_before(p) == "by"
        for p in state.pieces
    )


def _place_drafts(state: Assembly, found: tuple[PlacePhrase, ...]) -> None:
    """Give a place to each thing of this verb that has none."""
    waiting = [d for d in state.current() if d.place is None]
    region = found[0].region if not found[0].names else None
    if not waiting and region is not None:
        for draft in state.current():
            draft.place = draft.place and replace(
                draft.place, region=draft.place.region or region
            )
    words = {token.lower for token in state.stream.tokens}
    if "respectively" in words and len(found) == len(waiting):
        for draft, place in zip(waiting, found, strict=True):
            draft.place = place
        return
    for draft in waiting:
        draft.place, draft.places = found[0], found


def _sense(state: Assembly, index: int, piece: Piece) -> None:
    """Take a verb of perception: active opens a group, passive closes one."""
    del index
    if not isinstance(piece.value, str):
        return
    state.senses += 1
    waiting = [d for d in state.drafts if not d.perceived]
    if waiting and _is_passive(state, piece):
        for draft in waiting:
            _perceive(draft, piece.value, state)
        return
    told = state.claimed and (state.agent is None or state.agent.same)
    state.claimed = told
    state.sense = None if told else piece.value
    state.group += 1
    state.divided = state.restated = False


def _is_passive(state: Assembly, piece: Piece) -> bool:
    """Return whether a form of be stands within two words before a verb."""
    return any(state.stream.at(piece.start - i).lower in _BE for i in (1, 2))


def _perceive(draft: Draft, sense: str | None, state: Assembly) -> None:
    """Mark a thing as perceived by whoever is observing."""
    draft.perceived = True
    draft.sense = draft.sense or sense
    draft.platform = draft.platform or (state.agent.platform if state.agent else None)
    draft.group = state.group


def _item(state: Assembly, index: int, piece: Piece) -> None:
    """Take a thing: new, part of the one before, or only context."""
    del index
    found = piece.value
    if not isinstance(found, Item):
        return
    if _harm_of(state, piece, found) or _made_of(state, piece, found):
        return
    if _is_context(state, piece, found):
        return
    if state.restated and state.current():
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
    if state.word_before(piece) not in ("of", "with"):
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
    if before in ("to", "by") and state.stream.at(piece.start - 2).lower in (
        "due", "caused", "damaged", "injured", "killed", "hit", "destroyed",
    ):  # fmt: skip
        return True
    if before in ("after", "despite", "amid", "without", "as", "like"):
        return True
    if found.noun.group not in _SOFT:
        return found.noun.group == "mine" and before in ("of",) and not state.current()
    if before in _INSIDE:
        return True
    definite = state.stream.at(piece.start).lower in _DEFINITE or before in _DEFINITE
    known = definite and (found.count is None or found.noun.group != "weapon")
    return known or (before == "of" and bool(state.current()))


def _divides(state: Assembly, found: Item) -> bool:
    """Return whether a thing can be a part of the last one."""
    if not state.current():
        return False
    last = state.current()[-1]
    same = last.item.noun.group == found.noun.group or found.noun.group == "elliptic"
    return same or last.item.noun.group in ("violation", "vehicle", "weapon", "people")


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
        item=found, kind=found.noun.kind, count=number, group=state.group,
        time=state.time, sector=state.ahead, observer=state.observer,
        description=found.description, weapons=list(found.weapons),
        parts=list(found.parts), marks=list(found.marks),
        standing=Standing.CLAIMED if state.claimed else Standing.OBSERVED,
    )  # fmt: skip
    if state.sense is None and found.noun.group == "scene" and state.watched:
        _perceive(draft, "monitored", state)
    if state.sense is not None or state.claimed:
        _perceive(draft, None if state.claimed else state.sense, state)
    if state.harmed and found.noun.group == "people":
        draft.kind = "casualty"
    return draft


def _sector(state: Assembly, index: int, piece: Piece) -> None:
    """Give a sector to each thing of this verb that has none."""
    del index
    if not isinstance(piece.value, tuple):
        return
    sectors = piece.value
    if state.word_before(piece) == "," and state.stream.is_word(piece.start - 2, "and"):
        state.ahead = sectors[0]
        return
    waiting = [d for d in state.current() if d.sector is None]
    if not waiting:
        state.ahead = sectors[0] if not state.current() else None
        return
    for draft in waiting:
        draft.sector = _union(sectors)


def _union(sectors: tuple[Sector, ...]) -> Sector:
    """Return several sectors as one that holds them all."""
    far = [s.distance for s in sectors if s.distance is not None]
    first = sectors[0]
    if len(sectors) == 1 or not far:
        return first
    distance = replace(
        far[0], low_m=min(d.low_m for d in far), high_m=max(d.high_m for d in far)
    )
    winds = tuple(bearing for s in sectors for bearing in s.bearings)
    return Sector(
        distance=distance, bearings=winds, text="; ".join(s.text for s in sectors)
    )


def _flight(state: Assembly, index: int, piece: Piece) -> None:
    """Give a line of flight to the last thing that can fly."""
    del index
    lines = piece.value
    flying = [d for d in state.current() if d.kind in FLYING]
    if not flying and state.drafts and state.drafts[-1].kind in FLYING:
        flying = [state.drafts[-1]]
    if isinstance(lines, tuple) and flying:
        flying[-1].flights.extend(line for line in lines if isinstance(line, Flight))


def _assessed(state: Assembly, index: int, piece: Piece) -> None:
    """Describe the last thing as the Mission assessed it."""
    if not isinstance(piece.value, tuple):
        return
    words, text = piece.value
    follows = state.following(index)
    figure = follows is not None and follows.tag == "item" and _is_figured(follows)
    state.restated = figure and follows is not None and _adjacent(state, piece, follows)
    for draft in [d for d in state.drafts if not d.perceived]:
        _perceive(draft, "assessed", state)
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


def _weapons(state: Assembly, index: int, piece: Piece) -> None:
    """Give weapons that stand apart to the things of this verb without any."""
    del index
    if not isinstance(piece.value, tuple):
        return
    for draft in state.current()[-1:]:
        draft.weapons.extend(w for w in piece.value if isinstance(w, Weapon))


def _breakdown(state: Assembly, index: int, piece: Piece) -> None:
    """Keep a breakdown that stands apart as parts of the last thing."""
    del index
    if isinstance(piece.value, tuple) and state.current():
        state.current()[-1].parts.extend(p for p in piece.value if isinstance(p, Part))


def _partition(state: Assembly, index: int, piece: Piece) -> None:
    """Read "of which" and "including": what follows divides."""
    del index, piece
    state.divided = True


def _negation(state: Assembly, index: int, piece: Piece) -> None:
    """Remember that the verb that follows is denied."""
    del piece
    follows = state.following(index)
    state.negated = follows is not None and follows.tag in ("sense", "calm")
    state.negations += state.negated


def _hearsay(state: Assembly, index: int, piece: Piece) -> None:
    """Read what follows as someone else's account, unless corroborated."""
    del index
    before = state.word_before(piece)
    own = state.stream.at(piece.start).lower == "said" and any(
        p.tag == "agent" and p.end == piece.start for p in state.pieces
    )
    if before in ("corroborated", "confirmed") or own:
        return
    if state.stream.is_word(piece.start, "according"):
        for draft in state.drafts:
            draft.standing = Standing.CLAIMED
    state.claimed = True
    state.claims += 1


def _occur(state: Assembly, index: int, piece: Piece) -> None:
    """Read a verb of happening: the things before it were perceived."""
    del index, piece
    for draft in [d for d in state.drafts if not d.perceived]:
        _perceive(draft, "occurred", state)


def _mark(state: Assembly, index: int, piece: Piece) -> None:
    """Follow parentheses; a semicolon ends a breakdown."""
    del index
    state.depth += (piece.value in ("(", "[")) - (piece.value in (")", "]"))
    state.depth = max(0, state.depth)
    if piece.value in (";", ")"):
        state.divided = state.restated = False


def _loose(state: Assembly, index: int, piece: Piece) -> None:
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


def _number(state: Assembly, index: int, piece: Piece) -> None:
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
    _loose(state, index, piece)


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


def _do(state: Assembly, index: int, piece: Piece) -> None:
    """Note that the Mission monitored: a gathering it monitored was seen."""
    del index
    words = state.stream.text(piece.start, piece.end).lower()
    state.watched = state.watched or words in ("monitored", "attended", "monitor")


def _harm(state: Assembly) -> None:
    """Read injured or killed: the people before, or after, are casualties."""
    people = [d for d in state.drafts if d.item.noun.group == "people"]
    state.harmed = not people
    for draft in people:
        draft.kind = "casualty"
        if not draft.perceived:
            _perceive(draft, None, state)


def aimed_at_mission(state: Assembly) -> bool:
    """Return whether fire is said to be aimed at the Mission's people or means."""
    for _, match in AIMED.find(state.stream):
        for piece in state.pieces:
            near = match.end <= piece.start <= match.end + 3
            if near and piece.tag == "agent":
                return True
            if piece.start <= match.end <= piece.end and piece.tag == "agent":
                return True
    return False


def _heading(state: Assembly, index: int, piece: Piece) -> None:
    """Note which way the last thing moved or pointed."""
    del index
    for draft in state.current()[-1:]:
        draft.marks.append(str(piece.value))


def _occasions(state: Assembly, index: int, piece: Piece) -> None:
    """Count fire that was not counted by the occasions on which it was met."""
    del index
    for draft in state.drafts:
        if draft.count is None and isinstance(piece.value, Count):
            draft.count = piece.value
            draft.marks.append("counted in occasions")


_Reader = Callable[[Assembly, int, Piece], None]
_READERS: dict[str, _Reader] = {
    "time": _time, "agent": _agent, "position": _position, "places": _places,
    "sense": _sense, "item": _item, "sector": _sector, "flight": _flight,
    "assessed": _assessed, "weapons": _weapons, "breakdown": _breakdown,
    "partition": _partition, "negation": _negation, "hearsay": _hearsay,
    "occur": _occur, "mark": _mark, "occasions": _occasions, "heading": _heading, "unknown": _loose, "number": _number,
    "do": _do,
}  # fmt: skip
