"""A scenario as written: what is given, when it is assessed, and what follows.

Every fact is a mapping whose first key says what it is; so is every expectation,
which begins with `clause`, or with the name of what else is expected. What a key
means is said in docs/reference/scenarios.md.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from pamiers.agreement.complaint import Notes
from pamiers.agreement.text.node import Node
from pamiers.agreement.text.yaml_text import read_yaml
from pamiers.core.errors import MalformedSourceError, Where
from pamiers.core.instant import parse_instant

Plain = Mapping[str, object]

_ASSESSED: Final = "assessed at "
_PLACED: Final = frozenset({"place", "radius", "zone", "sector"})
_TIMED: Final = frozenset({"at", "from", "until"})
_COMMON: Final = frozenset({"id", "known", "note", "cite", "by"}) | _TIMED
_SEEN: Final = (
    _COMMON
    | _PLACED
    | {"actor", "control", "count", "weapons", "calibre", "probability", "claimed"}
    | {"ref", "attributes"}
)
_SAID: Final = (
    _COMMON
    | _PLACED
    | {"actor", "to", "of", "kind", "given", "ref", "attributes", "text"}
)
#: first key of a fact -> the other keys it may have
FACT_KEYS: Final[dict[str, frozenset[str]]] = {
    "incident": _SEEN,
    "observation": _SEEN,
    "coverage": _COMMON
    | _PLACED
    | {"watched", "detection", "means", "denied", "degraded"},
    "total": _COMMON | _PLACED | {"count"},
    "tally": _COMMON
    | _PLACED
    | {"party", "status", "count", "cumulative", "ref", "attributes"},
    **dict.fromkeys(
        ("event", "notice", "approval", "order", "invoked", "verified", "not done"),
        _SAID,
    ),
    **dict.fromkeys(("tried", "state", "not state", "suspension", "statement"), _SAID),
    "retraction": frozenset({"known", "note"}),
    "correction": frozenset().union(_SEEN, _SAID, {"party", "status"}),
}
#: in shares of who did something: whoever it was, where that is not known
UNKNOWN: Final = "not known"
SELECTORS: Final = (
    *("reading", "party", "zone", "sector", "counter", "occasion", "day"),
)
EXPECTED: Final = (
    *("verdict", "why", "late_by", "margin", "measured", "limit", "count"),
    *("probability", "attribution", "shares", "exempt", "evidence", "supersedes"),
    *("locked_by", "due", "done", "closed_at", "detection", "turned_by", "not judged"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One fact as written."""

    form: str  #: its first key: incident, tally, notice, ...
    about: str  #: the value of that key
    id: str
    keys: Plain
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """What is expected of one clause, or of something else that was reckoned."""

    form: str  #: its first key: `clause`
    about: str
    which: Plain  #: which of the findings on the clause
    expected: Plain
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One assessment, and what is expected of it."""

    at: datetime  #: UTC
    then: tuple[Expectation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A scenario as written; its steps are in order of time."""

    file: str
    title: str
    given: tuple[Fact, ...]
    steps: tuple[Step, ...]


def read_scenario(
    text: str, file: str, others: Mapping[str, frozenset[str]] | None = None
) -> Scenario:
    """Return the scenario that a text states.

    Args:
        text: Strict YAML.
        file: Its name, for messages.
        others: First keys of expectations other than `clause` -> their other keys;
            no keys: any.

    Returns:
        The scenario.

    Raises:
        MalformedSourceError: It is no YAML, or has a key or a form unknown here.
    """
    notes = Notes()
    root = read_yaml(text, file, notes)
    if root is None or notes.complaints or not isinstance(root.value, dict):
        first = str(notes.complaints[0]) if notes.complaints else "no mapping"
        raise _refused(file, None, "a scenario in YAML", first)
    return _Reader(file, others or {}).scenario(root)


