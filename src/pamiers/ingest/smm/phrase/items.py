"""Counted things: "about 110 projectiles in flight", "22 T-64 tanks"."""

from dataclasses import dataclass, replace

from pamiers.ingest.smm.phrase.numbers import count
from pamiers.ingest.smm.phrase.weapons import (
    Weapons,
    is_system,
    of_weapons,
    specification,
    weapon,
    weapons,
)
from pamiers.ingest.smm.sentence import Count, Manner, Part, Weapon
from pamiers.ingest.smm.stream import Match, Phrasebook, Stream
from pamiers.ingest.smm.wordlist import phrases, words
from pamiers.ingest.smm.words.fillers import FILLERS
from pamiers.ingest.smm.words.nouns import NOUNS, Noun
from pamiers.ingest.smm.words.participles import HARMED
from pamiers.ingest.smm.words.places import FEATURES, RELATIONS
from pamiers.ingest.smm.words.verbs import DO, OCCUR, PERCEIVE
from pamiers.ingest.smm.words.weapons import SYSTEM_CLASS


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A noun phrase with what its own words say."""

    noun: Noun
    words: str  #: the head noun as written
    count: Count | None
    description: str | None = None
    weapons: Weapons = ()
    parts: tuple[Part, ...] = ()
    marks: tuple[str, ...] = ()
    of_known: bool = False  #: "four of the explosions": counted before
    theirs: bool = False  #: "their impacts": as many as the thing before


_DESCRIBE = {
    "undetermined": "undetermined",
    "outgoing": "outgoing",
    "incoming": "incoming",
    "unidentified": "undetermined",
    "unattributable": "undetermined",
    "towed": "towed",
    "stationary": None,
    "single": None,
    "more": None,
}
_SEEN_BEFORE: Phrasebook[bool] = Phrasebook(
    dict.fromkeys(
        phrases(
            """
non smm|previously observed|previously seen|previously reported|aforementioned
"""
        ),
        True,
    )
)
_NOTHING: Phrasebook[Item] = Phrasebook(
    {
        phrase: Item(
            noun=Noun("nothing", "nothing"),
            words=phrase,
            count=Count(low=0, high=0, manner=Manner.EXACT, text="nothing"),
        )
        for phrase in ("nothing", "nothing unusual", "nothing of note", "nothing new")
    }
)
_OTHER = Noun("other", "other", plural=True)
_MASS = frozenset(
    words(
        """
fire fighting smoke damage personnel shelling ammunition uxo shrapnel gunfire
presence debris ordnance wreckage traffic
"""
    )
)
#: Participles that say whence a thing came; none of them describes a noun after it.
_ASCRIBED = frozenset(words("caused assessed attributed"))
_MAX_ADJECTIVES = 5
#: Nouns that measure or frame; counting them counts nothing seen.
_FRAMES = frozenset(
    words(
        """
