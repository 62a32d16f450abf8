"""The keys of a clause: what is promised by one verb, whose it is, where and when."""

from typing import Final

from pamiers.agreement import written as w
from pamiers.agreement.grammar.clause_forms import (
    Bound,
    ByClock,
    Condition,
    Formula,
    HowMany,
    HowOften,
    Per,
    Percent,
    Times,
)
from pamiers.agreement.grammar.forms import (
    Amount,
    Choice,
    Id,
    Number,
    Ref,
    Stretch,
    Text,
    When,
    Words,
    Yes,
)
from pamiers.agreement.grammar.records import (
    ById,
    Field,
    Listed,
    OneOrByParty,
    Record,
    Several,
)
from pamiers.agreement.values.calendar import DAYS

EACH_PARTY: Final = "each party"
#: the keys of which a clause has exactly one
VERBS: Final = (
    *("forbid", "oblige", "at_most", "at_least", "ratio", "notify", "maintain"),
    *("every", "formula"),
)
STATUSES: Final = (
    *("present", "declared", "presented", "accepted", "rejected", "missing"),
    *("destroyed", "stored", "released", "returned", "arrived", "departed"),
    *("delivered", "cleared", "found", "under_verification", "demobilised"),
)
TIERS: Final = ("public", "parties", "commission", "restricted")

_TEXT: Final = Text()
_WORDS: Final = Words()
_LINE: Final = OneOrByParty(Ref(("lines",)), Ref(("parties",)))
_KINDS: Final = Several(Ref(("kinds", "events")))
_WHO: Final = Several(Ref(("actors", "roles")))
_OWN: Final = Several(Ref(("states",)))
_ZONES: Final = Several(Ref(("zones",)))
_CLASSES: Final = Field(Several(Ref(("classes",))), "of these classes")
_IN: Final = Field(_ZONES, "in any of these zones", attribute="in_")
_NOT_IN: Final = Field(_ZONES, "outside all of these zones")
_WHERE: Final = Field(Condition(), "such as 'calibre >= 100 mm and count > 5'")
_FROM: Final = Field(When(), "in force from this moment", attribute="from_")
_UNTIL: Final = Field(When(), "in force until this moment, not including it")
_HOURS: Final = Field(
    Several(ByClock()), "holds only at these hours of the agreement's zone"
)
_DAYS: Final = Field(
    Several(Choice(DAYS)), "only on these days, or hours begun on them"
)
_DEADLINE: Final = Field(Several(When()), "by this moment; the earliest of several")
_LASTING: Final = Field(
    Stretch(), "time allowed from what the duty is owed upon", attribute="lasting"
)
_DISTANCE: Final = Field(Amount("length"), "distance from the line, on each side")
_WIDTH: Final = Field(Amount("length"), "width between the sides: half on each")
_BEARER: Final = Field(
    Several(Bound(("parties", "actors", "roles"), also=(EACH_PARTY,))), "whom it binds"
)
_NUMBER: Final = Field(
    HowMany(), "how many: 75, 6000 persons, about 300 persons, 500 t"
)
_PER: Final = Field(Per(), "'24 h' slides; 'calendar month' counts each anew")
_PERIOD: Final = Field(
    HowOften(),
    "how often: '15 d', '3 mo', once in each 'calendar month', or 'unstated'",
)
_BEFORE: Final = Field(Stretch(), "how long before")
_STAYS: Final = Field(Stretch(), "how long what was seen is taken to stay")
_MATCHING: Final = Several(Choice(("party", "place", "time", "id")))
_NOTE: Final = Field(_TEXT, "a remark, shown and never acted on")
_CITE: Final = Field(_TEXT, "where it stands in the text")
_BY_SOURCE: Final = Field(Ref(("sources",)), "who says so")

_MATTER_KEYS: Final = {
    "event": Field(_KINDS, "kinds of event"),
    "state": Field(
        Ref(("states",), also=("presence", "absence")),
        "or a state: presence, absence, or one of `states`",
    ),
    "of": _CLASSES,
    "in": _IN,
    "in_each": Field(_ZONES, "in each of these zones, judged by itself"),
    "not_in": _NOT_IN,
    "near": Field(
        Record(
            w.Near,
            {
                "of": Field(_LINE, "line, or line per party", required=True),
                "distance": _DISTANCE,
                "width": _WIDTH,
            },
        ),
        "within a distance of a line",
    ),
    "where": _WHERE,
    "by": Field(_WHO, "whose conduct, where not the bearer's: a duty to prevent"),
    "to": Field(_WHO, "to whom it is owed"),
}
_LIMIT_KEYS: Final = {
    "n": _NUMBER,
    "tolerance": Field(
        Several(Percent()), "of a figure given as about: each is judged side by side"
    ),
    **_MATTER_KEYS,
    "per": _PER,
    "status": Field(Choice(STATUSES), "of what is tallied"),
    "counters": Field(
        Several(Ref(("sources", "actors", "roles"))),
        "whose tallies; each gives a finding of its own",
    ),
    "presence_lasts": _STAYS,
    "together": Field(Yes(), "all bearers in one count"),
}

