"""The sentence of a clause: who must, or must not, do what, where and when."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final

from pamiers.agreement.grammar.clause_forms import UNSTATED
from pamiers.agreement.prose.telling import BODIES, HAPPENINGS, Teller, upper
from pamiers.agreement.prose.telling_matter import (
    tell_classes,
    tell_condition_of,
    tell_doer,
    tell_measured,
    tell_number,
    tell_proportion,
    tell_receiver,
    tell_share,
    tell_what,
    tell_where,
)
from pamiers.agreement.values.blank import Blank
from pamiers.agreement.values.duration import Duration
from pamiers.agreement.written import (
    Announced,
    Limit,
    Matter,
    Periodic,
    Proportion,
    Provision,
    Requirement,
    Trigger,
)


@dataclass(frozen=True, slots=True)
class Framed:
    """What every verb's sentence shares: whom it binds, from when, by when."""

    tell: Teller
    bearer: str
    due: str
    time: str

    def say(self, key: str, **facts: object) -> str:
        """Return the sentence of a verb."""
        facts = {"due": self.due, "time": self.time, **facts}
        return upper(self.tell.say(key, bearer=self.bearer, **facts))


def tell_sentences(tell: Teller, clause: Provision) -> tuple[str, ...]:
    """Return the sentence of each verb that a clause has; a sound one has one."""
    bearer = tell.bearer(clause.bearer) if clause.bearer else tell.say("blank")
    framed = Framed(tell, bearer, tell_due(tell, clause), tell_time(tell, clause))
    return _sentences(framed, clause)


def tell_substance(tell: Teller, clause: Provision) -> tuple[str, ...]:
    """Return what a clause demands, without whom it binds and when it is due."""
    said = _sentences(Framed(tell, "", "", ""), clause)
    return tuple(upper(" ".join(each.split()).strip(" :.")) for each in said)


def _sentences(framed: Framed, clause: Provision) -> tuple[str, ...]:
    given = [(verb, getattr(clause, verb)) for verb in _SENTENCES]
    said = [
        _SENTENCES[verb](framed, found)
        if not isinstance(found, Blank)
        else framed.say("verb.blank", verb=framed.tell.say(f"verb.{verb}"))
        for verb, found in given
        if found not in (None, "")
    ]
    return tuple(said) or (framed.say("verb.none"),)


def tell_time(tell: Teller, clause: Provision) -> str:
    """Return from when to when a clause holds."""
    said = ""
    if clause.from_ is not None:
        said += tell.say("time.from", moment=tell.moment(clause.from_, case="from"))
    if clause.until is not None:
        said += tell.say("time.until", moment=tell.moment(clause.until, case="until"))
    return said


def tell_due(tell: Teller, clause: Provision) -> str:
    """Return by when a duty is due, and upon what."""
    said = tell.also("due.urgent", clause.urgency, urgency=tell.words(clause.urgency))
    moments = [tell.moment(each, case="by") for each in clause.deadline]
    if moments:
        key = "due.by" if len(moments) == 1 else "due.earliest"
        said += tell.say(key, moment=tell.joined(moments))
    if clause.upon is not None or clause.lasting is not None:
        trigger = _trigger(tell, clause)
        lasting = tell.duration(clause.lasting) if clause.lasting else ""
        key = "due.within" if lasting else "due.upon"
        said += tell.say(key, lasting=lasting, trigger=trigger)
    return said


def _trigger(tell: Teller, clause: Provision) -> str:
    if clause.upon is None:
        return tell.say("trigger.unlocked")
    return tell_trigger(tell, clause.upon)


def tell_trigger(tell: Teller, upon: Trigger | Blank) -> str:
    """Return what a duty is owed after."""
    if isinstance(upon, Blank):
        return tell.say("blank")
    said = []
    if upon.breach_of:
        clauses = tell.clauses(upon.breach_of, by="or")
        said.append(tell.say("trigger.breach", clauses=clauses))
    what = tell_what(tell, upon, by="or") + tell_where(tell, upon)
    if upon.event or upon.state or upon.of or not upon.breach_of:
        said.append(tell.say("trigger.event", what=what))
    elif what != tell.say("blank"):
        said.append(what.replace(tell.say("blank"), "").strip())
    return tell.joined(said, by="or")


