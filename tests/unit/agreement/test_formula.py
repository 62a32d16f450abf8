"""Formulas of bounded temporal logic: text to tree and back, and what is refused."""

import pytest

from pamiers.agreement import check, load_agreement, read
from pamiers.agreement.values.formula import (
    Future,
    Happens,
    Implies,
    Joined,
    Name,
    Not,
    Past,
    Quantified,
    Since,
    Variable,
    ahead_s,
    names_of,
)
from pamiers.agreement.values.formula_text import FormulaTroubleError, parse_formula
from tests.unit.agreement.small import complaint, texts

ANSWERED = (
    "FORALL x in id. event(request, id = x) IMPLIES"
    " (EVENTUALLY[0, 3 d] event(answer, id = x) OR ONCE[0, 7 d] event(waiver, id = x))"
)


def test_a_quantifier_reaches_to_the_right_and_binds_its_variable() -> None:
    found = parse_formula(ANSWERED)
    assert isinstance(found, Quantified)
    assert (found.operator, found.variable, found.sort) == ("FORALL", "x", "id")
    body = found.part
    assert isinstance(body, Implies)
    assert body.left == Happens(kind="request", id=Variable("x"))
    assert isinstance(body.right, Joined)
    ahead, back = body.right.parts
    assert isinstance(ahead, Future)
    assert isinstance(back, Past)
    assert (ahead.span.low_s, ahead.span.high_s) == (0.0, 3 * 86_400.0)
    assert ahead_s(found) == 3 * 86_400.0


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("NOT event(a) AND event(b)", "(NOT event(a)) AND event(b)"),
        ("event(a) OR event(b) AND event(c)", "event(a) OR (event(b) AND event(c))"),
        (
            "event(a) IMPLIES event(b) IMPLIES event(c)",
            "event(a) IMPLIES (event(b) IMPLIES event(c))",
        ),
        ("NOT event(a) SINCE event(b)", "(NOT event(a)) SINCE[0 s, *] event(b)"),
        ("ONCE event(a)", "ONCE[0 s, *] event(a)"),
        ("TRUE UNTIL[1 h, 2 h] FALSE", "TRUE UNTIL[1 h, 2 h] FALSE"),
        ("a != b", "a != b"),
        (
            "state(closed, zone = gate, of = a, where = (count > 5 or kind == 'x)'))",
            "state(closed, zone = gate, of = a, where = ((count > 5 or kind == 'x)')))",
        ),
    ],
)
def test_what_binds_tightest(text: str, meant: str) -> None:
    found = parse_formula(text)
    assert str(found) == meant
    assert parse_formula(meant) == found


def test_names_and_variables_are_told_apart() -> None:
    found = parse_formula(
        "EXISTS p in party. event(fire, party = p, zone = strip, of = big, id = 7)"
        " AND NOT state(closed, party = north) SINCE[0, 1 d] p = north"
    )
    assert sorted(names_of(found)) == [
        ("class", "big"),
        ("kind", "fire"),
        ("party", "north"),
        ("state", "closed"),
        ("zone", "strip"),
    ]
    assert isinstance(found, Quantified)
    assert isinstance(found.part, Joined)
    fire, since = found.part.parts
    assert isinstance(fire, Happens)
    assert (fire.party, fire.zone, fire.id) == (Variable("p"), Name("strip"), Name("7"))
    assert isinstance(since, Since)
    assert isinstance(since.left, Not)


@pytest.mark.parametrize(
    ("text", "code", "part"),
    [
        ("", "Q-FORMULA", "'the end' (character 1"),
        ("event(fire", "Q-FORMULA", "')', got 'the end' (character 11"),
        ("event(fire) event(x)", "Q-FORMULA", "the end, got 'event' (character 13"),
        ("event(fire, who = x)", "Q-FORMULA", "'party' or 'id' or 'zone'"),
        ("event(fire, party = a, party = b)", "Q-FORMULA", "'id' or 'zone'"),
        ("EVENTUALLY event(fire)", "L-UNBOUNDED", "EVENTUALLY"),
        ("ALWAYS[0, *] event(fire)", "L-UNBOUNDED", "ALWAYS"),
        ("TRUE UNTIL event(fire)", "L-UNBOUNDED", "UNTIL"),
        ("ONCE[2 h, 1 h] TRUE", "Q-FORMULA", "ends after it begins"),
        ("ONCE[0, 1 mo] TRUE", "Q-FORMULA", "fixed length"),
        ("ONCE[0, soon] TRUE", "Q-FORMULA", "such as '24 h'"),
        ("EXISTS p in party. event(fire)", "Q-FORMULA", "a use of the variable p"),
        (
            "EXISTS p in thing. event(fire, party = p)",
            "Q-FORMULA",
            "'zone', got 'thing'",
        ),
        (
            "EXISTS p in zone. event(fire, party = p)",
            "Q-FORMULA",
            "a party, got 'p, a zone'",
        ),
        (
            "EXISTS p in id. EXISTS p in id. event(fire, id = p)",
            "Q-FORMULA",
            "not bound yet",
        ),
        ("event(fire) & event(x)", "Q-FORMULA", "'& event(x)'"),
        ("(" * 70 + "TRUE" + ")" * 70, "Q-FORMULA", "at most 64 levels"),
        ("NOT " * 30 + "TRUE", "Q-FORMULA", "in 24 levels"),
        ("event(fire, where = (calibre > 5))", "Q-FORMULA", "unit of length"),
        ("event(fire, where = (count > 5", "Q-FORMULA", "')'"),
        ("event(AND)", "Q-FORMULA", "a kind of event, got 'AND'"),
    ],
)
def test_what_is_no_formula_is_refused_with_its_place(
    text: str, code: str, part: str
) -> None:
    with pytest.raises(FormulaTroubleError) as caught:
        parse_formula(text)
    assert caught.value.code == code
    assert part in caught.value.message
    assert caught.value.remedy


FORBID = "forbid: {event: fire, in: strip}"
FORMULA = "formula: NOT event(fire, zone = strip) SINCE[0, 2 d] event(movement)"


def test_a_clause_may_be_a_formula() -> None:
    found = load_agreement(texts((FORBID, FORMULA))).clause("quiet")
    assert found.verb == "formula"
    assert found.tree == parse_formula(FORMULA.removeprefix("formula: "))
    assert found.formula == str(found.tree)


def test_what_a_formula_names_has_to_be_defined() -> None:
    for name, section in (("fires", "kinds"), ("zone = strap", "zones")):
        spoilt = FORMULA.replace("fire,", "fires,") if name == "fires" else FORMULA
        spoilt = spoilt.replace("zone = strip", name) if "zone" in name else spoilt
        found = complaint("L-UNDEFINED", (FORBID, spoilt))
        assert found.path == "clauses[0].formula"
        assert section in found.message


def test_a_formula_that_does_not_read_is_a_complaint_with_its_line() -> None:
    found = check(read(texts((FORBID, "formula: EVENTUALLY event(fire)"))))
    (told,) = [each for each in found.complaints if each.code == "L-UNBOUNDED"]
    assert told.path == "clauses[0].formula"
    assert "[0 s, 24 h]" in told.remedy