altitude height distance depth radius diameter direction directions speed process
couple range number series result total level period occasions times hour day days
weeks months years minutes seconds metres meters centimetres kilometres degrees lack
need order orders way case cases duration width length percent request requests team
part side area member others other
"""
    )
)


@dataclass(frozen=True, slots=True)
class _Pre:
    """What stands between count and noun."""

    description: str | None = None
    weapons: Weapons = ()
    marks: tuple[str, ...] = ()


def item(stream: Stream, at: int) -> Match[Item] | None:
    """Read one noun phrase whose noun is known, or a counted one that is not."""
    return _NOTHING.read(stream, at) or _phrase(stream, at)


def _phrase(stream: Stream, at: int) -> Match[Item] | None:
    """Read count, adjectives, noun, and what belongs to the noun after it."""
    number = count(stream, at)
    start = number.end if number is not None else at
    theirs = stream.is_word(at, "their", "its") and number is None
    start = start + 1 if theirs else start
    if number is None and at == 0 and _is_headline(stream):
        number = Match(Count(low=1, high=1, manner=Manner.EXACT, text="one"), 0)
    known = False
    if number is not None and stream.is_word(start, "of"):
        begin, start = start, _of_those(stream, start)
        known = start > begin
    head = _head(stream, start, counted=number is not None)
    if head is None:
        return None
    (pre, noun), words, end = head.value, stream.text(start, head.end), head.end
    if theirs and noun.description != "impact":
        return None
    if number is None and not (noun.plural or noun.kind in _MASS or theirs):
        return None
    if noun.group in ("other", "feature") and not _is_figure(stream, at, start):
        return None
    found = Item(
        noun=noun,
        words=words,
        count=number.value if number else None,
        description=_description(pre, noun),
        weapons=pre.weapons,
        marks=pre.marks,
        theirs=theirs,
        of_known=known,
    )
    return _followed(stream, end, _joined(stream, end, found))


def _is_headline(stream: Stream) -> bool:
    """Return whether a sentence begins as "Man killed" does, without an article."""
    noun = NOUNS.read(stream, 0)
    return (
        noun is not None
        and noun.value.group == "people"
        and not noun.value.plural
        and HARMED.read(stream, noun.end) is not None
    )


def _description(pre: _Pre, noun: Noun) -> str | None:
    """Return what the words before a noun say of it; both ways says neither."""
    if {"incoming", "outgoing"} <= set(pre.marks):
        return noun.description
    return pre.description or noun.description


def _is_figure(stream: Stream, start: int, end: int) -> bool:
    """Return whether a count is said in figures or number words."""
    return any(stream.is_kind(i, "number") for i in range(start, end))


def _of_those(stream: Stream, at: int) -> int:
    """Return the position after "of the" in "three of the tanks"."""
    end = stream.skip(at + 1, "the", "these", "those", "its", "their")
    end += stream.is_kind(end, "number")
    return end if end > at + 1 and _head(stream, end, counted=False) else at


def _head(stream: Stream, at: int, *, counted: bool) -> Match[tuple[_Pre, Noun]] | None:
    """Read adjectives, weapons and codes up to the head noun."""
    pre, end = _Pre(), at
    for _ in range(_MAX_ADJECTIVES + 4):
        noun = _fire_of_several(stream, end, pre) or _noun_here(stream, end, pre)
        if noun is not None:
            return noun
        step = _modifier(stream, end, pre, counted=counted)
        if step is None:
            break
        pre, end = step.value, step.end
    return _unknown_noun(stream, at, end, pre) if counted else None


def _noun(stream: Stream, at: int) -> Match[Noun] | None:
    """Read a head noun, unless it only begins a feature: weapons holding area."""
    noun, feature = NOUNS.read(stream, at), FEATURES.read(stream, at)
    longer = noun is not None and feature is not None and feature.end > noun.end
    return None if longer else noun


def _noun_here(stream: Stream, at: int, pre: _Pre) -> Match[tuple[_Pre, Noun]] | None:
    """Read the head noun that stands there, with the nouns it is made of."""
    noun = _noun(stream, at)
    return None if noun is None else _compound(stream, at, noun, pre)


def _fire_of_several(
    stream: Stream, at: int, pre: _Pre
) -> Match[tuple[_Pre, Noun]] | None:
    """Read "small-arms and heavy-machine-gun fire" as fire of both."""
    guns = weapons(stream, at)
    if guns is None or len(guns.value) < 2:  # noqa: PLR2004 - a figure plain in its place
        return None
    if not stream.is_word(guns.end - 1, "fire") or stream.is_word(at, "fire"):
        return None
    named = replace(pre, weapons=pre.weapons + guns.value)
    return Match((named, Noun("fire", "event")), guns.end)


def _compound(
    stream: Stream, at: int, noun: Match[Noun], pre: _Pre
) -> Match[tuple[_Pre, Noun]]:
    """Let "mortar rounds" be rounds of a mortar: the last noun is the head."""
    named = weapon(stream, at)
    if named is not None and named.end < noun.end:
        named = None
    after = named.end if named is not None else noun.end
    for begin in (noun.end, after, stream.skip(after, "cannon", "fire")):
        further = NOUNS.read(stream, begin)
        if further is None:
            continue
        gun = named.value if named is not None else None
        gun = gun or _of_noun(noun.value)
        weapons = (*pre.weapons, gun) if gun is not None else pre.weapons
        return _compound(stream, begin, further, replace(pre, weapons=weapons))
    value = noun.value
    weapons = pre.weapons
    if value.weapon is not None and not weapons:
        weapons = (Weapon(kind=value.weapon, text=stream.text(at, noun.end)),)
    elif value.weapon is not None and value.group == "weapon":
        weapons = tuple(
            replace(w, kind=value.weapon)
            if w.kind in ("undetermined", "unlisted")
            else w
            for w in weapons
        )
    return Match((replace(pre, weapons=_one_gun(weapons)), value), noun.end)


def _one_gun(guns: Weapons) -> Weapons:
    """Return "S-60" and "57mm", said one after the other, as one weapon."""
    if len(guns) != 2 or guns[0].kind != guns[1].kind:  # noqa: PLR2004 - a figure plain in its place
        return guns
    first, second = guns
    apart = first.calibre_mm is None and second.system is None
    if not apart or first.system is None or second.calibre_mm is None:
        return guns
    return (replace(first, calibre_mm=second.calibre_mm),)


def _of_noun(noun: Noun) -> Weapon | None:
    """Return the weapon that a modifying noun names, as tank does in tank rounds."""
    return Weapon(kind=noun.weapon) if noun.weapon is not None else None


def _modifier(
    stream: Stream, at: int, pre: _Pre, *, counted: bool
) -> Match[_Pre] | None:
    """Read one word or weapon that stands before a noun."""
    token = stream.at(at)
    if token.lower in _DESCRIBE:
        about = _DESCRIBE[token.lower] or pre.description
        marks = (*pre.marks, token.lower)
        return Match(replace(pre, description=about, marks=marks), at + 1)
    if token.kind == "code" or (token.kind == "measure" and token.unit == "mm"):
        return _coded(stream, at, pre)
    named = weapon(stream, at)
    if named is not None:
        return Match(replace(pre, weapons=(*pre.weapons, named.value)), named.end)
    aside = _aside(stream, at)
    if aside is not None:
        return Match(pre, aside)
    return _adjective(stream, at, pre, counted=counted)


def _aside(stream: Stream, at: int) -> int | None:
    """Return the position after what only marks a thing: control, facing, seen."""
    if stream.is_kind(at, "bearing") and stream.is_word(at + 1, "facing"):
        return at + 2
    if stream.is_kind(at, "measure") and stream.is_word(at + 1, "long", "wide", "deep"):
        return at + 2
    if stream.is_kind(at, "control"):
        return at + 1
    seen = _SEEN_BEFORE.read(stream, at)
    return seen.end if seen is not None else None


def _coded(stream: Stream, at: int, pre: _Pre) -> Match[_Pre]:
    """Read a designation or calibre before a noun, with nickname or joint."""
    named = weapon(stream, at)
    sized = NOUNS.read(stream, at + 1) if stream.is_kind(at, "measure") else None
    whole = sized is not None and named is not None and named.end >= sized.end
    if whole and NOUNS.read(stream, named.end if named is not None else at) is None:
        named = None  # the noun after a calibre is the head: a 57mm gun
    if named is None:
        token = stream.at(at)
        if token.kind == "measure":
            gun = Weapon(kind="undetermined", calibre_mm=token.low, text=token.text)
            return Match(replace(pre, weapons=(*pre.weapons, gun)), at + 1)
        gun = Weapon(kind="unlisted", system=token.text, text=token.text)
        return Match(replace(pre, weapons=(*pre.weapons, gun)), at + 1)
    end = named.end
    if stream.is_word(end, "and", "or", "/") and stream.is_kind(end + 1, "code"):
        end += 1
    return Match(replace(pre, weapons=(*pre.weapons, named.value)), end)


def _adjective(
    stream: Stream, at: int, pre: _Pre, *, counted: bool
) -> Match[_Pre] | None:
    """Read a plain adjective, or "and" between two of them."""
    token = stream.at(at)
    adverb = stream.at(at + 1).lower.endswith("ly")
    joint = token.lower in ("and", "or", ",") and (adverb or _describes(stream, at + 1))
    burnt = token.lower == "out" and pre.marks[-1:] in (("burnt",), ("burned",))
    if burnt or (joint and (pre.marks or pre.weapons)):
        return Match(pre, at + 1)
    if len(pre.marks) >= _MAX_ADJECTIVES or not _is_plain(stream, at, counted=counted):
        return None
    return Match(replace(pre, marks=(*pre.marks, token.lower)), at + 1)


def _is_plain(stream: Stream, at: int, *, counted: bool) -> bool:
    """Return whether a word can describe: no verb, and near a noun unless counted."""
    token = stream.at(at)
    if token.kind not in ("word", "name") or _is_verb(stream, at):
        return False
    if token.lower in _ASCRIBED:
        return False
    if token.lower in FILLERS and token.lower not in ("more", "other", "further"):
        return False
    return _near_noun(stream, at) or (counted and token.kind == "word")


def _describes(stream: Stream, at: int) -> bool:
    """Return whether a describing word or a noun with one stands there."""
    return stream.at(at).lower in _DESCRIBE or (
        stream.is_kind(at, "word")
        and NOUNS.read(stream, at + 1) is not None
        and stream.at(at).lower not in FILLERS
    )


def _near_noun(stream: Stream, at: int) -> bool:
    """Return whether a listed noun stands within three words."""
    return any(NOUNS.read(stream, at + i) is not None for i in (1, 2, 3)) and all(
        stream.is_kind(at + i, "word", "name", "code", "measure") for i in (0, 1)
    )


def _is_verb(stream: Stream, at: int) -> bool:
    """Return whether a verb stands there, which no noun phrase goes past."""
    if PERCEIVE.read(stream, at) is not None:
        return True
    return OCCUR.read(stream, at) is not None or (
        DO.read(stream, at) is not None and stream.at(at).lower != "working"
    )


def _unknown_noun(
    stream: Stream, at: int, end: int, pre: _Pre
) -> Match[tuple[_Pre, Noun]] | None:
    """Accept a counted noun of no list, kept in the text's own words."""
    if end == at or stream.is_kind(end - 1, "code", "measure"):
        return _coded_noun(stream, at, end, pre)
    if pre.marks and pre.marks[-1] in _DESCRIBE:
        return Match((pre, Noun("explosion", "elliptic", plural=True)), end)
    frame = stream.at(end - 1).lower in _FRAMES
    if not pre.marks or frame or RELATIONS.read(stream, end - 1) is not None:
        return None
    if FEATURES.read(stream, end - 1) is not None:
        return Match((pre, Noun("structure", "feature", plural=True)), end)
    return Match((replace(pre, marks=pre.marks[:-1]), _OTHER), end)


