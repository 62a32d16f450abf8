"""Ukrainian: what bodies are tasked with, each as something to do."""

from typing import Final

TASKS: Final = {
    "observe": "спостерігати",
    "monitor": "моніторити",
    "verify": "перевіряти",
    "report": "звітувати",
    "decide": "вирішувати",
    "attribute": "встановлювати відповідальність",
    "address breaches": "розглядати порушення",
    "determine remedies": "визначати засоби усунення",
    "coordinate": "координувати",
    "inform participants": "інформувати учасників",
    "reassure": "гарантувати безпеку",
    "settle": "врегульовувати спори",
    "settle disputes": "врегульовувати спори",
    "rule": "виносити рішення",
    "interpret": "тлумачити",
    "investigate": "розслідувати",
    "inspect": "інспектувати",
    "supervise": "здійснювати нагляд",
    "authorise": "надавати дозволи",
    "enforce": "забезпечувати виконання",
    "negotiate": "вести переговори",
    "consult": "проводити консультації",
    "advise": "консультувати",
    "mediate": "посередничати",
    "solve problems": "розв’язувати проблеми",
}
