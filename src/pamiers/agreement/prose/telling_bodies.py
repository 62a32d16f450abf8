"""Who, in prose: the heading, sources, actors, instruments, roles, pledges."""

from collections.abc import Iterator, Mapping
from typing import Final

from pamiers.agreement.prose.telling import Item, Teller
from pamiers.agreement.prose.telling_clauses import tell_cuts, tell_extra
from pamiers.agreement.values.blank import Blank
from pamiers.agreement.written import (
    Actor,
    Consent,
    Delivery,
    Extension,
    Heading,
    Instrument,
    Life,
    LifeEvent,
    Mandated,
    MapScale,
    Origin,
    Pledge,
    Role,
    Seat,
    Signature,
    Stage,
    Statement,
    Tenure,
)

_ABOUT: Final = ("roles", "clauses", "instruments", "lines", "zones")


def identified(identifier: object, said: str) -> str:
    """Return a sentence with the id that other places refer to in front."""
    return f"[{identifier}] {said}" if identifier else said


def lines(*said: str) -> tuple[str, ...]:
    """Return the lines that have something to say."""
    return tuple(line for line in said if line)


def tell_heading(tell: Teller, heading: Heading) -> Iterator[str]:
    """Yield what holds for the whole agreement, a sentence at a time."""
    version = tell.number(tell.written.pamiers)
    yield tell.say("heading", id=heading.id, version=version)
    yield tell.also("kind", heading.kind, kind=tell.text(heading.kind))
    if isinstance(tell.written.agreement, Blank):
        yield tell.say("blank")
    yield tell.say("parties", parties=tell.names(heading.parties, "actors"))
    zone, cut_off = tell.words(heading.time_zone), tell.words(heading.cut_off)
    yield tell.say("frame", zone=zone, cut_off=cut_off)
    if heading.durations:
        known = heading.durations in {"elapsed", "wall_clock"}
        yield tell.say(f"durations.{heading.durations}" if known else "blank")
    rest = tell.joined(tell.word(day) for day in heading.weekend)
    yield tell.also("weekend", heading.weekend, days=rest)
    days = tell.joined(tell.date(day) for day in heading.holidays)
    yield tell.also("holidays", heading.holidays, days=days)
    yield from _mandate(tell, heading.mandate)
    yield tell_cuts(tell, heading.thresholds, "thresholds")
    if heading.life is not None:
        yield from _life(tell, heading.life)
    if heading.plane is not None:
        yield from _plane(tell, heading.plane)
    yield tell.words(heading.about) if heading.about else ""
    sectors = tell.written.sectors
    yield tell.also("sectors", sectors, zones=tell.names(sectors, "zones"))
    yield from tell_extra(tell, heading.extra)


def _mandate(tell: Teller, mandate: Mandated | Blank) -> Iterator[str]:
    if isinstance(mandate, Blank) or isinstance(mandate.attribution, Blank):
        yield tell.say("mandate.blank")
    else:
        yield tell.say(f"mandate.{mandate.attribution}")
    if isinstance(mandate, Mandated):
        yield tell.also("source.in", mandate.cite, cite=tell.words(mandate.cite))
        yield from tell_extra(tell, mandate.extra)


def _life(tell: Teller, life: Life | Blank) -> Iterator[str]:
    if isinstance(life, Blank):
        yield tell.say("life.blank")
        return
    begins = tell.moment(life.from_, case="from")
    yield tell.also("life.from", life.from_, moment=begins)
    yield tell.also("life.lasts", life.lasts, time=tell.duration(life.lasts))
    tacit = life.tacit
    yield tell.say("life.tacit") if tacit else _life_event(tell, life, "renewed")
    yield _life_event(tell, life, "ended")
    yield tell.also("life.notice", life.notice, time=tell.duration(life.notice))
    for each in life.extended:
        yield from _extension(tell, each)
    yield tell.also("source.in", life.cite, cite=tell.words(life.cite))
    yield from tell_extra(tell, life.extra)


