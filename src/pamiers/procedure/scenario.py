"""Scenarios of procedures: what was recorded, when somebody looked, what then holds.

A lawyer can write one. Each entry under `given` is an event, or `looked: INSTANT`,
a moment at which the clock was read (a server that was down does not look). Each
line under `then` says one thing that must hold at `when`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from pamiers.agreement import check, read
from pamiers.agreement.resolve import resolve
from pamiers.core.errors import UsageError
from pamiers.core.instant import parse_instant
from pamiers.procedure.advance import advance
from pamiers.procedure.case import Case
from pamiers.procedure.effects import Effect
from pamiers.procedure.event import Event
from pamiers.procedure.rules import Rules, rules_of
from pamiers.procedure.writing import event_from

Written = Mapping[str, Any]
_FIRST: Final = "A"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a scenario came to: nothing in `failed` where all of it held."""

    scenario: str
    failed: tuple[str, ...]
    held: int  #: lines under `then` that held


@dataclass(slots=True, kw_only=True)
class _Run:
    """Cases of one scenario while it runs, and what was asked for, when."""

    rules: Rules
    cases: dict[str, Case] = field(default_factory=dict)
    effects: list[tuple[Effect, datetime]] = field(default_factory=list)

    def case(self, name: str) -> Case:
        return self.cases.get(name) or Case(id=name, rules=self.rules)

    def go(self, name: str, event: Event | None, now: datetime) -> None:
        self.cases[name], new = advance(self.case(name), event, now)
        self.effects += [(each, now) for each in new]


def run_scenario(scenario: Written, texts: Mapping[str, str]) -> Outcome:
    """Return what a scenario came to.

    Args:
        scenario: As read from YAML.
        texts: The files of the agreement that it is about.

    Returns:
        What did not hold, each in words.

    Raises:
        UsageError: It is not written as a scenario.
    """
    title = str(scenario.get("scenario", ""))
    texts = _changed(texts, scenario.get("change", ()))
    checked = check(read(texts))
    codes = {each.code for each in checked.complaints}
    lines = list(scenario.get("then", ()))
    if not checked.runnable:
        failed = [_refused(line, codes) for line in lines]
        return _outcome(title, failed)
    rules = rules_of(resolve(checked), _procedure(scenario, checked))
    run = _Run(rules=rules)
    _play(run, scenario)
    failed = [
        _refused(line, codes) if "check" in line else _line(run, line) for line in lines
    ]
    return _outcome(title, failed)


def _outcome(title: str, failed: list[str]) -> Outcome:
    said = tuple(each for each in failed if each)
    return Outcome(scenario=title, failed=said, held=len(failed) - len(said))


def _procedure(scenario: Written, checked: Any) -> str:  # noqa: ANN401 - what is read
    named = scenario.get("procedure")
    return str(named or next(iter(checked.written.procedures)))


def _changed(texts: Mapping[str, str], changes: Any) -> dict[str, str]:  # noqa: ANN401 - as written
    found = dict(texts)
    for each in changes:
        old = str(each["replace"])
        if old not in found["agreement.yaml"]:
            raise UsageError(
                "change",
                expected="words that stand in the agreement",
                got=repr(old),
                remedy="Copy them from agreement.yaml.",
            )
        found["agreement.yaml"] = found["agreement.yaml"].replace(
            old, str(each["with"])
        )
    return found


def _refused(line: Written, codes: set[str]) -> str:
    asked = line.get("check")
    if asked is None:
        return f"expected an agreement that runs, got {', '.join(sorted(codes))}"
    return "" if asked in codes else f"expected {asked} of check, got {sorted(codes)}"


def _play(run: _Run, scenario: Written) -> None:
    for number, entry in enumerate(scenario.get("given", ()), start=1):
        name = str(entry.get("case", _FIRST))
        if "looked" in entry:
            now = parse_instant(str(entry["looked"]))
            for each in list(run.cases):
                run.go(each, None, now)
            continue
        event = event_from(entry, f"given[{number}]", position=number)
        if event.kind == "joined":
            event = _with_breaches(run, event)
        run.go(name, event, event.recorded_at or event.at)
    now = parse_instant(str(scenario["when"]))
    for each in list(run.cases):
        run.go(each, None, now)


def _with_breaches(run: _Run, event: Event) -> Event:
    return replace(event, breaches=run.case(event.name).standing.active)


def _line(run: _Run, line: Written) -> str:
    """Return why a line does not hold; the empty string where it does."""
    case = run.case(str(line.get("of", _FIRST)))
    for key, tell in _LINES.items():
        if key in line:
            return tell(run, case, line)
    raise UsageError(
        "then",
        expected=f"one of {', '.join(_LINES)}",
        got=", ".join(map(str, line)) or "nothing",
        remedy="Write one of these on each line.",
    )


