"""What watches, and what good conduct opens, in prose."""

from collections.abc import Iterator

from pamiers.agreement.prose.telling import BODIES, HAPPENINGS, Item, Teller
from pamiers.agreement.prose.telling_bodies import identified, lines
from pamiers.agreement.prose.telling_clauses import tell_extra
from pamiers.agreement.values.blank import Blank
from pamiers.agreement.written import Estimate, Gate, Indicator, Watch


def tell_means(tell: Teller, named: tuple[str, Watch]) -> Item:
    """Return a means, who operates it, what it notices, and how likely it is to."""
    name, each = named
    title, by = tell.words(each.title or name), tell.name(each.by, *BODIES)
    said = tell.say("means", title=title, by=by)
    kinds, clauses = (
        tell.names(each.kinds, *HAPPENINGS, by="or"),
        tell.clauses(each.watches),
    )
    under = (
        tell.also("means.kinds", each.kinds, kinds=kinds),
        tell.also("means.watches", each.watches, clauses=clauses),
        *_detection(tell, each.detection),
        tell.also("source.is", each.source, source=tell.speaker(each.source)),
        tell.also("note", each.note, note=tell.text(each.note)),
        *tell_extra(tell, each.extra),
    )
    return identified(name, said), lines(*under)


def _detection(tell: Teller, found: Estimate | Blank | None) -> Iterator[str]:
    if found is None:
        yield tell.say("detection.none")
        return
    if isinstance(found, Blank):
        yield tell.say("detection.blank")
        return
    yield tell.say(
        "detection",
        p=tell.share(found.probability),
        author=tell.words(found.author),
        on=tell.date(found.on),
        source=tell.speaker(found.source),
    )
    yield from tell_extra(tell, found.extra)


def tell_gate(tell: Teller, named: tuple[str, Gate]) -> Item:
    """Return what good conduct opens, over which window, and who certifies it."""
    name, each = named
    said = tell.say(
        "gate",
        title=tell.words(each.title or name),
        window=tell.duration(each.window),
        by=tell.name(each.certified_by, *BODIES),
    )
    opens, appeal = tell.clauses(each.opens), tell.name(each.appeal, "procedures")
    under = (
        *(line for one in each.indicators for line in _indicator(tell, one)),
        tell.also("gate.opens", each.opens, clauses=opens),
        tell.also("gate.back", each.rolls_back is True),
        tell.also("gate.back.blank", isinstance(each.rolls_back, Blank)),
        tell.also("gate.appeal", each.appeal, procedure=appeal),
        tell.also("source.in", each.cite, cite=tell.words(each.cite)),
        *tell_extra(tell, each.extra),
    )
    return identified(name, said), lines(*under)


def _indicator(tell: Teller, each: Indicator | Blank) -> Iterator[str]:
    if isinstance(each, Blank):
        yield tell.say("blank")
        return
    asked = (
        (each.breaches_at_most, "gate.breaches", tell.number(each.breaches_at_most)),
        (each.kept_share, "gate.kept", tell.share(each.kept_share)),
        (each.watched_share, "gate.watched", tell.share(each.watched_share)),
    )
    said = [tell.say(key, n=n) for value, key, n in asked if value is not None]
    clause = tell.clauses([each.clause])
    yield tell.say("gate.indicator", clause=clause, said=tell.joined(said))
    yield from tell_extra(tell, each.extra)
