"""Clauses in prose: the sentence, and everything that modifies it."""

from collections.abc import Iterator
from typing import Final

from pamiers.agreement.grammar.clause_forms import UNSTATED
from pamiers.agreement.lint.clauses import watchers
from pamiers.agreement.prose.conditions import tell_condition
from pamiers.agreement.prose.telling import BODIES, HAPPENINGS, Item, Teller
from pamiers.agreement.prose.telling_changes import tell_changes
from pamiers.agreement.prose.telling_matter import tell_measured
from pamiers.agreement.prose.telling_verbs import tell_requirement, tell_sentences
from pamiers.agreement.values.blank import Blank
from pamiers.agreement.values.duration import Duration
from pamiers.agreement.values.quantity import Quantity
from pamiers.agreement.written import (
    Alongside,
    Amendment,
    Announced,
    Cuts,
    Extra,
    Limit,
    Matter,
    Notice,
    Option,
    Periodic,
    Proportion,
    Provision,
    Question,
    Suspension,
    Unless,
)

#: what is answered came less than this before, where a clause gives no `gap`
_A_DAY: Final = Duration(Quantity(24.0, "h"))


def tell_clause(tell: Teller, clause: Provision) -> Item:
    """Return a clause as a sentence, and what is to be said under it."""
    title = tell.also("titled", clause.title, title=tell.words(clause.title))
    said = f"[{clause.id}] {title}{' '.join(tell_sentences(tell, clause))}"
    return said, tuple(line for line in _under(tell, clause) if line)


def _under(tell: Teller, clause: Provision) -> Iterator[str]:
    yield _quoted(tell, clause)
    yield from _of_the_verb(tell, clause)
    yield from _of_the_hours(tell, clause)
    yield from _of_the_duty(tell, clause)
    for each in clause.unless:
        yield tell_exemption(tell, each)
    for question in clause.readings:
        yield from tell_question(tell, question)
    for amendment in clause.amended:
        yield tell_amendment(tell, amendment)
    for suspension in clause.suspended:
        yield tell_suspension(tell, suspension)
    yield from _of_the_judgement(tell, clause)
    yield tell.also("note", clause.note, note=tell.text(clause.note))
    yield from tell_extra(tell, clause.extra)


def tell_extra(tell: Teller, extra: Extra) -> Iterator[str]:
    """Yield the keys that this version of the language does not know."""
    for key, value in extra.items():
        yield tell.say("unknown", name=key, value=value)


def _quoted(tell: Teller, clause: Provision) -> str:
    title, cited = tell.name(clause.instrument, "instruments"), tell.words(clause.cite)
    told = clause.cite and cited.casefold() not in title.casefold()
    cite = tell.also("source.cite", told, cite=cited)
    where = tell.say("clause.source", instrument=title, cite=cite)
    said = [
        tell.say("quoted", text=tell.words(clause.text)) if clause.text else "",
        tell.also("substance", clause.substance, text=tell.words(clause.substance)),
        where,
    ]
    return " ".join(part for part in said if part)


def tell_qualifications(tell: Teller, clause: Provision) -> Iterator[str]:
    """Yield what takes from a clause or adds to it, for one who reads no further.

    Hours and days, what has to be verified, exemptions, open questions with their
    answers, amendments, and suspensions, in this order.
    """
    yield from (line for line in _of_the_hours(tell, clause) if line)
    if clause.verified_by:
        yield _verified(tell, clause)
    for exemption in clause.unless:
        yield tell_exemption(tell, exemption)
    for question in clause.readings:
        answers = (line.removeprefix("- ") for line in tell_question(tell, question))
        yield " ".join(answers)
    for amendment in clause.amended:
        yield tell_amendment(tell, amendment)
    for suspension in clause.suspended:
        yield tell_suspension(tell, suspension)


def _verified(tell: Teller, clause: Provision) -> str:
    by = tell.who(clause.verified_by)
    return tell.also("verified", clause.verified_by, by=by)


def _of_the_verb(tell: Teller, clause: Provision) -> Iterator[str]:
    for verb in ("forbid", "oblige", "maintain"):
        found = getattr(clause, verb)
        if found is not None and not isinstance(found, Blank):
            yield from tell_extra(tell, found.extra)
            near = found.near
            yield from tell_extra(tell, getattr(near, "extra", {}))
    for limit in (clause.at_most, clause.at_least):
        if isinstance(limit, Limit):
            yield from tell_tallying(tell, limit)
    if isinstance(clause.ratio, Proportion):
        yield from _of_ratio(tell, clause.ratio)
    if isinstance(clause.notify, Announced):
        yield _matching(tell, clause.notify.matching)
        yield from tell_extra(tell, clause.notify.extra)
    if isinstance(clause.every, Periodic):
        first = tell.joined(
            (tell.moment(m, case="by") for m in clause.every.first), by="or"
        )
        yield tell.also("every.first", clause.every.first, moment=first)
        yield tell.also("every.never", clause.every.period == UNSTATED)
        yield from tell_extra(tell, clause.every.extra)


