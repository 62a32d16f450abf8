"""The keys of `deployment.yaml`: what may stand where, and one line on each."""

from typing import Final

from pamiers.agreement.grammar.clause_forms import Point
from pamiers.agreement.grammar.forms import (
    Amount,
    Choice,
    Id,
    Number,
    Ref,
    Text,
    Words,
)
from pamiers.agreement.grammar.records import ById, Field, Listed, Record, Several
from pamiers.deployment.stated import written as w
from pamiers.deterrence.assumptions.grammar import BASIS
from pamiers.deterrence.assumptions.leaves import Ranged

#: version of the file
VERSION: Final = 1
_HUGE: Final = 1e9
_TEXT: Final = Text()
_SHARE: Final = Ranged(0.0, 1.0)
_TITLE: Final = Field(Words(), "its name, by language")
_ZONE: Final = Ref(("zones",))
_CLAUSES: Final = Field(Several(Ref(("clauses",))), "clauses", required=True)
_LENGTH: Final = Amount("length")
_TIME: Final = Amount("time")
_PERSONS: Final = Amount("persons")
_KINDS: Final = Field(Several(Ref(("assets",))), "kinds that may stand there")
_ROADS: Final = Field(
    Several(Ref(("roads",))), "any one gives access; none: always reached"
)
_ROOM: Final = Field(Number(1.0, 1e6), "how many assets", required=True)

GROUND: Final = Record(
    w.Ground,
    {
        "spacing": Field(_LENGTH, "between points of the ground", required=True),
        "stretch": Field(
            _LENGTH, "side of the least area a breach can choose", required=True
        ),
        "detour": Field(
            Number(1.0, 10.0), "length of roads per straight distance", required=True
        ),
    },
)

AREA: Final = Record(
    w.Area,
    {
        "id": Field(Id(), "its id", required=True),
        "party": Field(Ref(("parties",)), "whose conduct is watched", required=True),
        "zone": Field(_ZONE, "where", required=True),
        "side": Field(
            Record(
                w.Side,
                {
                    "of": Field(Ref(("lines",)), "line", required=True),
                    "on": Field(
                        Choice(("left", "right")),
                        "as one looks along it from its first point",
                        required=True,
                    ),
                },
            ),
            "only on one side of a line",
        ),
        "clauses": _CLAUSES,
    },
)

SEES: Final = Record(
    w.Sees,
    {
        "clauses": _CLAUSES,
        "curve": Field(
            Record(
                w.Curve,
                {
                    "at_none": Field(_SHARE, "at no distance", required=True),
                    "scale": Field(
                        Ranged(0.0, _HUGE, inside=True, dimension="length"),
                        "where it has fallen to 1/e of that",
                        required=True,
                    ),
                    "steepness": Field(
                        Ranged(0.0, 20.0, inside=True),
                        "1 slow, more: an edge",
                        required=True,
                    ),
                },
            ),
            "noticed over distance, as somebody states it",
        ),
        "drills": Field(
            Several(
                Record(
                    w.Drill,
                    {
                        "at": Field(_LENGTH, "distance", required=True),
                        "shown": Field(Number(1.0, _HUGE), "trials", required=True),
                        "found": Field(Number(0.0, _HUGE), "noticed", required=True),
                    },
                )
            ),
            "trials from which the curve is fitted",
        ),
        "search": Field(
            Record(
                w.Search,
                {
                    "width": Field(
                        Ranged(dimension="length"), "width swept", required=True
                    ),
                    "speed": Field(Number(0.0, 1e4), "km/h", required=True),
                    "daily": Field(_TIME, "time out per day", required=True),
                    "within": Field(_LENGTH, "of its post", required=True),
                },
            ),
            "a patrol that searches at random",
        ),
        "passes": Field(
            Record(
                w.Passes,
                {
                    "revisit": Field(_TIME, "between two passes", required=True),
                    "clear": Field(_SHARE, "that a pass is clear", required=True),
                    "lasts": Field(_TIME, "it can be seen so long", required=True),
                },
            ),
            "looks from above",
        ),
    },
    one_of=("curve", "drills", "search", "passes"),
)

