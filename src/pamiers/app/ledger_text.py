"""The ledgers of state in words, a line each; wrapping is for whoever prints them."""

from collections.abc import Callable, Iterator
from datetime import datetime, time
from typing import TYPE_CHECKING, Any, Final

from pamiers.app.ledger_values import Ledgers
from pamiers.app.words import in_language, name_of
from pamiers.compliance.ledgers.calendar.lateness import day_until
from pamiers.compliance.ledgers.implementation import LEVELS
from pamiers.core.instant import zone

if TYPE_CHECKING:
    from pamiers.compliance.ledgers.access import Access
    from pamiers.compliance.ledgers.checks import Sum
    from pamiers.compliance.ledgers.corridors import Uptime
    from pamiers.compliance.ledgers.gates import Passage
    from pamiers.compliance.ledgers.holdings import Account, Target
    from pamiers.compliance.ledgers.implementation import Progress
    from pamiers.compliance.ledgers.notices import Notified
    from pamiers.compliance.ledgers.pledges import Contribution, Contributions, Report

Lines = Iterator[str]
NOT_REPORTED: Final = "not reported"


def lines(kind: str, found: Ledgers) -> Lines:
    """Yield a ledger in words.

    Args:
        kind: One that `found` holds.
        found: Ledgers as drawn up.

    Yields:
        A heading, then a line for each figure with its counter and date.
    """
    title = in_language(found.known.agreement.title, "en")
    yield f"{kind.capitalize()} of {title}, {_as_of(found)}"
    told = False
    for entry in found.entries[kind]:
        for line in _TOLD[kind](entry, found):
            told = True
            yield line
    if not told:
        yield "  Nothing is on record."


def overview(found: Ledgers) -> Lines:
    """Yield a line on each ledger."""
    title = in_language(found.known.agreement.title, "en")
    yield f"Ledgers of {title}, {_as_of(found)}"
    for kind, entries in found.entries.items():
        number = sum(1 for entry in entries for _ in _TOLD[kind](entry, found))
        held = f"{number} lines" if number else "nothing is on record"
        yield f"  {kind}: {held}"


def _as_of(found: Ledgers) -> str:
    return f"as of {_at(found.known.now, found)} ({found.known.agreement.time_zone})"


def _at(instant: datetime, found: Ledgers) -> str:
    return f"{instant.astimezone(zone(found.known.agreement.time_zone)):%Y-%m-%d %H:%M}"


def _end(instant: datetime, found: Ledgers) -> str:
    """Return the end of a count: its last day, where it ends with one."""
    local = instant.astimezone(zone(found.known.agreement.time_zone))
    if local.time() == time():
        return day_until(instant, found.known.agreement)
    return f"{local:%Y-%m-%d %H:%M}"


def _who(actor: str | None, found: Ledgers) -> str:
    return name_of(actor, found.known.agreement, "en") if actor else "not stated"


def _account(account: "Account", found: Ledgers) -> Lines:
    arms = found.known.agreement.classes.get(account.of)
    title = in_language(arms.title, "en") if arms is not None else ""
    yield f"{title or account.of} of {_who(account.party, found)}"
    if not account.figures:
        yield f"  {NOT_REPORTED}"
    for figure in account.figures:
        at = _end(figure.as_of, found)
        yield f"  {figure.status}: {figure} according to {figure.counter}, as of {at}"
    for stage in account.stages:
        name = f"{stage.ref}: " if stage.ref else ""
        yield (
            f"  {name}{stage.figure} {stage.status}, {stage.total} so far, according "
            f"to {stage.counter}, as of {_end(stage.figure.as_of, found)}"
        )
    for seen in account.seen:
        fell = f", down from {seen.fell_from}" if seen.fell_from else ""
        yield (
            f"  last seen at {seen.site}: {seen.figure} {seen.status}{fell}, according "
            f"to {seen.counter}, as of {_end(seen.figure.as_of, found)}"
        )
    yield from (f"  {_sum(each)}" for each in account.sums)
    yield from (f"  disputed: {_rival(each)}" for each in account.rivals)
    yield from (f"  {_target(each)}" for each in account.targets)


