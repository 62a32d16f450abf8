"""Steps done, confirmed and voted on, and who takes part in them."""

from dataclasses import replace
from typing import Final

from pamiers.agreement import Mandate
from pamiers.agreement.model.procedure import Step
from pamiers.procedure.event import Event
from pamiers.procedure.moves import available, end_step
from pamiers.procedure.rules import Rules
from pamiers.procedure.standing import Standing, StepState
from pamiers.procedure.voting import VOTED, decided, has_quorum, voters

#: act -> the hand it belongs to; one who has done one does not do another
_HANDS: Final = {
    "report": "monitoring",
    "verify": "verification",
    "visit": "verification",
    "investigate": "investigation",
    "attribute": "investigation",
    "decide": "adjudication",
    "rule": "adjudication",
    "remedy": "adjudication",
    "publish": "publication",
}
_CHOICES: Final = ("for", "against", "abstain")


def _open_step(
    rules: Rules, standing: Standing, event: Event
) -> tuple[Step | None, StepState | None, str]:
    """Return the step that an event is about, and why it cannot be acted on."""
    step, state = rules.procedure.step(event.step), standing.steps.get(event.step)
    if standing.suspended_at is not None:
        return step, state, "suspended"
    if step is None:
        return None, None, "unknown-step"
    if standing.status != "open":
        return step, state, "case-closed"
    if state is None or state.status not in {"open", "lapsed"}:
        return step, state, "step-not-open"
    return step, state, ""


def _entitled(rules: Rules, standing: Standing, step: Step, event: Event) -> str:
    if event.by in standing.recused or (
        step.recusal and rules.speakers([event.by]) & standing.concerned
    ):
        return "recused"
    able = available(rules, standing, step.id)
    named = able or ()
    state = standing.steps[step.id]
    decision = step.decision
    if decision and not state.passed_to:
        if decision.rule in VOTED:
            return "decided-by-vote"
        named = decision.chair if decision.rule == "chair" else named
        named = decision.arbiter if decision.rule == "arbitration" else named
    if event.by not in rules.speakers(named):
        return "not-entitled"
    return _separate(rules, standing, step, event.by)


def _separate(rules: Rules, standing: Standing, step: Step, by: str) -> str:
    hand = _HANDS.get(step.act)
    if not rules.procedure.separate or hand is None:
        return ""
    return "" if standing.hands.get(by, hand) == hand else "same-hands"


def _fits(step: Step, outcome: str) -> bool:
    return not step.outcomes or outcome in step.outcomes


def _act(rules: Rules, standing: Standing, event: Event) -> str:
    step, state, why = _open_step(rules, standing, event)
    if why or step is None or state is None:
        return why
    why = _entitled(rules, standing, step, event)
    if why or not _fits(step, event.outcome):
        return why or "unknown-outcome"
    if step.four_eyes:
        first = (event.by, event.person, event.outcome)
        standing.steps[step.id] = replace(state, first=first)
        standing.note(
            event.at, "step-proposed", step.id, by=event.by, outcome=event.outcome
        )
        return ""
    _end(rules, standing, step, event, event.outcome)
    return ""


def _end(
    rules: Rules, standing: Standing, step: Step, event: Event, outcome: str
) -> None:
    hand = _HANDS.get(step.act)
    if hand is not None:
        standing.hands[event.by] = hand
    state = standing.steps[step.id]
    ended = replace(state, ended_at=event.at, outcome=outcome)
    end_step(rules, standing, step.id, ended, event.by)


def _second(rules: Rules, standing: Standing, event: Event) -> str:
    step, state, why = _open_step(rules, standing, event)
    if why or step is None or state is None:
        return why
    if state.first is None:
        return "nothing-proposed"
    by, person, outcome = state.first
    why = _entitled(rules, standing, step, event)
    if not why and (event.by, event.person) == (by, person):
        why = "same-person"
    if why:
        return why
    if event.choice == "no":
        standing.steps[step.id] = replace(state, first=None)
        standing.note(
            event.at, "step-not-confirmed", step.id, by=event.by, reason=event.reason
        )
        return ""
    _end(rules, standing, step, event, outcome)
    return ""


