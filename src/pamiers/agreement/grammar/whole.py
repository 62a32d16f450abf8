"""The keys of the language: what may stand where, and one line on each.

Read this table aloud to know the language; the reader, the schema and the
reference page are made from it. Keys are words a lawyer would say.
"""

from typing import Final

from pamiers.agreement import written as w
from pamiers.agreement.grammar.clause import CLAUSE, CUTS, EACH_PARTY, TIERS
from pamiers.agreement.grammar.clause_forms import Condition, HowMany, Point
from pamiers.agreement.grammar.forms import (
    Amount,
    Choice,
    Clock,
    Day,
    Figure,
    Id,
    Number,
    Range,
    Ref,
    Stretch,
    Text,
    TimeZone,
    When,
    Words,
    Yes,
)
from pamiers.agreement.grammar.records import ById, Field, Listed, Record, Several
from pamiers.agreement.values.moment import SILENCE

LANGUAGE_VERSION: Final = 2
READABLE: Final = (1, 2)  #: versions that are read
SIGNED: Final = ("signed", "ratified", "acceded", "accepted", "reserved")
#: acts that neither bind who did them nor deny that he is bound
ATTENDED: Final = ("initialled", "endorsed", "guaranteed", "witnessed")
UNSIGNED: Final = ("not signed", "absent")
ACTS: Final = SIGNED + ATTENDED + UNSIGNED
REFUSED: Final = ("refused", "withdrawn", "not asked")

_TEXT: Final = Text()
_TEXTS: Final = Several(_TEXT)
_ACTOR: Final = Ref(("actors",))
_ACTORS: Final = Several(_ACTOR)
_WHO: Final = Several(Ref(("actors", "roles")))

_CITE: Final = Field(_TEXT, "where it stands in the text")
_NOTE: Final = Field(_TEXT, "a remark, shown and never acted on")
_TITLE: Final = Field(Words(), "its name, by language")
_FROM: Final = Field(When(), "from this moment", attribute="from_")
_UNTIL: Final = Field(When(), "until this moment, not including it")
_BY_SOURCE: Final = Field(Ref(("sources",)), "who says so")
_CREATOR: Final = Field(Ref(("instruments",)), "instrument that creates it")
_INTERESTED: Final = Field(_ACTORS, "actors it speaks for; leave out if none")
_DATE: Final = Field(Day(), "date")

_DAYS: Final = (
    *("monday", "tuesday", "wednesday", "thursday", "friday"),
    *("saturday", "sunday"),
)
LIFE: Final = Record(
    w.Life,
    {
        "from": _FROM,
        "lasts": Field(Stretch(), "how long, each time"),
        "renewed_by": Field(
            Ref(("events",), also=(SILENCE,)), "event that renews it once more"
        ),
        "ended_by": Field(Ref(("events",)), "event that ends it"),
        "notice": Field(Stretch(), "between that event and the end"),
        "cite": _CITE,
    },
)

PLANE: Final = Record(
    w.MapScale,
    {
        "degree_east": Field(Amount("length"), "a degree of longitude", required=True),
        "degree_north": Field(Amount("length"), "a degree of latitude", required=True),
        "cite": _CITE,
    },
)

HEADING: Final = Record(
    w.Heading,
    {
        "id": Field(Id(), "name of the folder", required=True),
        "title": Field(Words(), "title, by language", required=True),
        "kind": Field(_TEXT, "the text's own word: ceasefire, truce, mechanism"),
        "parties": Field(_ACTORS, "actors whom clauses may bind", required=True),
        "time_zone": Field(TimeZone(), "IANA zone of its hours", required=True),
        "cut_off": Field(Clock(), "end of the reporting day, in that zone"),
        "durations": Field(
            Choice(("elapsed", "wall_clock")), "how durations are counted"
        ),
        "mandate": Field(
            Record(
                w.Mandated,
                {
                    "attribution": Field(
                        Choice(("forbidden", "permitted", "required")),
                        "may the monitor say who did it?",
                        required=True,
                    ),
                    "cite": _CITE,
                },
            ),
            "what the monitor may say",
            required=True,
        ),
        "thresholds": Field(
            CUTS,
            "probabilities at which a verdict is decided",
            required=True,
        ),
        "about": Field(Words(), "one paragraph on what this encodes"),
        "holidays": Field(Several(Day()), "days that are no working days"),
        "weekend": Field(
            Several(Choice(_DAYS)), "days of rest; saturday and sunday if left out"
        ),
        "life": Field(LIFE, "how long it is in force, and how it ends"),
        "plane": Field(PLANE, "distances from lines are measured on a map plane"),
    },
)

