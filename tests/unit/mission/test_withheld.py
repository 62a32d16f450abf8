"""Editions with and without closed reports, subtracted from one another: nothing."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import orjson
import pytest

from pamiers.core.rows import Coverage, Observation, Row
from pamiers.core.sharing import Sharing
from pamiers.ledger.entry import draft
from pamiers.mission.batch import pack, prepare
from pamiers.mission.export import ABOUT, export_files
from pamiers.mission.happened import fuse, incidents_of
from pamiers.mission.judged import assess
from pamiers.mission.messages.closed import LABEL, closings
from pamiers.mission.mission import Mission, begin
from pamiers.mission.open_part import gate_of, gates, open_to
from pamiers.mission.publish import daily_reports
from pamiers.mission.register import register
from pamiers.mission.standing_ids import standing_ids
from pamiers.render.json_text import render_json
from tests.integration.bundle.record import agreement
from tests.unit.mission.world import file, mission, reading, seen

DAY = datetime(2031, 5, 10, 9, 0, tzinfo=UTC)
#: what may tell that anything at all was recorded (decision 0088)
SEEDS = int(os.environ.get("PAMIERS_SUBTRACTED", "4"))
SHUT = (Sharing.COMMISSION, Sharing.CONFIDENTIAL)
DECLARED = ("entries", "head")
BLANK: dict[str, Any] = {"head": "", "entries": 0, "checkpoint": ""}


def closed(to: Mission, rows: Sequence[Row], label: Sharing, now: datetime) -> None:
    """File rows that are not for everybody, as messages that bear a class are."""
    what = reading(
        rows, kind="coverage" if isinstance(rows[0], Coverage) else "observation"
    )
    for kind, table in what.tables.items():
        salt = to.entropy(32)
        made = prepare(table, what.origins[kind])
        body, payload = pack(made, range(len(table)), salt)
        said = {**body, "file": "0" * 64, LABEL: label.value}
        one = draft("rows", said, now=now, salt=salt, payload=payload)
        to.record.append([one], after=to.record.head().size)


def report(source: str, key: str, day: int, rng: Random) -> Observation:
    """Return a report near one of two places, which often joins others."""
    start = DAY + timedelta(days=day, minutes=rng.choice([0, 1, 2, 40]))
    return seen(
        key,
        source=source,
        start=start,
        end=start + timedelta(minutes=rng.randint(1, 9)),
        lon=37.8 + rng.choice([0.0, 0.012, 0.2]) + rng.uniform(-0.004, 0.004),
        lat=48.0 + rng.uniform(-0.004, 0.004),
        radius_m=float(rng.randint(300, 1500)),
        kind=rng.choice(["explosion", "explosion", "fire"]),
        count=rng.choice([None, 1, 2, 7]),
        standing=rng.choice(["observed", "claimed"]),
    )


def watch(source: str, key: str, day: int) -> Coverage:
    start = DAY + timedelta(days=day, hours=-3)
    return Coverage(
        source=source,
        key=key,
        start=start,
        end=start + timedelta(hours=9),
        lon=37.8,
        lat=48.0,
        radius_m=5000.0,
        detection=0.9,
    )


def told(of: Mission, edition: str, day: int) -> dict[str, Any]:
    """Return all that an edition says, less what is declared."""
    files: dict[str, Any] = dict(export_files(of, edition=edition))
    about = orjson.loads(files[ABOUT])
    files[ABOUT] = {n: v for n, v in about.items() if n not in DECLARED}
    asked = [(DAY + timedelta(days=each)).date() for each in range(day + 1)]
    made = daily_reports(of, asked, edition=edition, now=DAY)
    files["reports"] = [
        render_json(replace(each, header=replace(each.header, **BLANK)), language="en")
        for each in made
    ]
    shown = standing_ids(open_to(of, Sharing(edition)))
    files["ids"] = {k: (e.last.status, e.last.alias_of) for k, e in shown.items()}
    return files


@dataclass(slots=True)
class Twins:
    """Two missions that live the same days; one of them gets closed reports as well."""

    plain: Mission
    other: Mission
    open_: Random
    also: Random

    def day(self, day: int) -> None:
        """Live a day: reports come, and are fused and judged."""
        rng, also, now = self.open_, self.also, DAY + timedelta(days=day, hours=12)
        rows = [report(f"post-{n}", f"o{day}-{n}", day, rng) for n in range(4)]
        shut = [report(f"shut-{n}", f"c{day}-{n}", day, also) for n in range(3)]
        if also.random() < 0.5:  # before the open ones
            closed(self.other, shut[:1], also.choice(SHUT), now)
            shut = shut[1:]
            fuse(self.other, now)
        watched, twice = watch("post-0", f"w{day}", day), rng.random() < 0.7
        for each in (self.plain, self.other):
            file(each, reading(rows), data=b"%d" % day, now=now)
            file(each, reading([watched], kind="coverage"), data=b"w%d" % day, now=now)
            if twice:
                fuse(each, now)
        closed(self.other, shut, also.choice(SHUT), now)
        closed(self.other, [watch("shut-0", f"v{day}", day)], SHUT[0], now)
        for each in (self.plain, self.other):
            fuse(each, now)
            assess(each, now)

    @property
    def joined(self) -> bool:
        """Tell whether a closed report is in an incident of open ones."""
        texts = incidents_of(self.other).columns.column("members").to_pylist()
        return any("shut-" in text and "post-" in text for text in texts)


@pytest.mark.parametrize("seed", range(SEEDS))
def test_what_is_closed_changes_no_byte_of_what_is_told(seed: int) -> None:
    plain, other = (replace(mission(), name="two") for _ in range(2))
    for each in (plain, other):
        begin(each, agreement(), DAY)
    twins = Twins(plain, other, Random(seed), Random(f"closed {seed}"))  # noqa: S311
    for day in range(4):
        twins.day(day)
        for edition in ("public", "parties"):
            assert told(other, edition, day) == told(plain, edition, day)
    assert twins.joined
    assert told(other, "commission", 3) != told(plain, "commission", 3)


def small() -> Mission:
    """Return a mission with an open report and closed ones of three classes."""
    found = mission()
    begin(found, agreement(), DAY)
    rng = Random(1)  # noqa: S311 - a seed
    file(found, reading([report("open", "o", 0, rng)]), now=DAY)
    for label in (Sharing.PARTIES, Sharing.COMMISSION, Sharing.CONFIDENTIAL):
        closed(found, [report("shut", label.value, 0, rng)], label, DAY)
    return found


def test_who_may_see_the_same_reads_the_same_mission() -> None:
    found = closings(small())
    assert gates(found) == (Sharing.PUBLIC, Sharing.PARTIES, Sharing.COMMISSION)
    assert gate_of(found, Sharing.CONFIDENTIAL) is None
    found.rows.clear()
    found.entries.clear()
    assert gates(found) == ()
    found.entries[3] = Sharing.COMMISSION
    assert gate_of(found, Sharing.PUBLIC) is Sharing.PARTIES
    assert gate_of(found, Sharing.COMMISSION) is None


def test_who_may_see_all_gets_the_mission_itself() -> None:
    one = small()
    assert open_to(one, Sharing.CONFIDENTIAL) is one
    told = incidents_of(open_to(one, Sharing.COMMISSION))
    members = "; ".join(told.columns.column("members").to_pylist())
    assert "shut:parties" in members
    assert "shut:commission" in members
    assert "shut:confidential" not in members


def test_a_report_that_is_closed_later_is_taken_back() -> None:
    one, rng = small(), Random(1)  # noqa: S311 - a seed
    closed(one, [report("open", "o", 0, rng)], Sharing.COMMISSION, DAY)
    assert len(incidents_of(open_to(one, Sharing.PUBLIC))) == 0
    assert len(incidents_of(one)) > 0


def test_an_id_made_of_a_closed_report_is_not_told() -> None:
    one, rng = mission(), Random(1)  # noqa: S311 - a seed
    begin(one, agreement(), DAY)
    closed(one, [report("shut", "c", 0, rng)], Sharing.COMMISSION, DAY)
    fuse(one, DAY)
    (key,) = register(one)
    file(one, reading([report("open", "o", 0, Random(1))]), now=DAY)  # noqa: S311
    fuse(one, DAY)
    assert list(register(one)) == [key]
    (shown,) = register(open_to(one, Sharing.PUBLIC)).values()
    assert shown.key != key
    assert shown.last.row is None
    assert shown.own == {"open:o"}