def tell_tallying(tell: Teller, found: Limit) -> Iterator[str]:
    """Yield how what is counted is counted: by whom, how long it is taken to stay."""
    counters = tell.joined(
        tell.speaker(each) if each in tell.written.sources else tell.name(each, *BODIES)
        for each in found.counters
    )
    one = "counters.one" if len(found.counters) == 1 else "counters"
    yield tell.also(one, found.counters, counters=counters)
    shares = tell.joined(tell.share(_hundredth(each)) for each in found.tolerance)
    one = "tolerance.one" if len(found.tolerance) == 1 else "tolerance.several"
    yield tell.also(one, found.tolerance, shares=shares)
    lasts = found.presence_lasts
    yield tell.also("presence.lasts", lasts, time=tell.duration(lasts))
    if isinstance(found.together, Blank) or found.together:
        yield tell.say("together" if found.together is True else "together.blank")
    yield from tell_extra(tell, found.extra)


def _hundredth(percent: float | Blank) -> float | Blank:
    return percent if isinstance(percent, Blank) else percent / 100


def _of_ratio(tell: Teller, found: Proportion) -> Iterator[str]:
    for limit in (found.of, found.to):
        if isinstance(limit, Limit):
            said = tell_measured(tell, limit)
            for line in tell_tallying(tell, limit):
                yield tell.also("ratio.side", line, side=said, line=line)
    yield from tell_extra(tell, found.extra)


def _matching(tell: Teller, matching: tuple[object, ...]) -> str:
    on = tell.joined(tell.word(each) for each in matching)
    return tell.also("notify.matching", matching, matching=on)


def _of_the_hours(tell: Teller, clause: Provision) -> Iterator[str]:
    states = tell.names(clause.while_, "states")
    yield tell.also("while", clause.while_, states=states)
    days = tell.joined(tell.word(day) for day in clause.days)
    if clause.hours:
        begun = tell.also("hours.days", clause.days, days=days)
        yield tell.say("hours", hours=tell.hours(clause.hours), days=begun)
    else:
        yield tell.also("days", clause.days, days=days)


def _of_the_duty(tell: Teller, clause: Provision) -> Iterator[str]:
    open_ended = clause.oblige is not None and not (clause.deadline or clause.lasting)
    gone = isinstance(clause.oblige, Matter) and clause.oblige.state == "absence"
    never = "due.vague" if clause.urgency else "due.never"
    yield tell.also(never, open_ended and not gone)  # absence is owed at once
    if clause.upon is not None and not isinstance(clause.upon, Blank):
        yield from tell_extra(tell, clause.upon.extra)
    same = tell.joined(tell.word(each) for each in clause.same)
    yield tell.also("same", clause.same, same=same)
    required = tell.joined(tell_requirement(tell, each) for each in clause.requires)
    yield tell.also("requires", clause.requires, required=required)
    for each in clause.requires:
        yield from tell_extra(tell, getattr(each, "extra", {}))
    for step in clause.alongside:
        yield from _in_step(tell, step)
    yield _verified(tell, clause)
    if clause.perdurant is not True:
        yield tell.say("perdurant.no" if clause.perdurant is False else "blank")
    proxies = tell.who(clause.answers_for)
    yield tell.also("proxies", clause.answers_for, who=proxies)


def _in_step(tell: Teller, step: Alongside | Blank) -> Iterator[str]:
    if isinstance(step, Blank):
        yield tell.say("alongside.blank")
        return
    other = tell.clauses([step.clause])
    if step.within is None:
        yield tell.say("alongside.open", clause=other)
    else:
        time = tell.duration(step.within)
        yield tell.say("alongside", clause=other, time=time)
    yield from tell_extra(tell, step.extra)


def tell_exemption(tell: Teller, each: Unless) -> str:
    """Return an exemption with its words, and all of its conditions."""
    said = [
        tell.words(each.text) if each.text else "",
        tell.tongue.parts(_conditions(tell, each)),
    ]
    cite = tell.also("source.cited", each.cite, cite=tell.words(each.cite))
    text = tell.tongue.parts(part.rstrip(".") for part in said)
    return tell.say("unless", id=each.id, text=text or tell.say("blank"), cite=cite)


def _conditions(tell: Teller, each: Unless) -> Iterator[str]:
    zones = [tell.say("zone.named", name=tell.name(zone, "zones")) for zone in each.in_]
    for key, wanted, facts in (
        (
            "unless.event",
            each.event,
            tell.names(each.event, *HAPPENINGS, by="or"),
        ),
        ("unless.of", each.of, tell.names(each.of, "classes", by="or")),
        ("unless.in", each.in_, tell.joined(zones, by="or")),
        ("unless.where", each.where, tell_condition(tell, each.where)),
        ("unless.by", each.by, tell.who(each.by, by="or")),
        ("unless.approved", each.approved_by, tell.who(each.approved_by)),
        (
            "unless.answer",
            each.in_answer_to,
            tell.names(each.in_answer_to, *HAPPENINGS, by="or"),
        ),
        (
            "unless.tried",
            each.after_tried,
            tell.name(each.after_tried, "roles", "procedures"),
        ),
        ("unless.ordered", each.ordered_by, tell.text(each.ordered_by)),
        ("unless.up_to", each.up_to, tell.amount(each.up_to)),
        ("unless.while", each.while_, tell.names(each.while_, "states")),
        ("unless.from", each.from_, tell.moment(each.from_, case="from")),
        ("unless.until", each.until, tell.moment(each.until, case="until")),
    ):
        yield tell.also(key, wanted, said=facts)
    if each.notified is not None:
        yield _notice(tell, each.notified)
    if each.priority is not None:
        yield tell.say("unless.priority", number=tell.number(each.priority))
    yield from tell_extra(tell, each.extra)


