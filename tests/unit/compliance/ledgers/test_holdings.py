"""Weapons, persons and mines by count; Aceh 2005 is the case they are held to.

Figures of Aceh: stage 1 and 2 from c-r.org (accord 20) and press, the end from press;
the weapons agreed on are those of the memorandum, 4.3.
"""

from pamiers.agreement.model import Bound, InZones, Subject, Verb
from pamiers.agreement.values.weapon import WeaponClass
from pamiers.compliance.ledgers.holdings import (
    Account,
    Family,
    mines,
    persons,
    weapons,
)
from tests.unit.compliance import small
from tests.unit.compliance.ledgers.small import agreement, at, known, tally

ARMS = WeaponClass(id="arms", title={"en": "arms"})
STAGES = [
    tally(279, "presented", "2005-09-15", ref="stage-1"),
    tally(243, "accepted", "2005-09-15", ref="stage-1"),
    tally(291, "presented", "2005-10-14", ref="stage-2"),
    tally(58, "rejected", "2005-10-14", ref="stage-2"),
    tally(233, "accepted", "2005-10-14", ref="stage-2"),
]
PRESS = [
    tally(30, "rejected", "2005-09-15", source="press", ref="stage-1"),
    tally(23, "under_verification", "2005-09-15", source="press", ref="stage-1"),
]
END = [
    tally(840, "accepted", "2005-12-21", cumulative=True),
    tally(769, "accepted", "2005-12-21", source="tni", cumulative=True),
]


def deal(**more: object) -> object:
    counted = small.reading(
        subject=Subject.STOCK,
        kinds=(),
        classes=("arms",),
        bearers=("A",),
        from_at=at("2005-08-15"),
        status="accepted",
        bound=Bound(least=840.0),
    )
    clause = small.clause(counted, verb=Verb.AT_LEAST, name="decommission")
    return agreement(clause, classes={"arms": ARMS}, **more)


def account(*rows: object) -> Account:
    held = weapons(known(deal(), rows))  # type: ignore[arg-type]
    assert len(held) == 1
    return held[0]


def figures(found: Account) -> dict[tuple[str, str], str]:
    return {(f.status, f.counter): str(f) for f in found.figures}


def test_stages_add_up_to_476_of_840() -> None:
    found = account(*STAGES)
    assert figures(found) == {
        ("accepted", "amm"): "476",
        ("presented", "amm"): "570",
        ("rejected", "amm"): "58",
    }
    ran = [
        (s.ref, s.status, str(s.figure), str(s.total))
        for s in found.stages
        if s.status == "accepted"
    ]
    assert ran == [
        ("stage-1", "accepted", "243", "243"),
        ("stage-2", "accepted", "233", "476"),
    ]
    (target,) = found.targets
    assert (target.clause, target.least, target.missing) == ("decommission", 840, 364)


def test_the_monitors_840_and_the_armys_769_stand_side_by_side() -> None:
    found = account(*STAGES, *END)
    accepted = {c: n for (s, c), n in figures(found).items() if s == "accepted"}
    assert accepted == {"amm": "840", "tni": "769"}
    (rival,) = found.rivals
    assert (rival.rule, rival.counters, rival.gap_low) == (
        "accepted",
        ("amm", "tni"),
        71,
    )
    assert {t.counter: t.missing for t in found.targets} == {"amm": 0.0, "tni": 71.0}


def test_a_sum_with_a_part_not_reported_cannot_be_checked() -> None:
    first = [row for row in STAGES if row.ref == "stage-1"]
    (whole,) = [s for s in account(*first).sums if " = " in s.rule]
    assert whole.holds is None
    assert whole.lacks == ("rejected", "under_verification")


def test_a_sum_that_is_already_too_large_fails_whatever_is_missing() -> None:
    rows = [tally(10, "presented", "2005-09-15"), tally(12, "accepted", "2005-09-15")]
    found = {s.rule: s.holds for s in account(*rows).sums}
    assert found == {
        "accepted + rejected + under_verification = presented": False,
        "accepted <= presented": False,
    }


def test_a_sum_that_comes_out_holds() -> None:
    rows = [
        tally(53, "presented", "2005-09-15"),
        tally(0, "accepted", "2005-09-15"),
        tally(30, "rejected", "2005-09-15"),
        tally(23, "under_verification", "2005-09-15"),
    ]
    assert {s.holds for s in account(*rows).sums} == {True}


def test_counters_are_never_added_together() -> None:
    found = figures(account(*STAGES, *PRESS))
    assert found["rejected", "amm"] == "58"
    assert found["rejected", "press"] == "30"