def _life_event(tell: Teller, life: Life, how: str) -> str:
    """Return what renews or ends it, and by whom and to whom where that is said."""
    found = getattr(life, f"{how}_by")
    if not isinstance(found, LifeEvent):
        return tell.also(f"life.{how}", found, event=tell.name(found, "events"))
    by, to = (
        tell.also(
            f"life.{key}", names, who=tell.names(names, "actors", "roles", by="or")
        )
        for key, names in (("by", found.by), ("to", found.to))
    )
    event = tell.name(found.event, "events")
    return tell.say(f"life.{how}", event=f"{event}{by}{to}")


def _extension(tell: Teller, each: Extension | Blank) -> Iterator[str]:
    if isinstance(each, Blank):
        yield tell.say("life.extended.blank")
        return
    by = tell.also("office.by", each.by, by=tell.name(each.by, "instruments"))
    until, on = tell.moment(each.until), tell.moment(each.on)
    yield tell.say("life.extended", until=until, on=on, by=by)
    yield from _whence(tell, "", each.cite)
    yield from tell_extra(tell, each.extra)


def _seats(tell: Teller, seats: tuple[Seat | Blank, ...]) -> Iterator[str]:
    said = (
        tell.say("blank")
        if isinstance(each, Blank)
        else tell.say(
            "role.seat",
            actor=tell.name(each.actor, "actors"),
            number=tell.number(each.n),
        )
        for each in seats
    )
    yield tell.also("role.seats", seats, seats=tell.tongue.parts(said))
    for each in seats:
        yield from tell_extra(tell, getattr(each, "extra", {}))


def _tenure(tell: Teller, each: Tenure | Blank) -> Iterator[str]:
    if isinstance(each, Blank):
        yield tell.say("role.mandate.blank")
        return
    by = tell.also("office.by", each.by, by=tell.name(each.by, "instruments"))
    begin, end = tell.moment(each.from_), tell.moment(each.until)
    said = (
        tell.say("office.from", moment=begin),
        tell.also("office.until", each.until, moment=end),
        tell.also("office.lasts", each.lasts, time=tell.duration(each.lasts)),
    )
    yield tell.say("role.mandate", term="".join(said), by=by)
    yield tell.also("role.renewal", each.renewal, rule=tell.text(each.renewal))
    yield from _whence(tell, each.source, each.cite)
    yield from tell_extra(tell, each.extra)


def _plane(tell: Teller, plane: MapScale | Blank) -> Iterator[str]:
    if isinstance(plane, Blank):
        yield tell.say("plane.blank")
        return
    east, north = tell.amount(plane.degree_east), tell.amount(plane.degree_north)
    yield tell.say("plane", east=east, north=north)
    yield tell.also("source.in", plane.cite, cite=tell.words(plane.cite))
    yield from tell_extra(tell, plane.extra)


def tell_source(tell: Teller, named: tuple[str, Origin]) -> Item:
    """Return whose word a source is, for whom it speaks, and how good it is."""
    name, each = named
    grade = f"{each.reliability}{each.credibility}"
    said = tell.say(
        "source",
        speaker=tell.words(each.speaker),
        interested=tell.also(
            "interested", each.interested, who=tell.who(each.interested)
        ),
        grade=grade,
        date=tell.also("dated", each.date, date=tell.date(each.date)),
    )
    under = (tell.also("url", each.url, url=each.url), _note(tell, each.note))
    return identified(name, said), lines(*under, *tell_extra(tell, each.extra))


def _note(tell: Teller, note: object) -> str:
    return tell.also("note", note, note=tell.text(note))


def tell_actor(tell: Teller, named: tuple[str, Actor]) -> Item:
    """Return an actor's name, and whom it is made of."""
    name, each = named
    members = tell.also("members", each.members, who=tell.who(each.members))
    said = identified(name, f"{tell.words(each.name)}{members}.")
    return said, lines(_note(tell, each.note), *tell_extra(tell, each.extra))


