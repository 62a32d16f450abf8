"""A small agreement, a day's record, and the inputs of a report made from them."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from shapely.geometry import LineString, box

from pamiers.agreement.model import (
    Agreement,
    Clause,
    Everywhere,
    Mandate,
    Reading,
    Sector,
    Subject,
    Thresholds,
    Verb,
)
from pamiers.agreement.zones import Line, Zone
from pamiers.compliance.finding import NOT_MANDATED, Finding, Verdict, Why
from pamiers.core.instant import calendar_day
from pamiers.core.party import Party
from pamiers.core.place import Sector as Bearing
from pamiers.core.place import in_sector
from pamiers.core.rows import Coverage, Incident, Observation, Row, Total, shape_text
from pamiers.core.table import Table, table_of
from pamiers.report.daily import DailyInputs
from pamiers.report.message import named
from pamiers.report.places import NamedPlace

KYIV = ZoneInfo("Europe/Kyiv")
DAY = date(2020, 7, 27)
HEAD = "9f" * 32
CANARY = "CANARY-OBSERVER"
WORDS = "CANARY-WORDS"
CONTACT = (
    *((37.85, 47.11), (37.6, 47.6), (37.55, 47.95), (37.8, 48.13), (38.1, 48.35)),
    *((38.3, 48.45), (38.55, 48.66), (39.3, 48.65), (39.45, 48.72)),
)
START = datetime(2020, 7, 26, 21, 1, tzinfo=UTC)


def title(en: str, uk: str) -> dict[str, str]:
    return {"en": en, "uk": uk}


def zone(ident: str, names: dict[str, str], *edges: float) -> Zone:
    return Zone(id=ident, title=names, shape=box(*edges))


def reading(ident: str) -> Reading:
    return Reading(
        id=ident,
        subject=Subject.EVENT,
        kinds=("fire",),
        state="",
        classes=(),
        where=Everywhere(),
        bearers=("east", "west"),
        from_at=START,
        until_at=None,
        by_at=None,
    )


def no_fire() -> Clause:
    """Return the one rule, read in only one way."""
    return Clause(
        id="no-fire",
        verb=Verb.FORBID,
        title=title("No use of fire", "Заборона ведення вогню"),
        text=title("A ban on the use of fire.", "Заборона застосування вогню."),
        cite="measures, point 2",
        instrument="measures",
        readings=(reading("as-written"),),
    )


def agreement() -> Agreement:
    """Return two parties, a line between them, two sectors, one rule."""
    sectors = (
        (
            "donetsk",
            title("Donetsk region", "Донецька область"),
            (36.5, 46.9, 39.1, 48.55),
        ),
        (
            "luhansk",
            title("Luhansk region", "Луганська область"),
            (37.8, 48.55, 40.2, 50.1),
        ),
    )
    return Agreement(
        id="two-banks",
        digest="ab" * 32,
        title=title("Quiet between two banks", "Тиша між двома берегами"),
        parties=(
            Party(id="east", name=title("East bank", "Східний берег")),
            Party(id="west", name=title("West bank", "Західний берег")),
        ),
        names={
            "east": title("East bank", "Східний берег"),
            "west": title("West bank", "Західний берег"),
            "osce-smm": title("OSCE SMM", "СММ ОБСЄ"),
        },
        instruments={"measures": title("Measures of July", "Заходи липня")},
        clauses=(no_fire(),),
        classes={},
        zones={
            "zolote": zone(
                "zolote", title("Zolote", "Золоте"), 38.48, 48.66, 38.54, 48.70
            )
        },
        lines={
            "contact": Line(
                id="contact",
                title=title("Line of contact", "Лінія розмежування"),
                shape=LineString(CONTACT),
                tolerance_m=3000.0,
                as_of="redrawn from towns, 2020",
            )
        },
        events={},
        monitoring={},
        sectors=tuple(
            Sector(id=ident, title=names, zone=zone(ident, names, *edges))
            for ident, names, edges in sectors
        ),
        mandate=Mandate.FORBIDDEN,
        thresholds=Thresholds(breached=0.95, kept=0.05),
        time_zone="Europe/Kyiv",
        cut_off=time(19, 30),
        anchors={"D": START},
    )


def dated(day: date, key: str, **given: object) -> Observation:
    """Return an observation that carries only a date, as annexes often do."""
    span = calendar_day(day, KYIV)
    fields: dict[str, object] = {
        "source": "osce-smm",
        "region": "Donetsk",
        "kind": "explosion",
        "means": "heard",
        "lon": 37.75,
        "lat": 48.14,
        "radius_m": 1500.0,
        "place": "Avdiivka",
    }
    row = {**fields, "start": span.start, "end": span.end, "key": key, **given}
    return Observation(**row)  # type: ignore[arg-type]


def total(day: date, count: int | None, **given: object) -> Total:
    """Return a source's own count of a reporting day."""
    end = datetime.combine(day, time(19, 30), tzinfo=KYIV).astimezone(UTC)
    fields: dict[str, object] = {
        "source": "osce-smm",
        "key": f"{day}-{given.get('region', 'all')}-{given.get('cumulative', '')}",
        "start": end - timedelta(days=1),
        "end": end,
        "count": count,
        "cite": "report 178/2020",
    }
    return Total(**{**fields, **given})  # type: ignore[arg-type]


