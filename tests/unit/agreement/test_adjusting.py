"""Figures of an agreement's text, tried at other values."""

from pathlib import Path

import pytest

from pamiers.agreement import load_agreement
from pamiers.agreement.adjusting import adjustable, adjusted
from pamiers.core.errors import UsageError
from tests.shared import ROOT

SHELF = ROOT / "src" / "pamiers"
TEXTS = sorted(SHELF.glob("*/*/agreement.yaml"))
TRUCE = (ROOT / "tests" / "assets" / "small-truce" / "agreement.yaml").read_text()
WARN = "procedures.response.steps[0].within"
THRESHOLD = "agreement.thresholds.breached"


def test_figures_are_named_with_their_place_unit_and_title() -> None:
    found = {each.path: each for each in adjustable(TRUCE)}
    assert list(found)[:2] == [THRESHOLD, "agreement.thresholds.kept"]
    warn = found[WARN]
    assert (warn.number, warn.unit, warn.written) == (24, "h", "24 h elapsed")
    assert warn.title == {"en": "warn the party concerned"}
    assert warn.is_time
    assert not found[THRESHOLD].is_time


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.parent.name)
def test_only_the_numbers_that_are_named_change(path: Path) -> None:
    text = path.read_text()
    for figure in adjustable(text):
        number = figure.number * 3 if figure.is_time else 0.6
        other = adjusted(text, {figure.path: number})
        again = {each.path: each.number for each in adjustable(other)}
        before = {each.path: each.number for each in adjustable(text)}
        assert again == {**before, figure.path: number}
        rows = zip(text.split("\n"), other.split("\n"), strict=True)
        differ = [at for at, (a, b) in enumerate(rows, 1) if a != b]
        assert differ == [figure.at.line]


def test_a_changed_text_is_read_as_what_it_says() -> None:
    other = adjusted(TRUCE, {WARN: 72, THRESHOLD: 0.5})
    assert "within: 72 h elapsed" in other
    held = load_agreement({"agreement.yaml": other})
    assert held.thresholds.breached == 0.5


@pytest.mark.parametrize(
    ("path", "number", "said"),
    [
        ("procedures.response.steps[7].within", 24, "one of"),
        (WARN, 0, "between 0 and"),
        (WARN, float("nan"), "between 0 and"),
        (WARN, 10_000, "between 0 and"),
        (THRESHOLD, 1, "between 0 and 1"),
    ],
)
def test_what_a_figure_cannot_be_is_refused(
    path: str, number: float, said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        adjusted(TRUCE, {path: number})


def test_what_is_no_text_has_no_figures() -> None:
    assert adjustable("") == ()
    assert adjustable("a: [") == ()
    assert adjusted(TRUCE, {}) == TRUCE


@pytest.mark.parametrize("other", [".95", "9.5e-1", "0.9_5"])
def test_a_number_written_otherwise_is_left_out_and_never_left_as_it_was(
    other: str,
) -> None:
    text = TRUCE.replace("breached: 0.9", f"breached: {other}")
    assert text != TRUCE
    paths = [each.path for each in adjustable(text)]
    assert THRESHOLD not in paths
    assert WARN in paths


def test_a_figure_in_quotes_is_found_and_every_place_of_a_number_is_kept() -> None:
    quoted = TRUCE.replace("within: 24 h elapsed", 'within: &warn "24 h elapsed"', 1)
    assert quoted != TRUCE
    assert '"36.1234567 h elapsed"' in adjusted(quoted, {WARN: 36.1234567})
    tiny = adjusted(TRUCE, {THRESHOLD: 0.9999999})
    assert load_agreement({"agreement.yaml": tiny}).thresholds.breached == 0.9999999
