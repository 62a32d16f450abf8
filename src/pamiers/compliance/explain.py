"""A finding as a tree of reasons, with what would turn it the other way.

A reason is a value: a message key and parameters, which a surface puts into any
language, and an English sentence for those who read the value itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pamiers.agreement.model import Agreement, Thresholds, Verb
from pamiers.compliance.assess import cases, judge
from pamiers.compliance.clauses import forbid
from pamiers.compliance.clauses.case import Case, Court, enough_coverage
from pamiers.compliance.finding import NOT_MANDATED, Finding
from pamiers.compliance.world import World
from pamiers.core.errors import UnknownTermError
from pamiers.core.instant import Interval

Parameter = str | float | int | None
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
    court = Court(agreement, world, finding.known_at)
    case = _case(finding, court)
    return Reason(
        key=f"finding.{finding.verdict.value}.{finding.why.value}",
        params=(("low", finding.probability_low), ("high", finding.probability_high)),
        text=(
            f"{finding.verdict.value} ({finding.why.value}): probability of a breach "
            f"{_range(finding.probability_low, finding.probability_high)}."
        ),
        because=(
            _clause(finding, case),
            *_evidence(case, court),
            _coverage(finding, court.limits(case)),
            _attribution(finding),
            *_flips(finding, case, court),
        ),
    )


def _case(finding: Finding, court: Court) -> Case:
    period = Interval(finding.start, finding.end)
    for case in cases(court, period):
        if case.key == finding.key:
            return case
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


def _evidence(case: Case, court: Court) -> Iterator[Reason]:
    if case.clause.verb is not Verb.FORBID:
        return
    found = forbid.against(case, court)
    for column, i in enumerate(found.at):
        yield _incident(case, court, found, (column, int(i)))
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
    case: Case, court: Court, found: forbid.Against, which: tuple[int, int]
) -> Reason:
    column, i = which
    low, high = (float(bound) for bound in found.chances[:, column])
    return Reason(
        key="finding.evidence.incident",
        params=(("incident", court.facts.key[i]), ("low", low), ("high", high)),
        text=(
            f"Incident {court.facts.key[i]} ({court.facts.kind[i]}) counts against "
            f"{case.clause.id} with probability {_range(low, high)}."
        ),
        because=tuple(_factors(found, column)),
    )


_FACTORS: Final = (
    ("site", "Lies where the clause holds"),
    ("weapon", "Is of the clause's class"),
    ("exempt", "Is not exempt"),
    ("bearer", "Was done by one who is bound"),
)


def _factors(found: forbid.Against, column: int) -> Iterator[Reason]:
    real = float(found.real[column])
    yield Reason(
        key="finding.factor.real",
        params=(("probability", real),),
        text=f"Happened, and in this period: {_figure(real)}.",
    )
    for name, words in _FACTORS:
        low, high = (float(bound) for bound in getattr(found, name)[:, column])
        yield Reason(
            key=f"finding.factor.{name}",
            params=(("low", low), ("high", high)),
            text=f"{words}: {_range(low, high)}.",
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
        shares = ", ".join(f"{p} {share:.2f}" for p, share in finding.attribution_share)
        text = f"Who did it: {finding.attribution} ({shares or 'nobody is named'})."
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
