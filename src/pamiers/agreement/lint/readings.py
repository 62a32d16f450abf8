"""Can a clause be read in only one way, and is each way a whole clause?"""

from dataclasses import fields
from math import prod
from typing import Final

from pamiers.agreement.complaint import Notes
from pamiers.agreement.lint.parts import options, questions, words
from pamiers.agreement.values.blank import filled, known
from pamiers.agreement.written import Option, Provision, Question, Unless, Written
from pamiers.core.kind import is_a

MAX_READINGS: Final = 64
#: what can show that an exemption applies
_CONDITIONS: Final = (
    *("event", "of", "in_", "where", "by", "notified", "approved_by", "in_answer_to"),
    *("after_tried", "ordered_by", "up_to", "while_", "from_", "until"),
)
_KEYS: Final = tuple(f.name for f in fields(Option) if f.name not in {"says", "extra"})


def check_readings(written: Written, notes: Notes) -> None:
    """Complain of readings that are no whole clauses; name what is left open."""
    for index, clause in enumerate(written.clauses):
        path = f"clauses[{index}]"
        _check_combinations(clause, path, notes)
        for at, question in questions(clause):
            _check_question(question, f"{path}.readings[{at}]", notes)
        _check_exemptions(clause, path, notes)


def _check_combinations(clause: Provision, path: str, notes: Notes) -> None:
    held = [question for _, question in questions(clause)]
    if prod(max(1, len(each.options)) for each in held) > MAX_READINGS:
        _unread(f"{path}.readings", f"at most {MAX_READINGS} combinations", notes)
    changed = [key for each in held for key in _changed(each)]
    twice = sorted({key for key in changed if changed.count(key) > 1})
    if twice:
        expected = f"each key changed by one question, got two that change {twice[0]}"
        _unread(f"{path}.readings", expected, notes)


def _changed(question: Question) -> set[str]:
    return {key for each in options(question).values() for key in _changes(each)}


def _changes(option: Option) -> dict[str, object]:
    held = {key: getattr(option, key) for key in _KEYS}
    return {key: value for key, value in held.items() if value}


def _check_question(question: Question, path: str, notes: Notes) -> None:
    if len(question.options) < 2:  # noqa: PLR2004 - one answer is no question
        _unread(path, f"at least two options, got {len(question.options)}", notes)
        return
    found = options(question)
    effects = [_changes(each) for each in found.values()]
    if any(effect in effects[:at] for at, effect in enumerate(effects)):
        _unread(path, "options that differ in effect, got two that read alike", notes)
    notes.complain(
        "L-AMBIGUOUS",
        path,
        f"expected a text that reads in one way, got {len(question.options)}: "
        f"{_first(question)}",
        "Have the parties agree which is meant; until then each is judged.",
    )


def _first(question: Question) -> str:
    held = question.question
    told = (
        held.get("en") or next(iter(held.values()), "")
        if isinstance(held, dict)
        else ""
    )
    return str(told) or words(held)


def _unread(path: str, expected: str, notes: Notes) -> None:
    remedy = "Complete the readings: each must be a whole clause."
    notes.complain("L-READINGS", path, f"expected {expected}", remedy)


def _check_exemptions(clause: Provision, path: str, notes: Notes) -> None:
    for at, exemption in enumerate(clause.unless):
        if not any(getattr(exemption, key) for key in _CONDITIONS):
            notes.complain(
                "L-AT-WILL",
                f"{path}.unless[{at}]",
                f"expected what shows that {exemption.id} applies, got only words: who "
                "is bound can invoke it at will",
                "Say which activity, in answer to what, on whose approval, or after "
                "which notice.",
            )
    for at, later in enumerate(clause.unless):
        rivals = [each for each in clause.unless[:at] if _rank(each) == _rank(later)]
        meeting = [str(each.id) for each in rivals if _may_meet(each, later)]
        if meeting:
            notes.complain(
                "L-EXCEPTIONS",
                f"{path}.unless",
                f"expected a priority of its own for each exemption, got "
                f"{meeting[0]} and {later.id} alike",
                "Number them with `priority`; the lower is named first.",
            )
            return


def _rank(exemption: Unless) -> float | None:
    return known(exemption.priority)


def _may_meet(a: Unless, b: Unless) -> bool:
    """Tell whether one act could fall under both: no condition tells them apart."""
    kinds = filled(a.event), filled(b.event)
    met = any(is_a(x, y) or is_a(y, x) for x in kinds[0] for y in kinds[1])
    if all(kinds) and not met:
        return False
    pairs = ((a.of, b.of), (a.by, b.by), (a.in_, b.in_))
    return not any(one and two and not set(one) & set(two) for one, two in pairs)
