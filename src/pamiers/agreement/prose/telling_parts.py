"""What is not a clause, in prose: instruments, roles, pledges, zones, means."""

from pamiers.agreement.prose.telling import Teller
from pamiers.agreement.prose.telling_clauses import Item
from pamiers.agreement.values.blank import Blank, filled
from pamiers.agreement.written import (
    Arms,
    Consent,
    Drawn,
    Estimate,
    Instrument,
    Pledge,
    Procedure,
    Role,
    Statement,
    Step,
    Term,
    Watch,
)


def tell_instrument(tell: Teller, each: Instrument) -> Item:
    """Return an instrument's title, date and status."""
    blank = isinstance(each.status, Blank)
    said = tell.say(
        "instrument",
        title=tell.words(each.title),
        date=tell.words(each.date),
        status=tell.say("blank" if blank else f"status.{each.status}"),
    )
    return said, ()


def tell_signatures(tell: Teller) -> list[tuple[str, ...]]:
    """Return the rows of the table of who signed what, according to whom."""
    heads = ("instrument", "actor", "act", "source")
    return [
        tuple(tell.say(f"column.{head}") for head in heads),
        *(
            (
                str(each.id),
                tell.name(claim.actor),
                tell.say(
                    "blank" if isinstance(claim.act, Blank) else f"act.{claim.act}"
                ),
                tell.speaker(claim.source),
            )
            for each in tell.written.instruments
            for claim in each.signatures
            if not isinstance(claim, Blank)
        ),
    ]


def tell_role(tell: Teller, named: tuple[str, Role]) -> Item:
    """Return who holds a role, what it does, how it decides, who consents."""
    name, role = named
    said = tell.say(
        "role",
        title=tell.words(role.title or name),
        holders=tell.names((*role.held_by, *role.members)),
        instrument=tell.words(role.created_by),
    )
    under = (
        tell.also("role.tasks", role.tasks, tasks=tell.names(role.tasks)),
        tell.also("role.rule", role.decides_by, rule=tell.words(role.decides_by)),
        *(_consent(tell, each) for each in role.consents),
    )
    return said, tuple(line for line in under if line)


def _consent(tell: Teller, each: Consent | Blank) -> str:
    if isinstance(each, Blank):
        return tell.say("blank")
    return tell.say(
        "role.consent",
        actor=tell.name(each.actor),
        act=tell.words(each.act),
        source=tell.speaker(each.source),
    )


def tell_pledge(tell: Teller, each: Pledge) -> Item:
    """Return who pledged what, up to how much, and when."""
    said = tell.say(
        "pledge",
        by=tell.name(each.by),
        of=tell.names(each.of),
        up_to=tell.also("pledge.up_to", each.up_to, amount=tell.words(each.up_to)),
        excludes=tell.also(
            "pledge.excludes", each.excludes, what=tell.names(each.excludes)
        ),
        when=tell.also("pledge.when", each.when, when=tell.words(each.when)),
        source=tell.speaker(each.source),
    )
    return said, ()


def tell_statement(tell: Teller, each: Statement) -> Item:
    """Return who said what, according to whom."""
    said = tell.say(
        "statement",
        speaker=tell.words(each.speaker),
        says=tell.words(each.says),
        source=tell.speaker(each.source),
    )
    return said, ()


def tell_drawn(tell: Teller, named: tuple[str, Drawn]) -> Item:
    """Return a zone's or line's name, how exactly it is drawn, what it stands for."""
    name, each = named
    tolerance, stands_for = each.tolerance, each.approximates
    said = tell.say(
        "zone",
        title=tell.words(each.title or name),
        tolerance=tell.also(
            "zone.tolerance", tolerance, tolerance=tell.words(tolerance)
        ),
        approximates=tell.also("zone.approximates", stands_for, what=stands_for),
    )
    return said, ()


def tell_term(tell: Teller, named: tuple[str, Term]) -> Item:
    """Return what a term means, and its values, each from its date."""
    name, each = named
    values = tuple(
        tell.say(
            "term.value",
            value=tell.words(one.value),
            from_=tell.moment(one.from_),
            cite=tell.words(one.cite),
        )
        for one in each.values
        if not isinstance(one, Blank)
    )
    means = tell.words(each.means).rstrip(".")
    return tell.say("term", name=name, means=means), values


def tell_class(tell: Teller, named: tuple[str, Arms]) -> Item:
    """Return the criteria of a class of weapon."""
    name, each = named
    excepted = ", ".join(filled(each.except_systems))
    criteria = [
        *(tell.words(kind) for kind in filled(each.kind)),
        tell.also("class.calibre", each.calibre, bounds=each.calibre),
        tell.also("class.range", each.range, bounds=each.range),
        *filled(each.systems),
        *(tell.name(other) for other in filled(each.any_of)),
        tell.also("class.except", excepted, systems=excepted),
    ]
    title = tell.words(each.title or name)
    listed = ", ".join(one for one in criteria if one)
    return tell.say("class", title=title, criteria=listed), ()


def tell_means(tell: Teller, named: tuple[str, Watch]) -> Item:
    """Return a means, who operates it, and how likely it is to notice."""
    name, each = named
    detection = tell.say("detection.none")
    if isinstance(each.detection, Estimate):
        detection = tell.say(
            "detection",
            p=tell.words(each.detection.probability),
            author=tell.words(each.detection.author),
            on=tell.words(each.detection.on),
        )
    title, by = tell.words(each.title or name), tell.name(each.by)
    return tell.say("means", title=title, by=by, detection=detection), ()


def tell_procedure(tell: Teller, named: tuple[str, Procedure]) -> Item:
    """Return a procedure and its steps."""
    name, each = named
    return (
        f"{tell.words(each.title or name)}.",
        tuple(_step(tell, step) for step in each.steps),
    )


def _step(tell: Teller, step: Step) -> str:
    return tell.say(
        "step",
        who=tell.names(step.by),
        do=tell.words(step.do),
        within=tell.also("step.within", step.within, within=tell.words(step.within)),
        when=tell.also("step.when", step.when, when=tell.words(step.when)),
    )
