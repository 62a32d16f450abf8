"""What was learned is written, read back, extended and used as it stands."""

import json
from dataclasses import replace

import numpy as np
import pytest

from pamiers.core.errors import UnknownTermError
from pamiers.fusion.calibration import Calibration, calibration_of
from pamiers.fusion.columns import Taxonomy
from pamiers.fusion.solving import associated, calibrate
from tests.unit.fusion.reported import Reported, reported


@pytest.fixture(scope="module")
def world() -> Reported:
    return reported(seed=6, incidents=150, days=12.0)


@pytest.fixture(scope="module")
def found(world: Reported) -> Calibration:
    return calibrate(world.columns, world.taxonomy)


def with_one_more(taxonomy: Taxonomy) -> Taxonomy:
    return replace(
        taxonomy,
        rows=np.vstack((taxonomy.rows, taxonomy.rows[:2])),
        weight=np.append(taxonomy.weight, taxonomy.weight[:2]),
        offset=np.append(taxonomy.offset, len(taxonomy.rows)),
    )


def test_what_is_written_is_read_back_exactly(
    world: Reported, found: Calibration
) -> None:
    plain = found.plain()
    again = calibration_of(json.loads(json.dumps(plain)))
    assert again.plain() == plain
    one, two = associated(world.columns, found), associated(world.columns, again)
    assert np.array_equal(one.group, two.group)
    assert np.array_equal(one.real, two.real)


def test_another_version_is_refused(found: Calibration) -> None:
    with pytest.raises(UnknownTermError, match="version"):
        calibration_of({**found.plain(), "version": 0})


def test_a_missing_part_is_refused(found: Calibration) -> None:
    plain = found.plain()
    del plain["levels"]
    with pytest.raises(UnknownTermError, match="levels"):
        calibration_of(plain)


def test_a_source_never_seen_gets_priors(world: Reported, found: Calibration) -> None:
    wider = found.extended(with_one_more(world.taxonomy))
    assert len(wider.lone) == len(found.lone) + 1
    source = world.columns.source.copy()
    source[::7] = world.taxonomy.sources
    label = np.where(source == source.max(), -1, world.columns.label)
    solved = associated(replace(world.columns, source=source, label=label), wider)
    assert np.isfinite(solved.real).all()
    assert np.isfinite(solved.x).all()


def test_fewer_sources_than_were_learned_are_refused(found: Calibration) -> None:
    t = found.taxonomy
    fewer = replace(t, rows=t.rows[:-1], offset=t.offset[:-1])
    with pytest.raises(UnknownTermError, match="taxonomy"):
        found.extended(fewer)


def test_the_known_are_not_changed_by_the_new(
    world: Reported, found: Calibration
) -> None:
    wider = found.extended(with_one_more(world.taxonomy))
    one, two = associated(world.columns, found), associated(world.columns, wider)
    assert np.array_equal(one.group, two.group)
    assert np.array_equal(one.real, two.real)
