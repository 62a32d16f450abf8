"""A procedure in which each thing that a procedure may have is had."""

from dataclasses import replace
from typing import Final

from pamiers.agreement.model import procedure as m
from pamiers.agreement.values.calendar import Calendar
from pamiers.agreement.values.duration import parse_duration as time
from pamiers.procedure import Rules

#: looked at by two persons; passes to the judge in silence
LOOK: Final = m.Step(
    id="look",
    by=("monitor",),
    alternates=("c",),
    act="verify",
    within=time("24 h"),
    from_="initial breach",
    no_less=time("2 h"),
    four_eyes=True,
    longer=time("48 h"),
    consent_of=("a", "b"),
    silence=m.Silence(then="passes", to=("judge",), within=time("12 h")),
)
SAY: Final = m.Step(
    id="say",
    by=("monitor",),
    act="attribute",
    upon=m.Upon(after=("look",), how="over", words="it is clear"),
    within=time("24 h"),
    from_="previous step",
    recusal=True,
)
DECIDE: Final = m.Step(
    id="decide",
    by=("body",),
    act="decide",
    upon=m.Upon(after=("look",), how="over", severity=2),
    within=time("36 h"),
    from_="finding",
    decision=m.Decision(
        rule="consensus", among=("a", "b", "c"), quorum=2, chair=("c",), tie="chair"
    ),
    outcomes=("repaired", "warned"),
    longer=time("24 h"),
    consent_of=("a", "b"),
    recusal=True,
    silence=m.Silence(then="deemed", outcome="warned"),
)
AGAIN: Final = m.Step(
    id="again",
    by=("judge",),
    act="consult",
    upon=m.Upon(
        recurrence=m.Recurrence(at_least=2, over=time("24 h")), breach_of=("quiet",)
    ),
    within=time("48 h"),
    from_="initial breach",
)
END: Final = m.Step(
    id="end",
    by=("judge",),
    act="rule",
    upon=m.Upon(after=("decide",), how="over"),
    within=time("3 d working"),
    from_="previous step",
    closes=True,
)
OFFICE: Final = m.Office(by=("judge",), within=time("10 d"), decided_within=time("2 d"))
APPEAL: Final = m.Appeal(
    to=("judge",),
    by=("a", "b"),
    within=time("7 d"),
    decided_within=time("5 d"),
    suspends=True,
    silence="falls",
)
REMEDY: Final = m.Remedy(
    id="withdraw",
    title={},
    by=("body", "judge"),
    within=time("3 d"),
    verified_by=("monitor",),
    verified_within=time("2 d"),
)


def everything() -> Rules:
    """Return rules under which parties `a` and `b` and a neutral `c` sit together."""
    held = m.Procedure(
        id="everything",
        title={},
        steps=(LOOK, SAY, DECIDE, AGAIN, END),
        cases=m.Grouping(over=time("20 d")),
        thresholds={"quiet": 2},
        reply=time("36 h"),
        separate=True,
        remedies=(REMEDY,),
        appeal=APPEAL,
        suspension=OFFICE,
        stand_down=replace(OFFICE, within=time("2 d")),
        reopening=OFFICE,
        minutes=replace(OFFICE, signed_by=("a", "b")),
        publication=replace(OFFICE, edition="public"),
    )
    return Rules(
        procedure=held,
        parties=("a", "b"),
        calendar=Calendar(time_zone="Europe/Kyiv", weekend=(5, 6)),
        holders={"body": ("a", "b", "c"), "monitor": ("m",), "judge": ("j",)},
    )
