"""Two posts without a line to one another exchange bundles, and know the same."""

from dataclasses import replace
from pathlib import Path

import pytest

from pamiers.app.bundle_reading import opened_bundle
from pamiers.app.bundled import trust_of
from pamiers.core.canonical_rows import canonical_lines
from pamiers.core.errors import UsageError
from pamiers.mission.bundle.check import check_bundle
from pamiers.mission.bundle.merge import Merged, merge
from pamiers.mission.decided import decisions, record_decision
from pamiers.mission.mission import Mission, begin
from pamiers.mission.state import state
from tests.integration.bundle.record import World, agreement, bundle, rows, seen
from tests.unit.mission.world import NOW, file, mission, reading

pytestmark = pytest.mark.integration


def post(name: str) -> Mission:
    m = replace(mission(), name=name)
    begin(m, agreement(), NOW)
    return m


def taken(path: Path, into: Mission) -> Merged:
    with opened_bundle(path) as files:
        return merge(files, check_bundle(files, trust_of(None, None, [])), into, NOW)


def standing(m: Mission) -> list[bytes]:
    return canonical_lines(state(m).tables["observation"])


def test_what_one_post_knows_the_other_knows_after(
    bundles: dict[str, Path], made: World
) -> None:
    other = post("two")
    file(other, reading([seen("own"), rows()[0]]), data=b"own file\n")
    done = taken(bundles["commission"], other)
    assert done.rows_read == done.accepted + done.duplicate + done.quarantined == 8
    assert (done.files, done.duplicate, done.quarantined) == (2, 1, 1)
    assert done.decisions == 1
    assert done.left == {"waiver": 1, "case": 1}
    here, there = standing(other), standing(made.mission)
    assert set(there) <= set(here)
    assert len(here) == len(there) + 1
    assert other.originals.get(next(iter(digests(made.mission))))


def digests(m: Mission) -> list[str]:
    return [str(e.body["of_file"]["sha256"]) for e in m.record.entries(("file",))]  # type: ignore[index]


def test_taking_it_in_again_changes_nothing(bundles: dict[str, Path]) -> None:
    other = post("two")
    first = taken(bundles["commission"], other)
    head = other.record.head()
    again = taken(bundles["commission"], other)
    assert (again.accepted, again.new_entries) == (0, 0)
    assert again.quarantined == first.quarantined
    assert other.record.head() == head


def test_the_order_of_exchange_does_not_matter(made: World, tmp_path: Path) -> None:
    one, two = post("one"), post("two")
    file(one, reading([seen("a"), seen("b")]), data=b"one\n")
    file(two, reading([seen("b"), seen("c")]), data=b"two\n")
    record_decision(two, "correct", about("c"), ("officer", "miscounted"), NOW)
    paths = [
        bundle(world_of(m, made), "commission", tmp_path / f"{m.name}.zip")
        for m in (one, two)
    ]
    ahead, behind = post("three"), post("four")
    for path in paths:
        taken(path, ahead)
    for path in reversed(paths):
        taken(path, behind)
    assert standing(ahead) == standing(behind)
    assert len(standing(ahead)) == 3
    assert [each.by for each in decisions(ahead)] == ["officer"]


def about(key: str) -> dict[str, object]:
    return {"fields": {"count": 9}, "reports": [f"patrol:{key}"]}


def world_of(m: Mission, made: World) -> World:
    from pamiers.ledger.keys import NOTE, signer  # noqa: PLC0415 - used here alone
    from pamiers.mission.witnessed import checkpoint, origin_of  # noqa: PLC0415

    key = signer(origin_of(m), NOTE, made.key.seed)
    return World(mission=m, key=key, kept=checkpoint(m, key))


def test_an_edition_that_withholds_is_not_taken_in(bundles: dict[str, Path]) -> None:
    with pytest.raises(UsageError, match="commission"):
        taken(bundles["parties"], post("two"))


def test_a_record_of_another_agreement_is_not_taken_in(
    bundles: dict[str, Path],
) -> None:
    other = replace(mission(), name="two")
    files = agreement()
    begin(other, {**files, "source.md": "another"}, NOW)
    with pytest.raises(UsageError, match="same agreement"):
        taken(bundles["commission"], other)
    assert other.record.head().size == 1