def precise() -> Observation:
    """Return an observation by bearing and distance, with all it must not give away."""
    sector = Bearing(
        origin_lon=37.808,
        origin_lat=48.133,
        bearing_from_deg=140.0,
        bearing_to_deg=185.0,
        distance_from_m=1000.0,
        distance_to_m=4500.0,
    )
    at = in_sector(sector)
    return dated(
        DAY,
        "camera-1",
        start=datetime(2020, 7, 27, 1, 10, 25, tzinfo=UTC),
        end=datetime(2020, 7, 27, 1, 12, 5, tzinfo=UTC),
        lon=at.lon,
        lat=at.lat,
        radius_m=at.radius_m,
        shape=shape_text(sector),
        place="Donetsk Filtration Station",
        kind="burst",
        means="camera",
        count=3,
        count_low=3,
        weapons="heavy machine gun",
        observer=f'{{"name":"{CANARY}"}}',
        text=f"{WORDS} by {CANARY}",
        extra=f'{{"description":"outgoing","patrol":"{CANARY}"}}',
        cite="report 178/2020",
    )


def observations() -> list[Row]:
    """Return a day of observations and claims, one of them an illustration."""
    yesterday = DAY - timedelta(days=1)
    claim = {"standing": "claimed", "actor": "west", "region": None, "means": "press"}
    return [
        dated(yesterday, "o-0", count=4),
        dated(DAY, "o-1", count=20),
        precise(),
        dated(
            DAY,
            "o-2",
            kind="weapon_presence",
            region="Luhansk",
            count=22,
            lon=39.3,
            lat=48.62,
            place="Peremozhne",
            means="uav",
            weapons="howitzer",
        ),
        dated(DAY, "o-3", count=500, extra='{"illustrative":true}'),
        dated(
            DAY, "c-1", source="east-press", count=None, lon=37.76, lat=48.15, **claim
        ),
        dated(DAY, "c-2", source="east-press", count=None, lon=38.5, lat=48.6, **claim),
        dated(yesterday, "c-0", source="west-press", **{**claim, "actor": "east"}),
    ]


def coverage() -> list[Row]:
    """Return a watched sector, and a place where passage was refused."""
    span = calendar_day(DAY, KYIV)
    watched = Coverage(
        source="osce-smm",
        key="v-1",
        start=span.start,
        end=span.end,
        region="Donetsk",
        observer=f'"{CANARY}"',
        text=WORDS,
    )
    denied = replace(
        watched,
        key="v-2",
        region="Luhansk",
        status="denied",
        place="Molodizhne",
        lon=38.55,
        lat=48.64,
        radius_m=1500.0,
        denied_by="east",
        extra=f'{{"patrol":"{CANARY}"}}',
    )
    return [watched, denied]


def incidents() -> list[Row]:
    """Return what the day's rows were fused into."""
    first, second = precise(), dated(DAY, "o-1", count=20)
    return [
        incident(first, "INC-1", observed=1),
        incident(second, "INC-2", observed=1),
        incident(
            dated(DAY, "c-2", source="east-press", lon=38.5, lat=48.6, region=None),
            "INC-3",
            claimed=1,
        ),
        incident(dated(DAY - timedelta(days=1), "o-0", count=4), "INC-0", observed=1),
    ]


