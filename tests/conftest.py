"""Settings every test runs under."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from tests.cluster import Cluster, cluster

# Fixed examples by default, so that a failure here is a failure everywhere;
# `make soak` looks further.
settings.register_profile(
    "fixed",
    max_examples=50,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("soak", max_examples=5_000, deadline=None, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fixed"))


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    """Return a server of PostgreSQL; skip where it is not installed."""
    with cluster() as found:
        yield found
