"""A scenario's expectation of a ledger: `{ledger: weapons, counter: amm, count: 476}`.

A ledger is laid out in rows of plain values. The keys of the expectation that tell
rows apart choose among them; the others are compared. Where no row is chosen the
ledger is silent, which an expectation writes as `not reported`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from pamiers.agreement.model import Agreement
from pamiers.compliance.ledgers.access import Access
from pamiers.compliance.ledgers.checks import Sum
from pamiers.compliance.ledgers.corridors import Uptime
from pamiers.compliance.ledgers.gates import Passage
from pamiers.compliance.ledgers.holdings import Account
from pamiers.compliance.ledgers.implementation import Progress
from pamiers.compliance.ledgers.kinds import KINDS, ledger
from pamiers.compliance.ledgers.notices import Notified
from pamiers.compliance.ledgers.pledges import Contributions
from pamiers.compliance.ledgers.trial.compare import chosen, differing, known_at, said
from pamiers.compliance.scenario.written import Expectation
from pamiers.compliance.world import World

Row = Mapping[str, object]
Rows = Iterator[Row]

NOT_REPORTED: Final = "not reported"
SELECTORS: Final = (
    *("of", "party", "status", "counter", "stage", "clause", "reading", "pledge"),
    *("by", "source", "state", "place", "area", "day", "means", "gate", "rule"),
    *("act", "notice", "where", "denied_by", "total", "disputed", "site", "sum"),
    *("hindrance", "actor"),
)
VALUES: Final = (
    *("count", "so_far", "missing", "came", "short_by", "over_by", "up", "down"),
    *("unreported", "level", "share", "times", "hours", "outcome", "overrun"),
    *("open", "certified", "difference", "contributors", "silent_on"),
    *("fell_from", "holds", "gap", "lacks", "contested", "incidents"),
)
#: who reads the ledger; everything where it is not said
READERS: Final = "readers"
KEYS: Final = frozenset((*SELECTORS, *VALUES, READERS))


def check_ledger(
    expected: Expectation, agreement: Agreement, world: World, at: datetime, /
) -> Sequence[str]:
    """Return in what a ledger is not as a scenario expects.

    Args:
        expected: Its value is the name of a ledger.
        agreement: Resolved.
        world: What is known.
        at: Now.

    Returns:
        One sentence a difference; every row that is chosen has to agree.
    """
    if expected.about not in KINDS:
        return [f"there is no ledger {expected.about!r}: {', '.join(KINDS)}"]
    known = known_at(agreement, world, at)
    readers = str(expected.expected.get(READERS, "restricted"))
    entries = ledger(expected.about, known, readers)
    rows = [row for entry in entries for row in _ROWS[expected.about](entry)]
    by = {n: v for n, v in expected.expected.items() if n in SELECTORS}
    wanted = {n: v for n, v in expected.expected.items() if n in VALUES}
    held = _form(chosen(rows, by, known.agreement), by)
    told = [line for row in held for line in differing(wanted, row, known.agreement)]
    if not held:
        told = [f"{n}: nothing is reported" for n, v in wanted.items() if not _nil(v)]
    return list(dict.fromkeys(told))


def _nil(value: object) -> bool:
    return said(value) == NOT_REPORTED


#: keys that only parts have, not totals
_PARTS: Final = (
    *("stage", "clause", "total", "disputed", "means", "site", "sum", "hindrance"),
)


def _form(rows: Iterable[Row], by: Row) -> list[Row]:
    """Return the rows of the plainest form: a total rather than one of its parts."""
    held = list(rows)
    for name in _PARTS:
        if name not in by:
            plain = [row for row in held if row.get(name) is None]
            held = plain or held
    return held


def _account(account: Account) -> Rows:
    named = {"of": account.of, "party": account.party}
    for figure in account.figures:
        yield {
            **named,
            "status": figure.status,
            "counter": figure.counter,
            "count": _number(str(figure)),
        }
    for stage in account.stages:
        yield {
            **named,
            "stage": stage.ref or "",
            "status": stage.status,
            "counter": stage.counter,
            "count": _number(str(stage.figure)),
            "so_far": _number(str(stage.total)),
        }
    for rival in account.rivals:
        yield {
            **named,
            "disputed": rival.rule,
            "counter": rival.counters,
            "difference": _least_gap(rival),
        }
    yield from _sums(account)
    for seen in account.seen:
        fell = None if seen.fell_from is None else _number(str(seen.fell_from))
        yield {
            **named,
            "site": seen.site,
            "status": seen.status,
            "counter": seen.counter,
            "count": _number(str(seen.figure)),
            "fell_from": fell,
        }
    for target in account.targets:
        told = NOT_REPORTED if target.figure is None else str(target.figure)
        yield {
            **named,
            "clause": target.clause,
            "reading": target.reading,
            "status": target.status,
            "counter": target.counter,
            "count": _number(told),
            "missing": target.missing,
        }


def _least_gap(rival: Sum) -> int:
    """Return by how much two counters disagree at least."""
    low, high = rival.gap_low, rival.gap_high
    return low if low is not None and low > 0 else -(high or 0)


def _sums(account: Account) -> Rows:
    """Yield what ought to add up; a gap that is not one number is left out."""
    for each in account.sums:
        exact = each.gap_low == each.gap_high
        yield {
            "of": account.of,
            "party": account.party,
            "sum": each.rule,
            "counter": each.counters,
            "holds": "open" if each.holds is None else each.holds,
            "gap": each.gap_low if exact else None,
            "lacks": each.lacks,
        }


def _number(text: str) -> object:
    return int(text) if text.isdecimal() else text


def _pledges(found: Contributions) -> Rows:
    for each in found.each:
        named = {"pledge": each.pledge, "by": each.by}
        for report in each.reports:
            yield {
                **named,
                "source": report.source,
                "count": report.low,
                "came": report.came.value,
                "short_by": report.short_by,
                "over_by": report.over_by,
            }
    for total in found.together:
        yield {
            "total": ", ".join(total.of),
            "source": total.source,
            "count": total.low,
            "contributors": total.reported,
            "silent_on": total.silent_on,
        }


def _corridor(up: Uptime) -> Rows:
    yield {
        "state": up.state,
        "place": up.place,
        "up": up.up_share,
        "down": up.down_share,
        "unreported": up.unreported_share,
        "contested": up.disputed_share,
        "share": up.up_of_reported,
    }


def _progress(each: Progress) -> Rows:
    level = NOT_REPORTED if each.level is None else each.level
    yield {"clause": each.clause, "source": "rule", "level": level, "share": each.share}
    for rating in each.ratings:
        by = rating.by or rating.source
        yield {"clause": each.clause, "source": by, "level": rating.level}


def _access(found: Access) -> Rows:
    for each in found.shares:
        yield {
            "area": each.area,
            "day": each.day.isoformat(),
            "means": each.means,
            "share": each.share,
        }
    for denial in found.denials:
        yield {
            "denied_by": denial.denied_by,
            "where": denial.where,
            "times": denial.times,
            "hours": denial.hours,
        }
    yield from _hindrances(found)


def _hindrances(found: Access) -> Rows:
    for each in found.hindrances:
        yield {
            "hindrance": each.kind,
            "actor": each.actor,
            "where": each.region,
            "incidents": each.incidents,
        }


def _notice(each: Notified) -> Rows:
    yield {
        "clause": each.clause,
        "rule": each.rule,
        "party": each.party,
        "notice": (each.notice or "").rpartition(":")[2] or None,
        "act": (each.act or "").rpartition(":")[2] or None,
        "outcome": each.outcome.value,
        "overrun": [over.partition(":")[0] for over in each.overruns],
    }


def _gate(each: Passage) -> Rows:
    yield {
        "gate": each.gate,
        "open": each.is_open,
        "certified": each.certified_at is not None,
    }


_ROWS: Final[dict[str, Callable[[Any], Rows]]] = {
    "weapons": _account,
    "persons": _account,
    "mines": _account,
    "pledges": _pledges,
    "corridors": _corridor,
    "implementation": _progress,
    "access": _access,
    "notices": _notice,
    "gates": _gate,
}
