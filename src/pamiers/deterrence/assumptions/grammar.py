"""The keys of `incentives.yaml`: what may stand where, and one line on each."""

from typing import Final

from pamiers.agreement.grammar.forms import Choice, Id, Number, Ref
from pamiers.agreement.grammar.records import (
    ById,
    Field,
    Listed,
    OneOrByParty,
    Record,
    Several,
)
from pamiers.deterrence.assumptions import written as w
from pamiers.deterrence.assumptions.leaves import (
    HUGE,
    Dated,
    Moved,
    Ranged,
    Said,
    SaidIn,
    Span,
)

#: version of the file
VERSION: Final = 1

_TEXT: Final = Said()
_PARTY: Final = Ref(("parties",))
_SHARE: Final = Ranged(0.0, 1.0)
_FLOW: Final = Ranged(-HUGE, HUGE)
_COST: Final = Ranged()
_LAG: Final = Ranged(dimension="time", such="2 d")
_LASTS: Final = Ranged(dimension="time", such="28 d")
_TITLE: Final = Field(SaidIn(), "its name, by language")


def _per_party(form: Ranged) -> OneOrByParty:
    return OneOrByParty(form, _PARTY)


BASIS: Final = Record(
    w.Basis,
    {
        "author": Field(_TEXT, "whose judgement", required=True),
        "on": Field(Dated(), "when it was made", required=True),
        "source": Field(_TEXT, "where it can be read", required=True),
        "note": Field(_TEXT, "a remark"),
    },
)

BELIEF: Final = Record(
    w.Belief,
    {
        "both_keep": Field(_FLOW, "both keep", required=True),
        "only_other_breaks": Field(_FLOW, "the other side breaks", required=True),
        "only_self_breaks": Field(_FLOW, "this side breaks", required=True),
        "both_break": Field(_FLOW, "both break, after the response", required=True),
    },
)

PARTY: Final = Record(
    w.PartyStakes,
    {
        "discount": Field(
            Ranged(0.0, 1.0, inside=True), "worth now of 1 next period", required=True
        ),
        "peace": Field(_FLOW, "per period while it is kept", required=True),
        "war": Field(_FLOW, "per period of going back to war", required=True),
        "first_strike": Field(_COST, "gained once by striking first", required=True),
        "war_later": Field(_FLOW, "per period of war a period later, if it shifts"),
        "belief": Field(BELIEF, "one period of keep or break", required=True),
    },
)

CLAUSE: Final = Record(
    w.ClauseStakes,
    {
        "id": Field(Ref(("clauses",)), "clause of the agreement", required=True),
        "breach": Field(
            Choice(("once", "standing")), "pays once, or until stopped", required=True
        ),
        "gain": Field(_per_party(_COST), "what a breach pays", required=True),
        "detection": Field(ById(_SHARE), "means -> found per period", required=True),
        "verification": Field(_SHARE, "then verified", required=True),
        "attribution": Field(_SHARE, "and laid to the right side", required=True),
        "false_alarm": Field(
            _SHARE, "a complier found in breach, per period", required=True
        ),
        "lag": Field(_LAG, "from found until the response is in force", required=True),
        "answered_by": Field(Several(Ref(("ladder",))), "its steps", required=True),
    },
)

KINDS: Final = (
    *("notice", "visit", "session", "suspension", "escrow", "sanction"),
    *("withheld benefit", "posture of protectors"),
)

STEP: Final = Record(
    w.LadderStep,
    {
        "id": Field(Id(), "its id", required=True),
        "title": _TITLE,
        "kind": Field(Choice(KINDS), "what it is, abstractly", required=True),
        "after": Field(_LAG, "from the start of the response", required=True),
        "lasts": Field(_LASTS, "how long", required=True),
        "loss": Field(_per_party(_COST), "taken per period", required=True),
        "credibility": Field(_SHARE, "really applied", required=True),
        "responder": Field(Ref(("actors", "roles")), "who applies it", required=True),
        "cost": Field(_COST, "to the responder, per period", required=True),
        "restores": Field(_COST, "worth to the responder, per period", required=True),
    },
)

_AMOUNT: Final = Moved()
CHANGE: Final = Record(
    w.Change,
    {
        "clause": Field(Ref(("clauses",)), "in this clause"),
        "step": Field(Ref(("ladder",)), "or in this step"),
        "party": Field(_PARTY, "or for this party; with clause or step, only for it"),
        "of": Field(_TEXT, "key of the figure", required=True),
        "means": Field(Ref(("monitoring",)), "which means, for detection"),
        "to": Field(_AMOUNT, "becomes this; a time with its unit"),
        "add": Field(_AMOUNT, "rises by this; a time with its unit"),
        "times": Field(Number(0.0, HUGE), "is multiplied by this"),
    },
    one_of=("to", "add", "times"),
)

LEVER: Final = Record(
    w.Lever,
    {
        "id": Field(Id(), "its id", required=True),
        "title": _TITLE,
        "cost": Field(Number(0.0, HUGE), "what it costs", required=True),
        "paid_by": Field(SaidIn(), "who would pay for it"),
        "changes": Field(Several(CHANGE), "what it does", required=True),
        "excludes": Field(Several(Ref(("levers",))), "cannot go with these"),
    },
)

INCENTIVES: Final = Record(
    w.Incentives,
    {
        "pamiers_incentives": Field(Number(1, 1e6), "version", required=True),
        "agreement": Field(Id(), "id of the agreement", required=True),
        "about": Field(SaidIn(), "what these assumptions are"),
        "period": Field(Span(), "length of one period", required=True),
        "unit": Field(_TEXT, "in what payoffs are stated", required=True),
        "cost_unit": Field(_TEXT, "in what levers cost"),
        "by": Field(Ref(("bases",)), "basis of figures that name none"),
        "bases": Field(ById(BASIS), "who judged, when, where", required=True),
        "correlation": Field(
            _SHARE, "between means that watch one clause", required=True
        ),
        "parties": Field(ById(PARTY), "party -> its stakes", required=True),
        "clauses": Field(Listed(CLAUSE), "clauses put to the test", required=True),
        "ladder": Field(Listed(STEP), "steps of the response", required=True),
        "levers": Field(Listed(LEVER), "what could be changed"),
    },
)
