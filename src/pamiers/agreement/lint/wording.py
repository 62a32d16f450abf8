"""Words that nobody can measure, and words that a text uses without defining them."""

import difflib
import re
from collections.abc import Iterable
from typing import Final

from pamiers.agreement.complaint import Notes
from pamiers.agreement.grammar.whole import AGREEMENT
from pamiers.agreement.lint.parts import asked_for
from pamiers.agreement.values.blank import Blank, filled
from pamiers.agreement.values.expression import ATTRIBUTES
from pamiers.agreement.values.known_kinds import KNOWN_KINDS
from pamiers.agreement.values.quantity import Quantity
from pamiers.agreement.written import Arms, Term, Written

_ALIKE: Final = 0.84  #: one letter too many in a word of three
_NEAR: Final = 0.6  #: close enough to ask whether it is meant
#: stems of words that say how much without a measure
_VAGUE: Final = re.compile(
    r"\b(continu\w*|expan\w*|significan\w*|serious\w*|substantia\w*|repeat\w*"
    r"|persist\w*|major|minor|escalat\w*|grav(?:e|ely)|large[- ]scale|small[- ]scale"
    r"|systematic\w*|considerabl\w*|excessiv\w*|disproportionat\w*|proportionat\w*"
    r"|appropriat\w*|adequat\w*|reasonabl\w*|sever(?:e|ely)|material(?:ly)?"
    r"|widespread|sustained|prolong\w*|intensif\w*|frequent\w*|promptly|timely"
    r"|as soon as (?:possible|practicable)|if needed|as necessary|where necessary)\b",
    re.IGNORECASE,
)
#: numbers in words, which measure as figures do
_COUNTED: Final = re.compile(
    r"\b(two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty|hundred"
    r"|dozen|twice)\b",
    re.IGNORECASE,
)
#: what a record can show to have happened, without a number
_ACTS: Final = re.compile(
    r"\b(request\w*|notic\w*|notif\w*|report\w*|order\w*|refus\w*|answer\w*|repl(?:y|ies)"
    r"|approv\w*|vote\w*|decision\w*|decid\w*|agree\w*|resolv\w*|unresolved|signature"
    r"|finding\w*|complain\w*|convene\w*|silen\w*|unanimous\w*|dispute\w*|referr\w*)\b",
    re.IGNORECASE,
)


def vague_words(text: str) -> tuple[str, ...]:
    """Return the words of a text that say how much without a measure, once each."""
    return tuple(dict.fromkeys(found[0].casefold() for found in _VAGUE.finditer(text)))


def is_measured(text: str, names: Iterable[str]) -> bool:
    """Tell whether what a text says can be found to be so or not so.

    Args:
        text: A trigger in words.
        names: Ids it may name: clauses, events, steps.

    Returns:
        True where it has a number; or names something defined, or an act that the
        record shows, and no word without a measure.
    """
    if _has_number(text):
        return True
    rest = text
    for name in names:
        rest = _name(name).sub(" ", rest)
    if vague_words(rest):
        return False
    return rest != text or bool(_ACTS.search(text))


def _name(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])")


def _has_number(text: str) -> bool:
    return any(sign.isdigit() for sign in text) or bool(_COUNTED.search(text))


def check_wording(written: Written, notes: Notes) -> None:
    """Complain of levels without measure, undefined words, and wrong sums."""
    for index, clause in enumerate(written.clauses):
        held = {} if isinstance(clause.severity, Blank) else clause.severity
        for level, when in held.items():
            _check_level(str(when), f"clauses[{index}].severity.{level}", notes)
    for name, term in written.terms.items():
        if isinstance(term, Term):
            _check_term(written, term, f"terms.{name}", notes)
    _check_words(written, notes)


def _check_words(written: Written, notes: Notes) -> None:
    """Complain of kinds of weapon misspelt, and of attributes that nobody defines."""
    for path, _, value in AGREEMENT.walk(written, ""):
        if isinstance(value, Arms):
            for index, kind in enumerate(filled(value.kind)):
                _check_spelling(kind, KNOWN_KINDS, f"{path}.kind[{index}]", notes)
    known = (*ATTRIBUTES, *written.attributes)
    for path, name in dict.fromkeys(asked_for(written)):
        if name not in known:
            _unknown(name, known, path, notes)


def _unknown(name: str, known: tuple[str, ...], path: str, notes: Notes) -> None:
    near = difflib.get_close_matches(name, known, n=1, cutoff=_NEAR)
    meant = f"Did you mean {near[0]}? " if near else ""
    notes.complain(
        "L-ATTRIBUTE",
        path,
        f"expected one of {', '.join(known)}, got {name!r}, which nothing defines",
        f"{meant}Define it in `attributes`, if reports are to carry it.",
    )


def _check_spelling(
    word: str, common: tuple[str, ...], path: str, notes: Notes
) -> None:
    near = difflib.get_close_matches(word, common, n=1, cutoff=_ALIKE)
    if near and word not in common:
        notes.complain(
            "L-MISSPELT",
            path,
            f"expected {near[0]}, another known kind, or a word unlike them, got "
            f"{word!r}",
            f"Did you mean {near[0]}? Another word is taken as one of your own.",
        )


def _check_level(when: str, path: str, notes: Notes) -> None:
    loose = vague_words(when)
    if loose and not _has_number(when):
        notes.complain(
            "L-SEVERITY",
            path,
            f"expected a level that can be measured, got {when!r} "
            f"({', '.join(loose)} by what measure?)",
            "Say how many, how long, of which class, or with what harm.",
        )


def _check_term(written: Written, term: Term, path: str, notes: Notes) -> None:
    if not term.means and not term.values:
        notes.complain(
            "L-TERM",
            path,
            f"expected what {path.partition('.')[2]} means, got no definition: the "
            "text uses the word and leaves it open",
            "Have the parties define it in `means`; until then each reads it its way.",
        )
    parts = [_value(written.terms.get(str(name))) for name in term.sum_of]
    whole = _value(term)
    known = [part for part in parts if part is not None]
    if whole is None or not parts or len(known) < len(parts):
        return
    total = sum(part.base for part in known)
    same = {part.dimension for part in known} == {whole.dimension}
    if not same or abs(total - whole.base) > 1e-9 * max(1.0, whole.base):
        notes.complain(
            "L-SUM",
            f"{path}.sum_of",
            f"expected parts that add up to {whole}, got "
            f"{' + '.join(str(part) for part in known)}",
            "Have the parties say which of the figures holds.",
        )


def _value(term: object) -> Quantity | None:
    """Return the last value of a term that is a quantity; None without one."""
    values = term.values if isinstance(term, Term) else ()
    held = [each.value for each in values]
    found = [each for each in held if isinstance(each, Quantity)]
    return found[-1] if found else None