def _sum(each: "Sum") -> str:
    words = {True: "holds", False: "does not come out", None: "cannot be checked"}
    why = f", {', '.join(each.lacks)} not reported" if each.lacks else ""
    gap = ""
    if each.holds is False:
        gap = f" by {_gap(each)}"
    return f"{each.rule}: {words[each.holds]}{gap} ({each.counters[0]}{why})"


def _gap(each: "Sum") -> str:
    bounds = [abs(n) for n in (each.gap_low, each.gap_high) if n is not None]
    return str(bounds[0]) if len(set(bounds)) == 1 else f"at least {min(bounds)}"


def _rival(each: "Sum") -> str:
    left, right = _range(each.left), _range(each.right)
    one, other = each.counters
    return f"{each.rule}: {left} according to {one}, {right} according to {other}"


def _range(bounds: tuple[int, int | None] | None) -> str:
    if bounds is None:
        return NOT_REPORTED
    low, high = bounds
    if low == high:
        return str(low)
    return f"at least {low}" if high is None else f"{low} to {high}"


def _target(each: "Target") -> str:
    wanted = f"at least {each.least:g}" if each.least is not None else ""
    if each.most is not None:
        wanted = f"at most {each.most:g}"
    under = f" as read {each.reading}" if each.reading else ""
    head = f"[{each.clause}{under}] {wanted} {each.status}"
    if each.figure is None:
        return f"{head}: {NOT_REPORTED}"
    lack = f", {each.missing:g} wanting" if each.missing else ""
    return f"{head}: {each.figure} according to {each.counter}{lack}"


def _contributions(all_: "Contributions", found: Ledgers) -> Lines:
    for each in all_.each:
        givers = _givers(each.by, found)
        yield f"{givers}: {', '.join(each.of)}{_amounts(each, found)}"
        if not each.is_reported:
            yield f"  {NOT_REPORTED}"
        for report in each.reports:
            yield f"  {_report(report, found)}"
    for total in all_.together:
        cap = "" if total.cap is None else f", cap {total.cap:g}"
        silent = ", ".join(_givers(by, found) for by in total.silent_on)
        rest = f"; nothing said of {silent}" if silent else ""
        most = "" if total.high == total.low else " or more"
        yield (
            f"In all {total.low:g}{most} {total.unit} ({', '.join(total.of)}) by "
            f"{total.reported} of {total.contributors} according to "
            f"{total.source}{cap}{rest}"
        )


def _givers(names: str, found: Ledgers) -> str:
    return " and ".join(_who(each.strip(), found) for each in names.split(";"))


def _amounts(each: "Contribution", found: Ledgers) -> str:
    parts = []
    if each.at_least is not None:
        parts.append(f"at least {each.at_least:g}")
    if each.up_to is not None:
        parts.append(f"up to {each.up_to:g}")
    told = f"{' and '.join(parts)} {each.unit}" if parts else ""
    if each.owed is not None and each.owed != each.at_least:
        told = "; ".join(part for part in (told, f"{each.owed:g} by now") if part)
    if each.due_at is not None:
        told = "; ".join((*filter(None, (told,)), f"due {_end(each.due_at, found)}"))
    return f" ({told})" if told else ""


def _report(report: "Report", found: Ledgers) -> str:
    when = report.as_of
    at = (
        _end(when, found) if isinstance(when, datetime) else (when or "not stated when")
    )
    more = " or more" if report.high != report.low else ""
    by = {"short": report.short_by, "over its cap": report.over_by}
    gap = by.get(report.came.value)
    told = f"{report.came.value} by {gap:g}" if gap else report.came.value
    return f"{report.low:g}{more} according to {report.source}, {at}: {told}"


