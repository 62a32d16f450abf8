"""A file of assumptions, spoilt key by key; and what good figures and odd ones do."""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

import numpy as np
import pytest
import yaml

from pamiers.agreement import read
from pamiers.agreement.complaint import Severity
from pamiers.app import stress_values
from pamiers.app.agreement_files import agreement_texts
from pamiers.deterrence.assumptions import ReadIncentives, read_incentives
from pamiers.deterrence.game import column, evaluate
from pamiers.deterrence.laying_out import lay_out
from pamiers.deterrence.levers import effects_of
from pamiers.deterrence.margins import Figures
from pamiers.deterrence.worst import worst_corner

TEXTS: Final = agreement_texts("paris-2026-illustrative")
TEXT: Final = TEXTS["incentives.yaml"]
AGREEMENT: Final = read(TEXTS).written
assert AGREEMENT is not None

#: keys of figures: what they may be, and which way favours keeping (0: neither always)
FIGURES: Final[Mapping[str, tuple[str, int]]] = {
    "correlation": ("share", -1),
    "discount": ("inside", 0),
    "peace": ("flow", 1),
    "war": ("flow", -1),
    "first_strike": ("cost", -1),
    "both_keep": ("flow", 0),
    "only_other_breaks": ("flow", 0),
    "only_self_breaks": ("flow", 0),
    "both_break": ("flow", 0),
    "gain": ("cost", -1),
    "detection": ("share", 1),
    "verification": ("share", 1),
    "attribution": ("share", 1),
    "false_alarm": ("share", -1),
    "lag": ("time", -1),
    "after": ("time", -1),
    "lasts": ("time", 1),
    "loss": ("cost", 1),
    "credibility": ("share", 1),
    "cost": ("cost", 0),
    "restores": ("cost", 0),
}
#: of any figure; then of each kind
BAD: Final = ("high", "TBD", "[1, 2]", ".nan", ".inf", "true", "{}", "[]", "''", "~")
BAD_OF: Final = {
    "share": ("-0.1", "1.1", "[0.3, 0.2, 0.1]", "5 d"),
    "inside": ("0", "1", "-0.5", "[0.3, 0.2, 0.1]"),
    "cost": ("-1", "2e12", "[3, 2, 1]", "3 km"),
    "flow": ("2e12", "-2e12", "[3, 2, 1]", "3 d"),
    "time": ("3", "3 km", "-3 d", "[3 d, 2 d, 1 d]", "[1 d, 2, 3 d]", "1e99 d"),
}
#: keys that are no figures, and what may not stand there
OTHERS: Final = {
    "pamiers_incentives": ("two", "0", "7", "TBD"),
    "agreement": ("another", "[]", "TBD"),
    "period": ("7", "0 d", "-7 d", "7 km", "[]", "TBD"),
    "unit": ("[]", "TBD"),
    "by": ("nobody", "[]"),
    "bases": ("[]", "{}", "made"),
    "author": ("[]", "TBD"),
    "on": ("yesterday", "2026-13-01", "TBD"),
    "source": ("[]", "TBD"),
    "parties": ("{}", "[]"),
    "belief": ("{}", "[]", "0.5"),
    "clauses": ("{}", "some"),
    "id": ("[]", "No Such", "TBD"),
    "breach": ("often", "[]", "TBD"),
    "answered_by": ("[nothing]", "nothing"),
    "ladder": ("{}", "some"),
    "kind": ("thunder", "TBD"),
    "responder": ("martians", "TBD"),
    "levers": ("{}", "some"),
    "changes": ("some", "[some]"),
    "of": ("lug", "[]", "TBD"),
    "step": ("no-step",),
    "clause": ("no-clause",),
    "means": ("no-means",),
    "add": ("much", "TBD"),
    "times": ("often", "TBD"),
}
REQUIRED: Final = (set(FIGURES) | set(OTHERS)) - {
    *("by", "levers", "step", "clause", "means", "add", "times"),
}


def spots() -> Iterator[tuple[str, yaml.Node, yaml.Node]]:
    """Yield the first spot of every kind of path: its name, its key, its value."""
    seen: set[str] = set()

    def walk(node: yaml.Node, path: str) -> Iterator[tuple[str, yaml.Node, yaml.Node]]:
        if isinstance(node, yaml.SequenceNode):
            for each in node.value:
                yield from walk(each, f"{path}[]")
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                here = f"{path}.{key.value}".removeprefix(".")
                kind = re.sub(r"(parties|bases)\.[a-z]+", r"\1", here)
                if kind not in seen and key.value in REQUIRED | set(OTHERS):
                    seen.add(kind)
                    yield here, key, value
                yield from walk(value, here)

    root = yaml.compose(TEXT)
    assert root is not None
    yield from walk(root, "")


def put(node: yaml.Node, text: str) -> str:
    """Return the file with other words where a node stands."""
    start, end = node.start_mark.index, node.end_mark.index
    held = TEXT[start:end]
    tail = held[len(held.rstrip()) :]
    return TEXT[:start] + text + (tail or "\n" * held.endswith("\n")) + TEXT[end:]