def _coded_noun(
    stream: Stream, at: int, end: int, pre: _Pre
) -> Match[tuple[_Pre, Noun]] | None:
    """Read "two BMP-2": the designation is the noun."""
    token = stream.at(end - 1)
    if end == at or token.kind != "code" or not is_system(token.text):
        return None
    kind = SYSTEM_CLASS[token.text.upper()]
    kinds = {"ifv": "infantry_fighting_vehicle", "apc": "armoured_personnel_carrier",
             "acv": "armoured_vehicle", "anti_aircraft": "anti_aircraft_gun",
             "automatic_grenade_launcher": "grenade_launcher"}  # fmt: skip
    group = "mine" if kind == "mine" else "weapon"
    return Match((pre, Noun(kinds.get(kind, kind), group, plural=True)), end)


def _joined(stream: Stream, at: int, found: Item) -> Match[Item]:
    """Read "shots and bursts": two nouns that share one count."""
    if found.noun.kind not in ("shot", "burst") or not stream.is_word(
        at, "and", "or", "/"
    ):
        return Match(found, at)
    second = _noun(stream, stream.skip(at + 1, "/", "single", "or"))
    if second is None or second.value.kind not in ("shot", "burst"):
        return Match(found, at)
    if second.value.kind == found.noun.kind:
        return Match(found, second.end)
    noun = Noun("shot_or_burst", "event", plural=True)
    words = f"{found.words} {stream.text(at, second.end)}"
    return Match(replace(found, noun=noun, words=words), second.end)