#: what versions 1 and 2 called a key
_FORMER: Final = {"within": "near"}

#: what people write who look for a verb that permits
_PERMIT: Final = (
    "No verb permits: what nobody forbids may be done. Write `forbid` of its refusal, "
    "`at_most` of what it goes up to, or `unless` in the clause that forbids it; see "
    "“It may” in docs/howto/say-it-in-pamiers.md."
)
BAN: Final = Record(
    w.Matter,
    {
        **_MATTER_KEYS,
        "not_by": Field(_WHO, "whoever does it but these: only they may"),
    },
    renamed=_FORMER,
    likely="event",
    only_one_of=("by", "not_by"),
)
MATTER: Final = Record(w.Matter, _MATTER_KEYS, renamed=_FORMER, likely="event")
LIMIT: Final = Record(w.Limit, _LIMIT_KEYS, renamed=_FORMER)
PROPORTION: Final = Record(
    w.Proportion,
    {
        "of": Field(LIMIT, "what is measured", required=True),
        "to": Field(LIMIT, "what it is measured against", required=True),
        "at_most": Field(Times(0, 1e9), "so many of it for each, or 30 %, at most"),
        "at_least": Field(Times(0, 1e9), "so many of it for each, or 30 %, at least"),
        "per": _PER,
    },
)
ANNOUNCED: Final = Record(
    w.Announced,
    {
        **_MATTER_KEYS,
        "before": _BEFORE,
        "matching": Field(_MATCHING, "what notice and activity must agree on"),
    },
    renamed=_FORMER,
)
PERIODIC: Final = Record(
    w.Periodic,
    {
        "period": _PERIOD,
        **_MATTER_KEYS,
        "first": Field(Several(When()), "by when for the first time"),
    },
    renamed=_FORMER,
)
TRIGGER: Final = Record(
    w.Trigger,
    {
        "breach_of": Field(Several(Ref(("clauses",))), "a breach of these clauses"),
        **_MATTER_KEYS,
    },
    lone="breach_of",
    renamed=_FORMER,
    one_of=("breach_of", "event", "state"),
)
REQUIREMENT: Final = Record(
    w.Requirement,
    {
        "clause": Field(Ref(("clauses",)), "this duty done, verified where it must be"),
        "event": Field(Ref(("kinds", "events")), "or this event on record"),
        "by": Field(Ref(("actors", "roles")), "whose event"),
    },
    lone="clause",
    one_of=("clause", "event"),
)
ALONGSIDE: Final = Record(
    w.Alongside,
    {
        "clause": Field(Ref(("clauses",)), "duty it keeps step with", required=True),
        "within": Field(Stretch(), "done at most so long after that was done"),
    },
    lone="clause",
)
_CHANGES: Final = {
    "distance": _DISTANCE,
    "width": _WIDTH,
    "line": Field(_LINE, "line, or line per party"),
    "of": _CLASSES,
    "in": _IN,
    "not_in": _NOT_IN,
    "where": _WHERE,
    "bearer": _BEARER,
    "from": _FROM,
    "until": _UNTIL,
    "hours": _HOURS,
    "days": _DAYS,
    "deadline": _DEADLINE,
    "within": _LASTING,
    "n": _NUMBER,
    "per": _PER,
    "period": _PERIOD,
    "before": _BEFORE,
    "presence_lasts": _STAYS,
    "requires": Field(Several(REQUIREMENT), "what has to be done first"),
    "without": Field(Several(Id()), "exemptions of the clause that do not hold then"),
}
OPTION: Final = Record(
    w.Option,
    {"says": Field(_WORDS, "the answer, by language", required=True), **_CHANGES},
)
AMENDMENT: Final = Record(
    w.Amendment,
    {
        "instrument": Field(
            Ref(("instruments",)), "instrument that amends", required=True
        ),
        "on": Field(When(), "from when the change holds", required=True),
        "text": Field(_WORDS, "its words, by language"),
        "cite": _CITE,
        **_CHANGES,
    },
)
QUESTION: Final = Record(
    w.Question,
    {
        "question": Field(_WORDS, "what the text leaves open", required=True),
        "options": Field(ById(OPTION), "answers given to it", required=True),
        "source": _BY_SOURCE,
    },
)

