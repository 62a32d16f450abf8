"""The notebooks of the documentation print what they say they print."""

from pathlib import Path

import pytest

from pamiers.app.begin import begin_mission
from pamiers.app.bundled_case import CASE, receive_case
from pamiers.app.wiring import now, opened
from pamiers.mission.happened import fuse
from pamiers.mission.judged import assess
from tools.notebook import PAGES, executed

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("notebook") / "demo-mission"
    begin_mission(path, CASE)
    receive_case(path, lambda *_: None)
    with opened(path) as mission:
        fuse(mission, now())
        assess(mission, now())
    return path


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_a_notebook_prints_what_stands_in_it(page: Path, folder: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert executed(text, folder) == text