def _followed(stream: Stream, at: int, match: Match[Item]) -> Match[Item]:
    """Read the parentheses and "of ... fire" that belong to the noun."""
    found, end = match.value, max(at, match.end)
    while True:
        step = _breakdown(stream, end, found) or _weapons_after(stream, end, found)
        if step is None:
            return Match(found, end)
        found, end = step.value, step.end


def _breakdown(stream: Stream, at: int, found: Item) -> Match[Item] | None:
    """Read "(T-72)", "(at least 40 BMP-1 and 8 BMP-2)", "(UAV)", "(uncountable)"."""
    close = stream.closing(at) if stream.is_word(at, "(") else None
    if close is None:
        return None
    spec = specification(stream, at)
    if spec is not None:
        return Match(_specified(found, spec.value), spec.end)
    inside = stream.text(at + 1, close)
    short = inside.isupper() or inside.lower() in ("uncountable", "ufc")
    if short or all(_describing(stream, i) for i in range(at + 1, close)):
        return Match(replace(found, marks=(*found.marks, inside)), close + 1)
    return None


_BARE_WORDS = frozenset(
    words(
        """
both and mainly mostly all likely some or , either live fire training exercise
probable overall at distance unknown direction the of in to be not able
"""
    )
)


def _describing(stream: Stream, at: int) -> bool:
    """Return whether a word only describes: both, mainly, incoming, all."""
    word = stream.at(at).lower
    return word in _DESCRIBE or word in _BARE_WORDS


