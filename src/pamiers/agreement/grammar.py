"""The keys of the language: what may stand where, and one line on each.

Read this table aloud to know the language; the reader, the schema and the
reference page are made from it. Keys are words a lawyer would say.
"""

from typing import Final

from pamiers.agreement import written as w
from pamiers.agreement.clause_grammar import CLAUSE
from pamiers.agreement.forms import (
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
)
from pamiers.agreement.records import ById, Field, Listed, Record, Several

LANGUAGE_VERSION: Final = 1
SIGNED: Final = ("signed", "ratified", "reserved")
UNSIGNED: Final = ("not signed", "absent")
REFUSED: Final = ("refused", "withdrawn", "not asked")
DECIDING: Final = ("decide", "attribute", "determine remedies", "address breaches")
VERIFYING: Final = ("verify", "monitor", "observe")

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
            Record(
                w.Cuts,
                {
                    "breached": Field(
                        Number(0.5, 1.0), "P from which on", required=True
                    ),
                    "kept": Field(Number(0.0, 0.5), "P up to which", required=True),
                },
            ),
            "probabilities at which a verdict is decided",
            required=True,
        ),
        "about": Field(Words(), "one paragraph on what this encodes"),
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
        "act": Field(Choice(SIGNED + UNSIGNED), "what it did", required=True),
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
        "visibility": Field(Choice(("public", "restricted")), "who may read it"),
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
        "by": Field(_ACTOR, "who pledges", required=True),
        "of": Field(_TEXTS, "what", required=True),
        "up_to": Field(Amount("persons"), "at most"),
        "delivered": Field(Amount("persons"), "what has come"),
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
        "cite": _CITE,
    },
    lone="means",
)

ANCHOR: Final = Record(
    w.Anchor,
    {
        "at": Field(When(), "when it was, or TBD", required=True),
        "means": Field(Words(), "which event it is"),
        "cite": _CITE,
    },
    lone="at",
)

DRAWN: Final = Record(
    w.Drawn,
    {
        "title": _TITLE,
        "feature": Field(_TEXT, "feature of zones.geojson; else the same id"),
        "tolerance": Field(Amount("length"), "how far off the drawing may be"),
        "as_of": Field(_TEXT, "what date or span the drawing stands for"),
        "from": _FROM,
        "until": _UNTIL,
        "approximates": Field(_TEXT, "what it stands for, where that is not found"),
        "cite": _CITE,
        "note": _NOTE,
    },
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
        "clauses": Field(Listed(CLAUSE), "commitments"),
        "monitoring": Field(ById(MEANS), "means of watching"),
        "procedures": Field(ById(PROCEDURE), "what follows a breach"),
    },
)