def tell_instrument(tell: Teller, each: Instrument) -> Item:
    """Return an instrument's title, date and status, and who may read it."""
    title, date = tell.words(each.title), tell.date(each.date)
    dated = each.date and date not in title
    said = tell.say(
        "instrument",
        title=title,
        date=tell.also("dated", dated, date=date),
        status=tell.word(each.status),
        share=tell.also(
            "instrument.share",
            each.agreed_share is not None,
            share=tell.share(each.agreed_share),
        ),
    )
    tier = tell.word(each.visibility)
    under = (
        *_relations(tell, each),
        tell.also("visibility", each.visibility != "public", tier=tier),
        tell.also("source.is", each.source, source=tell.speaker(each.source)),
        tell.also("url", each.url, url=each.url),
        _note(tell, each.note),
        *tell_extra(tell, each.extra),
        *(line for claim in each.signatures for line in _signature_notes(tell, claim)),
    )
    return identified(each.id, said), lines(*under)


def _relations(tell: Teller, each: Instrument) -> Iterator[str]:
    """Yield of which text it is part, whose place it takes, and what it carries out."""
    for key, named in (
        ("text.part", (each.part_of,) if each.part_of else ()),
        ("text.supersedes", each.supersedes),
        ("text.effect", each.gives_effect_to),
    ):
        yield tell.also(key, named, texts=tell.names(named, "instruments"))


def _signature_notes(tell: Teller, claim: Signature | Blank) -> Iterator[str]:
    if isinstance(claim, Blank):
        return
    if claim.note:
        said = tell.tongue.headed(
            tell.name(claim.actor, "actors"), tell.text(claim.note)
        )
        yield tell.say("note", note=said)
    yield from tell_extra(tell, claim.extra)


def tell_signatures(tell: Teller) -> list[tuple[str, ...]]:
    """Return the rows of the table of who signed what, according to whom."""
    heads = ("instrument", "actor", "act", "source")
    return [
        tuple(tell.say(f"column.{head}") for head in heads),
        *(
            _signed(tell, str(each.id), claim)
            for each in tell.written.instruments
            for claim in each.signatures
        ),
    ]


def _signed(tell: Teller, name: str, claim: Signature | Blank) -> tuple[str, ...]:
    if isinstance(claim, Blank):
        return (name, tell.say("blank"), "", "")
    act = [
        tell.word(claim.act),
        tell.words(claim.by) if claim.by else "",
        tell.date(claim.on) if claim.on else "",
    ]
    said = ", ".join(part for part in act if part)
    return (name, tell.name(claim.actor, "actors"), said, tell.speaker(claim.source))


def tell_role(tell: Teller, named: tuple[str, Role]) -> Item:
    """Return who holds a role, what it does, how it decides, who consents."""
    name, role = named
    by = tell.name(role.created_by, "instruments")
    said = tell.say("role", title=tell.words(role.title or name), instrument=by)
    under = (
        tell.also("role.held", role.held_by, who=tell.who(role.held_by)),
        tell.also("role.members", role.members, who=tell.who(role.members)),
        tell.also("role.chair", role.chaired_by, who=tell.who(role.chaired_by)),
        tell.also("role.vice", role.vice_chairs, who=tell.who(role.vice_chairs)),
        tell.also("role.named", role.appointed_by, who=tell.who(role.appointed_by)),
        tell.also("role.hosted", role.hosted_by, who=tell.who(role.hosted_by)),
        tell.also(
            "role.command", role.under_command_of, who=tell.who(role.under_command_of)
        ),
        tell.also(
            "role.tasks", role.tasks, tasks=tell.texts(role.tasks, tell.tongue.tasks)
        ),
        tell.also(
            "role.rule",
            role.decides_by,
            rule=tell.texts((role.decides_by,), tell.tongue.names),
        ),
        tell.also("role.else", role.otherwise, rule=tell.text(role.otherwise)),
        tell.also("role.verifies", role.verifies, who=tell.who(role.verifies)),
        *_seats(tell, role.seats),
        *(line for each in role.mandate for line in _tenure(tell, each)),
        *(line for each in role.consents for line in _consent(tell, each)),
        *_whence(tell, role.source, role.cite),
        _note(tell, role.note),
        *tell_extra(tell, role.extra),
    )
    return identified(name, said), lines(*under)


