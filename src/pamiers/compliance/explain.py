"""A finding as a tree of reasons, with what would turn it the other way.

A reason is a value: a message key and parameters, which a surface puts into any
language, and an English sentence for those who read the value itself.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import Final

from pamiers.agreement.model import Agreement, Mandate, Thresholds
from pamiers.compliance.clauses import forbid
from pamiers.compliance.clauses.against import Against, against
from pamiers.compliance.clauses.case import Case, Court, enough_coverage
from pamiers.compliance.docket import cases, judge
from pamiers.compliance.evidence.register import tally_key
from pamiers.compliance.finding import NOT_MANDATED, UNATTRIBUTED, Finding, Verdict
from pamiers.compliance.least import rests_on
from pamiers.compliance.rule import Form
from pamiers.compliance.world import World
from pamiers.core.errors import UnknownTermError
from pamiers.core.instant import (
    Interval,
    format_instant,
    reporting_date,
    reporting_day,
    zone,
)

Parameter = str | float | int | None
_DAY_S: Final = 86_400.0
#: pieces of evidence that are taken out one at a time
MOST_TRIED: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One reason, and the reasons for it."""

    key: str  #: such as `finding.evidence.incident`
    params: tuple[tuple[str, Parameter], ...]
    text: str  #: the same, as one English sentence
    because: tuple["Reason", ...] = ()


def explain(finding: Finding, agreement: Agreement, world: World) -> Reason:
    """Return why a finding is what it is.

    Args:
        finding: Result of `assess` on the same agreement and world.
        agreement: Agreement it was judged against.
        world: What was known.

    Returns:
        A tree: the verdict, then the clause, evidence, coverage, attribution and
        what would flip it.

    Raises:
        UnknownTermError: The finding does not come of this agreement and world.
    """
    return explain_before(finding, Court(agreement, world, finding.known_at))


def explain_before(finding: Finding, court: Court) -> Reason:
    """Return the same, before a court that hears many findings.

    Args:
        finding: Result of `assess`.
        court: Of the same agreement, world and last instant of knowledge.

    Returns:
        As `explain`.

    Raises:
        UnknownTermError: The finding does not come of this agreement and world.
    """
    case, court = _case(finding, court)
    return Reason(
        key=f"finding.{finding.verdict.value}.{finding.why.value}",
        params=(("low", finding.probability_low), ("high", finding.probability_high)),
        text=(
            f"{finding.verdict.value} ({finding.why.value}): probability of a breach "
            f"{_range(finding.probability_low, finding.probability_high)}."
        ),
        because=(
            _clause(finding, case),
            *_told(finding, court),
            *_evidence(case, court),
            *_least(case, court),
            _coverage(finding, court.limits(case)),
            _attribution(finding),
            *_flips(finding, case, court),
        ),
    )


def _case(finding: Finding, court: Court) -> tuple[Case, Court]:
    """Return the case of a finding, and the court that has it.

    What it answers may lie earlier in its day; where an anchor is known only to an
    interval it may be judged only if that came at its end.
    """
    period = Interval(finding.start, finding.end)
    tz, cut_off = zone(court.agreement.time_zone), court.agreement.cut_off
    day = reporting_day(reporting_date(finding.start, cut_off, tz), cut_off, tz)
    courts = (court,) if court.late is None else (court, court.late)
    for own, whole in product(courts, (period, day)):
        for case in cases(own, whole, (finding.clause,)):
            if case.key == finding.key:
                return case, own
    raise UnknownTermError(
        f"finding {finding.key}",
        expected="a finding of this agreement and these facts",
        got=f"{finding.clause} under agreement {finding.agreement}",
        remedy="Assess again, and explain a finding of that assessment.",
    )


def _clause(finding: Finding, case: Case) -> Reason:
    reading = "" if finding.reading is None else f", read as {finding.reading}"
    return Reason(
        key="finding.clause",
        params=(("clause", finding.clause), ("cite", case.clause.cite)),
        text=f"Clause {finding.clause} ({case.clause.cite}){reading}.",
    )


def _told(finding: Finding, court: Court) -> Iterator[Reason]:
    """Yield what a finding says of times, numbers, locks and exceptions."""
    yield from _times(finding)
    yield from _numbers(finding)
    for name in finding.locked_by:
        shut = name.startswith("gate ")
        still = "is shut" if shut else "is not on record as done"
        yield Reason(
            key="finding.locked",
            params=(("by", name),),
            text=f"{name} has to come first, and {still}.",
        )
    for key, under in zip(finding.exempt, finding.exempt_under, strict=True):
        yield Reason(
            key="finding.exempt",
            params=(("evidence", key), ("exemption", under)),
            text=f"{key} falls under the exemption {under} and is taken out.",
        )
    if finding.occasion is not None:
        yield Reason(
            key="finding.occasion",
            params=(("evidence", finding.occasion),),
            text=f"It is owed upon {_said(finding.occasion, court)}.",
        )


