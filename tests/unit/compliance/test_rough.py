"""Where too many combinations are open to weigh each, two figures only bound one."""

from pamiers.compliance.clauses.frequency import any_under, rough
from pamiers.compliance.evidence.happenings import Happening
from tests.property.compliance.reference.clauses import HOUR, START


def parts(many: int) -> list[tuple[float, int | None, Happening]]:
    """Return so many things that may be real, of one each."""
    row = Happening(key="i", kind="fire", start=START, end=START + HOUR)
    return [(0.5, 1, row)] * many


def halves(many: int) -> list[list[bool]]:
    """Return two sets that have half of some things each."""
    return [[n < many // 2 for n in range(many)], [n >= many // 2 for n in range(many)]]


def test_few_are_gone_through_world_by_world() -> None:
    both = any_under(parts(4), halves(4), 1.0)
    assert both[0] == both[1] == 1.0 - (1.0 - 0.25) ** 2
    assert not rough(both)


def test_of_many_there_are_bounds_and_it_is_said() -> None:
    low, high = any_under(parts(14), halves(14), 3.0)
    alone = sum(n for n in (1, 7, 21)) / 2**7
    assert (low, high) == (alone, 2 * alone)
    assert low < 1.0 - (1.0 - alone) ** 2 < high
    assert rough((0.0, 0.0), (low, high))
