"""Where, what and when in prose: terms, anchors, zones, lines, classes."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Final

from pamiers.agreement.grammar.clause import EACH_PARTY
from pamiers.agreement.prose.conditions import tell_condition
from pamiers.agreement.prose.telling import BODIES, HAPPENINGS, Item, Teller
from pamiers.agreement.prose.telling_bodies import identified, lines
from pamiers.agreement.prose.telling_clauses import tell_extra
from pamiers.agreement.values.blank import Blank
from pamiers.agreement.values.position import Position
from pamiers.agreement.written import (
    Anchor,
    Arms,
    Around,
    Band,
    Buffer,
    DatedValue,
    Drawn,
    Extension,
    Term,
    Version,
)

_COMPASS: Final = ("north", "east", "south", "west", "left", "right")


def tell_term(tell: Teller, named: tuple[str, Term]) -> Item:
    """Return what a term means, and its values, each from its date."""
    name, each = named
    means = tell.also("term.means", each.means, means=tell.words(each.means))
    cite = tell.also("source.cited", each.cite, cite=tell.words(each.cite))
    values = (line for one in each.values for line in _value(tell, one))
    under = lines(
        *values,
        tell.also("term.sum", each.sum_of, parts=tell.joined(map(str, each.sum_of))),
        tell.also("note", each.note, note=tell.text(each.note)),
        *tell_extra(tell, each.extra),
    )
    said = f"{means.rstrip('.')}{cite}." if means else cite.strip()
    lacking = tell.say("term.values" if each.values else "term.undefined")
    return identified(name, said or lacking), under


def _value(tell: Teller, each: DatedValue | Blank) -> Iterator[str]:
    if isinstance(each, Blank):
        yield tell.say("blank")
        return
    yield tell.say(
        "term.value",
        value=tell.amount(each.value),
        start=tell.also("term.from", each.from_, moment=tell.moment(each.from_)),
        cite=tell.also("source.cited", each.cite, cite=tell.words(each.cite)),
    )
    yield from tell_extra(tell, each.extra)


def tell_anchor(tell: Teller, named: tuple[str, Anchor]) -> Item:
    """Return what a time is counted from: a moment, an event, or a duty done."""
    name, each = named
    means = tell.also("term.means", each.means, means=tell.words(each.means))
    when = [line for line in _anchored(tell, each) if line]
    cite = tell.also("source.cited", each.cite, cite=tell.words(each.cite))
    said = tell.tongue.parts((means.rstrip("."), *when))
    said = f"{said or tell.say('blank')}{cite}."
    return identified(name, said), lines(*tell_extra(tell, each.extra))


def _anchored(tell: Teller, each: Anchor) -> Iterator[str]:
    if each.at is not None:
        yield tell.say("anchor.at", moment=tell.moment(each.at))
    by = tell.also("what.by", each.by, who=tell.who(each.by))
    if each.event:
        last = len(each.by) > 1 or EACH_PARTY in each.by
        yield tell.say(
            "anchor.last" if last else "anchor.event",
            event=tell.name(each.event, *HAPPENINGS),
            by=by,
        )
    elif by:
        yield by.strip()
    for key, several in (("last", each.last_of), ("first", each.first_of)):
        moments = tell.joined(tell.moment(one) for one in several)
        yield tell.also(f"anchor.{key}.of", several, moments=moments)
    done = tell.clauses([each.completed])
    key = "anchor.verified" if each.once == "verified" else "anchor.completed"
    yield tell.also(key, each.completed, clause=done)
    if each.once and not (each.completed and each.once in {"done", "verified"}):
        yield tell.word(each.once)
    yield from _moved(tell, each)


def _moved(tell: Teller, each: Anchor) -> Iterator[str]:
    """Yield when an anchor is at the latest, until when it was put off, or foreseen."""
    if each.latest is not None:
        yield tell.say("anchor.latest", moment=tell.moment(each.latest, case="by"))
    for one in each.extended:
        yield _put_off(tell, one)
    if each.expected is not None:
        yield tell.say("anchor.expected", moment=tell.moment(each.expected))


def _put_off(tell: Teller, each: Extension | Blank) -> str:
    """Return until when an anchor was put off, when that was agreed, and where."""
    if isinstance(each, Blank):
        return tell.say("blank")
    by = tell.also("office.by", each.by, by=tell.name(each.by, "instruments"))
    until, on = tell.moment(each.until), tell.moment(each.on)
    cite = tell.also("source.cited", each.cite, cite=tell.words(each.cite))
    return f"{tell.say('anchor.extended', until=until, on=on, by=by)}{cite}"


def tell_drawn(tell: Teller, named: tuple[str, Drawn]) -> Item:
    """Return a zone or line: how it is derived or drawn, how exactly, and when."""
    name, each = named
    shape = [*_shapes(tell, each), *_made(tell, each)]
    title = tell.words(each.title) if each.title else ""
    said = tell.tongue.headed(title, tell.tongue.parts(shape)) or tell.say(
        "drawn.itself"
    )
    under = (
        *_term_of(tell, each),
        *(line for one in each.versions for line in _version(tell, one)),
        *tell_extra(tell, each.extra),
    )
    return identified(name, f"{said.rstrip('.')}."), lines(*under)


def _shapes(tell: Teller, each: Drawn | Version) -> Iterator[str]:
    if each.feature:
        yield tell.say("drawn.feature", feature=tell.words(each.feature))
    for shape, said in ((each.band, _band), (each.buffer, _buffer)):
        if isinstance(shape, Band | Buffer):
            yield said(tell, shape)
        elif shape is not None:
            yield tell.say("blank")
    if isinstance(each.around, Around):
        yield _around(tell, each.around)
    elif each.around is not None:
        yield tell.say("blank")


def _band(tell: Teller, band: Band | Buffer) -> str:
    if not isinstance(band, Band):
        return ""
    side = str(band.side) if band.side in _COMPASS else "unknown"
    start = band.from_
    said = tell.say(
        "band" if start is not None else "band.from.line",
        start=tell.amount(start),
        to=tell.amount(band.to),
        side=tell.say(f"side.{side}"),
        line=tell.say("line.named", name=tell.name(band.of, "lines")),
    )
    return tell.tongue.parts((said, *tell_extra(tell, band.extra)))


def _buffer(tell: Teller, buffer: Band | Buffer) -> str:
    if not isinstance(buffer, Buffer):
        return ""
    line = tell.say("line.named", name=tell.name(buffer.of, "lines"))
    said = [
        tell.say(key, distance=tell.amount(value), line=line)
        for key, value in (
            ("buffer.each", buffer.each_side),
            ("buffer.width", buffer.width),
        )
        if value is not None
    ]
    nothing = tell.say("buffer.each", distance=tell.say("blank"), line=line)
    return tell.tongue.parts(
        (tell.joined(said or [nothing]), *tell_extra(tell, buffer.extra))
    )


def _around(tell: Teller, around: Around) -> str:
    said = tell.say(
        "around",
        radius=tell.amount(around.radius),
        places=_places(tell, around.places),
    )
    return tell.tongue.parts((said, *tell_extra(tell, around.extra)))


def _places(tell: Teller, places: Mapping[str, Position | Blank]) -> str:
    said = (f"{name} ({tell_position(tell, at)})" for name, at in places.items())
    return tell.joined(said)


def tell_position(tell: Teller, at: Position | Blank) -> str:
    """Return a point as people of this language write it."""
    if isinstance(at, Blank):
        return tell.say("blank")
    return tell.say(
        "position",
        lat=tell.number(abs(at.lat)),
        north=tell.say("south" if at.lat < 0 else "north"),
        lon=tell.number(abs(at.lon)),
        east=tell.say("west" if at.lon < 0 else "east"),
    )


def _made(tell: Teller, each: Drawn) -> Iterator[str]:
    yield from lines(
        tell.also("hull", each.hull, places=_places(tell, each.hull)),
        tell.also("between", each.between, lines=tell.names(each.between, "lines")),
        tell.also("union", each.any_of, zones=tell.names(each.any_of, "zones")),
        tell.also("less", each.but_not, zones=tell.names(each.but_not, "zones")),
    )


def _term_of(tell: Teller, each: Drawn) -> Iterator[str]:
    start = tell.moment(each.from_, case="from")
    until = tell.moment(each.until, case="until")
    tolerance, stands_for = tell.amount(each.tolerance), tell.text(each.approximates)
    yield tell.also("drawn.from", each.from_, moment=start)
    yield tell.also("drawn.until", each.until, moment=until)
    yield tell.also("drawn.tolerance", each.tolerance, tolerance=tolerance)
    yield tell.also("drawn.as.of", each.as_of, what=_dated(tell, each.as_of))
    yield tell.also("drawn.approximates", each.approximates, what=stands_for)
    yield tell.also("source.in", each.cite, cite=tell.words(each.cite))
    yield tell.also("note", each.note, note=tell.text(each.note))


def _dated(tell: Teller, text: object) -> str:
    """Return a text; a date as people of this language write it."""
    try:
        return tell.date(dt.date.fromisoformat(str(text)))
    except ValueError:
        return tell.words(text)


def _version(tell: Teller, each: Version | Blank) -> Iterator[str]:
    if isinstance(each, Blank):
        yield tell.say("blank")
        return
    start = tell.moment(each.from_, case="from")
    until = tell.moment(each.until, case="until")
    tolerance = tell.amount(each.tolerance)
    said = (
        tell.also("version.from", each.from_, moment=start),
        tell.also("version.until", each.until, moment=until),
        tell.also(
            "version.by",
            each.by,
            who=tell.name(each.by, *BODIES, "instruments"),
        ),
        *_shapes(tell, each),
        tell.also("version.tolerance", each.tolerance, tolerance=tolerance),
        tell.also("cited", each.cite, cite=tell.words(each.cite)),
        *tell_extra(tell, each.extra),
    )
    yield tell.say("version", said=tell.tongue.parts(said) or tell.say("blank"))


def tell_class(tell: Teller, named: tuple[str, Arms]) -> Item:
    """Return the criteria of a class."""
    name, each = named
    criteria = lines(
        tell.also("class.kind", each.kind, kinds=_kinds(tell, each.kind)),
        tell.also("class.calibre", each.calibre, bounds=tell.bounds(each.calibre)),
        tell.also("class.range", each.range, bounds=tell.bounds(each.range)),
        tell.also("class.systems", each.systems, systems=_or(tell, each.systems)),
        tell.also(
            "class.except", each.except_systems, systems=_or(tell, each.except_systems)
        ),
        tell.also(
            "class.where", each.where, condition=tell_condition(tell, each.where)
        ),
        tell.also(
            "class.any.of",
            each.any_of,
            classes=tell.names(each.any_of, "classes", by="or"),
        ),
    )
    title = tell.words(each.title) if each.title else ""
    said = tell.tongue.headed(title, tell.tongue.parts(criteria)) or tell.say("blank")
    cite = tell.also("source.cited", each.cite, cite=tell.words(each.cite))
    under = lines(*tell_extra(tell, each.extra))
    return identified(name, f"{said.rstrip('.')}{cite}."), under


def _kinds(tell: Teller, values: tuple[object, ...]) -> str:
    return tell.joined((tell.tongue.kind(tell.words(each)) for each in values), by="or")


def _or(tell: Teller, values: tuple[object, ...]) -> str:
    return tell.joined((tell.words(each) for each in values), by="or")


def tell_title(tell: Teller, named: tuple[str, object]) -> Item:
    """Return an event or a state that the agreement adds, by its title."""
    name, title = named
    return identified(name, f"{tell.words(title).rstrip('.')}."), ()