def _session(rules: Rules, standing: Standing, event: Event) -> str:
    step, state, why = _open_step(rules, standing, event)
    if why or step is None or state is None:
        return why
    if step.decision is None:
        return "no-vote"
    if not _fits(step, event.outcome):
        return "unknown-outcome"
    standing.sessions[step.id] = (event.present, event.outcome)
    standing.votes[step.id] = {}
    enough = has_quorum(rules, standing, step, event.present)
    what = "session" if enough else "quorum-absent"
    standing.note(
        event.at, what, step.id, by=" ".join(event.present), outcome=event.outcome
    )
    return ""


def _vote(rules: Rules, standing: Standing, event: Event) -> str:
    step, state, why = _open_step(rules, standing, event)
    if why or step is None or state is None:
        return why
    decision = step.decision
    if decision is None or decision.rule not in VOTED:
        return "no-vote"
    able = voters(rules, standing, step)
    present, motion = standing.sessions.get(step.id, ((), ""))
    why = _may_vote(rules, standing, step, event)
    if why:
        return why
    standing.votes.setdefault(step.id, {})[event.by] = event.choice
    standing.note(event.at, "voted", step.id, by=event.by, outcome=event.choice)
    there = tuple(e for e in able if not present or e in present)
    came = decided(decision, standing.votes[step.id], there)
    _concluded(rules, standing, event, (step, came, motion))
    return ""


def _may_vote(rules: Rules, standing: Standing, step: Step, event: Event) -> str:
    """Return why a vote cannot be recorded; the empty string where it can."""
    decision = step.decision
    if decision is None or event.by not in voters(rules, standing, step):
        among = decision.among if decision else ()
        return "recused" if event.by in among else "not-entitled"
    wants = decision.quorum or decision.each_party
    present, _ = standing.sessions.get(step.id, ((), ""))
    if wants and not has_quorum(rules, standing, step, present):
        return "quorum-absent"
    if present and event.by not in present:
        return "not-present"
    return "" if event.choice in _CHOICES else "unknown-choice"


def _concluded(
    rules: Rules, standing: Standing, event: Event, found: tuple[Step, str, str]
) -> None:
    step, came, motion = found
    if came == "adopted":
        _end(rules, standing, step, event, motion or "adopted")
    elif came == "rejected":
        _end(rules, standing, step, event, "rejected")
    elif came in {"tied", "blocked"} and step.decision is not None:
        standing.note(event.at, came, step.id)
        to = {"chair": step.decision.chair, "arbiter": step.decision.arbiter}
        passed = to.get(step.decision.tie, ())
        if passed:
            state = standing.steps[step.id]
            standing.steps[step.id] = replace(state, passed_to=passed)
            standing.note(
                event.at, "passed", step.id, by=" ".join(passed), due_at=state.due_at
            )


def _people(rules: Rules, standing: Standing, event: Event) -> str:
    """Take a recusal, a vacancy, or its end."""
    del rules
    name = event.name or event.by
    if not name:
        return "nothing-named"
    if event.kind == "recused":
        standing.recused |= {name}
    elif event.kind == "vacant":
        standing.vacant |= {name}
    else:
        standing.vacant -= {name}
    standing.note(event.at, event.kind, name, by=event.by, reason=event.reason)
    return ""


def _attributed(rules: Rules, standing: Standing, event: Event) -> str:
    """Take an attribution, where the mandate allows one."""
    attributing = ("attribute", "investigate", "decide", "rule")
    named = [n for s in rules.procedure.steps if s.act in attributing for n in s.by]
    if event.by not in rules.speakers(named):
        return "not-entitled"
    if event.party and rules.mandate is Mandate.FORBIDDEN:
        return "not-mandated"
    if event.party and not (event.method and event.confidence):
        return "no-method"
    standing.attribution = {
        "party": event.party or None,
        "method": event.method,
        "confidence": event.confidence,
        "dissent": list(event.dissent),
        "by": event.by,
        "at": event.at,
    }
    standing.note(event.at, "attributed", event.party, by=event.by, reason=event.method)
    return ""


ACTS: Final = {
    "act": _act,
    "second": _second,
    "session": _session,
    "vote": _vote,
    "recused": _people,
    "vacant": _people,
    "filled": _people,
    "attributed": _attributed,
}