SOURCE: Final = Record(
    w.Origin,
    {
        "speaker": Field(_TEXT, "whose word it is", required=True),
        "interested": _INTERESTED,
        "reliability": Field(Choice(tuple("ABCDEF")), "Admiralty letter"),
        "credibility": Field(Choice(tuple("123456")), "Admiralty figure"),
        "date": _DATE,
        "url": Field(_TEXT, "where it can be read"),
        "note": _NOTE,
    },
)

ACTOR: Final = Record(
    w.Actor,
    {
        "name": Field(Words(), "name, by language", required=True),
        "members": Field(_ACTORS, "actors it is made of"),
        "note": _NOTE,
    },
    lone="name",
)

SIGNATURE: Final = Record(
    w.Signature,
    {
        "actor": Field(_ACTOR, "who", required=True),
        "act": Field(
            Choice(SIGNED + ATTENDED + UNSIGNED), "what it did", required=True
        ),
        "source": Field(Ref(("sources",)), "according to whom", required=True),
        "by": Field(_TEXT, "the person"),
        "on": Field(Day(), "on which date"),
        "note": _NOTE,
    },
)

INSTRUMENT: Final = Record(
    w.Instrument,
    {
        "id": Field(Id(), "its id", required=True),
        "title": Field(Words(), "title, by language", required=True),
        "date": _DATE,
        "status": Field(
            Choice(("draft", "bracketed", "published", "in force", "lapsed")),
            "how far it has come",
        ),
        "visibility": Field(Choice(TIERS), "who may read it"),
        "agreed_share": Field(Number(0.0, 1.0), "share of a draft that is agreed"),
        "signatures": Field(Several(SIGNATURE), "who signed, per source"),
        "source": _BY_SOURCE,
        "url": Field(_TEXT, "where its text can be read"),
        "note": _NOTE,
    },
)

ROLE: Final = Record(
    w.Role,
    {
        "title": _TITLE,
        "held_by": Field(_ACTORS, "who holds it"),
        "members": Field(_ACTORS, "who sits on it"),
        "created_by": Field(Ref(("instruments",)), "what creates it", required=True),
        "tasks": Field(_TEXTS, "what it does: observe, verify, attribute, decide"),
        "decides_by": Field(_TEXT, "its rule of decision, in words"),
        "otherwise": Field(_TEXT, "what holds where it is silent or cannot agree"),
        "verifies": Field(_ACTORS, "whose conduct it verifies"),
        "consents": Field(
            Several(
                Record(
                    w.Consent,
                    {
                        "actor": Field(_ACTOR, "who", required=True),
                        "act": Field(
                            Choice(("given", *REFUSED)), "what it said", required=True
                        ),
                        "source": Field(
                            Ref(("sources",)), "according to whom", required=True
                        ),
                        "note": _NOTE,
                    },
                )
            ),
            "consent of each party, per source",
        ),
        "source": _BY_SOURCE,
        "cite": _CITE,
        "note": _NOTE,
    },
)

PLEDGE: Final = Record(
    w.Pledge,
    {
        "id": Field(Id(), "its id"),
        "by": Field(_ACTOR, "who pledges", required=True),
        "of": Field(_TEXTS, "what", required=True),
        "at_least": Field(HowMany(), "at least"),
        "up_to": Field(HowMany(), "at most"),
        "delivered": Field(HowMany(), "what has come"),
        "deliveries": Field(
            Several(
                Record(
                    w.Delivery,
                    {
                        "on": Field(Day(), "by which day", required=True),
                        "amount": Field(HowMany(), "how many", required=True),
                        "source": Field(
                            Ref(("sources",)), "according to whom", required=True
                        ),
                        "note": _NOTE,
                    },
                )
            ),
            "what has come by when, per source",
        ),
        "excludes": Field(_TEXTS, "what is expressly not pledged"),
        "where": Field(Ref(("zones",)), "zone"),
        "when": Field(_TEXT, "condition, in words"),
        "created_by": _CREATOR,
        "source": _BY_SOURCE,
        "note": _NOTE,
    },
)

