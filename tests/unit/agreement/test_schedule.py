"""Binding the bundled agreements: again changes nothing, undone is undone."""

from datetime import UTC, datetime

import pytest

from pamiers.agreement import Agreement, load_agreement
from pamiers.agreement.schedule import bind
from pamiers.app.agreement_files import agreement_texts, bundled

RUN = [name for name in bundled() if name != "paris-2026"]
CAME = datetime(2000, 1, 1, tzinfo=UTC)


def told(agreement: Agreement) -> list[tuple[object, ...]]:
    """Return every instant of the readings of an agreement."""
    return [
        (clause.id, r.id, r.version, r.from_at, r.until_at, r.by_at, r.first_at)
        for clause in agreement.clauses
        for r in clause.readings
    ]


@pytest.mark.parametrize("name", RUN)
def test_binding_follows_the_facts_and_nothing_else(name: str) -> None:
    found = load_agreement(agreement_texts(name))
    happened = dict.fromkeys(found.waits, CAME)
    bound = bind(found, happened)
    assert set(bound.anchors) == set(found.waits)
    assert told(bind(bound, happened)) == told(bound)
    assert told(bind(bound, {})) == told(found)
    unset = [each for each in found.waits.values() if each.id not in found.anchors]
    assert all(each.event or each.completed for each in unset if each.at is None)
    for reading in (r for clause in bound.clauses for r in clause.readings):
        assert reading.from_at is not None
    assert all(bound.zones[z].shape is found.zones[z].shape for z in found.zones)
