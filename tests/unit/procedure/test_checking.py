"""What is wrong with a procedure is found by playing it, with the way there."""

from pathlib import Path

import pytest

import pamiers
from pamiers.agreement import check, read
from pamiers.procedure.checking import Played, check_cases
from tests.unit.procedure.mutated import MUTANTS

ROOT = Path(pamiers.__file__).parent
WORKED = sorted(each.name for each in (ROOT / "library").iterdir())


def batched(change: tuple[str, ...]) -> list[tuple[str, str]]:
    return list(zip(change[::2], change[1::2], strict=True))


def played(folder: Path, *change: str) -> Played:
    names = ("agreement.yaml", "zones.geojson")
    texts = {name: (folder / name).read_text() for name in names}
    for old, new in batched(change):
        assert old in texts["agreement.yaml"], old
        texts["agreement.yaml"] = texts["agreement.yaml"].replace(old, new)
    return check_cases(check(read(texts)))


@pytest.mark.parametrize("name", WORKED)
def test_the_worked_procedures_raise_no_alarm(name: str) -> None:
    found = played(ROOT / "library" / name)
    assert [str(each) for each in found.read.complaints] == []
    assert found.incomplete == ()
    assert all(times for times in found.worst.values())


def test_there_are_thirty_mutants() -> None:
    assert len(MUTANTS) == 30


@pytest.mark.parametrize(
    "mutant", MUTANTS, ids=[f"{n}-{m[0]}-{m[1]}" for n, m in enumerate(MUTANTS)]
)
def test_a_planted_defect_is_found(mutant: tuple[str, ...]) -> None:
    name, code, *change = mutant
    found = played(ROOT / "library" / name, *change).read.complaints
    assert code in {each.code for each in found}, [str(each) for each in found]


def test_the_parity_of_korea_deadlocks_and_the_trace_says_how() -> None:
    found = played(ROOT / "agreements" / "korea-1953").read.complaints
    told = [each for each in found if each.code == "L-CASE-BLOCKED"]
    assert [each.path for each in told] == ["procedures.commission.steps[1]"]
    said = told[0].message
    assert "if unc stays away, step 'settle' waits for it for ever" in said
    assert "It comes to this so: (1) a breach of [" in said
    assert "is found (severity S1, confidence C" in said
    assert "; (2) at once jots takes the step 'report'" in said
    assert "finding(s)" not in said
    assert "+0 h" not in said
    assert told[0].line > 1


def test_the_longest_time_to_the_end_is_told() -> None:
    found = played(ROOT / "library" / "paris-three-tiers")
    assert str(found.worst["response"]["no-fire"]) == "3 days, 0:00:00"
