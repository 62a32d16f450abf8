"""One small record for all tests of bundles, and a bundle of each edition."""

from pathlib import Path

import pytest

from pamiers.mission.bundle.layout import READERS
from tests.integration.bundle.record import World, bundle, world


@pytest.fixture(scope="session")
def made() -> World:
    return world()


@pytest.fixture(scope="session")
def bundles(made: World, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("bundles")
    return {each: bundle(made, each, folder / f"{each}.zip") for each in READERS}