def _specified(found: Item, parts: tuple[Part, ...]) -> Item:
    """Return an item with a breakdown, or with its weapon made precise."""
    if any(part.count is not None for part in parts):
        return replace(found, parts=found.parts + parts)
    if not found.weapons:
        weapons = tuple(part.weapon for part in parts if part.weapon is not None)
        return replace(found, weapons=weapons)
    base = found.weapons[0]
    precise = tuple(_precise(base, part.weapon) for part in parts if part.weapon)
    return replace(found, weapons=precise or found.weapons)


def _precise(base: Weapon, more: Weapon) -> Weapon:
    """Return a class of weapon with the system and calibre of a parenthesis."""
    return replace(
        base,
        system=more.system or base.system,
        calibre_mm=more.calibre_mm if more.calibre_mm is not None else base.calibre_mm,
        probable=base.probable or more.probable,
        text=f"{base.text} {more.text}".strip(),
    )


def _weapons_after(stream: Stream, at: int, found: Item) -> Match[Item] | None:
    """Read "of small-arms fire" after an event, "of calibre 7.62mm" after a hole."""
    if found.noun.group not in ("event", "damage", "mine", "elliptic", "violation"):
        return None
    if found.weapons and found.noun.group != "event":
        return None
    match = of_weapons(stream, at)
    if match is None or (
        RELATIONS.read(stream, at) is None
        and not stream.is_word(
            at,
            "of",
            "fired",
            "caused",
            "due",
            "consistent",
            "resulting",
            "as",
            "originating",
        )
    ):
        return None
    return Match(replace(found, weapons=found.weapons + match.value), match.end)