def _uptime(each: "Uptime", found: Ledgers) -> Lines:
    place = f" ({each.place})" if each.place else ""
    span = f"{_at(each.start, found)} to {_at(each.end, found)}"
    yield f"{each.state}{place}, {span}"
    told = each.up_of_reported
    of_told = "" if told is None else f"; up {told:.1%} of what was reported"
    yield (
        f"  up {each.up_share:.1%}, down {each.down_share:.1%}, disputed "
        f"{each.disputed_share:.1%}, not reported {each.unreported_share:.1%}{of_told}"
    )


def _progress(each: "Progress", found: Ledgers) -> Lines:
    del found
    rule = NOT_REPORTED
    if each.level is not None:
        rule = f"{each.level} {LEVELS[each.level]}"
    yield f"{in_language(each.title, 'en')} [{each.clause}]: {rule}. {each.why.text}"
    for rating in each.ratings:
        by = rating.by or rating.source
        yield f"  {rating.level} {LEVELS[rating.level]} according to {by}"
    if each.is_disputed:
        yield "  disputed: the levels differ"


def _access(each: "Access", found: Ledgers) -> Lines:
    whole = [share for share in each.shares if share.means is None]
    for area in dict.fromkeys(share.area for share in whole):
        for family in dict.fromkeys(share.watched_for for share in whole):
            held = [s for s in whole if (s.area, s.watched_for) == (area, family)]
            mean = sum(share.share for share in held) / len(held)
            denied = sum(share.denied for share in held)
            yield (
                f"{area or 'everywhere'}, for {family}: watched {mean:.1%} of area and "
                f"time over {len(held)} days; access denied on {denied}"
            )
    for denial in each.denials:
        yield (
            f"Denied by {denial.denied_by or 'not stated'} at "
            f"{denial.where or 'not stated'}: {denial.times} times, "
            f"{denial.hours:.3g} h, according to {', '.join(denial.sources)}"
        )
    for one in each.hindrances:
        yield (
            f"{one.kind.replace('_', ' ')} by {_who(one.actor, found)} in "
            f"{one.region or 'not stated'}: {one.incidents} incidents"
        )


def _notice(each: "Notified", found: Ledgers) -> Lines:
    what = (each.kind or "activity").removeprefix("event:")
    at = each.seen[0] if each.seen else each.announced[0]
    when = "" if at is None else f" on {_at(at, found)}"
    over = f": {'; '.join(each.overruns)}" if each.overruns else ""
    rule = f", exemption {each.rule}" if each.rule else ""
    yield (
        f"{_who(each.party, found)}, {what}{when} [{each.clause}{rule}]: "
        f"{each.outcome.value}{over}"
    )


def _gate(each: "Passage", found: Ledgers) -> Lines:
    state = "open" if each.is_open else "shut"
    title = in_language(each.title, "en") or each.gate
    opens = ", ".join(each.opens) or "none"
    yield f"{title} [{each.gate}]: {state}; makes due: {opens}"
    for measure in each.measures:
        got = NOT_REPORTED if measure.found is None else f"{measure.found:.3g}"
        words = {True: "holds", False: "fails", None: "not established"}
        yield f"  {measure.clause}, {measure.asks}: {got}, {words[measure.holds]}"
    certified = "not certified"
    if each.certified_at is not None:
        certified = f"certified at {_at(each.certified_at, found)}"
    yield f"  {certified} by {_who(each.certified_by, found)}; window {each.window}"
    for turn in each.turns:
        yield f"  {_at(turn.at, found)} {turn.to}: {turn.why}"


_TOLD: Final[dict[str, Callable[[Any, Ledgers], Lines]]] = {
    "weapons": _account,
    "persons": _account,
    "mines": _account,
    "pledges": _contributions,
    "corridors": _uptime,
    "implementation": _progress,
    "access": _access,
    "notices": _notice,
    "gates": _gate,
}