def _times(finding: Finding) -> Iterator[Reason]:
    named = (("due", finding.due_at), ("done", finding.done_at))
    for name, at in named:
        if at is not None:
            said = format_instant(at)
            yield Reason(
                key=f"finding.{name}",
                params=(("at", said),),
                text=f"{name.capitalize()} at {said}.",
            )
    if finding.late_s is not None:
        days = finding.late_s / _DAY_S
        yield Reason(
            key="finding.late",
            params=(("seconds", finding.late_s),),
            text=f"Late by {days:.1f} days.",
        )


def _numbers(finding: Finding) -> Iterator[Reason]:
    low, high = finding.measured_low, finding.measured_high
    if low is not None:
        top = "or more" if high is None else f"to {high:g}"
        told = f"{low:g}" if low == high else f"{low:g} {top}"
        limit = (
            "" if finding.limit is None else f", where the limit is {finding.limit:g}"
        )
        yield Reason(
            key="finding.measured",
            params=(("low", low), ("high", high), ("limit", finding.limit)),
            text=f"Counted: {told}{limit}.",
        )
    if finding.rough:
        yield Reason(
            key="finding.rough",
            params=(),
            text="Too many combinations to weigh each: the probabilities are bounds.",
        )
    if finding.margin is not None:
        yield Reason(
            key="finding.margin",
            params=(("margin", finding.margin),),
            text=f"Beyond the limit by {finding.margin:g}.",
        )


def _said(key: str, court: Court) -> str:
    """Return what is on record under a key, in a few words."""
    row = court.rows.get(key)
    if row is None:
        return key
    who = f" by {row.actor}" if row.actor else ""
    if (
        row.shares
        and row.high > 0.0
        and court.agreement.mandate is not Mandate.FORBIDDEN
    ):
        who = f" by {_shares((s.actor or '', s.high / row.high) for s in row.shares)}"
    return f"{key} ({row.kind}{who}, {format_instant(row.start)})"


def _acts(finding_keys: Iterable[str], case: Case, court: Court) -> Iterator[Reason]:
    """Yield what is on record that a judgement of anything but a ban rests on."""
    papers = {paper.key: paper for paper in court.register.papers}
    tallies = {tally_key(row): row for row in court.register.tallies}
    for key in finding_keys:
        text = f"{_said(key, court)} is on record."
        if key in papers:
            paper = papers[key]
            about = f" of {paper.about}" if paper.about else ""
            text = f"{key}: {paper.form}{about} by {paper.actor}."
        if key in tallies:
            row = tallies[key]
            number = row.count if row.count is not None else f"{row.count_low} or more"
            text = f"{key}: {row.source} counted {number} {row.of}, {row.status}."
        yield Reason(
            key="finding.evidence.record",
            params=(("evidence", key), ("clause", case.clause.id)),
            text=text,
        )


def _evidence(case: Case, court: Court) -> Iterator[Reason]:
    if case.rule.form is not Form.PROHIBITION:
        yield from _acts(judge(case, court).evidence, case, court)
        return
    found = against(case, court)
    for k, columns in enumerate(found.spans):
        yield _incident(case, court, found, (k, columns))
    for each in forbid.told(case, court):
        yield Reason(
            key="finding.evidence.total",
            params=(("total", each.total.key), ("low", each.low), ("high", each.high)),
            text=(
                f"{each.total.source} published {each.total.least} or more for "
                f"{each.total.region or 'no stated region'}: at least one counts "
                f"with {_range(each.low, each.high)}."
            ),
        )


def _incident(
    case: Case, court: Court, found: Against, which: tuple[int, range]
) -> Reason:
    """Return how surely an incident counts, and for each who may have done it."""
    k, columns = which
    low, high = (float(bound) for bound in found.chances[:, k])
    facts, i = court.facts, int(found.incidents[k])
    whose = court.rows[facts.key[i]].shares
    return Reason(
        key="finding.evidence.incident",
        params=(("incident", facts.key[i]), ("low", low), ("high", high)),
        text=(
            f"Incident {facts.key[i]} ({facts.kind[i]}) counts against "
            f"{case.clause.id} with probability {_range(low, high)}."
        ),
        because=(
            tuple(_by_each(court, found, columns))
            if whose
            else tuple(_factors(found, columns.start))
        ),
    )