STATEMENT: Final = Record(
    w.Statement,
    {
        "id": Field(Id(), "its id"),
        "speaker": Field(_TEXT, "who speaks", required=True),
        "says": Field(Words(), "what, by language", required=True),
        "interested": _INTERESTED,
        "date": _DATE,
        "source": Field(Ref(("sources",)), "according to whom", required=True),
        "bears_on": Field(
            Several(Ref(("roles", "clauses", "instruments", "lines", "zones"))),
            "what it is about",
        ),
    },
)

TERM: Final = Record(
    w.Term,
    {
        "means": Field(Words(), "definition, by language"),
        "values": Field(
            Several(
                Record(
                    w.DatedValue,
                    {
                        "from": _FROM,
                        "value": Field(Figure(), "value with its unit", required=True),
                        "cite": _CITE,
                    },
                )
            ),
            "values, each from its date",
        ),
        "sum_of": Field(Several(Ref(("terms",))), "terms whose values add up to its"),
        "cite": _CITE,
        "note": _NOTE,
    },
    lone="means",
)

ANCHOR: Final = Record(
    w.Anchor,
    {
        "at": Field(When(), "when it was, or TBD"),
        "event": Field(Ref(("events", "kinds")), "or the first record of this event"),
        "by": Field(
            Several(Ref(("actors", "roles"), also=(EACH_PARTY,))),
            "whose event; of several, when the last of them has come",
        ),
        "completed": Field(Ref(("clauses",)), "or when this duty was done by all"),
        "expected": Field(When(), "when it was foreseen; never acted on"),
        "latest": Field(When(), "taken to be then, where it has not come"),
        "means": Field(Words(), "which event it is"),
        "cite": _CITE,
    },
    lone="at",
    one_of=("at", "event", "completed"),
)

BAND: Final = Record(
    w.Band,
    {
        "of": Field(Ref(("lines",)), "line", required=True),
        "side": Field(
            Choice(("left", "right", "north", "east", "south", "west")),
            "side of the line; left and right as it is drawn",
            required=True,
        ),
        "from": Field(Amount("length"), "nearer edge", attribute="from_"),
        "to": Field(Amount("length"), "further edge", required=True),
    },
)
BUFFER: Final = Record(
    w.Buffer,
    {
        "of": Field(Ref(("lines",)), "line", required=True),
        "each_side": Field(Amount("length"), "so far on each side"),
        "width": Field(Amount("length"), "or so wide in all"),
    },
    one_of=("each_side", "width"),
)
AROUND: Final = Record(
    w.Around,
    {
        "places": Field(ById(Point()), "name -> '47.67 N, 38.08 E'", required=True),
        "radius": Field(Amount("length"), "so far around each", required=True),
    },
)
_SHAPES: Final = {
    "feature": Field(_TEXT, "feature of zones.geojson; else the same id"),
    "band": Field(BAND, "between two distances on one side of a line"),
    "buffer": Field(BUFFER, "near a line, on both sides; a corridor"),
    "around": Field(AROUND, "within a distance of named places"),
}
DRAWN: Final = Record(
    w.Drawn,
    {
        "title": _TITLE,
        **_SHAPES,
        "hull": Field(ById(Point()), "area bounded by these named places"),
        "any_of": Field(Several(Ref(("zones",))), "union of other zones"),
        "but_not": Field(Several(Ref(("zones",))), "less these zones"),
        "versions": Field(
            Several(
                Record(
                    w.Version,
                    {
                        "from": _FROM,
                        "until": _UNTIL,
                        "by": Field(
                            Ref(("actors", "roles", "instruments")), "who drew it so"
                        ),
                        **_SHAPES,
                        "tolerance": Field(Amount("length"), "how far off it may be"),
                        "cite": _CITE,
                    },
                    only_one_of=tuple(_SHAPES),
                )
            ),
            "how it was drawn from when to when",
        ),
        "tolerance": Field(Amount("length"), "how far off the drawing may be"),
        "as_of": Field(_TEXT, "what date or span the drawing stands for"),
        "from": _FROM,
        "until": _UNTIL,
        "approximates": Field(_TEXT, "what it stands for, where that is not found"),
        "cite": _CITE,
        "note": _NOTE,
    },
    only_one_of=(*_SHAPES, "hull", "any_of"),
)

ARMS: Final = Record(
    w.Arms,
    {
        "title": _TITLE,
        "kind": Field(_TEXTS, "gun, howitzer, mortar, mlrs, tank, missile ..."),
        "calibre": Field(Range(("mm",)), "such as '>= 100 mm'"),
        "range": Field(Range(("km",)), "such as '> 40 km'"),
        "systems": Field(_TEXTS, "only these systems"),
        "except_systems": Field(_TEXTS, "all but these systems"),
        "any_of": Field(Several(Ref(("classes",))), "union of other classes"),
        "where": Field(Condition(), "a further condition"),
        "cite": _CITE,
    },
)

