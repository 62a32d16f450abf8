"""From words of a scenario to rows: each key becomes what the docs say it means."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from pamiers.compliance.scenario.facts import counts, versions_of, world_at
from pamiers.compliance.scenario.run import instants, try_out
from pamiers.compliance.scenario.written import Scenario, expectations, read_scenario
from pamiers.compliance.world import World
from pamiers.core.errors import MalformedSourceError
from pamiers.core.rows import read_shares
from tests.unit.compliance import small

TICK = timedelta(microseconds=1)
RULES = small.agreement(events={"raid": {"en": "raid"}}, time_zone="Europe/Kyiv")
THEN = (
    "when: assessed at 2020-08-02T00:00Z\nthen:\n  - {clause: quiet, verdict: KEPT}\n"
)


def at(day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2020, 8, day, hour, minute, tzinfo=UTC)


def scenario(*facts: str, then: str = THEN) -> Scenario:
    given = "".join(f"  - {{{fact}}}\n" for fact in facts)
    return read_scenario(f"scenario: s\ngiven:\n{given}{then}", "s.yaml")


def world(*facts: str, known: datetime = small.KNOWN) -> World:
    rows = versions_of(scenario(*facts).given, RULES, "s.yaml")
    return world_at(rows, known, {})


def row(fact: str, table: str, known: datetime = small.KNOWN) -> Any:  # noqa: ANN401
    (only,) = getattr(world(fact, known=known), table).views()
    return only


@pytest.mark.parametrize(
    ("when", "start", "end"),
    [
        ("at: 2020-08-01T10:00Z", at(1, 10), at(1, 10, 1)),
        ("at: 2020-08-01", at(1) - timedelta(hours=3), at(2) - timedelta(hours=3)),
        ("from: 2020-08-01T10:00Z, until: 2020-08-01T12:00Z", at(1, 10), at(1, 12)),
        ("from: 2020-08-01T10:00Z", at(1, 10), at(1, 10, 1)),
        (
            "from: 2020-08-01, until: 2020-08-02",
            at(1) - timedelta(hours=3),
            at(3) - timedelta(hours=3),
        ),
    ],
)
def test_a_time_is_an_instant_a_day_or_from_until(
    when: str, start: datetime, end: datetime
) -> None:
    found = row(f"incident: shot, {when}", "incidents")
    assert (found.start, found.end) == (start, end)


def test_an_incident_is_taken_as_observed_and_likely() -> None:
    found = row("incident: shot, at: 2020-08-01T10:00Z", "incidents")
    assert (found.probability, found.observed, found.claimed) == (0.97, 1, 0)
    assert (found.kind, found.sources, found.count) == ("shot", "monitor", None)
    assert (found.lon, found.radius_m) == (None, None)
    claimed = row(
        "incident: raid, by: press, claimed: yes, at: 2020-08-01T10:00Z, "
        "probability: 0.5, count: 2 to 5, calibre: 12 cm, weapons: gun, actor: A, "
        'control: B, place: "48.5 N, 37.5 E", ref: x, attributes: {hot: true, n: 3}',
        "incidents",
    )
    assert (claimed.probability, claimed.observed, claimed.claimed) == (0.5, 0, 1)
    assert (claimed.kind, claimed.sources) == ("event:raid", "press")
    assert (claimed.count_low, claimed.count_high) == (2, 5)
    assert (claimed.calibre_mm, claimed.weapons) == (120.0, "gun")
    assert (claimed.actor, claimed.control) == ("A", "B")
    assert (claimed.lat, claimed.lon, claimed.radius_m) == (48.5, 37.5, 100.0)
    assert json.loads(claimed.extra) == {"hot": "yes", "n": "3", "ref": "x"}


def test_a_place_may_be_a_zone_or_a_sector() -> None:
    zone = row("incident: shot, at: 2020-08-01T10:00Z, zone: west", "incidents")
    assert (zone.place, zone.lon, zone.lat) == ("west", 37.5, 48.5)
    wide = row(
        'incident: shot, at: 2020-08-01T10:00Z, place: "48 N, 37 E", radius: 2 km',
        "incidents",
    )
    assert wide.radius_m == 2000.0
    named = row("incident: shot, at: 2020-08-01T10:00Z, sector: West", "incidents")
    assert (named.region, named.lon) == ("West", None)


def test_coverage_of_a_zone_is_all_of_it() -> None:
    found = row(
        "coverage: p, from: 2020-08-01T00:00Z, until: 2020-08-01T06:00Z, zone: west",
        "coverage",
    )
    assert found.status == "observed"
    assert (found.source, found.watched, found.detection) == ("p", "any", None)
    assert 65_000 < found.radius_m < 70_000  # to the corner, of 111 km by 74 km
    denied = row(
        "coverage: p, by: smm, at: 2020-08-01T00:00Z, denied: guards, degraded: yes, "
        "detection: 1, means: drone, watched: fire",
        "coverage",
    )
    assert (denied.status, denied.denied_by, denied.source) == (
        "denied",
        "guards",
        "smm",
    )
    assert (denied.detection, denied.means, denied.watched) == (1.0, "drone", "fire")
    foggy = row("coverage: p, at: 2020-08-01T00:00Z, degraded: yes", "coverage")
    assert (foggy.status, foggy.denied_by) == ("degraded", None)
    clear = row("coverage: p, at: 2020-08-01T00:00Z, degraded: no", "coverage")
    assert clear.status == "observed"


def test_tallies_and_totals() -> None:
    found = row(
        "tally: persons, by: un, at: 2020-08-01, count: 3 or more, cumulative: yes",
        "tallies",
    )
    assert (found.of, found.source, found.status, found.cumulative) == (
        *("persons", "un", "present"),
        True,
    )
    assert (found.count, found.count_low, found.count_high) == (None, 3, None)
    one = row(
        "tally: tank, at: 2020-08-01, count: 3, status: stored, party: A", "tallies"
    )
    assert (one.count, one.party, one.status, one.cumulative) == (
        3,
        "A",
        "stored",
        False,
    )
    assert (one.source, one.key) == ("monitor", "fact-1")
    total = row("total: fire, at: 2020-08-01, count: 7, sector: West", "totals")
    assert (total.kind, total.count, total.region) == ("fire", 7, "West")


@pytest.mark.parametrize(
    ("fact", "category", "kind"),
    [
        ("event: raid, by: A", "event:raid", None),
        ("notice: flight, by: A", "notice", "flight"),
        ("approval: x, by: A, kind: raid", "approval:x", "event:raid"),
        ("invoked: x, by: A", "exemption:x", None),
        ("not done: quiet, by: A", "not-done:quiet", None),
        ("not state: open, by: A", "not-state:open", None),
        ("statement: anything, by: A", "anything", None),
    ],
)
def test_what_is_said_has_its_category(fact: str, category: str, kind: str) -> None:
    found = row(f"{fact}, at: 2020-08-01T10:00Z, of: B, ref: r", "statements")
    assert (found.category, found.kind) == (category, kind)
    assert (found.source, found.actor, found.to, found.ref) == ("A", "A", "B", "r")
    assert (found.start, found.end) == (at(1, 10), at(1, 10) + TICK)


def test_what_is_said_is_by_an_actor_to_somebody() -> None:
    found = row(
        "notice: flight, actor: B, to: [A, C], given: 2020-08-01T09:00Z, note: n, "
        "cite: p. 3",
        "statements",
    )
    assert (found.source, found.actor, found.to) == ("record", "B", "A; C")
    assert (found.given_at, found.start, found.end) == (at(1, 9), None, None)
    assert (found.text, found.cite) == ("n", "p. 3")


@pytest.mark.parametrize(
    ("fact", "table", "known"),
    [
        ("incident: shot, at: 2020-08-01T10:00Z", "incidents", at(1, 10, 1)),
        (
            "coverage: p, from: 2020-08-01T10:00Z, until: 2020-08-01T12:00Z",
            "coverage",
            at(1, 10),
        ),
        (
            "notice: raid, by: A, given: 2020-08-01T09:00Z, at: 2020-08-03T09:00Z",
            "statements",
            at(1, 9),
        ),
        ("event: raid, by: A, at: 2020-08-01T09:00Z", "statements", at(1, 9)),
        (
            "incident: shot, at: 2020-08-01T10:00Z, known: 2020-08-05T00:00Z",
            "incidents",
            at(5),
        ),
    ],
)
def test_a_fact_is_known_when_it_is_over_given_or_said_to_be(
    fact: str, table: str, known: datetime
) -> None:
    assert len(getattr(world(fact, known=known), table)) == 1
    assert len(getattr(world(fact, known=known - TICK), table)) == 0


def test_a_correction_replaces_keys_and_a_retraction_withdraws() -> None:
    facts = (
        "incident: shot, id: a, at: 2020-08-01T10:00Z, actor: A, count: 2",
        "correction: a, known: 2020-08-03T00:00Z, actor: B",
        "retraction: a, known: 2020-08-05T00:00Z",
    )

    def rows(known: datetime) -> list[Any]:
        return list(world(*facts, known=known).incidents.views())

    assert [(r.actor, r.count, r.key) for r in rows(at(2))] == [("A", 2, "a")]
    assert [(r.actor, r.count, r.key) for r in rows(at(3))] == [("B", 2, "a")]
    assert rows(at(5)) == []
    turned = facts[::-1]
    assert len(world(*turned, known=at(4)).incidents) == 1


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("3", {"count": 3}),
        ("2 to 5", {"count_low": 2, "count_high": 5}),
        ("3 or more", {"count_low": 3}),
        (0, {"count": 0}),
        (None, {}),
    ],
)
def test_a_count_is_one_number_two_or_an_open_one(
    text: object, columns: dict[str, int]
) -> None:
    assert counts(text) == columns


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        ("incident: shot", r"s.yaml:3 \(incident\): expected at, or from and until"),
        ("incident: shot, at: noon", r"s.yaml:3"),
        ("incident: shot, at: 2020-08-01, count: some", "expected a count such as 3"),
        ("incident: shot, at: 2020-08-01, probability: often", "expected a number"),
        ("event: raid, by: A", "expected a time, got none"),
        ("retraction: b, known: 2020-08-01T00:00Z", r"s.yaml:3 \(retraction\)"),
        ("shot: a", "expected one of incident, "),
        ("incident: shot, colour: red", "expected keys among "),
        ("", "expected a mapping"),
    ],
)
def test_a_fact_that_cannot_be_read_is_refused_with_its_line(
    fact: str, said: str
) -> None:
    with pytest.raises(MalformedSourceError, match=said):
        world(fact)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- a", "expected a scenario in YAML, got no mapping"),
        ("given: [", "expected a scenario in YAML"),
        ("surprise: 1\nwhen: assessed at 2020-08-02T00:00Z", "expected keys among "),
        ("given: 3\n" + THEN, "s.yaml:1: expected a list, got 3"),
        ("then:\n  - {clause: quiet}", "expected when: assessed at TIME, got ''"),
        ("when: at noon", "expected when: assessed at TIME, got 'at noon'"),
        ("when: assessed at noon", "s.yaml:1"),
        ("when: assessed at 2020-08-02T00:00Z", "expected then: what is expected"),
        (THEN.replace("clause: quiet", "guess: 1"), "expected one of clause first"),
        (THEN.replace("verdict", "verdit"), "expected keys among "),
    ],
)
def test_a_scenario_that_cannot_be_read_is_refused(text: str, said: str) -> None:
    with pytest.raises(MalformedSourceError, match=said):
        read_scenario(text, "s.yaml")


def test_steps_are_in_order_and_expectations_parted() -> None:
    steps = "".join(
        f"  - when: assessed at 2020-08-0{n}T00:00Z\n    then:\n"
        f"      - {{clause: quiet, day: 2020-08-01, verdict: KEPT, note: n}}\n"
        f"      - {{ledger: weapons, of: x, count: {n}}}\n"
        for n in (2, 3)
    )
    known = {"ledger": frozenset({"of", "count"})}
    found = read_scenario(f"scenario: Two\nsteps:\n{steps}", "s.yaml", known)
    assert instants(found) == (at(2), at(3))
    assert found.title == "Two"
    first, other, *_ = expectations(found)
    assert (first.form, first.about, first.which, first.expected) == (
        *("clause", "quiet", {"day": "2020-08-01"}),
        {"verdict": "KEPT"},
    )
    assert (other.form, other.about, other.expected) == (
        *("ledger", "weapons", {"of": "x", "count": 2}),
    )
    assert read_scenario(THEN, "s.yaml").title == ""


def failures(*facts: str, then: str) -> list[tuple[int, str, tuple[str, ...]]]:
    text = f"when: assessed at 2020-08-01T19:30Z\nthen:\n  - {{{then}}}\n"
    found = try_out(scenario(*facts, then=text), small.agreement(), {})
    return [(each.line, each.clause, each.reasons) for each in found]


SHOT = "incident: shot, id: a, at: 2020-08-01T12:00Z, zone: west"


@pytest.mark.parametrize(
    ("then", "reason"),
    [
        ("clause: quiet, sector: west, verdict: BREACHED, evidence: [a]", None),
        ("clause: quiet, verdict: BREACHED", None),  # one of two sectors is enough
        ("clause: quiet, day: 2020-07-31, verdict: UNOBSERVED", None),
        ("clause: quiet, sector: west, verdict: KEPT", "verdict: expected KEPT"),
        ("clause: quiet, verdict: UNOBSERVED", "verdict: expected UNOBSERVED"),
        ("clause: quiet, sector: north, verdict: KEPT", "no finding on it"),
        ("clause: loud, verdict: KEPT", "the agreement has no such clause"),
        (
            "clause: quiet, not judged: suspended",
            "expected not judged: suspended, got: it is judged",
        ),
    ],
)
def test_a_failure_tells_what_and_where(then: str, reason: str | None) -> None:
    found = failures(SHOT, then=then)
    if reason is None:
        assert found == []
    else:
        ((line, clause, (said,)),) = found
        assert (line, clause) == (6, then.split()[1].strip(","))
        assert said.startswith(reason)


def test_an_expectation_that_cannot_be_compared_is_refused() -> None:
    with pytest.raises(MalformedSourceError, match=r"s\.yaml:6: expected an expect"):
        failures(SHOT, then="clause: quiet, sector: west, count: about 3")


def test_an_act_by_one_whom_the_agreement_does_not_know_is_refused() -> None:
    with pytest.raises(MalformedSourceError, match=r"'nobody-known'.*add it to"):
        failures(
            "event: act, by: nobody-known, at: 2020-08-01T12:00Z",
            then="clause: quiet, verdict: KEPT",
        )


def test_a_party_chooses_nothing_among_what_is_judged_for_all() -> None:
    with pytest.raises(MalformedSourceError, match="attribution"):
        failures(SHOT, then="clause: quiet, party: A, verdict: BREACHED")


def test_who_did_it_may_be_told_by_share() -> None:
    found = row("incident: shot, at: 2020-08-01, actor: {A: 80 %, B: 0.1}", "incidents")
    assert found.actor is None
    told = dict(read_shares(found.actors, found.actor))
    assert told == {"A": 0.8, "B": 0.1, "": pytest.approx(0.1)}
    whole = row("incident: shot, at: 2020-08-01, actor: {A: 1}", "incidents")
    assert read_shares(whole.actors, whole.actor) == (("A", 1.0),)


@pytest.mark.parametrize(
    "actor", ["{A: 80 %, B: 30 %}", "{A: often}", "{A: -0.1}", "{A: 120 %}"]
)
def test_shares_that_are_none_are_refused(actor: str) -> None:
    with pytest.raises(MalformedSourceError):
        row(f"incident: shot, at: 2020-08-01, actor: {actor}", "incidents")


def test_an_observation_names_one() -> None:
    with pytest.raises(MalformedSourceError, match="one name"):
        row("observation: shot, at: 2020-08-01, actor: {A: 80 %}", "observations")
