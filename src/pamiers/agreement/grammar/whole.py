"""The keys of the language: what may stand where, and one line on each.

Read this table aloud to know the language; the reader, the schema and the
reference page are made from it. Keys are words a lawyer would say.
"""

from typing import Final

from pamiers.agreement import written as w
from pamiers.agreement.grammar.bodies import (
    ACTOR,
    EXTENSION,
    HEADING,
    INSTRUMENT,
    PLEDGE,
    ROLE,
    SOURCE,
    STATEMENT,
)
from pamiers.agreement.grammar.clause import CLAUSE, EACH_PARTY
from pamiers.agreement.grammar.clause_forms import Condition, Point
from pamiers.agreement.grammar.forms import (
    Amount,
    Choice,
    Day,
    Figure,
    Number,
    Range,
    Ref,
    Stretch,
    Text,
    When,
    Words,
    Yes,
)
from pamiers.agreement.grammar.procedure import PROCEDURE
from pamiers.agreement.grammar.records import ById, Field, Listed, Record, Several

LANGUAGE_VERSION: Final = 3
READABLE: Final = (1, 2, 3)  #: versions that are read

_TEXT: Final = Text()
_TEXTS: Final = Several(_TEXT)

_CITE: Final = Field(_TEXT, "where it stands in the text")
_NOTE: Final = Field(_TEXT, "a remark, shown and never acted on")
_TITLE: Final = Field(Words(), "its name, by language")
_FROM: Final = Field(When(), "from this moment", attribute="from_")
_UNTIL: Final = Field(When(), "until this moment, not including it")
_BY_SOURCE: Final = Field(Ref(("sources",)), "who says so")

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
        "once": Field(
            Choice(("done", "verified")), "done (as if left out), or verified by all"
        ),
        "last_of": Field(Several(When()), "or when the last of these has come"),
        "first_of": Field(Several(When()), "or when the first of these has come"),
        "expected": Field(When(), "when it was foreseen; never acted on"),
        "latest": Field(When(), "taken to be then, where it has not come"),
        "extended": Field(Several(EXTENSION), "by how much it was put off"),
        "means": Field(Words(), "which event it is"),
        "cite": _CITE,
    },
    lone="at",
    one_of=("at", "event", "completed", "last_of", "first_of"),
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
        "between": Field(Several(Ref(("lines",))), "area between these two lines"),
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
    only_one_of=(*_SHAPES, "hull", "between", "any_of"),
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
        "attributes": Field(ById(Words()), "what `where` asks for beside the common"),
        "clauses": Field(Listed(CLAUSE), "commitments"),
        "monitoring": Field(ById(MEANS), "means of watching"),
        "procedures": Field(ById(PROCEDURE), "what follows a breach"),
        "gates": Field(ById(GATE), "steps that good conduct opens"),
    },
)