def tell_requirement(tell: Teller, each: Requirement | Blank) -> str:
    """Return what has to be done before a duty is due."""
    if isinstance(each, Blank):
        return tell.say("blank")
    said = []
    if each.clause:
        clause = tell.clauses([each.clause])
        verified = any(
            other.id == each.clause and other.verified_by
            for other in tell.written.clauses
        )
        key = "required.verified" if verified else "required.clause"
        said.append(tell.say(key, clause=clause))
    if each.event:
        said.append(
            tell.say("required.event", event=tell.name(each.event, *HAPPENINGS))
        )
    by = tell.also("what.by", each.by, who=tell.name(each.by, *BODIES))
    return tell.joined(said) + by


def _forbid(framed: Framed, found: Matter) -> str:
    tell, where = framed.tell, tell_where(framed.tell, found)
    if found.by or found.not_by:
        return framed.say(
            "forbid.by", what=tell_what(tell, found, by="or"), where=where
        )
    if found.state == "presence" and not found.event:
        return framed.say("forbid.presence", what=_held(tell, found), where=where)
    key = "forbid.event" if found.event else "forbid.state"
    return framed.say(key, what=tell_what(tell, found, by="or"), where=where)


def _held(tell: Teller, found: Matter) -> str:
    said = tell_classes(tell, found) + tell_condition_of(tell, found)
    return said + tell_doer(tell, found)


def _oblige(framed: Framed, found: Matter) -> str:
    return _done(framed, found, "oblige")


def _maintain(framed: Framed, found: Matter) -> str:
    return _done(framed, found, "maintain")


def _done(framed: Framed, found: Matter, verb: str) -> str:
    tell, where = framed.tell, tell_where(framed.tell, found)
    plain = not found.event and not found.by
    if plain and found.state in {"presence", "absence"}:
        owed, kept = f"oblige.{found.state}", f"maintain.{found.state}"
        key = owed if verb == "oblige" else kept
        return framed.say(key, what=_held(tell, found), where=where)
    key = f"{verb}.by" if found.by else verb
    by = "or" if verb == "oblige" else "and"  # any of several events does a duty
    return framed.say(key, what=tell_what(tell, found, by=by), where=where)


def _limit(key: str) -> Callable[[Framed, Limit], str]:
    def said(framed: Framed, found: Limit) -> str:
        tell = framed.tell
        facts = {
            "what": tell_number(tell, found) + tell_doer(tell, found),
            "where": tell_where(tell, found),
        }
        if not (found.event or found.per or framed.due):
            return framed.say(f"{key}.instant", **facts)
        counted = f"{key}.events" if found.event else key
        return framed.say(counted, per=_over(framed, found), **facts)

    return said


def _over(framed: Framed, found: Limit) -> str:
    if found.per:
        return f" {framed.tell.per(found.per)}"
    return "" if framed.due else f" {framed.tell.say('per.in.all')}"


def _ratio(framed: Framed, found: Proportion) -> str:
    tell, key = framed.tell, tell_proportion(found)
    return framed.say(
        key,
        share=tell_share(tell, found, per_cent=key == "ratio.share"),
        of=tell_measured(tell, found.of),
        to=tell_measured(tell, found.to),
        per=f" {tell.per(found.per)}" if found.per else "",
    )


def _notify(framed: Framed, found: Announced) -> str:
    tell = framed.tell
    before = found.before
    return framed.say(
        "notify",
        what=tell_what(tell, replace(found, to=())),
        where=tell_where(tell, found),
        to=tell_receiver(tell, found),
        before=_beforehand(tell, before),
    )


def _beforehand(tell: Teller, before: Duration | Blank | None) -> str:
    if before is None:
        return tell.say("notify.read")
    if isinstance(before, Duration) and before.quantity.amount == 0:
        return tell.say("notify.any.time")
    return tell.say("notify.before", time=tell.duration(before))


def _every(framed: Framed, found: Periodic) -> str:
    tell = framed.tell
    return framed.say(
        "every.unstated" if found.period == UNSTATED else "every",
        what=tell_what(tell, found, by="or"),
        where=tell_where(tell, found),
        per=""
        if found.period == UNSTATED
        else tell.per(found.period) or tell.say("every.read"),
    )


def _formula(framed: Framed, found: str) -> str:
    return framed.say("formula", formula=framed.tell.words(found))


_SENTENCES: Final[dict[str, Callable[[Framed, Any], str]]] = {
    "forbid": _forbid,
    "oblige": _oblige,
    "at_most": _limit("at_most"),
    "at_least": _limit("at_least"),
    "ratio": _ratio,
    "notify": _notify,
    "maintain": _maintain,
    "every": _every,
    "formula": _formula,
}
