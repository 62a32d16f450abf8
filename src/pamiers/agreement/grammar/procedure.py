"""The keys of procedures: what may stand in a step, and one line on each."""

from typing import Final

from pamiers.agreement import written as w
from pamiers.agreement.grammar.clause import EACH_PARTY
from pamiers.agreement.grammar.forms import (
    Amount,
    Choice,
    Form,
    Id,
    Number,
    Ref,
    Stretch,
    Text,
    Words,
    Yes,
)
from pamiers.agreement.grammar.records import ById, Field, Listed, Record, Several

#: separate acts; who may do which of them in one case is `separate`
ACTS: Final = (
    *("notify", "report", "reply", "consult", "coordinate"),
    *("verify", "visit", "investigate", "attribute"),
    *("decide", "rule", "remedy", "publish", "suspend"),
)
#: what may come of a step or a case
OUTCOMES: Final = (
    *("substantiated", "not-substantiated", "unverifiable"),
    *("accidental", "local-initiative", "adopted", "rejected"),
    *("complied", "refused", "settled", "stood-down", "retracted"),
)
#: what times may run from
CLOCKS: Final = (
    *("initial breach", "receipt", "report", "finding", "complaint"),
    *("opening", "previous step"),
)
SEVERITIES: Final = ("S1", "S2", "S3", "S4")
CONFIDENCES: Final = ("C1", "C2", "C3")
RULES: Final = (
    *("consensus", "majority", "two-thirds", "chair", "alone", "arbitration"),
)
THENS: Final = ("next", "deemed", "passes", "closes")
OPENERS: Final = ("finding", "complaint", "self-report", "request")

_TEXT: Final = Text()
_CITE: Final = Field(_TEXT, "where it stands in the text")
_BY: Final = Several(Ref(("actors", "roles"), also=(EACH_PARTY,)))
_STEPS: Final = Several(Id())
_FOUND: Final = Several(Choice(OUTCOMES))


def _who(about: str, *, required: bool = False) -> Field:
    return Field(_BY, about, required=required)


def _time(about: str, *, required: bool = False) -> Field:
    return Field(Stretch(), about, required=required)


def _level(words: tuple[str, ...]) -> Form:
    return Choice(words)


UPON: Final = Record(
    w.Upon,
    {
        "opened_by": Field(Several(Choice(OPENERS)), "what opened the case"),
        "breach_of": Field(Several(Ref(("clauses",))), "breach of any of these"),
        "severity": Field(_level(SEVERITIES), "at least: S1, S2, S3 or S4"),
        "confidence": Field(_level(CONFIDENCES), "at least: C1, C2 or C3"),
        "recurrence": Field(
            Record(
                w.Recurrence,
                {
                    "at_least": Field(
                        Number(1, 1e6), "findings of the case", required=True
                    ),
                    "over": _time("within this time", required=True),
                },
            ),
            "so many findings over a window",
        ),
        "event": Field(Several(Ref(("events", "kinds"))), "any of these on record"),
        "after": Field(_STEPS, "all of these steps"),
        "how": Field(
            Choice(("done", "silent", "over")), "of `after`; silent: time ran out"
        ),
        "outcome": Field(_FOUND, "what the last of `after` came to, any of these"),
    },
)

SILENCE: Final = Record(
    w.Silence,
    {
        "then": Field(
            Choice(THENS),
            "next: a later step says; deemed: taken to be so; passes: to others; "
            "closes: the case",
            required=True,
        ),
        "to": _who("to whom it passes"),
        "within": _time("time allowed to them"),
        "outcome": Field(
            _level(OUTCOMES),
            "what is deemed, or closed with; of `passes`: where they are silent too",
        ),
    },
    lone="then",
)

DECISION: Final = Record(
    w.Decision,
    {
        "rule": Field(Choice(RULES), "how it is taken", required=True),
        "among": _who("whose members vote, where not of who acts"),
        "quorum": Field(Number(1, 1e6), "members present"),
        "each_party": Field(Yes(), "somebody of each party is present"),
        "chair": _who("who presides"),
        "tie": Field(Choice(("chair", "arbiter", "lapses")), "who breaks a tie"),
        "arbiter": _who("who arbitrates"),
    },
    lone="rule",
)