def taken(text: str) -> ReadIncentives:
    """Return what is read of a file beside the bundled illustration."""
    assert AGREEMENT is not None
    return read_incentives(text, AGREEMENT)


SPOTS: Final = list(spots())


def test_the_file_is_fine_and_every_key_has_a_spot() -> None:
    assert taken(TEXT).runnable
    named = {key.value for _, key, _ in SPOTS}
    assert named == set(FIGURES) | set(OTHERS)


@pytest.mark.parametrize("at", range(len(SPOTS)), ids=[each for each, _, _ in SPOTS])
def test_whatever_is_wrong_is_named_with_file_line_expected_and_remedy(at: int) -> None:
    _, key, value = SPOTS[at]
    kind, _ = FIGURES.get(key.value, ("", 0))
    general = BAD[at % 3 :: 3]  # each key is given a third of them, in turn
    bad = (*general, *BAD_OF[kind]) if kind else OTHERS[key.value]
    if isinstance(value, yaml.MappingNode) and key.value in {"detection", "gain"}:
        value = value.value[0][1]
    if key.value == "cost" and "levers" in SPOTS[at][0]:
        bad = (*general, "-1")
    for words in bad:
        told(taken(put(value, words)), words)


@pytest.mark.parametrize("at", range(len(SPOTS)), ids=[each for each, _, _ in SPOTS])
def test_nothing_that_is_missing_is_filled_in(at: int) -> None:
    path, key, _ = SPOTS[at]
    found = taken(put(key, f"x-{key.value}"))
    if key.value in REQUIRED or "changes" in path:
        told(found, key.value)
    assert any(key.value in each.message for each in found.complaints), path


def told(found: ReadIncentives, what: str) -> None:
    """Hold that a file is refused, and that a complaint says where, what and how."""
    assert not found.runnable, what
    stops = [e for e in found.complaints if e.severity is not Severity.WARNING]
    assert stops, what
    for each in stops:
        shown = f"{each}. {each.remedy}"
        assert re.match(r"incentives\.yaml:\d+:\d+: ", shown), shown
        assert re.search(r"expected |TBD|blank|agreed", shown), shown
        assert re.fullmatch(r"[A-Z].+[.?]", each.remedy), shown


LAG: Final = "of: lag, times: 0.3"
#: what was once taken, or refused with a remedy that does not help
SAID: Final = {
    "who pays": (
        "{en: the coalition, uk: коаліція, fr: la coalition, lv: koalīcija}",
        "7",
        "words",
    ),
    "a name": ("{en: benefits suspended, uk: призупинення вигод}", "7", "quotes"),
    "an author": ("The authors of this illustration", "7", "words"),
    "a unit": ("unit: points", "unit: 100 #", "words"),
    "a day": ("on: 2026-11-29", "on: 20261129", "hyphens"),
    "no such day": ("on: 2026-11-29", "on: 2026-02-30", "date"),
    "a lag": ("lag: [2 d, 3 d, 6 d]", "lag: 1", "'1 d'"),
    "a length": ("lasts: [28 d, 56 d, 84 d]", "lasts: 30", "'30 d'"),
    "a period": ("period: 7 d", "period: 7", "'7 d'"),
    "back in time": ("lag: [2 d, 3 d,", "lag: [-2 d, 3 d,", "none or more"),
    "per cent": ("{patrols: [0.9, 0.95, 0.99]}", "{patrols: 95 %}", "Write 0.95"),
    "two figures": ("war: [20, 40, 60]", "war: [20, 60]", "all three"),
    "twice": ("[warning, suspension, escrow]", "[warning, warning, escrow]", "once"),
    "itself": ("cost: 12", "cost: 12\n    excludes: [more-drones]", "another lever"),
    "no change": (
        f"\n      - {{clause: heavy-withdrawn, {LAG}}}",
        " []",
        "at least one",
    ),
    "a means": (LAG, f"means: drones, {LAG}", "of: detection"),
    "less than none": (LAG, "of: lag, times: -0.3", "from 0"),
    "seconds": (LAG, "of: lag, to: 2", "'2 d'"),
    "a late answer": (LAG, "of: lag, to: -2 d", "from 0"),
    "no share": ("attribution, add: 0.1", "attribution, to: 5", "from 0 to 1"),
    "a share in days": ("attribution, add: 0.1", "attribution, add: 5 d", "a number"),
    "an attack": ("    restores: [2,", "    attack: dawn\n    restores: [2,", "force"),
    "hours": (
        "    restores: [2,",
        "    hour_of_force: 5\n    restores: [2,",
        "force",
    ),
    "a point": ("    restores: [2,", "    coordinates: 5\n    restores: [2,", "force"),
    "nothing": (TEXT, "", "Write its keys"),
}


@pytest.mark.parametrize("name", SAID)
def test_what_is_meant_is_said_with_a_remedy_that_helps(name: str) -> None:
    old, new, said = SAID[name]
    assert old in TEXT
    found = taken(TEXT.replace(old, new, 1))
    told(found, name)
    shown = [f"{e}. {e.remedy}" for e in found.complaints]
    assert any(said in each for each in shown), shown


