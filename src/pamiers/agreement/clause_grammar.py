"""The keys of a clause: what is forbidden or owed, whose it is, where and when."""

from typing import Final

from pamiers.agreement import written as w
from pamiers.agreement.forms import (
    Amount,
    Choice,
    Deadline,
    Id,
    Number,
    Ref,
    Stretch,
    Text,
    When,
    Words,
)
from pamiers.agreement.records import ById, Field, Listed, OneOrByParty, Record, Several

EACH_PARTY: Final = "each party"

_TEXT: Final = Text()
_WORDS: Final = Words()
_LINE: Final = OneOrByParty(Ref(("lines",)), Ref(("parties",)))
_KINDS: Final = Several(Ref(("kinds", "events")))
_CLASSES: Final = Field(Several(Ref(("classes",))), "of these classes of weapon")
_ZONES: Final = Field(
    Several(Ref(("zones",))), "in any of these zones", attribute="in_"
)
_FROM: Final = Field(When(), "in force from this moment", attribute="from_")
_UNTIL: Final = Field(When(), "in force until this moment, not including it")
_DEADLINE: Final = Field(Deadline(), "a moment; with `upon`, a duration from it")
_DISTANCE: Final = Field(Amount("length"), "distance from the line")
_BEARER: Final = Field(Several(Ref(("parties",), also=(EACH_PARTY,))), "whom it binds")
_NOTE: Final = Field(_TEXT, "a remark, shown and never acted on")

MATTER: Final = Record(
    w.Matter,
    {
        "event": Field(_KINDS, "kinds of event"),
        "state": Field(Choice(("presence", "absence")), "or a state of affairs"),
        "of": _CLASSES,
        "in": _ZONES,
        "within": Field(
            Record(
                w.Within,
                {
                    "of": Field(_LINE, "line, or line per party", required=True),
                    "distance": _DISTANCE,
                },
            ),
            "within a distance of a line",
        ),
        "to": Field(Several(Ref(("actors", "roles"))), "to whom it is owed"),
    },
)

OPTION: Final = Record(
    w.Option,
    {
        "says": Field(_WORDS, "the answer, by language", required=True),
        "distance": _DISTANCE,
        "line": Field(_LINE, "line, or line per party"),
        "of": _CLASSES,
        "in": _ZONES,
        "bearer": _BEARER,
        "from": _FROM,
        "until": _UNTIL,
        "deadline": _DEADLINE,
    },
)

QUESTION: Final = Record(
    w.Question,
    {
        "question": Field(_WORDS, "what the text leaves open", required=True),
        "options": Field(ById(OPTION), "answers given to it", required=True),
        "source": Field(Ref(("sources",)), "who says so"),
    },
)

UNLESS: Final = Record(
    w.Unless,
    {
        "id": Field(Id(), "its id", required=True),
        "text": Field(_WORDS, "its words, by language"),
        "priority": Field(Number(0, 1000), "lower is named first"),
        "notified": Field(
            Record(
                w.Notice,
                {
                    "before": Field(Stretch(), "how long before"),
                    "matching": Field(
                        Several(Choice(("party", "place", "time"))), "must agree on"
                    ),
                },
            ),
            "announced in advance",
        ),
        "in_answer_to": Field(_KINDS, "kinds of event that came first"),
        "after_tried": Field(Ref(("roles", "procedures")), "tried in vain before"),
        "ordered_by": Field(_TEXT, "whose order is needed, in words"),
        "by": Field(Several(Ref(("actors", "roles"))), "who is outside the clause"),
    },
)

CLAUSE: Final = Record(
    w.Provision,
    {
        "id": Field(Id(), "its id", required=True),
        "title": Field(_WORDS, "short name, by language"),
        "text": Field(_WORDS, "the words of the instrument, by language"),
        "cite": Field(_TEXT, "where they stand"),
        "instrument": Field(Ref(("instruments",)), "text it stands in", required=True),
        "forbid": Field(MATTER, "must not happen, must not be so"),
        "oblige": Field(MATTER, "must happen, must be so"),
        "bearer": Field(_BEARER.form, _BEARER.about, required=True),
        "from": Field(_FROM.form, _FROM.about, required=True, attribute="from_"),
        "until": _UNTIL,
        "deadline": _DEADLINE,
        "upon": Field(Several(Ref(("clauses",))), "owed after a breach of these"),
        "readings": Field(Several(QUESTION), "rival readings, judged side by side"),
        "unless": Field(Listed(UNLESS), "exemptions"),
        "watched_by": Field(Several(Ref(("monitoring",))), "means that watch it"),
        "severity": Field(_WORDS, "level -> when it applies"),
        "on_breach": Field(Ref(("procedures",)), "procedure that follows"),
        "gap": Field(Stretch(), "events closer than this are one episode"),
        "note": _NOTE,
    },
)
