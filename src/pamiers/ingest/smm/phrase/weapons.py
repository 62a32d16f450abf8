"""Weapons as worded: classes, calibres, systems, and nested breakdowns."""

from dataclasses import replace

from pamiers.ingest.smm.phrase.numbers import count
from pamiers.ingest.smm.sentence import Part, Weapon
from pamiers.ingest.smm.stream import Match, Stream, outside_parentheses
from pamiers.ingest.smm.wordlist import words
from pamiers.ingest.smm.words.nouns import NOUNS
from pamiers.ingest.smm.words.weapons import SYSTEM_CLASS, WEAPON_NAMES

Weapons = tuple[Weapon, ...]
_BEFORE = words(
    """
a an the of probable undetermined type types either likely calibre caliber single
fired from grenades grenade round rounds shell shells impacts unidentified probably
possibly heavy both mainly mostly live outgoing incoming suspected light same
multiple some different undefined fire
"""
)
_AFTER = words(
    """
fire rounds round cannon grenade grenades shell shells shot shots projectile
projectiles type bullets bullet ammunition munitions rocket rockets calibre variant
cannons launcher system systems gun guns mine mines
"""
)
_UNSURE = ("probable", "likely", "probably", "possibly", "suspected")


def is_system(text: str) -> bool:
    """Return whether a code designates a weapon, as T-64 does and H-20 does not."""
    return SYSTEM_CLASS.get(text.upper()) is not None


def weapon(stream: Stream, at: int) -> Match[Weapon] | None:
    """Read one weapon: name or designation, calibre on either side of it."""
    token = stream.at(at)
    sized = token.kind == "measure" and token.unit == "mm"
    calibre = token.low if sized and token.low == token.high else None
    start = stream.skip(at + 1, "calibre", "caliber") if sized else at
    named = _bare(stream, start)
    if named is None:
        if not sized:
            return None
        text = stream.text(at, start)
        return Match(Weapon(kind="undetermined", calibre_mm=calibre, text=text), start)
    found = replace(named.value, calibre_mm=calibre, text=stream.text(at, named.end))
    return _specified(stream, at, Match(found, named.end))


def _bare(stream: Stream, at: int) -> Match[Weapon] | None:
    """Read a weapon by name or by designation with its nickname."""
    token = stream.at(at)
    if token.kind == "code" and is_system(token.text):
        end = at + 1
        while stream.is_kind(end, "name"):
            end += 1
        kind = SYSTEM_CLASS[token.text.upper()]
        return Match(Weapon(kind=kind, system=token.text), end)
    name = WEAPON_NAMES.read(stream, at)
    if name is None:
        return None
    end = name.end
    short = stream.is_word(end, "(") and stream.is_word(end + 2, ")")
    if short and stream.is_kind(end + 1, "name") and stream.at(end + 1).text.isupper():
        end += 3
    return Match(Weapon(kind=name.value), stream.skip(end, "cannon"))


def _specified(stream: Stream, at: int, match: Match[Weapon]) -> Match[Weapon]:
    """Read the parentheses that give system or calibre after a weapon's name."""
    found, end = match.value, match.end
    while stream.is_word(end, "("):
        spec = specification(stream, end)
        if spec is None or any(p.count is not None for p in spec.value):
            break
        if _of_calibres(spec.value):
            break
        for part in spec.value:
            found = _merged(found, part.weapon)
        end = spec.end
    return Match(replace(found, text=stream.text(at, end)), end)


def _merged(found: Weapon, more: Weapon | None) -> Weapon:
    """Return a weapon with the system and calibre that a parenthesis adds."""
    if more is None:
        return found
    return replace(
        found,
        system=found.system or more.system,
        calibre_mm=found.calibre_mm
        if found.calibre_mm is not None
        else more.calibre_mm,
        probable=found.probable or more.probable,
    )


def weapons(stream: Stream, at: int) -> Match[Weapons] | None:
    """Read a list of weapons: "heavy-machine-gun and small-arms fire"."""
    start = at
    while weapon(stream, start) is None and stream.is_word(start, *_BEFORE):
        start += 1
    first = weapon(stream, start)
    if first is None:
        return None
    unsure = any(stream.is_word(i, *_UNSURE) for i in range(at, start))
    last = _trimmed(stream, first)
    found = [replace(gun, probable=unsure or gun.probable) for gun in last.value]
    while (more := _next(stream, last.end)) is not None:
        last = _trimmed(stream, more)
        found.extend(last.value)
    return Match(tuple(found), last.end)


def _trimmed(stream: Stream, match: Match[Weapon]) -> Match[Weapons]:
    """Read "fire", "rounds" and the parentheses that make the weapon precise.

    "Mortar rounds (82 and 120mm)" are of two weapons.
    """
    end = stream.skip(match.end, *_AFTER)
    spec = specification(stream, end) if stream.is_word(end, "(") else None
    if spec is None or any(part.count is not None for part in spec.value):
        return Match((match.value,), end)
    end = stream.skip(spec.end, *_AFTER)
    if _of_calibres(spec.value):
        return Match(tuple(_merged(match.value, p.weapon) for p in spec.value), end)
    found = match.value
    for part in spec.value:
        found = _merged(found, part.weapon)
    return Match((found,), end)


def _of_calibres(parts: tuple[Part, ...]) -> bool:
    """Return whether parentheses give several calibres and nothing else."""
    bare = [p.weapon for p in parts if p.weapon is not None and p.weapon.system is None]
    sizes = {gun.calibre_mm for gun in bare if gun.kind == "undetermined"}
    return len(parts) == len(bare) == len(sizes) > 1 and None not in sizes


