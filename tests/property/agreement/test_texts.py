"""Conditions, formulas and quantities: what is written back reads as the same."""

from hypothesis import given
from hypothesis import strategies as st

from pamiers.agreement.values.duration import parse_duration
from pamiers.agreement.values.expression import (
    UNIT_SIZES,
    Among,
    Comparison,
    Expression,
    Junction,
    Known,
    Negation,
    holds,
    parse_expression,
)
from pamiers.agreement.values.formula import (
    Equal,
    Formula,
    Future,
    Happens,
    Holds,
    Implies,
    Joined,
    Name,
    Not,
    Past,
    Quantified,
    Since,
    Span,
    Truth,
    Until,
    Variable,
)
from pamiers.agreement.values.formula_text import parse_formula
from pamiers.agreement.values.position import Position, parse_position
from pamiers.agreement.values.quantity import UNITS, Quantity, parse_quantity

words = st.one_of(
    st.from_regex(r"[a-z][a-z0-9_/-]{0,8}", fullmatch=True),
    st.sampled_from(
        ["and", "not", "in", "yes", "it's", 'a "b"', "x) or (", "10 mm", ""]
    ),
)
amounts = st.decimals(0, 10**9, places=4).map(float)
comparisons = st.one_of(
    st.builds(Comparison, st.just("kind"), st.sampled_from(["==", "!="]), words),
    st.builds(Comparison, st.just("count"), st.sampled_from(["<", ">="]), amounts),
    st.builds(
        Comparison,
        st.just("calibre"),
        st.sampled_from(["<=", "=="]),
        st.builds(Quantity, amounts, st.sampled_from(["mm", "m"])),
    ),
    st.builds(Comparison, st.just("unit"), st.just(">"), st.sampled_from(UNIT_SIZES)),
    st.builds(Comparison, st.just("armed"), st.just("=="), st.booleans()),
    st.builds(
        Among, st.just("kind"), st.lists(words, min_size=1, max_size=3).map(tuple)
    ),
)
conditions: st.SearchStrategy[Expression] = st.recursive(
    comparisons,
    lambda inner: st.one_of(
        st.builds(Negation, inner),
        st.builds(
            Junction,
            st.sampled_from(["and", "or"]),
            st.lists(inner, min_size=2, max_size=3).map(tuple),
        ),
    ),
    max_leaves=8,
)
names = st.from_regex(r"[a-z][a-z0-9_-]{0,6}[a-z0-9]", fullmatch=True).filter(
    lambda word: word not in {"event", "state", "in"}
)
terms = st.builds(Name, names)
spans = st.builds(
    lambda low, more: Span(
        parse_duration(f"{low} s"), parse_duration(f"{low + more} s")
    ),
    st.integers(0, 100),
    st.integers(0, 100),
)


def some(variable: str, kind: str) -> Formula:
    """Return that some event of a kind happens."""
    event = Happens(kind=kind, id=Variable(variable))
    return Quantified("EXISTS", variable, "id", event)


atoms = st.one_of(
    st.builds(Truth, st.booleans()),
    st.builds(Happens, kind=names, party=terms, where=st.none() | conditions),
    st.builds(Holds, state=names, zone=terms, of=names),
    st.builds(Equal, terms, terms, st.booleans()),
    st.builds(
        lambda v, k: Quantified(
            "EXISTS", f"v{v}", "id", Happens(kind=k, id=Variable(f"v{v}"))
        ),
        st.integers(0, 9),
        names,
    ),
)
formulas: st.SearchStrategy[Formula] = st.recursive(
    atoms,
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.builds(Past, st.sampled_from(["ONCE", "HISTORICALLY"]), spans, inner),
        st.builds(Future, st.sampled_from(["EVENTUALLY", "ALWAYS"]), spans, inner),
        st.builds(Since, spans, inner, inner),
        st.builds(Until, spans, inner, inner),
        st.builds(Implies, inner, inner),
        st.builds(
            Joined,
            st.sampled_from(["AND", "OR"]),
            st.lists(inner, min_size=2, max_size=3).map(tuple),
        ),
    ),
    max_leaves=8,
)


@given(conditions)
def test_a_condition_reads_back_with_the_same_meaning(condition: Expression) -> None:
    read = parse_expression(str(condition))
    assert parse_expression(str(read)) == read
    cases: list[Known] = [
        {},
        {"kind": "gun", "count": 5.0, "armed": True, "calibre": 0.1},
    ]
    for known in cases:
        assert holds(read, known) == holds(condition, known)


@given(formulas)
def test_a_formula_reads_back(formula: Formula) -> None:
    read = parse_formula(str(formula))
    assert str(read) == str(formula)
    assert parse_formula(str(read)) == read


@given(amounts, st.sampled_from(sorted(UNITS)))
def test_a_quantity_reads_back(amount: float, unit: str) -> None:
    quantity = Quantity(amount, unit)
    assert parse_quantity(str(quantity), quantity.dimension) == quantity


@given(
    st.decimals(-180, 180, places=7).map(float),
    st.decimals(-90, 90, places=7).map(float),
)
def test_a_position_reads_back(lon: float, lat: float) -> None:
    assert parse_position(str(Position(lon, lat))) == Position(lon, lat)