def _notice(tell: Teller, found: Notice | Blank) -> str:
    if isinstance(found, Blank):
        return tell.say("unless.notified", before="", to="", matching="")
    before = found.before
    on = tell.joined(tell.word(m) for m in found.matching)
    said = tell.say(
        "unless.notified",
        before=tell.also("notice.before", before, time=tell.duration(before)),
        to=tell.also("notice.to", found.to, who=tell.who(found.to)),
        matching=tell.also("notice.matching", found.matching, matching=on),
    )
    return tell.tongue.parts((said, *tell_extra(tell, found.extra)))


def tell_question(tell: Teller, each: Question | Blank) -> Iterator[str]:
    """Yield an open question, and each answer with what it changes."""
    if isinstance(each, Blank):
        yield tell.say("question", source="", question=tell.say("blank"))
        return
    source = tell.also("source.by", each.source, source=tell.speaker(each.source))
    yield tell.say("question", source=source, question=tell.words(each.question))
    for name, option in each.options.items():
        if isinstance(option, Option):
            said, changes = tell.words(option.says), tell_changes(tell, option)
        else:
            said, changes = tell.say("blank"), ""
        changed = tell.also("option.changes", changes, changes=changes)
        yield f"- [{name}] {said.rstrip('.')}{changed}."
    yield from tell_extra(tell, each.extra)


def tell_amendment(tell: Teller, each: Amendment | Blank) -> str:
    """Return what a later instrument changed, and from when."""
    if isinstance(each, Blank):
        return tell.say("amended.blank")
    changes = tell_changes(tell, each) or tell.say("amended.words")
    text = "" if tell.brief else each.text
    quoted = tell.say("quoted", text=tell.words(text))
    said = tell.say(
        "amended",
        instrument=tell.name(each.instrument, "instruments"),
        on=tell.moment(each.on, case="from"),
        changes=changes,
        cite=tell.also("source.cited", each.cite, cite=tell.words(each.cite)),
    )
    return f"{said} {quoted}" if text else said


def tell_suspension(tell: Teller, each: Suspension | Blank) -> str:
    """Return from when to when a clause was suspended, by whom, on whose word."""
    if isinstance(each, Blank):
        return tell.say("suspended.blank")
    until = tell.moment(each.until, case="until")
    said = tell.say(
        "suspended",
        start=tell.moment(each.from_, case="from"),
        until=tell.say("suspended.until", moment=until)
        if each.until is not None
        else tell.say("suspended.open"),
        by=tell.also("what.by", each.by, who=tell.who(each.by)),
        source=tell.also("source.by", each.source, source=tell.speaker(each.source)),
        cite=tell.also("source.cited", each.cite, cite=tell.words(each.cite)),
    )
    return " ".join((said, *tell_extra(tell, each.extra)))


def _of_the_judgement(tell: Teller, clause: Provision) -> Iterator[str]:
    means = watchers(tell.written, clause)
    yield (
        tell.say("watched", means=tell.names(means, "monitoring"))
        if means
        else tell.say("unwatched")
    )
    if clause.on_breach:
        yield tell.say("on.breach", procedure=tell.name(clause.on_breach, "procedures"))
    else:
        yield tell.say("no.procedure")
    if not isinstance(clause.severity, Blank):
        levels = tell.tongue.parts(
            tell.tongue.headed(*each) for each in clause.severity.items()
        )
        yield tell.also("severity", levels, levels=levels)
    if clause.thresholds is not None:
        yield tell_cuts(tell, clause.thresholds, "thresholds.own")
    yield tell.also("gap", clause.gap, time=tell.duration(clause.gap))
    answers = any(each.in_answer_to for each in clause.unless)
    yield tell.also("answered", answers, time=tell.duration(clause.gap or _A_DAY))
    tier = tell.word(clause.visibility)
    yield tell.also("visibility", clause.visibility, tier=tier)


def tell_cuts(tell: Teller, cuts: Cuts | Blank, key: str) -> str:
    """Return the probabilities at which a verdict is decided."""
    if isinstance(cuts, Blank):
        blank = tell.say("blank")
        return tell.say(key, breached=blank, kept=blank)
    said = tell.say(key, breached=tell.share(cuts.breached), kept=tell.share(cuts.kept))
    return " ".join((said, *tell_extra(tell, cuts.extra)))