@dataclass(frozen=True, slots=True)
class _Reader:
    file: str
    others: Mapping[str, frozenset[str]]

    def scenario(self, root: Node) -> Scenario:
        top = _held(root)
        known = {"scenario", "cite", "agreement", "note", "given", "when", "then"}
        self._known(root, {*known, "steps"})
        facts = [
            self._fact(node, number)
            for number, node in enumerate(self._items(top.get("given")), 1)
        ]
        steps = self._items(top["steps"]) if "steps" in top else [root]
        return Scenario(
            file=self.file,
            title=str(top["scenario"].value) if "scenario" in top else "",
            given=tuple(facts),
            steps=tuple(self._step(node) for node in steps),
        )

    def _items(self, node: Node | None) -> list[Node]:
        if node is None:
            return []
        if not isinstance(node.value, list):
            raise self._no(node, "a list", repr(node.plain()))
        return node.value

    def _fact(self, node: Node, number: int) -> Fact:
        form, about, keys = self._headed(node)
        if form not in FACT_KEYS:
            raise self._no(node, f"one of {', '.join(FACT_KEYS)} first", repr(form))
        self._known(node, {form, *FACT_KEYS[form]})
        return Fact(
            form=form,
            about=about,
            id=str(keys.get("id", f"fact-{number}")),
            keys=keys,
            line=node.mark.line,
        )

    def _step(self, node: Node) -> Step:
        held = _held(node)
        when = str(held["when"].plain()) if "when" in held else ""
        if not when.startswith(_ASSESSED):
            raise self._no(node, "when: assessed at TIME", repr(when))
        try:
            at = parse_instant(when.removeprefix(_ASSESSED).strip())
        except MalformedSourceError as error:
            raise self._no(held["when"], error.expected, error.got) from error
        then = [self._expectation(each) for each in self._items(held.get("then"))]
        if not then:
            raise self._no(node, "then: what is expected", "nothing")
        return Step(at=at, then=tuple(then))

    def _expectation(self, node: Node) -> Expectation:
        form, about, keys = self._headed(node)
        allowed = self.others.get(form, frozenset())
        if form == "clause":
            allowed = frozenset({*SELECTORS, *EXPECTED})
        elif form not in self.others:
            forms = ", ".join(("clause", *self.others))
            raise self._no(node, f"one of {forms} first", repr(form))
        if allowed:
            self._known(node, {form, *allowed, "note", "because"})
        return Expectation(
            form=form,
            about=about,
            which={name: keys[name] for name in SELECTORS if name in keys},
            expected={
                name: value
                for name, value in keys.items()
                if name not in {"note", "because"}
                and (form != "clause" or name not in SELECTORS)
            },
            line=node.mark.line,
        )

    def _headed(self, node: Node) -> tuple[str, str, dict[str, object]]:
        held = _held(node)
        if not held:
            raise self._no(node, "a mapping", repr(node.plain()))
        form = next(iter(held))
        plain = {name: each.plain() for name, each in held.items()}
        return form, str(plain.pop(form)), dict(plain)

    def _known(self, node: Node, allowed: set[str]) -> None:
        for name in _held(node):
            if name not in allowed:
                listed = ", ".join(sorted(allowed))
                raise self._no(node, f"keys among {listed}", repr(name))

    def _no(self, node: Node, expected: str, got: str) -> MalformedSourceError:
        return _refused(self.file, node.mark.line or None, expected, got)


def _held(node: Node) -> dict[str, Node]:
    return node.value if isinstance(node.value, dict) else {}


def expectations(scenario: Scenario) -> Iterator[Expectation]:
    """Yield what a scenario expects, in order."""
    for step in scenario.steps:
        yield from step.then


def _refused(
    file: str, line: int | None, expected: str, got: str
) -> MalformedSourceError:
    return MalformedSourceError(
        Where(file, line=line),
        expected=expected,
        got=got,
        remedy="docs/reference/scenarios.md lists what a scenario may say.",
    )