STEP: Final = Record(
    w.Step,
    {
        "id": Field(Id(), "its id", required=True),
        "by": _who("who acts", required=True),
        "alternates": _who("who acts, in this order, where they cannot"),
        "act": Field(Choice(ACTS), "which act it is"),
        "do": Field(Words(), "what, by language", required=True),
        "when": Field(_TEXT, "trigger, in measurable words"),
        "upon": Field(UPON, "trigger: all of these"),
        "within": _time("time allowed"),
        "from": Field(Choice(CLOCKS), "what the time runs from", attribute="from_"),
        "no_less": _time("time left when it opens, at the least"),
        "rule": Field(_TEXT, "rule of decision, in words"),
        "decision": Field(DECISION, "rule of decision"),
        "four_eyes": Field(Yes(), "a second person confirms it"),
        "recusal": Field(Yes(), "the party concerned takes no part"),
        "outcomes": Field(_FOUND, "what it may come to"),
        "extension": Field(
            Record(
                w.Prolonged,
                {
                    "at_most": _time("longer by this, in all", required=True),
                    "consent_of": _who("with the consent of all of these"),
                },
                lone="at_most",
            ),
            "how its time may be prolonged",
        ),
        "otherwise": Field(_TEXT, "what holds where it is not done, in words"),
        "silence": Field(SILENCE, "what holds where it is not done in time"),
        "closes": Field(Yes(), "the case is closed when it is done"),
        "cite": _CITE,
    },
)

REMEDY: Final = Record(
    w.Remedy,
    {
        "id": Field(Id(), "its id", required=True),
        "title": Field(Words(), "its name, by language", required=True),
        "by": _who("who determines it", required=True),
        "severity": Field(_level(SEVERITIES), "from this level on"),
        "done_by": _who("who does it, where not the party responsible"),
        "within": _time("time allowed to do it", required=True),
        "verified_by": _who("who verifies it"),
        "verified_within": _time("time allowed to verify it"),
        "cite": _CITE,
    },
)

APPEAL: Final = Record(
    w.Appeal,
    {
        "to": _who("to whom", required=True),
        "by": _who("who may appeal", required=True),
        "within": _time("of the decision", required=True),
        "decided_within": _time("time allowed to decide it"),
        "suspends": Field(Yes(), "meanwhile nothing else runs"),
        "silence": Field(
            Choice(("stands", "falls")), "what was decided, where nobody decides anew"
        ),
    },
)

_GROUPING: Final = Record(
    w.Grouping,
    {
        "same": Field(Several(Choice(("clause", "party", "place"))), "what they share"),
        "near": Field(Amount("length"), "how far apart at most, for place"),
        "over": _time("since the last finding", required=True),
    },
)

PROCEDURE: Final = Record(
    w.Procedure,
    {
        "title": Field(Words(), "its name, by language"),
        "created_by": Field(Ref(("instruments",)), "what creates it", required=True),
        "clock": Field(_TEXT, f"what its times run from: {', '.join(CLOCKS)}"),
        "cases": Field(_GROUPING, "which findings belong to one case"),
        "complaints_by": Field(
            Several(Choice(("parties", "monitors", "public"))), "who may complain"
        ),
        "thresholds": Field(
            ById(_level(CONFIDENCES)),
            "clause -> confidence from which a finding counts",
        ),
        "reply": Field(
            Record(
                w.Hearing,
                {"within": _time("time allowed", required=True)},
                lone="within",
            ),
            "time in which the party concerned is asked to reply",
        ),
        "steps": Field(Listed(STEP), "steps, in order"),
        "separate": Field(
            Yes(), "who verifies does not decide, who decides does not publish alone"
        ),
        "remedies": Field(Listed(REMEDY), "what may be determined"),
        "appeal": Field(APPEAL, "appeal against what was decided"),
        "suspension": Field(
            Record(
                w.Pause,
                {
                    "by": _who("who may", required=True),
                    "at_most": _time("how long at most", required=True),
                },
            ),
            "how the procedure may be suspended",
        ),
        "stand_down": Field(
            Record(
                w.StandDown,
                {
                    "by": _who("who may", required=True),
                    "quiet_for": _time("after no finding for so long"),
                },
            ),
            "how the response is stood down",
        ),
        "reopening": Field(
            Record(
                w.Reopening,
                {
                    "by": _who("who may", required=True),
                    "within": _time("of closing"),
                    "decided_within": _time("time allowed to decide"),
                },
            ),
            "how a closed case is opened again upon new evidence",
        ),
        "minutes": Field(
            Record(
                w.Minutes,
                {
                    "by": _who("who writes them", required=True),
                    "signed_by": _who("who signs them", required=True),
                    "within": _time("time allowed"),
                },
            ),
            "minutes of a closed case",
        ),
        "publication": Field(
            Record(
                w.Publication,
                {
                    "by": _who("who publishes", required=True),
                    "edition": Field(
                        Choice(("public", "parties", "commission")),
                        "for whom",
                        required=True,
                    ),
                    "within": _time("of closing"),
                },
            ),
            "publication of what came of it",
        ),
        "cite": _CITE,
        "source": Field(Ref(("sources",)), "who says so"),
    },
)