def test_what_nobody_counted_is_not_reported() -> None:
    found = account()
    assert (found.of, found.party, found.figures) == ("arms", "A", ())
    (target,) = found.targets
    assert (target.figure, target.missing) == (None, None)


def test_missing_is_shown_beside_where_things_were_last_seen() -> None:
    rows = [
        tally(12, "stored", "2005-10-01", place="Depot 4"),
        tally(9, "stored", "2005-11-01", place="Depot 4", key="later"),
        tally(3, "missing", "2005-11-01"),
    ]
    found = account(*rows)
    (seen,) = found.seen
    assert (seen.site, str(seen.figure), str(seen.fell_from)) == ("Depot 4", "9", "12")
    assert figures(found)["missing", "amm"] == "3"


def test_a_level_is_replaced_and_sites_are_added_up() -> None:
    rows = [
        tally(12, "present", "2005-10-01", place="north", key="1"),
        tally(5, "present", "2005-10-02", place="south", key="2"),
        tally(10, "present", "2005-10-03", place="north", key="3"),
    ]
    assert figures(account(*rows)) == {("present", "amm"): "15"}


def test_a_count_of_no_site_is_of_all_of_them() -> None:
    rows = [
        tally(12, "present", "2005-10-01", place="north", key="1"),
        tally(14, "present", "2005-10-02", key="2"),
    ]
    assert figures(account(*rows)) == {("present", "amm"): "14"}


def test_or_more_and_not_stated_stay_open() -> None:
    more = [tally(None, "accepted", "2005-10-01", count_low=40)]
    assert figures(account(*more)) == {("accepted", "amm"): "at least 40"}
    blank = [tally(None, "accepted", "2005-10-01")]
    assert figures(account(*blank)) == {("accepted", "amm"): "not stated"}


def test_what_is_counted_later_is_not_known_yet() -> None:
    assert account(tally(5, "accepted", "2006-09-01")).figures == ()


def test_persons_and_mines_have_ledgers_of_their_own() -> None:
    rows = [
        tally(75, "declared", "2005-09-01", of="persons", ref="list-1"),
        tally(70, "released", "2005-09-02", of="persons", ref="list-1"),
        tally(4, "cleared", "2005-09-03", of="minefield"),
        tally(1, "stored", "2005-09-03"),
    ]
    found = known(agreement(), rows)
    assert [a.of for a in persons(found)] == ["persons"]
    assert [a.of for a in mines(found)] == ["minefield"]
    assert [a.of for a in weapons(found)] == ["arms"]
    (people,) = persons(found)
    assert people.family is Family.PERSONS
    released = next(s for s in people.sums if s.rule == "released <= declared")
    assert released.holds is True


def test_cumulative_counts_of_single_sites_run_apart() -> None:
    rows = [
        tally(
            10, "cleared", "2005-09-01", of="arms", place="n", cumulative=True, key="1"
        ),
        tally(
            4, "cleared", "2005-09-02", of="arms", place="s", cumulative=True, key="2"
        ),
        tally(
            12, "cleared", "2005-09-03", of="arms", place="n", cumulative=True, key="3"
        ),
    ]
    assert figures(account(*rows)) == {("cleared", "amm"): "16"}


def test_a_ceiling_of_a_zone_counts_what_is_in_it() -> None:
    ceiling = small.reading(
        subject=Subject.STOCK,
        kinds=(),
        classes=("arms",),
        bearers=("A",),
        from_at=at("2005-08-15"),
        where=InZones(zones=("west",)),
        bound=Bound(most=75.0),
    )
    clause = small.clause(ceiling, verb=Verb.AT_MOST, name="ceiling")
    rows = [
        tally(
            70, "present", "2005-10-01", lon=37.5, lat=48.5, radius_m=100.0, place="w"
        ),
        tally(
            40,
            "present",
            "2005-10-01",
            lon=38.5,
            lat=48.5,
            radius_m=9.0,
            place="e",
            key="e",
        ),
    ]
    found = known(agreement(clause, classes={"arms": ARMS}), rows)
    (held,) = weapons(found)
    assert figures(held) == {("present", "amm"): "110"}
    (target,) = held.targets
    assert (str(target.figure), target.most) == ("70", 75.0)


def test_a_class_that_is_counted_in_persons_is_of_persons() -> None:
    headcount = small.reading(
        subject=Subject.STOCK,
        kinds=(),
        classes=("arms",),
        bearers=("A",),
        status="present",
        bound=Bound(most=1000.0, unit="persons"),
    )
    clause = small.clause(headcount, verb=Verb.AT_MOST, name="headcount")
    (account,) = persons(known(agreement(clause, classes={"arms": ARMS})))
    assert (account.of, account.figures) == ("arms", ())
