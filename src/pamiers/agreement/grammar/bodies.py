"""The keys of who and when: the heading, sources, actors, texts, roles, pledges."""

from typing import Final

from pamiers.agreement import written as w
from pamiers.agreement.grammar.clause import CUTS, TIERS
from pamiers.agreement.grammar.clause_forms import HowMany
from pamiers.agreement.grammar.forms import (
    Amount,
    Choice,
    Clock,
    Day,
    Id,
    Number,
    Ref,
    Stretch,
    Text,
    TimeZone,
    When,
    Words,
)
from pamiers.agreement.grammar.records import Field, Record, Several
from pamiers.agreement.values.moment import SILENCE

SIGNED: Final = ("signed", "ratified", "acceded", "accepted", "reserved")
#: acts that neither bind who did them nor deny that he is bound
ATTENDED: Final = ("initialled", "endorsed", "guaranteed", "witnessed")
UNSIGNED: Final = ("not signed", "absent")
ACTS: Final = SIGNED + ATTENDED + UNSIGNED
REFUSED: Final = ("refused", "withdrawn", "not asked")

_TEXT: Final = Text()
_INSTRUMENTS: Final = Several(Ref(("instruments",)))
_TEXTS: Final = Several(_TEXT)
_ACTOR: Final = Ref(("actors",))
_ACTORS: Final = Several(_ACTOR)
_BODIES: Final = Several(Ref(("actors", "roles")))
_CITE: Final = Field(_TEXT, "where it stands in the text")
_NOTE: Final = Field(_TEXT, "a remark, shown and never acted on")
_TITLE: Final = Field(Words(), "its name, by language")
_FROM: Final = Field(When(), "from this moment", attribute="from_")
_BY_SOURCE: Final = Field(Ref(("sources",)), "who says so")
_CREATOR: Final = Field(Ref(("instruments",)), "instrument that creates it")
_INTERESTED: Final = Field(_ACTORS, "actors it speaks for; leave out if none")
_DATE: Final = Field(Day(), "date")

_DAYS: Final = (
    *("monday", "tuesday", "wednesday", "thursday", "friday"),
    *("saturday", "sunday"),
)
EXTENSION: Final = Record(
    w.Extension,
    {
        "on": Field(When(), "when that was agreed", required=True),
        "until": Field(When(), "until this moment, not including it", required=True),
        "by": Field(Ref(("instruments",)), "instrument that extends it"),
        "cite": _CITE,
    },
)
SEAT: Final = Record(
    w.Seat,
    {
        "actor": Field(_ACTOR, "whose", required=True),
        "n": Field(Number(1, 10_000), "how many", required=True),
    },
)
TENURE: Final = Record(
    w.Tenure,
    {
        "from": Field(When(), "from this moment", required=True, attribute="from_"),
        "until": Field(When(), "until this moment, not including it"),
        "lasts": Field(Stretch(), "or so long"),
        "by": Field(Ref(("instruments",)), "instrument that gave or renewed it"),
        "renewal": Field(_TEXT, "how it may be renewed, in words"),
        "source": _BY_SOURCE,
        "cite": _CITE,
    },
    only_one_of=("until", "lasts"),
)


def _life_event(*also: str) -> Record:
    """Return the form of an event that renews or ends it; bare: by a party."""
    return Record(
        w.LifeEvent,
        {
            "event": Field(Ref(("events",), also=also), "event", required=True),
            "by": Field(_BODIES, "any of these; a party, or all together, if left out"),
            "to": Field(_BODIES, "to whom"),
        },
        lone="event",
        bare=True,
    )


LIFE: Final = Record(
    w.Life,
    {
        "from": _FROM,
        "lasts": Field(Stretch(), "how long, each time"),
        "renewed_by": Field(_life_event(SILENCE), "event that renews it once more"),
        "ended_by": Field(_life_event(), "event that ends it"),
        "notice": Field(Stretch(), "between that event and the end"),
        "extended": Field(Several(EXTENSION), "by how much it was lengthened"),
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
        "part_of": Field(
            Ref(("instruments",)), "text of which it is part: its signatures are this's"
        ),
        "supersedes": Field(_INSTRUMENTS, "texts whose place it takes"),
        "gives_effect_to": Field(_INSTRUMENTS, "texts that it carries out"),
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
        "chaired_by": Field(_BODIES, "who takes the chair; of several, in turn"),
        "vice_chairs": Field(_BODIES, "who deputises for the chair"),
        "appointed_by": Field(_BODIES, "who appoints its holder; of several, together"),
        "hosted_by": Field(_BODIES, "who hosts its meetings, without being of it"),
        "under_command_of": Field(_BODIES, "under whose orders it is"),
        "seats": Field(Several(SEAT), "how many seats each has"),
        "created_by": Field(Ref(("instruments",)), "what creates it", required=True),
        "tasks": Field(_TEXTS, "what it does: observe, verify, attribute, decide"),
        "decides_by": Field(_TEXT, "its rule of decision, in words"),
        "otherwise": Field(_TEXT, "what holds where it is silent or cannot agree"),
        "verifies": Field(_ACTORS, "whose conduct it verifies"),
        "mandate": Field(Several(TENURE), "times in office; none: without a term"),
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
        "by": Field(
            Several(_ACTOR), "who pledges; several: together, one amount", required=True
        ),
        "of": Field(_TEXTS, "what", required=True),
        "at_least": Field(HowMany(), "at least"),
        "up_to": Field(HowMany(), "at most"),
        "due": Field(When(), "by when at least so many"),
        "stages": Field(
            Several(
                Record(
                    w.Stage,
                    {
                        "due": Field(When(), "by when", required=True),
                        "at_least": Field(
                            HowMany(), "how many by then, in all", required=True
                        ),
                        "cite": _CITE,
                    },
                )
            ),
            "how many by when, of what comes little by little",
        ),
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
