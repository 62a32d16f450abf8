"""The fuzzer finds what it is made to find, and tells one run from another."""

import contextlib
import importlib
import json
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pamiers.agreement import Read
from tests.architecture.tree import ROOT
from tests.unit.agreement.small import TEXT, TEXTS
from tools import promises
from tools.edges import watch
from tools.mutations import Mutator
from tools.promises import BrokenPromiseError, keep, signs_of

NOTHING = contextlib.nullcontext()
BRANCHES = '''
"""A module to watch."""

def sign(n):
    """Return a sign."""
    if n > 0:
        return "+"
    return "-" if n < 0 or n is None else "0"
'''


def test_edges_tell_one_branch_from_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "watched_once.py").write_text(BRANCHES)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(sys, "meta_path", list(sys.meta_path))
    edges = watch("watched_once")
    module = importlib.import_module("watched_once")
    found = []
    for n in (1, 2, -1, 0, 0):
        with edges:
            assert module.sign(n) in {"+", "-", "0"}
        found.append(edges.news(set()))
    assert found == [True, False, True, True, False]
    assert edges.news({"a sign"})
    with pytest.raises(RuntimeError, match="imported before"):
        watch("watched_once")


def test_what_is_sound_or_only_malformed_keeps_every_promise() -> None:
    assert keep(TEXTS, NOTHING).runnable
    spoilt = keep({"agreement.yaml": TEXT.replace("in: strip", "in: NO")}, NOTHING)
    assert "L-UNDEFINED clauses.forbid.in" in signs_of(spoilt)
    assert keep({}, NOTHING).written is None


def test_a_crash_is_a_broken_promise(monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(found: Read) -> Read:
        raise KeyError(found)

    monkeypatch.setattr(promises, "check", crash)
    with pytest.raises(BrokenPromiseError, match="no crash: KeyError in crash"):
        keep(TEXTS, NOTHING)


def test_half_an_agreement_is_a_broken_promise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(promises, "resolve", lambda found: found)
    with pytest.raises(BrokenPromiseError, match="does not resolve"):
        keep({"agreement.yaml": TEXT.replace("D: 2026", "D: TBD #")}, NOTHING)


def test_a_hang_is_a_broken_promise(monkeypatch: pytest.MonkeyPatch) -> None:
    def hang(found: Read) -> Read:
        time.sleep(5)
        return found

    monkeypatch.setattr(promises, "_LONGEST_S", 0.05)
    monkeypatch.setattr(promises, "check", hang)
    with pytest.raises(BrokenPromiseError, match=r"done within 0\.05 s"):
        keep(TEXTS, NOTHING)


def test_the_same_seed_spoils_alike_and_spoils_something() -> None:
    runs = []
    for _ in range(2):
        mutate = Mutator(random.Random(5))  # noqa: S311 - no secret
        mutate.learn(TEXTS)
        runs.append([mutate(TEXTS, TEXTS) for _ in range(40)])
    assert runs[0] == runs[1]
    assert sum(each != TEXTS for each in runs[0]) > 35


def test_a_short_run_breaks_no_promise(tmp_path: Path) -> None:
    words = ("-m", "tools.fuzz", "--minutes", "0.05", "--seeds", "8")
    out = ("--out", str(tmp_path))
    run = subprocess.run(
        [sys.executable, *words, *out], capture_output=True, cwd=ROOT, check=False
    )
    facts = json.loads(run.stdout.splitlines()[-1])
    assert (run.returncode, facts["failures"]) == (0, []), run.stdout
    assert facts["tried"] >= 8
    assert facts["edges"] > 1000
