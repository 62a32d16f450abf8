"""Coverage-guided fuzzing of the reader of agreements.

    python -m tools.fuzz --minutes 30 --seed 1 --out build/fuzz

Inputs are folders of texts: agreement.yaml and zones.geojson. The corpus begins with
the bundled agreements, the malformed cases of tests/badinput and an agreement of
version 1. An input that takes a new edge of the code of `pamiers.agreement`, or draws
a complaint of a code and place not seen before, joins the corpus. Every input has to
keep the promises of `tools.promises`; one that breaks a promise is written to the
folder of failures, the shortest for each promise, and the run leaves with 1.
"""

import argparse
import itertools
import json
import random
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tools.edges import watch

EDGES = watch("pamiers.agreement")  # before the imports that it watches

from tools.mutations import Mutator, Texts  # noqa: E402 - watched from here on
from tools.promises import (  # noqa: E402 - watched from here on
    BrokenPromiseError,
    keep,
    keep_telling,
    signs_of,
)

ROOT = Path(__file__).resolve().parents[1]
_NAMES = ("agreement.yaml", "zones.geojson")
_LONGEST = 60_000  #: characters of an input
_TOLD_SHARE = 0.02  #: of inputs that reach nothing new
_TELL_S = 30.0


@dataclass(slots=True)
class Tally:
    """What a run did."""

    tried: int = 0
    slowest_s: float = 0.0
    failures: dict[str, str] = field(default_factory=dict)  #: promise -> file


def seeds(root: Path = ROOT) -> Iterator[Texts]:
    """Yield the inputs to begin with."""
    whole: Texts = {}
    for texts in _folders(root):
        whole = whole or texts
        yield {**whole, **texts}


def _folders(root: Path) -> Iterator[Texts]:
    places = [
        *sorted((root / "tests" / "migration").glob("agreement_v*")),
        *sorted((root / "tests" / "badinput").glob("[0-9]*")),
        *sorted((root / "agreements").iterdir()),
    ]
    for place in places:
        found = {
            name: (place / name).read_bytes().decode(errors="replace")
            for name in _NAMES
            if (place / name).is_file()
        }
        if found and sum(map(len, found.values())) <= _LONGEST:
            yield found


class Fuzzer:
    """Tries inputs, keeps those that reach something new, and notes what breaks."""

    def __init__(self, seed: int, out: Path, most: int | None = None) -> None:
        """Begin with the corpus of the project, or at most so many inputs of it."""
        self.chance = random.Random(seed)  # noqa: S311 - no secret depends on it
        self.out = out
        self.edges = EDGES
        self.tally = Tally()
        self.corpus: list[Texts] = []
        self.mutate = Mutator(self.chance)
        for each in itertools.islice(seeds(), most):
            self.mutate.learn(each)
            self.attempt(each)

    def run(self, seconds: float) -> Tally:
        """Try mutants of the corpus for a time."""
        end = time.monotonic() + seconds
        said = 0.0
        while time.monotonic() < end:
            base = self._pick()
            other = self.chance.choice(self.corpus)
            texts = self.mutate(base, other)
            if sum(map(len, texts.values())) <= _LONGEST:
                self.attempt(texts)
            if time.monotonic() - said > _TELL_S:
                said = time.monotonic()
                self.tell()
        return self.tally

    def attempt(self, texts: Texts) -> None:
        """Try one input; it joins the corpus where it reaches something new."""
        self.tally.tried += 1
        begun = time.perf_counter()
        try:
            found = keep(texts, self.edges)
            fresh = self.edges.news(signs_of(found))
            if fresh or self.chance.random() < _TOLD_SHARE:
                keep_telling(found)
        except BrokenPromiseError as broken:
            fresh = self.edges.news(set())
            self._fail(texts, str(broken))
        self.tally.slowest_s = max(self.tally.slowest_s, time.perf_counter() - begun)
        if fresh:
            self.corpus.append(texts)

    def tell(self) -> None:
        """Print how far the run is."""
        print(json.dumps(self.facts()), flush=True)

    def facts(self) -> dict[str, object]:
        """Return the figures of the run."""
        return {
            "tried": self.tally.tried,
            "corpus": len(self.corpus),
            "edges": len(self.edges.known),
            "complaints": len(self.edges.signs),
            "slowest_s": round(self.tally.slowest_s, 2),
            "failures": sorted(self.tally.failures),
        }

    def _pick(self) -> Texts:
        """Return an input: of three, the shortest; recent ones more often."""
        shares = [self.chance.random() ** 0.5 for _ in range(3)]
        last = len(self.corpus) - 1
        drawn = [self.corpus[min(int(share * (last + 1)), last)] for share in shares]
        return min(drawn, key=lambda texts: sum(map(len, texts.values())))

    def _fail(self, texts: Texts, promise: str) -> None:
        known = self.tally.failures.get(promise)
        size = sum(map(len, texts.values()))
        folder = self.out / f"failure-{len(self.tally.failures):03}"
        if known is not None:
            folder = Path(known)
            held = sum(len(p.read_text()) for p in folder.glob("*.*"))
            if held <= size:
                return
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            (folder / name).write_text(text)
        (folder / "promise").write_text(promise)
        self.tally.failures[promise] = str(folder)


def main(words: list[str]) -> int:
    """Fuzz for a time; leave with 1 where a promise was broken."""
    parser = argparse.ArgumentParser(prog="fuzz")
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=Path("build/fuzz"))
    parser.add_argument("--seeds", type=int, help="begin with so many inputs only")
    given = parser.parse_args(words)
    fuzzer = Fuzzer(given.seed, given.out, given.seeds)
    fuzzer.run(60 * given.minutes)
    print(json.dumps({"minutes": given.minutes, "seed": given.seed} | fuzzer.facts()))
    return 1 if fuzzer.tally.failures else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
