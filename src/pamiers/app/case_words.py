"""What became so in a case, in the words of a letter: English and Ukrainian."""

# ruff: noqa: RUF001 - Ukrainian letters and signs are meant

from collections.abc import Mapping
from typing import Any, Final

#: what -> (English, Ukrainian)
SAID: Final[dict[str, tuple[str, str]]] = {
    "opened": ("A case was opened", "Відкрито справу"),
    "ground-added": ("A finding was added to the case", "До справи додано висновок"),
    "retracted": ("A finding was taken back", "Висновок відкликано"),
    "step-opened": ("A step is to be taken", "Належить здійснити крок"),
    "step-done": ("A step was taken", "Крок здійснено"),
    "step-deemed": ("A step is deemed taken", "Крок вважають здійсненим"),
    "step-retimed": ("The time of a step counts anew", "Строк кроку обчислено наново"),
    "step-lapsed": ("The time of a step ran out", "Строк кроку сплив"),
    "lapsed": ("A time ran out", "Строк сплив"),
    "passed": ("A step passes to others", "Крок переходить до інших"),
    "extended": ("A time was prolonged by consent", "Строк подовжено за згодою"),
    "extension-refused": ("A longer time was refused", "У подовженні відмовлено"),
    "suspended": ("The procedure is suspended", "Процедуру зупинено"),
    "resumed": ("The procedure goes on", "Процедура триває далі"),
    "closed": ("The case is closed", "Справу закрито"),
    "reopened": ("The case is open again", "Справу відкрито знову"),
    "merged": ("The case was joined to another", "Справу приєднано до іншої"),
    "joined": ("Another case was joined to this one", "Приєднано іншу справу"),
    "split": ("Findings were parted from the case", "Висновки виокремлено"),
    "appeal": ("An appeal was lodged", "Подано апеляцію"),
    "appeal-decided": ("The appeal is decided", "Апеляцію вирішено"),
    "appeal-lapsed": ("The appeal was not decided", "Апеляцію вчасно не вирішили"),
    "remedy": ("A remedy was determined", "Визначено засіб виправлення"),
    "remedy-done": ("A remedy was carried out", "Засіб виправлення виконано"),
    "remedy-verified": ("A remedy was verified", "Виконання підтверджено"),
    "remedy-not-verified": ("A remedy was found not done", "Виконання не підтверджено"),
    "attributed": ("Responsibility was considered", "Розглянуто відповідальність"),
    "minutes": ("Minutes were written", "Складено протокол"),
    "signature-refused": ("A signature was refused", "У підписі відмовлено"),
    "dispute": ("A finding is contested", "Висновок оскаржують"),
    "account": ("A rival account was given", "Надано інший виклад подій"),
    "reply": ("A party replied", "Сторона відповіла"),
    "evidence": ("New evidence was given", "Надано нові докази"),
    "reserved": ("A position was reserved", "Позицію застережено"),
    "quorum-absent": ("A session had no quorum", "Засідання не мало кворуму"),
    "tied": ("A vote was tied", "Голоси розділилися порівну"),
    "blocked": ("Consensus was not reached", "Консенсусу не досягнуто"),
    "published": ("The result was published", "Результат оприлюднено"),
}
_LABELS: Final = {
    "case": ("Case", "Справа"),
    "about": ("Concerning", "Стосується"),
    "at": ("When (UTC)", "Коли (UTC)"),
    "due_at": ("Due (UTC)", "Строк (UTC)"),
    "by": ("By", "Хто"),
    "outcome": ("Outcome", "Результат"),
    "reason": ("Reason", "Підстава"),
    "told_at": ("Written (UTC)", "Складено (UTC)"),
}


def subject(told: Mapping[str, Any], language: int = 0) -> str:
    """Return what a notice is about, in one line; language 1 is Ukrainian."""
    what = SAID.get(told["what"], (told["what"], told["what"]))[language]
    return f"{what}: {told['case']}" + (f" ({told['about']})" if told["about"] else "")


def facts(told: Mapping[str, Any], language: int = 0) -> list[tuple[str, str]]:
    """Return what a notice says, label by label; what is empty is left out."""
    found = []
    for key, labels in _LABELS.items():
        value = told.get(key)
        text = ", ".join(value) if isinstance(value, list) else value
        if text:
            found.append((labels[language], str(text)))
    return found
