"""Figures for Prometheus: how much was asked, taken, refused, and how fast."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from threading import Lock
from typing import Final

#: upper ends of the classes into which waiting for the disk is sorted [s]
BUCKETS_S: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)


@dataclass(slots=True)
class Figures:
    """Counts since the service began. Names are those that Prometheus reads."""

    answers: Counter[tuple[str, str, int]] = field(default_factory=Counter)
    events: Counter[str] = field(default_factory=Counter)
    waits: Counter[float] = field(default_factory=Counter)
    waited_s: float = 0.0
    _lock: Lock = field(default_factory=Lock)

    def answered(self, method: str, route: str, status: int) -> None:
        """Count an answer."""
        self.answers[method, route, status] += 1

    def add(self, what: str, n: int = 1) -> None:
        """Count what happened, such as `messages_accepted`."""
        with self._lock:
            self.events[what] += n

    def committed(self, seconds: float) -> None:
        """Count a commit by how long it took."""
        with self._lock:
            fits = next((end for end in BUCKETS_S if seconds <= end), float("inf"))
            self.waits[fits] += 1
            self.waited_s += seconds

    def lines(self) -> Iterator[str]:
        """Yield the figures in the text format of Prometheus."""
        yield "# TYPE pamiers_http_requests_total counter"
        for (method, route, status), n in sorted(self.answers.items()):
            labels = f'method="{method}",route="{route}",status="{status}"'
            yield f"pamiers_http_requests_total{{{labels}}} {n}"
        for what, n in sorted(self.events.items()):
            yield f"# TYPE pamiers_{what}_total counter"
            yield f"pamiers_{what}_total {n}"
        yield "# TYPE pamiers_commit_seconds histogram"
        below = 0
        for end in (*BUCKETS_S, float("inf")):
            below += self.waits[end]
            told = "+Inf" if end == float("inf") else f"{end}"
            yield f'pamiers_commit_seconds_bucket{{le="{told}"}} {below}'
        yield f"pamiers_commit_seconds_sum {self.waited_s}"
        yield f"pamiers_commit_seconds_count {below}"