ASSET: Final = Record(
    w.Asset,
    {
        "id": Field(Id(), "its id", required=True),
        "title": _TITLE,
        "means": Field(Ref(("monitoring",)), "of the monitoring plan", required=True),
        "cost": Field(Number(0.0, _HUGE), "of one", required=True),
        "on_duty": Field(_PERSONS, "at any time, for one", required=True),
        "uptime": Field(_SHARE, "share of time that it works", required=True),
        "hours": Field(ById(_SHARE), "what is left of it at each hour", required=True),
        "height": Field(_LENGTH, "above ground; it then needs a line of sight"),
        "sees": Field(Several(SEES), "what it notices, and how", required=True),
    },
)

CONTINGENT: Final = Record(
    w.Contingent,
    {
        "id": Field(Id(), "its id", required=True),
        "by": Field(Ref(("actors",)), "who sends it", required=True),
        "pledge": Field(Ref(("pledges",)), "pledge of the agreement"),
        "persons": Field(_PERSONS, "on the roll, at most", required=True),
        "budget": Field(Number(0.0, _HUGE), "its own money", required=True),
        "assets": Field(ById(Number(0.0, 1e6)), "kind -> at most", required=True),
        "not_in": Field(Several(_ZONE), "caveat: zones it does not enter"),
        "only_in": Field(Several(_ZONE), "caveat: zones it does not leave"),
    },
)

SITE: Final = Record(
    w.Site,
    {
        "id": Field(Id(), "its id", required=True),
        "at": Field(Point(), "where", required=True),
        "roads": _ROADS,
        "room": _ROOM,
        "assets": _KINDS,
    },
)

GRID: Final = Record(
    w.SiteGrid,
    {
        "id": Field(Id(), "its id", required=True),
        "zone": Field(_ZONE, "where", required=True),
        "spacing": Field(_LENGTH, "between two sites", required=True),
        "roads": _ROADS,
        "room": _ROOM,
        "assets": _KINDS,
    },
)

VISITS: Final = Record(
    w.Visits,
    {
        "clause": Field(Ref(("clauses",)), "of which clause", required=True),
        "occasions": Field(Number(1.0, 1000.0), "for a breach", required=True),
        "visits": Field(Number(0.0, 1000.0), "that can be made", required=True),
        "penalty": Field(
            Number(1e-6, 1e6), "of being caught, per what a breach pays", required=True
        ),
        "found": Field(Number(1e-6, 1.0), "by a visit", required=True),
        "slack": Field(
            Number(0.0, 1.0), "above the chance that just deters", required=True
        ),
    },
)

DEPLOYMENT: Final = Record(
    w.Stated,
    {
        "pamiers_deployment": Field(Number(1, 1e6), "version", required=True),
        "agreement": Field(Id(), "id of the agreement", required=True),
        "about": Field(Words(), "what these figures are"),
        "cost_unit": Field(_TEXT, "in what costs are stated", required=True),
        "by": Field(Ref(("bases",)), "basis of figures that name none"),
        "bases": Field(ById(BASIS), "who judged, when, where", required=True),
        "ground": Field(GROUND, "how finely it is looked at", required=True),
        "hours": Field(ById(Words()), "conditions; the worst counts", required=True),
        "areas": Field(Listed(AREA), "where clauses can be broken", required=True),
        "assets": Field(Listed(ASSET), "kinds of post and sensor", required=True),
        "duty": Field(
            Record(
                w.Duty,
                {
                    "week": Field(_TIME, "one person serves in a week", required=True),
                    "leave": Field(
                        Number(1.0, 10.0), "on the roll per one fit", required=True
                    ),
                },
            ),
            "from duty to roll",
            required=True,
        ),
        "budget": Field(Number(0.0, _HUGE), "of all together", required=True),
        "persons": Field(_PERSONS, "on the roll, all together", required=True),
        "enough": Field(
            Number(0.0, _HUGE),
            "margin [periods of peace] beyond which the rest goes first",
            required=True,
        ),
        "equity": Field(
            Number(0.0, 1.0), "most by which finding differs by side", required=True
        ),
        "contingents": Field(Listed(CONTINGENT), "who brings what", required=True),
        "roads": Field(ById(Words()), "roads that give access"),
        "sites": Field(Listed(SITE), "where things may stand"),
        "grids": Field(Listed(GRID), "sites at even steps"),
        "visits": Field(Several(VISITS), "visits drawn by lot"),
    },
)
