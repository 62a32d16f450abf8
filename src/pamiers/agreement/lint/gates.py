"""Can a gate open: is something measured, and does something follow?"""

from pamiers.agreement.complaint import Notes
from pamiers.agreement.values.blank import Blank
from pamiers.agreement.written import Gate, Indicator, Written


def check_gates(written: Written, notes: Notes) -> None:
    """Complain of gates that measure nothing, open nothing, or know no appeal."""
    for name, gate in written.gates.items():
        if isinstance(gate, Gate):
            _check_gate(gate, f"gates.{name}", notes)


def _check_gate(gate: Gate, path: str, notes: Notes) -> None:
    for index, indicator in enumerate(gate.indicators):
        if isinstance(indicator, Indicator) and not _measures(indicator):
            _gate(f"{path}.indicators[{index}]", "a bound on it, got none", notes)
    if not gate.opens:
        _gate(path, "a clause that it opens, got none", notes)
    if not isinstance(gate.appeal, Blank) and not gate.appeal:
        _gate(path, "a procedure of appeal, got none", notes)


def _measures(indicator: Indicator) -> bool:
    bounds = (indicator.breaches_at_most, indicator.kept_share, indicator.watched_share)
    return any(bound is not None for bound in bounds)


def _gate(path: str, expected: str, notes: Notes) -> None:
    notes.complain(
        "L-GATE",
        path,
        f"expected {expected}",
        "Say what is measured over the window, what it opens, and who hears appeals.",
    )
