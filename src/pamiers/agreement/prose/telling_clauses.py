"""Clauses in prose: who must not or must do what, where, from when, unless what."""

from collections.abc import Iterator, Mapping

from pamiers.agreement.lint.clauses import matter, watchers
from pamiers.agreement.prose.telling import Teller
from pamiers.agreement.values.blank import BLANK, filled
from pamiers.agreement.written import (
    Matter,
    Option,
    Provision,
    Question,
    Trigger,
    Within,
)

Item = tuple[str, tuple[str, ...]]  #: a numbered sentence and those under it


def tell_clause(tell: Teller, clause: Provision) -> Item:
    """Return a clause as a sentence, and what is to be said under it."""
    found = matter(clause)
    verb = "oblige" if clause.oblige is not None else "forbid"
    said = tell.say(
        f"clause.{verb}",
        bearer=tell.names(clause.bearer),
        matter=_matter(tell, found),
        where=_where(tell, found),
        from_=tell.moment(clause.from_),
        until=tell.say("until", moment=tell.moment(clause.until))
        if clause.until
        else "",
    )
    label = f"[{clause.id}] {tell.words(clause.title)}. " if clause.title else ""
    return label + said, tuple(_under(tell, clause, found))


def _under(tell: Teller, clause: Provision, found: Matter | None) -> Iterator[str]:
    if clause.text:
        cited = tell.say("cite", cite=tell.words(clause.cite))
        yield tell.say("quoted", text=tell.words(clause.text), cite=cited)
    if clause.deadline:
        by = "; ".join(tell.moment(each) for each in clause.deadline)
        yield tell.say("deadline", moment=by)
    if isinstance(clause.upon, Trigger) and clause.upon.breach_of:
        clauses = ", ".join(filled(clause.upon.breach_of))
        yield tell.say("upon", clauses=clauses)
    if found is not None and found.to:
        yield tell.say("to", who=tell.names(found.to))
    for each in clause.unless:
        yield tell.say("unless", text=tell.words(each.text or each.id))
    yield from _questions(tell, clause)
    yield _watched(tell, clause)
    followed = clause.on_breach
    yield (
        tell.say("on_breach", procedure=tell.name(followed))
        if followed
        else tell.say("no_procedure")
    )


def _questions(tell: Teller, clause: Provision) -> Iterator[str]:
    for each in clause.readings:
        if isinstance(each, Question):
            yield tell.say("question", question=tell.words(each.question))
            for name, option in each.options.items():
                says = option.says if isinstance(option, Option) else BLANK
                yield "- " + tell.say("option", name=name, says=tell.words(says))


def _watched(tell: Teller, clause: Provision) -> str:
    means = watchers(tell.written, clause)
    if not means:
        return tell.say("unwatched")
    return tell.say("watched", means=tell.names(means))


def _matter(tell: Teller, found: Matter | None) -> str:
    if found is None:
        return tell.say("blank")
    classes = tell.names(found.of) if found.of else tell.say("matter.any")
    if found.state in {"presence", "absence"}:
        return tell.say(f"matter.{found.state}", classes=classes)
    events = ", ".join(tell.name(each).replace("_", " ") for each in found.event)
    if found.of:
        return tell.say("matter.of", events=events, classes=classes)
    return events or tell.say("blank")


def _where(tell: Teller, found: Matter | None) -> str:
    if found is None:
        return ""
    if isinstance(found.within, Within):
        given = found.within.distance
        distance = tell.words(given) if given else tell.say("where.reading")
        line = _line(tell, found.within)
        return tell.say("where.line", distance=distance, line=line)
    if found.in_:
        return tell.say("where.zones", zones=tell.names(found.in_))
    return ""


def _line(tell: Teller, within: Within) -> str:
    if not isinstance(within.of, Mapping):
        return tell.name(within.of)
    return ", ".join(
        tell.say("where.for", line=tell.name(line), party=tell.name(party))
        for party, line in within.of.items()
    )
