"""Is there ground to hold events against, drawn and dated, and is all of it used?"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from pamiers.agreement.complaint import Notes
from pamiers.agreement.grammar.clause_forms import Formula
from pamiers.agreement.grammar.forms import Ref
from pamiers.agreement.grammar.whole import AGREEMENT
from pamiers.agreement.lint.clauses import watchers
from pamiers.agreement.lint.parts import asked_for
from pamiers.agreement.values.blank import Blank
from pamiers.agreement.values.moment import At, DayEdge, Relative, anchor_of
from pamiers.agreement.written import Drawn, Procedure, Version, Written

#: one day, as figures or in words
_ONE_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2} [^\W\d]{3,12} \d{4}")
_USED: Final = ("zones", "lines", "classes", "states", "procedures")


def check_land(written: Written, notes: Notes) -> None:
    """Complain of missing, undated and unused ground, classes and anchors."""
    _check_drawn(written, notes)
    for name, line in written.lines.items():
        if isinstance(line, Drawn):
            _check_date(line, f"lines.{name}", notes)
    if written.clauses:
        _check_used(written, notes)


def _check_drawn(written: Written, notes: Notes) -> None:
    drawn = [*written.zones.values(), *written.lines.values()]
    if not any(isinstance(each, Drawn) for each in drawn):
        notes.complain(
            "L-NO-ZONE",
            "zones" if written.zones else "lines" if written.lines else "zones",
            "expected a zone or line to hold events against, got none drawn",
            "Draw at least the area in which the agreement holds.",
        )


def _check_date(line: Drawn, path: str, notes: Notes) -> None:
    """Complain of a line that is not fixed to a day, by a date or by versions."""
    as_of = line.as_of
    if isinstance(as_of, Blank) or _ONE_DAY.fullmatch(as_of) or line.from_ is not None:
        return
    if any(
        isinstance(each, Version) and (each.from_ or each.by) for each in line.versions
    ):
        return
    notes.complain(
        "L-UNDATED",
        path,
        f"expected a line as of one day, got {as_of or 'no date'}: it may move under "
        "those it binds",
        "Give the day in `as_of`, or each drawing with its day in `versions`.",
    )


def _check_used(written: Written, notes: Notes) -> None:
    named = set(_named(written))
    for section in _USED:
        for name in getattr(written, section):
            if (section, name) not in named:
                _unused(section, name, notes)
    for name in written.events:
        if ("events", name) not in named and not _worded(written, name):
            _unused("events", name, notes)
    asked = {name for _, name in asked_for(written)}
    _check_asked("attributes", written.attributes, asked, notes)
    _check_asked("anchors", written.anchors, set(_counted_from(written)), notes)
    watching = {m for clause in written.clauses for m in watchers(written, clause)}
    for name, means in written.monitoring.items():
        open_still = not isinstance(means, Blank) and any(
            isinstance(each, Blank) for each in means.watches
        )
        if name not in watching and not open_still:
            _unused("monitoring", name, notes)


def _check_asked(
    section: str, names: Iterable[str], asked: set[str], notes: Notes
) -> None:
    for name in names:
        if name not in asked:
            _unused(section, name, notes)


def _named(written: Written) -> Iterator[tuple[str, str]]:
    for path, form, value in AGREEMENT.walk(written, ""):
        if isinstance(form, Ref):
            for section in form.of:
                if path.partition(".")[2].partition(".")[0] != value:
                    yield section, str(value)


def _worded(written: Written, event: str) -> bool:
    """Tell whether a formula, or the words of a step, name an event."""
    word = re.compile(rf"(?<![\w-]){re.escape(event)}(?![\w-])")
    held = AGREEMENT.walk(written, "")
    formulas = (str(value) for _, form, value in held if isinstance(form, Formula))
    found = (p for p in written.procedures.values() if isinstance(p, Procedure))
    steps = (str(step.when) for each in found for step in each.steps)
    return any(word.search(text) for text in (*formulas, *steps))


def _counted_from(written: Written) -> Iterator[str]:
    for _, _, value in AGREEMENT.walk(written, ""):
        if isinstance(value, At | Relative | DayEdge):
            anchor = anchor_of(value)
            if anchor is not None:
                yield anchor


def _unused(section: str, name: str, notes: Notes) -> None:
    notes.complain(
        "L-UNUSED",
        f"{section}.{name}",
        f"expected a use of {name}, got a definition that nothing refers to",
        "Name it where it is meant, or leave it out.",
    )
