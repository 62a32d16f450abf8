"""The small truce that tests of simulated worlds are about."""

import re
from datetime import date, timedelta
from functools import cache

from pamiers.agreement import load_agreement
from pamiers.agreement.model import Agreement
from pamiers.core.instant import Interval, reporting_day, zone
from pamiers.simulation.stage import Stage, stage_of
from tests.shared import ROOT

FOLDER = ROOT / "tests" / "assets" / "small-truce"
FIRST = date(2026, 5, 12)


@cache
def text() -> str:
    return (FOLDER / "agreement.yaml").read_text(encoding="utf-8")


@cache
def agreement() -> Agreement:
    return load_agreement({"agreement.yaml": text()})


@cache
def stage() -> Stage:
    return stage_of(agreement())


def day(n: int, of: Agreement | None = None) -> Interval:
    found = of or agreement()
    tz = zone(found.time_zone)
    return reporting_day(FIRST + timedelta(days=n), found.cut_off, tz)


@cache
def swapped_stage() -> Stage:
    """Return the truce with the names of the parties given to each other."""
    other = {"north": "south", "south": "north"}
    renamed = re.sub(r"\b(north|south)\b", lambda found: other[found[0]], text())
    return stage_of(load_agreement({"agreement.yaml": renamed}))