UNLESS: Final = Record(
    w.Unless,
    {
        "id": Field(Id(), "its id", required=True),
        "text": Field(_WORDS, "its words, by language"),
        "cite": _CITE,
        "priority": Field(Number(0, 1000), "lower is named first"),
        "event": Field(_KINDS, "only these kinds of activity"),
        "of": Field(_CLASSES.form, "only these classes"),
        "in": Field(_ZONES, "only in these zones", attribute="in_"),
        "where": Field(Condition(), "only under this condition"),
        "by": Field(_WHO, "only what these do"),
        "notified": Field(
            Record(
                w.Notice,
                {
                    "before": _BEFORE,
                    "to": Field(_WHO, "to whom"),
                    "matching": Field(_MATCHING, "must agree on"),
                },
            ),
            "announced in advance",
        ),
        "approved_by": Field(
            _WHO, "on whose approval on record, of several on that of all"
        ),
        "in_answer_to": Field(_KINDS, "kinds of event that came first"),
        "after_tried": Field(Ref(("roles", "procedures")), "tried in vain before"),
        "ordered_by": Field(_TEXT, "whose order is needed, in words"),
        "up_to": Field(HowMany(), "how many at once it lets through"),
        "while": Field(_OWN, "only while these states are so", attribute="while_"),
        "from": Field(When(), "agreed from this moment", attribute="from_"),
        "until": Field(When(), "agreed until this moment"),
    },
)
SUSPENSION: Final = Record(
    w.Suspension,
    {
        "from": Field(When(), "from when", required=True, attribute="from_"),
        "until": Field(When(), "until when; leave out while it lasts"),
        "by": Field(_WHO, "who suspended it"),
        "source": _BY_SOURCE,
        "cite": _CITE,
    },
)
CUTS: Final = Record(
    w.Cuts,
    {
        "breached": Field(Number(0.5, 1.0), "P from which on", required=True),
        "kept": Field(Number(0.0, 0.5), "P up to which", required=True),
    },
)

CLAUSE: Final = Record(
    w.Provision,
    {
        "id": Field(Id(), "its id", required=True),
        "title": Field(_WORDS, "short name, by language"),
        "text": Field(_WORDS, "the words of the instrument, by language"),
        "substance": Field(_WORDS, "what it says, in words that are not its own"),
        "cite": Field(_TEXT, "where they stand"),
        "instrument": Field(Ref(("instruments",)), "text it stands in", required=True),
        "visibility": Field(Choice(TIERS), "who may read it, where not as its text"),
        "forbid": Field(BAN, "must not happen, must not be so"),
        "oblige": Field(MATTER, "must happen, must be so"),
        "at_most": Field(LIMIT, "no more than so many"),
        "at_least": Field(LIMIT, "no fewer than so many"),
        "ratio": Field(PROPORTION, "so much of one thing for each of another"),
        "notify": Field(ANNOUNCED, "must be announced before it happens"),
        "maintain": Field(MATTER, "must be so all the time"),
        "every": Field(PERIODIC, "must happen again and again"),
        "formula": Field(Formula(), "in bounded temporal logic, for experts"),
        "bearer": Field(_BEARER.form, _BEARER.about, required=True),
        "answers_for": Field(_WHO, "whose conduct counts as the bearer's: proxies"),
        "from": Field(_FROM.form, _FROM.about, required=True, attribute="from_"),
        "until": _UNTIL,
        "while": Field(_OWN, "holds only while these are so", attribute="while_"),
        "hours": _HOURS,
        "days": _DAYS,
        "deadline": _DEADLINE,
        "within": _LASTING,
        "urgency": Field(_WORDS, "how soon, in words that nobody can measure"),
        "upon": Field(TRIGGER, "owed after each of these, or a breach of clauses"),
        "same": Field(
            Several(Choice(("id", "party", "place"))), "what act and trigger share"
        ),
        "requires": Field(Several(REQUIREMENT), "not due until these are done"),
        "alongside": Field(Several(ALONGSIDE), "in step with these, neither waiting"),
        "verified_by": Field(_WHO, "done only once all of these verify"),
        "perdurant": Field(Yes(), "no: late is the end of it; else it stays due"),
        "readings": Field(Several(QUESTION), "rival readings, judged side by side"),
        "unless": Field(Listed(UNLESS), "exemptions"),
        "amended": Field(Several(AMENDMENT), "what later instruments changed"),
        "suspended": Field(Several(SUSPENSION), "when it was suspended"),
        "watched_by": Field(Several(Ref(("monitoring",))), "means that watch it"),
        "thresholds": Field(CUTS, "where other than the agreement's"),
        "severity": Field(_WORDS, "level -> when it applies"),
        "on_breach": Field(Ref(("procedures",)), "procedure that follows"),
        "gap": Field(Stretch(), "events closer than this are one episode"),
        "note": _NOTE,
    },
    instead=dict.fromkeys(
        ("permit", "permits", "permitted", "allow", "allowed", "authorise", "may"),
        _PERMIT,
    ),
)
