"""The queue: what waits for a person, and who has it in hand."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pamiers.app.case_acts import begin_in
from pamiers.app.case_values import cases_in
from pamiers.app.pages.catalogue import page
from pamiers.app.pages.readers import reader_of
from pamiers.app.wiring import mission_in_memory, opened
from pamiers.core.errors import OutOfOrderError
from pamiers.mission.claims import CLAIM, claim, claims, release
from pamiers.mission.mission import Mission, new_draft
from pamiers.mission.quarantine import quarantined
from tests.unit.app.calling import answer, csv, line

NOW = datetime(2026, 5, 4, 7, tzinfo=UTC)
ITEMS = ("quarantine:1.0", "finding:a", "case:c")
PEOPLE = ("oksana", "ivan", "petro")


def appending(mission: Mission) -> Any:  # noqa: ANN401 - what puts an entry on record
    """Return what puts a claim on record."""

    def append(body: dict[str, object]) -> int:
        size = mission.record.head().size
        draft = new_draft(mission, CLAIM, body, NOW + timedelta(minutes=size))
        mission.record.append([draft], after=size)
        return size

    return append


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("queue")
    answer("init", made / "m", "--agreement", "paris-three-tiers")
    wrong = line("2").replace("48.0", "148.0")
    answer("ingest", made / "m", csv(made / "a.csv", line("1"), wrong), code=3)
    return made / "m"


@pytest.fixture(scope="module")
def mission(folder: Path) -> Iterator[Mission]:
    with opened(folder) as found:
        with cases_in(found, folder) as held:
            written = {"finding": "f1", "clause": "no-fire", "party": "north"}
            sure = {"severity": 2, "confidence": 3, "case": "c1"}
            begin_in(held, {"at": NOW, **written, **sure}, None, NOW)
        yield found


def asked(mission: Mission, folder: Path, edition: str, hours: float = 1) -> Any:  # noqa: ANN401 - JSON
    reader = reader_of(mission, edition, folder=folder)
    return page(reader, "queue", NOW + timedelta(hours=hours))


def test_what_ran_out_comes_first_then_rows_not_understood(
    mission: Mission, folder: Path
) -> None:
    told = asked(mission, folder, "commission", hours=25)
    sorts = [each["sort"] for each in told["items"]]
    assert sorts[0] == "case"
    late = told["items"][0]
    assert (late["what"], late["left_s"]) == ("step:warn", -3600.0)
    (row,) = [each for each in told["items"] if each["sort"] == "quarantine"]
    (item,) = quarantined(mission)
    assert (row["key"], row["message"]) == (f"quarantine:{item.id}", item.message)


@pytest.mark.parametrize("edition", ["public", "parties"])
def test_only_who_serves_the_commission_sees_what_waits(
    mission: Mission, folder: Path, edition: str
) -> None:
    told = asked(mission, folder, edition)
    assert (told["withheld"], told["items"]) == (True, [])


def test_a_claim_shows_with_its_item_until_it_is_released(
    mission: Mission, folder: Path
) -> None:
    (item,) = quarantined(mission)
    key, append = f"quarantine:{item.id}", appending(mission)

    def held() -> Any:  # noqa: ANN401 - JSON
        items = asked(mission, folder, "commission")["items"]
        return next(each["claim"] for each in items if each["key"] == key)

    assert held() is None
    claim(mission, key, "oksana", append)
    assert held()["by"] == "oksana"
    size = mission.record.head().size
    claim(mission, key, "oksana", append)  # again: nothing new
    assert mission.record.head().size == size
    with pytest.raises(OutOfOrderError, match="claimed by oksana"):
        claim(mission, key, "ivan", append)
    assert mission.record.head().size == size
    assert release(mission, key, "ivan", append)
    assert held() is None
    assert not release(mission, key, "ivan", append)


MOVES = st.lists(
    st.tuples(
        st.sampled_from(("claim", "release")),
        st.sampled_from(ITEMS),
        st.sampled_from(PEOPLE),
    ),
    max_size=12,
)


@given(MOVES)
def test_of_an_item_there_is_one_claim_that_of_the_first(
    moves: list[tuple[str, str, str]],
) -> None:
    mission = mission_in_memory("m")
    append, plain = appending(mission), dict[str, str]()
    for do, item, by in moves:
        append({"by": by, "do": do, "item": item})
        if do == "release":
            plain.pop(item, None)
        else:
            plain.setdefault(item, by)
    assert {item: each.by for item, each in claims(mission).items()} == plain