MEANS: Final = Record(
    w.Watch,
    {
        "title": _TITLE,
        "by": Field(Ref(("actors", "roles")), "who operates it", required=True),
        "kinds": Field(Several(Ref(("kinds", "events"))), "what it can notice"),
        "watches": Field(Several(Ref(("clauses",))), "clauses it watches"),
        "detection": Field(
            Record(
                w.Estimate,
                {
                    "probability": Field(Number(0.0, 1.0), "P", required=True),
                    "author": Field(_TEXT, "who states it", required=True),
                    "on": Field(Day(), "when", required=True),
                    "source": Field(Ref(("sources",)), "where", required=True),
                },
            ),
            "probability of noticing, only on someone's word",
        ),
        "source": _BY_SOURCE,
        "note": _NOTE,
    },
)

PROCEDURE: Final = Record(
    w.Procedure,
    {
        "title": _TITLE,
        "created_by": Field(Ref(("instruments",)), "what creates it", required=True),
        "clock": Field(_TEXT, "what its times run from"),
        "steps": Field(
            Listed(
                Record(
                    w.Step,
                    {
                        "id": Field(Id(), "its id", required=True),
                        "by": Field(_WHO, "who acts", required=True),
                        "do": Field(Words(), "what, by language", required=True),
                        "when": Field(_TEXT, "trigger, in measurable words"),
                        "within": Field(Stretch(), "time allowed"),
                        "rule": Field(_TEXT, "rule of decision"),
                        "otherwise": Field(_TEXT, "what holds where it is not done"),
                        "cite": _CITE,
                    },
                )
            ),
            "steps, in order",
        ),
        "cite": _CITE,
        "source": _BY_SOURCE,
    },
)

GATE: Final = Record(
    w.Gate,
    {
        "title": _TITLE,
        "window": Field(Stretch(), "rolling window", required=True),
        "indicators": Field(
            Several(
                Record(
                    w.Indicator,
                    {
                        "clause": Field(Ref(("clauses",)), "clause", required=True),
                        "breaches_at_most": Field(Number(0, 1e9), "episodes"),
                        "kept_share": Field(Number(0.0, 1.0), "of findings"),
                        "watched_share": Field(Number(0.0, 1.0), "coverage"),
                    },
                )
            ),
            "all of these over the window",
            required=True,
        ),
        "certified_by": Field(Ref(("actors", "roles")), "by whom", required=True),
        "opens": Field(Several(Ref(("clauses",))), "clauses that it makes due"),
        "rolls_back": Field(Yes(), "it shuts when the indicators fail again"),
        "appeal": Field(Ref(("procedures",)), "procedure of appeal"),
        "cite": _CITE,
    },
)

AGREEMENT: Final = Record(
    w.Written,
    {
        "pamiers": Field(Number(0, 1000), "version of the language", required=True),
        "agreement": Field(HEADING, "heading", required=True),
        "sources": Field(ById(SOURCE), "sources of facts about the agreement"),
        "actors": Field(ById(ACTOR), "everyone named anywhere", required=True),
        "instruments": Field(Listed(INSTRUMENT), "texts", required=True),
        "roles": Field(ById(ROLE), "offices"),
        "pledges": Field(Several(PLEDGE), "what was pledged"),
        "statements": Field(Several(STATEMENT), "positions taken"),
        "terms": Field(ById(TERM), "defined words and dated values"),
        "anchors": Field(ById(ANCHOR), "events that times are counted from"),
        "zones": Field(ById(DRAWN), "areas"),
        "lines": Field(ById(DRAWN), "lines"),
        "sectors": Field(Several(Ref(("zones",))), "zones that reports are split by"),
        "classes": Field(ById(ARMS), "classes of weapon"),
        "events": Field(ById(Words()), "kinds of event added to the common ones"),
        "states": Field(ById(Words()), "states of affairs of its own"),
        "clauses": Field(Listed(CLAUSE), "commitments"),
        "monitoring": Field(ById(MEANS), "means of watching"),
        "procedures": Field(ById(PROCEDURE), "what follows a breach"),
        "gates": Field(ById(GATE), "steps that good conduct opens"),
    },
)