def _same(line: Written, key: str, got: object) -> str:
    """Return what is wrong where a line asks for another value than there is."""
    if key not in line:
        return ""
    asked = line[key]
    if isinstance(got, datetime):
        asked = parse_instant(str(asked))
    if isinstance(asked, list):
        asked = tuple(asked)
    if asked is None and got in (None, ""):
        return ""
    return "" if asked == got else f"{line}: {key}: expected {asked}, got {got}"


def _first(found: Iterator[str]) -> str:
    return next((each for each in found if each), "")


def _step(run: _Run, case: Case, line: Written) -> str:
    del run
    state = case.standing.steps.get(str(line["step"]))
    if state is None:
        waits = line.get("is") == "waiting"
        return "" if waits else f"{line}: the step has not opened"
    facts = {
        "is": state.status,
        "due": state.due_at,
        "opened": state.opened_at,
        "ended": state.ended_at,
        "lapsed": state.lapsed_at,
        "outcome": state.outcome,
        "by": state.by,
    }
    return _first(_same(line, key, value) for key, value in facts.items())


def _case(run: _Run, case: Case, line: Written) -> str:
    del run
    held = case.standing
    facts = {"case": held.status, "outcome": held.outcome, "closed": held.closed_at}
    return _first(_same(line, key, value) for key, value in facts.items())


def _due(run: _Run, case: Case, line: Written) -> str:
    del run
    found = {each.key: each.due_at for each in case.due}
    if line["due"] == "nothing":
        return "" if not found else f"{line}: expected nothing due, got {found}"
    if line["due"] not in found:
        return f"{line}: expected it among {', '.join(found) or 'nothing'}"
    return _same(line, "at", found[line["due"]])


def _told(run: _Run, case: Case, line: Written) -> str:
    """Hold a line to the notices and drafts: how often, to whom, dated when."""
    kind = "notice" if "notice" in line else "draft"
    found = [
        (each, seen)
        for each, seen in run.effects
        if each.kind == kind and each.what == line[kind] and each.case == case.id
        if "about" not in line or each.about == line["about"]
    ]
    times = line.get("times", 1)
    if len(found) != times:
        return f"{line}: expected {times} of it, got {len(found)}"
    return _first(_effect(line, each, seen) for each, seen in found)


def _effect(line: Written, each: Effect, seen: datetime) -> str:
    late = round((seen - each.at).total_seconds() / 60)
    facts = {"at": each.at, "to": each.to, "noticed": seen, "late_min": late}
    return _first(_same(line, key, value) for key, value in facts.items())


def _refusal(run: _Run, case: Case, line: Written) -> str:
    del run
    found = [(each.event.kind, each.why) for each in case.refused]
    asked = (str(line["refused"]), str(line.get("why", "")))
    fits = any(k == asked[0] and (not asked[1] or w == asked[1]) for k, w in found)
    return (
        "" if fits else f"{line}: expected it refused, got {found or 'nothing refused'}"
    )


def _never(run: _Run, case: Case, line: Written) -> str:
    del run
    found = [
        each
        for each in case.log
        if each.what == line["never"] and line.get("about", each.key) == each.key
    ]
    return f"{line}: but it was so at {found[0].at}" if found else ""


def _so(run: _Run, case: Case, line: Written) -> str:
    del run
    found = [
        each
        for each in case.log
        if each.what == line["became"] and line.get("about", each.key) == each.key
    ]
    if not found:
        return f"{line}: it did not become so"
    facts = {"at": found[-1].at, "by": found[-1].by, "due": found[-1].due_at}
    return _first(_same(line, key, value) for key, value in facts.items())


def _remedy(run: _Run, case: Case, line: Written) -> str:
    del run
    state = case.standing.remedies.get(str(line["remedy"]))
    if state is None:
        return f"{line}: it was not determined"
    facts = {"due": state.due_at, "of": state.of, "verified": state.verified_at}
    return _first(
        _same(line, key, value) for key, value in facts.items() if key != "of"
    )


def _attribution(run: _Run, case: Case, line: Written) -> str:
    del run
    held = case.standing.attribution
    return _same(line, "attribution", held.get("party"))


_LINES: Final = {
    "step": _step,
    "notice": _told,
    "draft": _told,
    "refused": _refusal,
    "never": _never,
    "became": _so,
    "remedy": _remedy,
    "attribution": _attribution,
    "case": _case,
    "due": _due,
}