def test_a_lever_may_set_a_time() -> None:
    found = taken(TEXT.replace(LAG, "of: lag, to: 2 d", 1))
    assert found.runnable
    assert found.written is not None
    game = lay_out(found.written)
    (each,) = effects_of(found.written.levers[1], game, 7 * 86_400.0)
    assert each.to == pytest.approx(2 / 7)


def outcome(text: str) -> tuple[Figures, Figures, Figures, Figures]:
    """Return margins and taking part at the likeliest, then in the worst corner."""
    written = taken(text).written
    assert written is not None
    game = lay_out(written)
    likeliest = evaluate(game, column(game.mode))
    worst = worst_corner(game, game.low, game.high, loops=False)
    return (
        likeliest.margins[..., 0],
        likeliest.taking_part[:, 0],
        worst.margins,
        worst.taking_part,
    )


@cache
def as_written() -> tuple[Figures, Figures, Figures, Figures]:
    """Return the outcome of the file as it is bundled."""
    return outcome(TEXT)


def bettered(words: str, way: int, kind: str) -> str:
    """Return figures of the file a tenth nearer to what favours keeping."""

    def moved(found: re.Match[str]) -> str:
        value = float(found.group()) * (1.1 if way > 0 else 0.9)
        return f"{min(value, 1.0) if kind == 'share' else value:g}"

    return re.sub(r"(?<![\w-])\d+(\.\d+)?", moved, words)


GOOD: Final = [
    (path, key.value, value)
    for path, key, value in SPOTS
    if key.value in FIGURES and FIGURES[key.value][1] and "levers" not in path
]


@pytest.mark.parametrize(("path", "key", "value"), GOOD, ids=[each[0] for each in GOOD])
def test_a_better_figure_never_lowers_a_margin(
    path: str, key: str, value: yaml.Node
) -> None:
    kind, way = FIGURES[key]
    held = TEXT[value.start_mark.index : value.end_mark.index]
    before, after = as_written(), outcome(put(value, bettered(held, way, kind)))
    # whatever deters more burns more peace through false alarms: this is for clauses
    only = 2 if key in {"lasts", "loss", "credibility", "lag", "after"} else 1
    for at in range(0, 4, only):
        assert np.all(after[at] >= before[at] - 1e-9), path
    assert any(np.any(a > b + 1e-9) for a, b in zip(after, before, strict=True)), path


#: figures as odd as a file may have: what is changed everywhere, and what is said of it
ODD: Final = {
    "alarms accuse as often as they find": (
        {r"false_alarm: \[.*\]": "false_alarm: 1"},
        "accuse compliers at least as often",
    ),
    "nobody watches": (
        {r"detection: \{.*\}": "detection: {}", r"levers:\n(.*\n)*": ""},
        "accuse compliers at least as often",
    ),
    "no ladder": (
        {
            r"answered_by: \[.*\]": "answered_by: []",
            r"ladder:\n(.*\n)*": "ladder: []\n",
        },
        "no amount of monitoring closes this",
    ),
    "no length": ({r"lasts: \[.*\]": "lasts: 0 d"}, "no amount of monitoring"),
    "no loss": ({r"loss: \{.*\}": "loss: 0"}, "today it takes 0."),
    "a very late answer": ({r"lag: \[.*\]": "lag: 90000 d"}, "no loss, however large"),
    "a very long answer": ({r"lasts: \[.*\]": "lasts: 900000 d"}, "in the ranges"),
    "nothing gained": ({r"gain: \{.*\}": "gain: 0"}, "keeping is better everywhere"),
    "no ranges": ({r"\[([-\d][^],]*), ([^],]*), [^],]*\]": r"\2"}, "at worst"),
    "no figure but 0": (
        {
            r"loss: \{.*\}": "loss: 0",
            r"gain: \{.*\}": "gain: 0",
            r"false_alarm: \[.*\]": "false_alarm: 0",
            r"(peace|war|first_strike|both_\w+|only_\w+): \[[^]]*\]": r"\1: 0",
        },
        "keeping is better everywhere in the ranges (+0 at worst)",
    ),
}


@pytest.mark.parametrize("name", ODD)
def test_odd_figures_give_sentences_and_numbers(name: str) -> None:
    changes, said = ODD[name]
    text = TEXT
    for old, new in changes.items():
        text, times = re.subn(old, new, text)
        assert times
    found = taken(text)
    assert found.runnable, [str(each) for each in found.complaints]
    told_ = stress_values.values(stress_values.tested(found, draws=50, seed=0), "en")
    shown = json.dumps(told_, allow_nan=False)
    assert not re.search(r"\b(nan|inf|None)\b", shown)
    parties = told_["parties"]
    assert isinstance(parties, dict)
    for party in parties.values():
        for clause in party["clauses"].values():
            assert clause["says"], name
        says = [each for one in party["clauses"].values() for each in one["says"]]
        assert any(said in each for each in says), says
        assert not re.search(r"e\+\d", "".join(says)), says
