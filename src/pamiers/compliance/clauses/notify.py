"""Judge whether each activity was announced in time, and stayed within its notice.

Whoever has to give notice owes the record of it: an activity with no fitting notice
on record was not announced. A notice that may fit leaves it open. One that came too
late, or an activity that went on past what was announced, is a breach.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pamiers.compliance.clauses.acts import conduct
from pamiers.compliance.clauses.case import Case, Court, occasion_of
from pamiers.compliance.clauses.said import GONE, Said, finding_of
from pamiers.compliance.evidence.exemption import Excused, excused
from pamiers.compliance.evidence.happenings import YES, Bounds, Happening, summed
from pamiers.compliance.evidence.notices import Announced, Asked, announced
from pamiers.compliance.evidence.register import Register
from pamiers.compliance.finding import Finding, Verdict, Why
from pamiers.compliance.rule import Rule


def occasions(rule: Rule, register: Register) -> Iterator[Happening]:
    """Yield the activities that had to be announced, in order of time.

    Args:
        rule: Its reading says which activities, whose, and how early.
        register: What is on record.

    Yields:
        Happenings that may be such an activity.
    """
    limits = rule.clause.thresholds or register.agreement.thresholds
    yield from (
        row
        for row in conduct(rule.reading, rule.clause, register)
        if row.high > limits.kept
    )


def judge(case: Case, court: Court, without: frozenset[str] = frozenset()) -> Finding:
    """Return the finding on the notice of one activity.

    Args:
        case: What is judged; its `occasion` is the activity.
        court: What is known.
        without: Keys of incidents and statements to leave out.

    Returns:
        One finding.
    """
    register = court.register.without(without).until(court.known_at)
    row = occasion_of(case, occasions(case.rule, register))
    if row is None:
        return finding_of(case, court, GONE)
    told = [
        (announced(each, _asked(case, register), register), each, out)
        for each in row.alternatives()
        for out in [excused(each, case.clause, register)]
    ]
    said = _decided(case, court, row, told)
    # of those who may have done it, the one whose act it most likely was
    notice, _, out = max(told, key=lambda each: each[1].high)
    unders = {each.under for _, one, each in told if one.high > 0.0 or not row.shares}
    if None not in unders:
        said = replace(
            said,
            verdict=Verdict.KEPT,
            why=Why.ON_RECORD,
            exempt=((row.key, str(out.under)),),
            low=0.0,
            high=0.0,
        )
    return finding_of(case, court, replace(said, evidence=(row.key, *notice.keys)))


def _asked(case: Case, register: Register) -> Asked:
    reading = case.reading
    return Asked(
        before=reading.before,
        to=case.clause.to,
        by=register.bound(reading, case.clause),
        matching=reading.same,
    )


_Told = tuple[Announced, Happening, Excused]  #: as the act of one who may have done it


def _decided(case: Case, court: Court, row: Happening, told: Sequence[_Told]) -> Said:
    """Return what is said of an activity by how surely it was announced."""
    limits = court.limits(case)
    notice, _, _ = max(told, key=lambda each: each[1].high)
    over = _overran(notice)
    bad = _unannounced(row, told)
    plain = Said(
        verdict=Verdict.UNDETERMINED,
        why=bad.open_by(limits.breached),
        low=bad.low,
        high=bad.high,
        due_at=notice.due_at,
    )
    if bad.low >= limits.breached:
        why = Why.OVERRUN if over else Why.NOT_ANNOUNCED
        late = notice.overrun_s if over else notice.late_s
        return replace(plain, verdict=Verdict.BREACHED, why=why, late_s=late)
    if bad.high <= limits.kept and not over:
        return replace(plain, verdict=Verdict.KEPT, why=Why.ANNOUNCED)
    return plain


def _overran(notice: Announced) -> bool:
    """Tell whether an activity went on past a notice that may be of it."""
    return notice.overrun_s > 0.0 and notice.bounds[1] > 0.0


def _unannounced(row: Happening, told: Sequence[_Told]) -> Happening:
    """Return an activity as far as no notice and no exception covers it."""
    parts, asked = [], []
    for notice, each, out in told:
        bare = YES if _overran(notice) else _not(notice.bounds)
        excuse = _not(out.bounds)
        part = each.but(excuse, Why.EXEMPTION).but(bare, Why.EXEMPTION)
        parts.append(part)
        asked.append((excuse[0] * bare[0], excuse[1] * bare[1]))
    if not row.shares:
        return parts[0]
    total = sum(each.high for each in row.shares) or 1.0
    weights = [each.high / total for each in row.shares]
    low, high = (
        summed(w * each[end] for w, each in zip(weights, asked, strict=True))
        for end in (0, 1)
    )
    open_by = ((Why.EXEMPTION, (low, high)),) if low < high else ()
    return row.joined(parts, (*row.doubts, *open_by))


def _not(bounds: Bounds) -> Bounds:
    return 1.0 - bounds[1], 1.0 - bounds[0]
