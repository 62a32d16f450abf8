"""The rules of procedures are told in words, not as keys and their values."""

import pytest

from pamiers.agreement import show
from tests.unit.agreement.small import checked

STEP = (
    "steps:\n      - {id: meet, by: club, do: meet, otherwise: umpire does, "
    "within: 24 h elapsed}\n"
)
MORE = """steps:
      - id: meet
        by: club
        do: meet
        within: 24 h elapsed
        upon: {breach_of: quiet, confidence: C2}
        recusal: true
        decision: {rule: majority, quorum: 2, each_party: true}
        silence: {then: passes, to: sage, within: 2 d, outcome: refused}
      - id: rule
        by: sage
        do: rule
        within: 24 h elapsed
        upon: {after: meet, how: silent}
        silence: {then: deemed, outcome: settled}
        closes: true
"""


def told(language: str) -> str:
    found = checked((STEP, MORE)).written
    assert found is not None
    return " ".join(show(found, language).replace("\u00a0", " ").split())


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "there is a breach of [quiet]; it is established with confidence C2"),
        ("en", "Rule of decision: majority; with at least 2 members present; somebody"),
        ("en", "it passes on; to The sage; they have 2 days; where they are silent"),
        ("en", "Condition: [meet] was not done in time."),
        ("en", "the outcome is taken to be: settled"),
        ("fr", "il y a violation de [quiet] ; la violation est établie avec"),
        ("fr", "ceci n’a pas été fait à temps : [meet]."),
        ("fr", "en cas de silence de leur part aussi : refusé"),
        ("uk", "порушено [quiet]; порушення встановлено з упевненістю C2"),
        ("uk", "вчасно не виконано [meet]."),
        ("uk", "якщо мовчать також вони: відмовлено"),
    ],
)
def test_a_rule_is_a_phrase(language: str, said: str) -> None:
    assert said in told(language)


@pytest.mark.parametrize(
    ("language", "said", "never"),
    [
        ("en", "The party concerned takes no part.", ": yes"),
        ("fr", "La partie concernée ne participe pas.", ": oui"),
        ("uk", "Зацікавлена сторона участі не бере.", ": так"),
    ],
)
def test_what_is_so_is_said_and_not_answered_yes(
    language: str, said: str, never: str
) -> None:
    assert said in told(language)
    assert never not in told(language)
    assert "how: " not in told("en")