def _next(stream: Stream, at: int) -> Match[Weapon] | None:
    """Read a joint and another weapon that carries no count of its own."""
    start = stream.skip(at, "and", ",", "or", "/", "as", "well", "both")
    if start == at:
        return None
    inner = stream.skip(start, *_BEFORE)
    article = inner > start and stream.is_word(start, "a", "an")
    if article and not stream.is_word(at, "or", "/"):
        return None
    return weapon(stream, inner)


def of_weapons(stream: Stream, at: int) -> Match[Weapons] | None:
    """Read "of small-arms fire", "fired from a mortar", "caused by artillery"."""
    for lead in (
        "of",
        "from",
        "fired from",
        "fired by",
        "caused by",
        "due to",
        "consistent with",
        "by",
        "resulting from",
        "as a result of",
        "originating from",
        "used by",
    ):
        end = stream.after(at, lead)
        found = weapons(stream, end) if end is not None else None
        if found is not None and not _counts(stream, end, found.end):
            return found
    return None


def _counts(stream: Stream, start: int | None, end: int) -> bool:
    """Return whether a phrase about weapons holds a bare number, which is a count."""
    open_air = outside_parentheses(stream, start or 0, end)
    return any(stream.is_kind(i, "number") for i in open_air)


def specification(stream: Stream, at: int) -> Match[tuple[Part, ...]] | None:
    """Read "(2S1 Gvozdika, 122mm)" or "(at least 40 BMP-1 and 8 BMP-2)".

    Declines parentheses that hold anything else, so that nothing is lost.
    """
    close = stream.closing(at) if stream.is_word(at, "(") else None
    if close is None:
        return None
    parts: list[Part] = []
    position = at + 1
    while position < close:
        step = _element(stream, position, parts)
        if step is None or step > close:
            return None
        position = stream.skip(step, ",", ";", "and", "or", "as", "well", "/")
    return Match(tuple(parts), close + 1) if parts else None


_PLAIN = words(
    """
of calibre caliber either type types variant variants the undetermined unknown
probable likely probably possibly model each all both a an class at approx assessed
as to be being system unidentified fire rounds round mainly mostly incoming outgoing
and approximately calibres
"""
)


def _element(stream: Stream, at: int, parts: list[Part]) -> int | None:
    """Read one element into `parts`; return where it ended, None if unknown."""
    unsure = False
    number = count(stream, at)
    end = number.end if number is not None else at
    if number is not None and stream.is_word(end, "and") and _calibre(stream, end + 1):
        return _shared_calibre(stream, at, end + 1, parts)
    while stream.is_word(end, *_PLAIN):
        unsure = unsure or stream.is_word(end, *_UNSURE)
        end += 1
    gun = weapon(stream, end) or _family(stream, end)
    if gun is None:
        return _vague_element(stream, at, end, parts)
    alone = gun.value.kind == "undetermined" and number is None
    alone = alone and not (parts and _another_calibre(parts[-1], stream, at))
    if alone and parts and gun.value.calibre_mm is not None:
        parts[-1] = _calibred(parts[-1], gun.value, either=stream.is_word(at - 1, "or"))
    else:
        value = replace(gun.value, probable=unsure)
        parts.append(Part(count=number.value if number else None, weapon=value))
    return stream.skip(gun.end, *_PLAIN, *_AFTER)


def _another_calibre(last: Part, stream: Stream, at: int) -> bool:
    """Return whether "and 120mm" adds a calibre to a bare one: 82mm and 120mm."""
    held = last.weapon
    bare = held is not None and held.kind == "undetermined" and held.system is None
    known = held is not None and held.calibre_mm is not None
    return bare and known and stream.is_word(at - 1, "and")


def _family(stream: Stream, at: int) -> Match[Weapon] | None:
    """Read "BMP variant" and codes that no list knows, kept as written."""
    token = stream.at(at)
    if token.kind == "code":
        end = at + 1
        while stream.is_kind(end, "name"):
            end += 1
        return Match(Weapon(kind="unlisted", system=token.text, text=token.text), end)
    known = {"bmp": "ifv", "btr": "apc", "brdm": "acv", "bmd": "ifv", "grad": "mlrs"}
    if token.lower in known:
        return Match(Weapon(kind=known[token.lower], system=token.text), at + 1)
    return None


def _calibre(stream: Stream, at: int) -> bool:
    """Return whether a calibre stands there."""
    return stream.is_kind(at, "measure") and stream.at(at).unit == "mm"


def _shared_calibre(stream: Stream, at: int, gun: int, parts: list[Part]) -> int:
    """Read "82 and 120mm": the unit is said once for two calibres."""
    for value, text in (
        (stream.at(at).low, stream.at(at).text),
        (stream.at(gun).low, stream.at(gun).text),
    ):
        found = Weapon(kind="undetermined", calibre_mm=value, text=text)
        parts.append(Part(count=None, weapon=found))
    return gun + 1


def _calibred(part: Part, gun: Weapon, *, either: bool) -> Part:
    """Return a part with the calibre that follows it; "or" leaves it open."""
    held = part.weapon or Weapon(kind="undetermined")
    if held.calibre_mm is not None and either:
        return replace(part, weapon=replace(held, calibre_mm=None))
    return replace(part, weapon=replace(held, calibre_mm=gun.calibre_mm))


def _vague_element(stream: Stream, at: int, end: int, parts: list[Part]) -> int | None:
    """Read "two of an undetermined type": a count without a known weapon."""
    number = count(stream, at)
    noun = NOUNS.read(stream, end)
    if number is not None and noun is not None and noun.value.group == "weapon":
        gun = Weapon(kind=noun.value.weapon or noun.value.kind)
        parts.append(Part(count=number.value, weapon=gun))
        return noun.end
    if end == at or (number is not None and end == number.end):
        return None
    parts.append(Part(count=number.value if number else None))
    return end