def incident(
    row: Observation, key: str, *, observed: int = 0, claimed: int = 0
) -> Incident:
    """Return the incident that one row alone was fused into."""
    shared = ("start", "end", "lon", "lat", "radius_m", "shape", "place", "region")
    also = ("kind", "count", "count_low", "count_high", "weapons")
    return Incident(
        source="pamiers",
        key=key,
        probability=0.97 if observed else 0.4,
        observed=observed,
        claimed=claimed,
        sources=row.source,
        members=f"{row.source}:{row.key}",
        **{name: getattr(row, name) for name in (*shared, *also)},
    )


def finding(verdict: Verdict, sector: str | None, **given: object) -> Finding:
    """Return a finding of the day on the one clause."""
    fields: dict[str, object] = {
        "key": f"F-{verdict}-{sector}",
        "clause": "no-fire",
        "reading": "as-written",
        "sector": sector,
        "start": datetime(2020, 7, 26, 16, 30, tzinfo=UTC),
        "end": datetime(2020, 7, 27, 16, 30, tzinfo=UTC),
        "verdict": verdict,
        "why": Why.ESTABLISHED,
        "probability_low": 0.97,
        "probability_high": 1.0,
        "reported_high": 1.0,
        "coverage_share": 0.81,
        "detection": None,
        "count_low": 23,
        "count_high": None,
        "margin_m": None,
        "evidence": ("INC-1", "INC-2"),
        "exempt": (),
        "attribution": NOT_MANDATED,
        "attribution_share": (("east", 0.5), ("west", 0.5)),
        "known_at": datetime(2020, 7, 28, 6, 0, tzinfo=UTC),
        "agreement": "ab" * 32,
    }
    return Finding(**{**fields, **given})  # type: ignore[arg-type]


def findings() -> tuple[Finding, ...]:
    """Return one breach and one sector nobody could see."""
    unseen = {
        "why": Why.ACCESS_DENIED,
        "probability_low": 0.0,
        "coverage_share": 0.0,
        "count_low": 0,
        "evidence": (),
    }
    return (
        finding(Verdict.UNOBSERVED, "luhansk", **unseen),
        finding(Verdict.BREACHED, "donetsk"),
    )


def places() -> tuple[NamedPlace, ...]:
    """Return a few towns, the larger ones to be labelled."""
    towns = (
        ("Donetsk", "Донецьк", 37.80, 48.00, 9),
        ("Luhansk", "Луганськ", 39.31, 48.57, 8),
        ("Mariupol", "Маріуполь", 37.55, 47.10, 7),
        ("Horlivka", "Горлівка", 38.06, 48.33, 6),
        ("Avdiivka", "Авдіївка", 37.75, 48.14, 3),
        ("Zolote", "Золоте", 38.52, 48.69, 2),
    )
    return tuple(
        NamedPlace(name=named(title(en, uk), en), lon=lon, lat=lat, importance=rank)
        for en, uk, lon, lat, rank in towns
    )


def rows(kind: str, given: Iterable[Row]) -> Table:
    return table_of(kind, given)


def inputs(edition: str = "public", **given: object) -> DailyInputs:
    """Return the inputs of the day's report, some of them replaced."""
    made = DailyInputs(
        agreement=agreement(),
        day=DAY,
        edition=edition,
        number=209,
        now=datetime(2020, 7, 28, 6, 0, tzinfo=UTC),
        head=HEAD,
        entries=7,
        checkpoint=f"pamiers.mission/0123456789abcdef\n7\n{'n' * 43}=\n",
        observations=rows("observation", observations()),
        totals=rows(
            "total",
            [
                total(DAY, 23, region="Donetsk", previous=4),
                total(DAY, 0, region="Luhansk"),
                total(DAY, 25, cumulative=True, start=START),
            ],
        ),
        coverage=rows("coverage", coverage()),
        statements=rows("statement", []),
        incidents=rows("incident", incidents()),
        findings=findings(),
        previous_findings=(finding(Verdict.KEPT, "donetsk"),),
        places=places(),
        source_names={"east-press": title("East press", "Преса сходу")},
        authors=frozenset({"osce-smm", "east-press", "west-press"}),
    )
    return replace(made, **given)  # type: ignore[arg-type]