def _consent(tell: Teller, each: Consent | Blank) -> Iterator[str]:
    if isinstance(each, Blank):
        yield tell.say("blank")
        return
    yield tell.say(
        "role.consent",
        actor=tell.name(each.actor, "actors"),
        act=tell.word(each.act),
        source=tell.speaker(each.source),
    )
    yield _note(tell, each.note)
    yield from tell_extra(tell, each.extra)


def _whence(tell: Teller, source: object, cite: object) -> Iterator[str]:
    yield tell.also("source.is", source, source=tell.speaker(source))
    yield tell.also("source.in", cite, cite=tell.words(cite))


def tell_pledge(tell: Teller, each: Pledge) -> Item:
    """Return who pledged what, how much, on which condition, and what has come."""
    what = tell.texts(each.of, tell.tongue.names)
    said = tell.say(
        "pledge" if len(each.by) == 1 else "pledge.joint",
        by=tell.names(each.by, "actors"),
        of=what,
        at_least=tell.also(
            "pledge.at_least", each.at_least, n=tell.amount(each.at_least)
        ),
        up_to=tell.also("pledge.up_to", each.up_to, n=tell.amount(each.up_to))
        + tell.also("pledge.due", each.due, moment=tell.moment(each.due, case="by")),
        where=tell.also(
            "pledge.where", each.where, zone=tell.name(each.where, "zones")
        ),
        when=tell.also("pledge.when", each.when, when=tell.text(each.when)),
    )
    excluded, created_by = (
        tell.texts(each.excludes, tell.tongue.names),
        tell.name(each.created_by, "instruments"),
    )
    under = (
        tell.also("pledge.excludes", each.excludes, what=excluded),
        tell.also("pledge.created", each.created_by, instrument=created_by),
        tell.also("pledge.delivered", each.delivered, n=tell.amount(each.delivered)),
        *(line for one in each.stages for line in _stage(tell, one)),
        *(line for one in each.deliveries for line in _delivery(tell, one)),
        *_whence(tell, each.source, ""),
        _note(tell, each.note),
        *tell_extra(tell, each.extra),
    )
    return identified(each.id, said), lines(*under)


def _stage(tell: Teller, each: Stage | Blank) -> Iterator[str]:
    if isinstance(each, Blank):
        yield tell.say("blank")
        return
    yield tell.say(
        "pledge.stage",
        n=tell.amount(each.at_least),
        moment=tell.moment(each.due, case="by"),
        cite=tell.also("source.cited", each.cite, cite=tell.words(each.cite)),
    )
    yield from tell_extra(tell, each.extra)


def _delivery(tell: Teller, each: Delivery | Blank) -> Iterator[str]:
    if isinstance(each, Blank):
        yield tell.say("blank")
        return
    yield tell.say(
        "delivery",
        date=tell.date(each.on),
        n=tell.amount(each.amount),
        source=tell.speaker(each.source),
    )
    yield _note(tell, each.note)
    yield from tell_extra(tell, each.extra)


def tell_statement(tell: Teller, each: Statement) -> Item:
    """Return who said what, when, on what, in whose interest."""
    said = tell.say(
        "statement",
        speaker=tell.words(each.speaker),
        date=tell.also("dated", each.date, date=tell.date(each.date)),
        says=tell.words(each.says).rstrip("."),
    )
    about = tell.names(each.bears_on, *_ABOUT)
    interest = tell.who(each.interested)
    under = (
        tell.also("statement.on", each.bears_on, what=about),
        tell.also("statement.interest", each.interested, who=interest),
        *_whence(tell, each.source, ""),
        *tell_extra(tell, each.extra),
    )
    return identified(each.id, said), lines(*under)


def blanks(tell: Teller, held: Mapping[str, object]) -> Iterator[Item]:
    """Yield what stands under a name and is still to be agreed."""
    for name, each in held.items():
        if isinstance(each, Blank):
            yield identified(name, tell.say("blank")), ()