def _by_each(court: Court, found: Against, columns: range) -> Iterator[Reason]:
    """Yield who may have done an incident, and how it counts as the act of each.

    Where the mandate does not allow it, nobody is named.
    """
    facts, at = court.facts, found.at[list(columns)].tolist()
    named = court.agreement.mandate is not Mandate.FORBIDDEN
    if named:
        row = court.rows[facts.key[at[0]]]
        shares = [(each.actor or "", each.high / row.high) for each in row.shares]
        said = f"Who did it: {_shares(shares)}."
        yield Reason(key="finding.whose", params=tuple(shares), text=said)
    for column, i in zip(columns, at, strict=True):
        low, high = (float(bound) for bound in found.each[:, column])
        who = facts.actor[i] or _NOBODY if named else _ONE
        yield Reason(
            key="finding.evidence.whose",
            params=(("who", who), ("low", low), ("high", high)),
            text=f"As the act of {who}: {_range(low, high)}.",
            because=tuple(_factors(found, column)),
        )


#: in proof trees: whoever did it, where that is not known
_NOBODY: Final = "somebody not known"
_ONE: Final = "one who may have done it"


_FACTORS: Final = (
    ("site", "Lies where the clause holds"),
    ("weapon", "Is of the clause's class"),
    ("condition", "Meets the clause's condition"),
    ("exempt", "Is not exempt"),
    ("bearer", "Was done by one who is bound"),
)


def _factors(found: Against, column: int) -> Iterator[Reason]:
    real = float(found.real[column])
    theirs = "" if found.share[column] >= 1.0 else ", and was its act"
    yield Reason(
        key="finding.factor.real",
        params=(("probability", real),),
        text=f"Happened, and in this period{theirs}: {_figure(real)}.",
    )
    for name, words in _FACTORS:
        low, high = (float(bound) for bound in getattr(found, name)[:, column])
        yield Reason(
            key=f"finding.factor.{name}",
            params=(("low", low), ("high", high)),
            text=f"{words}: {_range(low, high)}.",
        )


def _least(case: Case, court: Court) -> Iterator[Reason]:
    """Yield what alone is enough for the verdict, where something is."""
    keys = rests_on(case, court)
    if keys:
        text = ", ".join(keys)
        yield Reason(
            key="finding.rests_on",
            params=(("evidence", text),),
            text=f"Enough for it alone, and none of it can be spared: {text}.",
        )


def _coverage(finding: Finding, limits: Thresholds) -> Reason:
    needed = enough_coverage(limits)
    seen = "unstated" if finding.detection is None else f"{finding.detection:.2f}"
    return Reason(
        key="finding.coverage",
        params=(
            ("share", finding.coverage_share),
            ("needed", needed),
            ("detection", finding.detection),
        ),
        text=(
            f"Watched {finding.coverage_share:.0%} of the area and time, where KEPT "
            f"needs {needed:.0%}; probability of noticing: {seen}."
        ),
    )


def _attribution(finding: Finding) -> Reason:
    if finding.attribution == NOT_MANDATED:
        text = "Who did it: the mandate does not allow it to be said."
    else:
        shares = _shares(finding.attribution_share) or "nobody is named"
        text = f"Who did it: {finding.attribution} ({shares})."
        open_ = finding.attribution == UNATTRIBUTED and finding.attribution_share
        if finding.verdict is Verdict.BREACHED and open_:
            text = f"It is broken for sure; by whom is not established: {shares}."
    return Reason(
        key="finding.attribution",
        params=(("attribution", finding.attribution), *finding.attribution_share),
        text=text,
    )


def _flips(finding: Finding, case: Case, court: Court) -> Iterator[Reason]:
    """Yield the pieces of evidence without which the verdict would differ."""
    for key in finding.evidence[:MOST_TRIED]:
        other = judge(case, court, frozenset({key}))
        if other.verdict is not finding.verdict:
            yield Reason(
                key="finding.flips",
                params=(("evidence", key), ("verdict", other.verdict.value)),
                text=f"Without {key} it would be {other.verdict.value}.",
            )


def _shares(shares: Iterable[tuple[str, float]]) -> str:
    """Return how likely each did it, such as `north 80 %, not known 20 %`."""
    return ", ".join(f"{who or 'not known'} {_percent(p)}" for who, p in shares)


def _percent(share: float) -> str:
    shown = f"{share:.0%}".replace("%", " %")
    return "less than 1 %" if shown == "0 %" and share > 0.0 else shown


def _range(low: float, high: float) -> str:
    if low == high:
        return _figure(low)
    if high < 1.0:
        return f"{_figure(low)} to {_figure(high)}"
    if low <= 0.0:
        return "not known"
    least = _figure(low)
    return least if least.startswith("more") else f"at least {least}"


def _figure(probability: float) -> str:
    """Return three decimals; what is not certain is never printed as if it were."""
    shown = f"{probability:.3f}"
    if shown == "1.000" and probability < 1.0:
        return "more than 0.999"
    return "less than 0.001" if shown == "0.000" and probability > 0.0 else shown
