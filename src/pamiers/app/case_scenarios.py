"""Scenarios of procedures in an agreement's folder: what was recorded, what is due."""

from collections.abc import Mapping
from typing import Any

from pamiers.agreement.complaint import Notes
from pamiers.agreement.text.yaml_text import read_yaml
from pamiers.procedure.scenario import Outcome, run_scenario

_ASSESSED = "assessed"


def case_scenario(text: str, name: str) -> Mapping[str, Any] | None:
    """Return a scenario of a procedure; None where a text is of another kind.

    One of a procedure says `when: INSTANT`, one of verdicts `when: assessed at`.
    """
    root = read_yaml(text, name, Notes())
    plain = None if root is None else root.plain()
    if not isinstance(plain, Mapping) or "steps" in plain or "when" not in plain:
        return None
    return None if str(plain["when"]).startswith(_ASSESSED) else plain


def run_case_scenario(scenario: Mapping[str, Any], texts: Mapping[str, str]) -> Outcome:
    """Return what a scenario of a procedure comes to."""
    return run_scenario(scenario, texts)
